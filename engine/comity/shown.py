"""Which scenarios show a rule: where it decides, where it gives way, and where it just fails to apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from comity.decision.opinion import Counsel, Opinion
from comity.decision.topics import Topic
from comity.decision.why_not import Attempt, why_not
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.logic.agreement import Reference
from comity.logic.model import Model, Verdict
from comity.logic.rule import Kind
from comity.scenario import Scenario

NEAR: Final = 4
"""How many scenarios are looked at for the one in which a rule just fails to apply."""

FAR: Final = 2
"""Conditions that fail at most where a rule is said to just fail to apply."""

_TWICE = re.compile(r"\b(\w[\w ]*) and \1\b")
"""One thing in two parts, such as a treaty between a state and itself: true, and it shows nothing."""


@dataclass(frozen=True)
class Decided:
    """A scenario as the reference reading decides it.

    ``stands`` are the ids of rules of which some conclusion stands, ``yields`` of those that apply in vain. Where a
    foreign authority asks, the case as it looks from there counts too.
    """

    scenario: Scenario
    opinion: Opinion
    stands: frozenset[str]
    yields: frozenset[str]


@dataclass(frozen=True)
class Showing:
    """The scenarios that show a rule, the plainest first; ``fails`` is one in which it just fails to apply, and why."""

    stands: tuple[Decided, ...]
    yields: tuple[Decided, ...]
    fails: tuple[Decided, Attempt] | None


def decided(scenarios: Iterable[Scenario], rulebook: Rulebook) -> Iterator[Decided]:
    """Each of the *scenarios* as it is decided, one after the other.

    Raises:
        InputError: a scenario supposes what is nothing of the rulebook.
    """
    for one in scenarios:
        book = suppose(rulebook, one.suppose) if one.suppose else rulebook
        opinion = Counsel(book, Reference(book.program)).opinion(one.case, one.as_of)
        models = [opinion.model, *(other.model for other in opinion.counterparts.values())]
        stands = frozenset(name for model in models for name, counts in _applied(model, rulebook) if counts)
        applied = frozenset(name for model in models for name, _ in _applied(model, rulebook))
        yield Decided(one, opinion, stands, applied - stands)


def _applied(model: Model, rulebook: Rulebook) -> Iterator[tuple[str, bool]]:
    """The rules that apply, each with whether what it says stands."""
    for head, firings in model.firings.items():
        for firing in firings:
            unsettles = firing.rule.kind is Kind.DEFEATER
            counts = model.verdict(head) is Verdict.UNDECIDED if unsettles else head in model.held
            yield rulebook.law_rule(firing.rule).id, counts


def showings(rulebook: Rulebook, scenarios: Sequence[Decided]) -> Iterator[tuple[str, Showing]]:
    """For each rule the scenarios that show it, in the order of the rulebook."""
    plainest = sorted(scenarios, key=lambda one: (len(one.stands), one.scenario.path, one.scenario.title))
    likeness = _Likeness(rulebook, plainest)
    for rule in rulebook.rules:
        stands = tuple(one for one in plainest if rule.id in one.stands)
        yields = tuple(one for one in plainest if rule.id in one.yields)
        yield rule.id, Showing(stands, yields, _failing(rule.id, likeness.without(rule.id)))


def _failing(rule: str, near: Sequence[Decided]) -> tuple[Decided, Attempt] | None:
    found: tuple[Decided, Attempt] | None = None
    for one in near[:NEAR]:
        for attempt in why_not(one.opinion, Topic(rule, "rule", rule=rule), depth=0)[:1]:
            if not 0 < len(attempt.failures) <= FAR or any(_TWICE.search(f.wanted) for f in attempt.failures):
                continue
            if found is None or len(attempt.failures) < len(found[1].failures):
                found = one, attempt
    return found


class _Likeness:
    """How much scenarios have in common, told by the rules that apply in them."""

    def __init__(self, rulebook: Rulebook, scenarios: Sequence[Decided]) -> None:
        self.scenarios = scenarios
        self.bits = {rule.id: 1 << number for number, rule in enumerate(rulebook.rules)}
        self.files = {rule.id: rule.place.file for rule in rulebook.rules}
        self.masks = [sum(self.bits[name] for name in one.stands | one.yields) for one in scenarios]
        self.common = [[(a & b).bit_count() / max(1, (a | b).bit_count()) for b in self.masks] for a in self.masks]

    def without(self, rule: str) -> list[Decided]:
        """The scenarios in which *rule* does not apply, those first that are most like one in which it does.

        Where it applies in none, those first in which most rules of its file apply.
        """
        bit = self.bits[rule]
        having = [number for number, mask in enumerate(self.masks) if mask & bit]
        lacking = [number for number, mask in enumerate(self.masks) if not mask & bit]
        beside = sum(self.bits[name] for name, file in self.files.items() if file == self.files[rule])

        def like(number: int) -> float:
            if having:
                return max(self.common[number][other] for other in having)
            return (self.masks[number] & beside).bit_count()

        return [self.scenarios[number] for number in sorted(lacking, key=like, reverse=True)]
