"""What every command reads: the case and the rulebook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from comity.decision.opinion import Counsel, Opinion
from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity_cli import stdin


def rulebook(folder: Path | None) -> Rulebook:
    """The rulebook in *folder*, or the shipped one."""
    return Rulebook.from_folder(folder) if folder else Rulebook.shipped()


def case(file: Path) -> Case:
    """The case in *file*; ``-`` reads the standard input.

    Raises:
        InputError: there is no usable case.
    """
    if str(file) != "-":
        return Case.from_file(file)
    return Case.from_text(stdin.text(), stdin.NAME)


def opinion(file: Path, as_of: date | None, rules: Path | None) -> Opinion:
    """The opinion on the case in *file*."""
    facts = case(file)
    return Counsel(rulebook(rules)).opinion(facts, as_of)
