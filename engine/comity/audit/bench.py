"""Scenarios decided once under the rules as they are, so that what a changed rule does to them is quickly told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from comity.decision.opinion import Opinion, concluded, counterparts, of_each, told
from comity.law import facts
from comity.law.case import Case
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.law.superiority import Pair
from comity.law.supposition import suppose
from comity.logic import reference
from comity.logic.program import Rule
from comity.logic.revision import Settled
from comity.scenario import Scenario, judge


@dataclass(frozen=True)
class Amendment:
    """A rulebook with a few rules changed, and in what it differs from the rulebook that it comes from.

    ``old`` and ``new`` are the kernel rules that only one of them has, ``pairs`` the superiority that only one has,
    ``reworded`` the kernel rules whose conclusions carry other terms, or that are no longer a default.
    """

    rulebook: Rulebook
    old: tuple[Rule, ...]
    new: tuple[Rule, ...]
    pairs: frozenset[Pair]
    reworded: tuple[Rule, ...]

    @classmethod
    def of(cls, original: Rulebook, changes: Mapping[str, LawRule | None]) -> Amendment:
        """The amendment that replaces rules, by id, or leaves them out (``None``).

        Raises:
            ProgramError: the rules have no meaning together.
        """
        rulebook = original.amended(changes)
        before = {rule for id_ in changes for rule in original.by_id[id_].kernel}
        after = {rule for rule_ in changes.values() if rule_ is not None for rule in rule_.kernel}
        reworded = tuple(
            rule
            for id_, changed in changes.items()
            if changed is not None and _words(changed) != _words(original.by_id[id_])
            for rule in changed.kernel
        )
        pairs = original.program.superiority ^ rulebook.program.superiority
        return cls(rulebook, tuple(before - after), tuple(after - before), pairs, reworded)

    @property
    def nothing(self) -> bool:
        """Whether the two come to the same."""
        return not (self.old or self.new or self.pairs or self.reworded)

    @cached_property
    def changed(self) -> frozenset[str]:
        """The ids of the kernel rules that differ, or whose superiority does."""
        return frozenset({rule.id for rule in (*self.old, *self.new)} | {id_ for pair in self.pairs for id_ in pair})


def _words(rule: LawRule) -> object:
    return rule.default, [terms for _, terms in rule.heads], rule.because


class Basis:
    """A case decided under the rules as they are, with the cases of the states that ask."""

    opinion: Opinion
    theirs: dict[str, Basis]

    def __init__(self, case: Case, day: date, rulebook: Rulebook) -> None:
        self.case, self.day, self.rulebook = case, day, rulebook
        self.theirs = of_each(counterparts(case), lambda other: Basis(other, day, rulebook))
        self.stated = facts.facts(case, rulebook.tables, day)
        theirs: dict[str, Opinion] = {id_: basis.opinion for id_, basis in self.theirs.items()}
        model = reference.model(rulebook.program, self.stated | told(case, theirs))
        self.settled = Settled(model)
        self.opinion = concluded(case, day, rulebook, model, theirs)

    @property
    def all(self) -> Iterator[Basis]:
        """This basis and those of the states that ask."""
        yield self
        yield from {id(basis): basis for basis in self.theirs.values()}.values()

    def concerned(self, amendment: Amendment) -> bool:
        """Whether the amendment can make a difference to the opinion."""
        return any(basis._concerned(amendment) for basis in self.all)

    def _concerned(self, amendment: Amendment) -> bool:
        fired = self.settled.by_rule
        if any(rule.id in fired for rule in amendment.reworded):
            return True
        for stronger, weaker in amendment.pairs:
            against = {~firing.head for firing in fired.get(weaker, ())}
            if against and any(firing.head in against for firing in fired.get(stronger, ())):
                return True
        return not self.settled.fires_alike(amendment.old, amendment.new)

    def amended(self, amendment: Amendment) -> Opinion:
        """The opinion under the amended rules."""
        each = {id(basis): basis for basis in self.theirs.values()}
        theirs = {name: basis.amended(amendment) for name, basis in each.items()}
        opinions = {id_: theirs[id(basis)] for id_, basis in self.theirs.items()}
        stated = self.stated | told(self.case, opinions)
        model = self.settled.revised(amendment.rulebook.program, amendment.changed, stated)
        # The tables are those of the basis: a scenario may suppose what no table has.
        rulebook = replace(self.rulebook, rules=amendment.rulebook.rules, program=amendment.rulebook.program)
        return concluded(self.case, self.day, rulebook, model, opinions)


class Bench:
    """Scenarios with their bases; ``failing`` are those that fail under the rules as they are, and judge nothing."""

    def __init__(self, rulebook: Rulebook, scenarios: Iterable[Scenario]) -> None:
        self.rulebook = rulebook
        self.failing: list[Scenario] = []
        self.seats: list[tuple[Scenario, Basis]] = []
        for scenario in scenarios:
            law = suppose(rulebook, scenario.suppose) if scenario.suppose else rulebook
            basis = Basis(scenario.case, scenario.as_of, law)
            if next(judge(scenario.expect, basis.opinion.decision), None) is None:
                self.seats.append((scenario, basis))
            else:
                self.failing.append(scenario)

    def noticed_by(self, amendment: Amendment) -> tuple[Scenario, str] | None:
        """The first scenario that fails under the amended rules, and how; ``None`` where none notices."""
        for number, (scenario, basis) in enumerate(self.seats):
            if basis.concerned(amendment):
                failure = next(judge(scenario.expect, basis.amended(amendment).decision), None)
                if failure is not None:
                    # What noticed one fault of a rule is the likeliest to notice the next.
                    self.seats.insert(0, self.seats.pop(number))
                    return scenario, failure
        return None
