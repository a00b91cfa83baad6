"""Which rules, conditions and exceptions the scenarios exercise, both ways: met and not met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from comity.audit.bench import Basis
from comity.law.finding import Place
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.logic import reference
from comity.logic.model import Firing, Verdict
from comity.logic.revision import Settled
from comity.logic.rule import Rule
from comity.logic.terms import Condition, Literal, variables


@dataclass
class RuleCoverage:
    """What scenarios, by title, do with one rule.

    ``fired`` are those in which it applies, ``lost`` those in which it applies and what it says does not hold. For
    each condition, by the place where it is written, ``failed`` has those in which it fails while all others are met;
    for each rule that it overrides, ``won`` those in which both apply and this one prevails.
    """

    fired: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    failed: dict[Place, set[str]] = field(default_factory=dict)
    won: dict[str, set[str]] = field(default_factory=dict)

    @property
    def points(self) -> tuple[int, int]:
        """How much of the rule is exercised, and how much there is: the rule, each condition, each override."""
        found = [self.fired, *self.failed.values(), *self.won.values()]
        return sum(map(bool, found)), len(found)

    def add(self, other: RuleCoverage) -> None:
        """Take in what other scenarios do with the rule."""
        self.fired |= other.fired
        self.lost |= other.lost
        for place, titles in other.failed.items():
            self.failed.setdefault(place, set()).update(titles)
        for id_, titles in other.won.items():
            self.won.setdefault(id_, set()).update(titles)


Coverage = dict[str, RuleCoverage]
"""What is known of each rule, by id."""


def nothing(rulebook: Rulebook) -> Coverage:
    """The coverage by no scenario at all."""
    return {
        rule.id: RuleCoverage(
            failed={place: set() for place in conditions(rule)}, won={other: set() for other, _ in rule.overrides}
        )
        for rule in rulebook.rules
    }


def conditions(rule: LawRule) -> dict[Place, list[Condition]]:
    """The conditions of a rule as they are written, by place; the days on which it is law are one."""
    found: dict[Place, list[Condition]] = defaultdict(list)
    for condition, place in rule.conditions:
        if place != rule.place:
            found[place].append(condition)
    return dict(found)


class Probes:
    """Tells what a decided case exercises."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.without = {rule.id: dict(_without(rule)) for rule in rulebook.rules}
        self.against: dict[str, list[str]] = defaultdict(list)
        for stronger, weaker in rulebook.program.superiority:
            self.against[stronger].append(weaker)

    def exercised(self, title: str, basis: Basis) -> Coverage:
        """What the case of the scenario called *title* exercises; rules of which it exercises nothing are left out."""
        found: Coverage = defaultdict(RuleCoverage)
        for each in basis.all:
            for rule in self.rulebook.rules:
                firings = each.settled.by_rule.get(rule.kernel[0].id, ())
                for place in self._failing(rule, firings, each.settled):
                    found[rule.id].failed.setdefault(place, set()).add(title)
                if firings:
                    self._applied(rule, each.settled, found[rule.id], title)
        return dict(found)

    def _failing(self, rule: LawRule, firings: Iterable[Firing], settled: Settled) -> Iterator[Place]:
        """The conditions each of which fails in some way in which all others are met."""
        met = [dict(firing.bindings) for firing in firings]
        for place, rest in self.without[rule.id].items():
            names = rest.join.names
            passed = {tuple(bindings[name] for name in names) for bindings in met}
            for firing in reference.fire(rest, settled.held, settled.held):
                if tuple(value for _, value in firing.bindings) not in passed:
                    yield place
                    break

    def _applied(self, rule: LawRule, settled: Settled, coverage: RuleCoverage, title: str) -> None:
        coverage.fired.add(title)
        overridden = {id_ for id_, _ in rule.overrides}
        for kernel in rule.kernel:
            heads = {firing.head for firing in settled.by_rule.get(kernel.id, ())}
            if any(settled.model.verdict(head) is not Verdict.HELD for head in heads):
                coverage.lost.add(title)
            for weaker in self.against.get(kernel.id, ()):
                other = weaker.split("/")[0]
                if other in overridden and any(~f.head in heads for f in settled.by_rule.get(weaker, ())):
                    coverage.won.setdefault(other, set()).add(title)


def _without(rule: LawRule) -> Iterator[tuple[Place, Rule]]:
    """For each condition the others, as far as they can be judged without what only this one binds."""
    guards = [condition for condition, place in rule.conditions if place == rule.place]
    written = conditions(rule)
    for place in written:
        rest = [c for other, group in written.items() if other != place for c in group]
        bound = {name for c in rest if isinstance(c, Literal) for name in variables(c)}
        judged = [
            c
            for c in (*rest, *guards)
            if isinstance(c, Literal) or all(name in bound or name.startswith("_") for name in variables(c))
        ]
        yield place, Rule(rule.id, Literal("met"), tuple(judged))
