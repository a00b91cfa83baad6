"""Stand-in until the rete reading lands: one reading only."""

from __future__ import annotations

from collections.abc import Iterable

from comity.logic import reference
from comity.logic.model import Model
from comity.logic.program import Program
from comity.logic.terms import Literal


class ReadingsDisagree(Exception):
    """The readings differ."""


class Readings:
    """One reading for now."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.compared = 0

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model."""
        return reference.model(self.program, facts)
