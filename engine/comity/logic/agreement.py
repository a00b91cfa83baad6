"""Two readings of one program, and what to say when they differ."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from comity.logic import reference
from comity.logic.model import Model
from comity.logic.program import Program
from comity.logic.rete import Rete
from comity.logic.terms import Literal


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that only one reading says: a literal that it holds, or a rule that fires in it."""

    what: str
    only_in: str


class ReadingsDisagree(Exception):
    """Two readings, called *names*, differ, so that no answer can be given; ``differences`` says in what."""

    def __init__(
        self,
        first: Model,
        second: Model,
        differences: tuple[Difference, ...],
        names: tuple[str, str] = ("reference", "rete"),
    ) -> None:
        self.first, self.second, self.differences, self.names = first, second, differences, names
        lines = [f"  only the {difference.only_in} reading: {difference.what}" for difference in differences[:40]]
        more = f"\n  and {len(differences) - 40} more" if len(differences) > 40 else ""
        super().__init__("the readings of the rulebook disagree:\n" + "\n".join(lines) + more)


def differences(first: Model, second: Model, names: tuple[str, str] = ("reference", "rete")) -> tuple[Difference, ...]:
    """In what two models of one program differ; *names* are those of the readings that they come from."""
    found: list[Difference] = []
    for word, one, other in (
        ("definitely", first.definite, second.definite),
        ("held", first.held, second.held),
        ("applies", _fired(first), _fired(second)),
    ):
        found += [Difference(f"{word} {_told(x)}", names[0]) for x in one - other]
        found += [Difference(f"{word} {_told(x)}", names[1]) for x in other - one]
    return tuple(sorted(found, key=lambda difference: (difference.what, difference.only_in)))


def _fired(model: Model) -> frozenset[tuple[object, ...]]:
    return frozenset((firing.rule.id, *firing[1:]) for group in model.firings.values() for firing in group)


def _told(thing: object) -> str:
    if isinstance(thing, Literal):
        return str(thing)
    assert isinstance(thing, tuple)
    rule, head, _, premises = thing
    return f"{rule}: {head} from {', '.join(map(str, premises))}"


@functools.cache
def _rete(program: Program) -> Rete:
    """One working memory for a program, however often it is asked for: rule sets are never freed by durable-rules."""
    return Rete(program)


class Reading(Protocol):
    """What works out models of one program; ``names`` are the readings that it rests on."""

    names: tuple[str, ...]

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model of the program over *facts*."""


class Reference:
    """The reference reading alone: for comparisons, never for advice."""

    names: tuple[str, ...] = ("reference",)

    def __init__(self, program: Program) -> None:
        self.program = program

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model of the program over *facts*."""
        return reference.model(self.program, facts)


class Readings:
    """Both readings of a program; ``compared`` counts the literals and firings compared so far."""

    names: tuple[str, ...] = ("reference", "rete")

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rete = _rete(program)
        self.compared = 0

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model on which both readings agree.

        Raises:
            ReadingsDisagree: they do not.
        """
        given = frozenset(facts)
        first, second = reference.model(self.program, given), self.rete.model(given)
        found = differences(first, second)
        if found:
            raise ReadingsDisagree(first, second, found)
        self.compared += conclusions(first)
        return first


def conclusions(model: Model) -> int:
    """How many literals and firings there are to compare in a model."""
    return len(model.definite) + len(model.held) + sum(map(len, model.firings.values()))
