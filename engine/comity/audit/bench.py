"""Scenarios decided once under the rules as they are, so that what a changed rule does to them is quickly told."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from comity.decision.draft import Draft
from comity.decision.opinion import counterparts, of_each, told
from comity.decision.reasons import Reasons
from comity.law import facts
from comity.law.case import Case
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.law.superiority import Pair
from comity.law.supposition import suppose
from comity.logic import reference
from comity.logic.agreement import Reference
from comity.logic.model import Verdict
from comity.logic.revision import Settled, changed_heads
from comity.logic.rule import Rule
from comity.scenario import Scenario, judge
from comity.scenario.expectable import Line, would_tell_apart

MOST_LOOKED_AT: Final = 20
"""In how many scenarios it is looked for what they could expect so that they notice."""


@dataclass(frozen=True)
class Amendment:
    """A rulebook with a few rules changed, and in what it differs from the rulebook that it comes from.

    ``old`` and ``new`` are the kernel rules that only one of them has, ``pairs`` the superiority that only one has,
    ``reworded`` the ids of the kernel rules whose conclusions carry other terms, or that are no longer a default.
    """

    rulebook: Rulebook
    old: tuple[Rule, ...]
    new: tuple[Rule, ...]
    pairs: frozenset[Pair]
    reworded: frozenset[str]

    @classmethod
    def of(cls, original: Rulebook, changes: Mapping[str, LawRule | None]) -> Amendment:
        """The amendment that replaces rules, by id, or leaves them out (``None``).

        Raises:
            ProgramError: the rules have no meaning together.
        """
        rulebook = original.amended(changes)
        before = {rule for id_ in changes for rule in original.by_id[id_].kernel}
        after = {rule for rule_ in changes.values() if rule_ is not None for rule in rule_.kernel}
        reworded = frozenset(
            rule.id
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

    draft: Draft
    settled: Settled
    theirs: dict[str, Basis]

    def __init__(self, case: Case, day: date, rulebook: Rulebook) -> None:
        self.case, self.day, self.rulebook = case, day, rulebook
        self.theirs = of_each(counterparts(case), lambda other: Basis(other, day, rulebook))
        self.stated = facts.facts(case, rulebook.tables, day)
        theirs: dict[str, Reasons] = {id_: basis.draft.reasons for id_, basis in self.theirs.items()}
        model = reference.model(rulebook.program, self.stated | told(case, theirs))
        self.settled = Settled(model)
        self.draft = Draft(case, day, Reasons(rulebook, model), theirs, Reference.names)

    @property
    def all(self) -> Iterator[Basis]:
        """This basis and those of the states that ask."""
        yield self
        yield from {id(basis): basis for basis in self.theirs.values()}.values()

    def concerned(self, amendment: Amendment) -> bool:
        """Whether the amendment can make a difference to the advice."""
        return any(basis._concerned(amendment) for basis in self.all)

    def _concerned(self, amendment: Amendment) -> bool:
        fired = self.settled.by_rule
        if not amendment.reworded.isdisjoint(fired):
            return True
        for stronger, weaker in amendment.pairs:
            against = {~firing.head for firing in fired.get(weaker, ())}
            if against and any(firing.head in against for firing in fired.get(stronger, ())):
                return True
        return not self.settled.fires_alike(amendment.old, amendment.new)

    def only_more_against(self, amendment: Amendment) -> bool:
        """Whether all that is otherwise is that something more speaks against channels that are ruled out already."""
        if amendment.pairs or amendment.reworded:
            return False
        for basis in self.all:
            gone, come = basis.settled.otherwise(amendment.old, amendment.new)
            model = basis.settled.model
            if gone or any(head.positive or head.relation != "channel" or head not in model.held for head in come):
                return False
        return True

    def amended(self, amendment: Amendment) -> Draft:
        """What is advised under the amended rules."""
        each = {id(basis): basis for basis in self.theirs.values()}
        amended = {name: basis.amended(amendment).reasons for name, basis in each.items()}
        theirs = {id_: amended[id(basis)] for id_, basis in self.theirs.items()}
        stated = self.stated | told(self.case, theirs)
        model = self.settled.revised(amendment.rulebook.program, amendment.changed, stated)
        rulebook = amendment.rulebook
        if self.rulebook.suppositions:
            rulebook = replace(self.rulebook, rules=rulebook.rules, program=rulebook.program)
        heads = changed_heads(self.settled, model, amendment.changed | amendment.reworded)
        reasons = Reasons(rulebook, model, self.draft.reasons, heads)
        return Draft(self.case, self.day, reasons, theirs, Reference.names, self.draft)


def law_of(scenario: Scenario, rulebook: Rulebook) -> Rulebook:
    """The rulebook with what the scenario supposes."""
    return suppose(rulebook, scenario.suppose) if scenario.suppose else rulebook


@dataclass(frozen=True, eq=False)
class Seat:
    """A scenario that passes, its basis, and the words of what it expects."""

    scenario: Scenario
    basis: Basis
    words: frozenset[str]

    @cached_property
    def reasons(self) -> bool:
        """Whether the scenario expects any reasons, any against it, or that rules apply."""
        expect = self.scenario.expect
        told = expect.reasons, expect.no_reasons, expect.against, expect.no_against, expect.applied, expect.not_applied
        return any(told)

    def blind_to(self, amended: Reasons) -> bool:
        """Whether nothing differs but why channels are refused, and the scenario expects no reasons."""
        if self.reasons:
            return False
        channels = {literal for literal in amended.differs if literal.positive}
        return all(channel.relation == "channel" for channel in channels) and all(
            model.verdict(channel) is Verdict.REFUTED
            for model in (self.basis.settled.model, amended.model)
            for channel in channels
        )


class Bench:
    """Scenarios with their bases; ``failing`` are those that fail under the rules as they are, and judge nothing."""

    def __init__(self, rulebook: Rulebook, scenarios: Iterable[Scenario] = ()) -> None:
        self.rulebook = rulebook
        self.failing: list[Scenario] = []
        self.seats: list[Seat] = []
        for scenario in scenarios:
            self.add(scenario)

    def add(self, scenario: Scenario) -> None:
        """Decide one more scenario."""
        basis = Basis(scenario.case, scenario.as_of, law_of(scenario, self.rulebook))
        if next(judge(scenario.expect, basis.draft), None) is None:
            words = frozenset(_words_in(scenario.expect.model_dump(mode="json", exclude_defaults=True)))
            self.seats.append(Seat(scenario, basis, words))
        else:
            self.failing.append(scenario)

    def noticed_by(self, amendment: Amendment) -> tuple[Scenario, str] | None:
        """The first scenario that fails under the amended rules, and how; ``None`` where none notices."""
        for seat in self._likeliest_first(amendment):
            if seat.basis.concerned(amendment):
                if not seat.reasons and seat.basis.only_more_against(amendment):
                    continue
                draft = seat.basis.amended(amendment)
                if seat.blind_to(draft.reasons):
                    continue
                failure = next(judge(seat.scenario.expect, draft), None)
                if failure is not None:
                    # What noticed one fault of a rule is the likeliest to notice the next.
                    self.seats.remove(seat)
                    self.seats.insert(0, seat)
                    return seat.scenario, failure
        return None

    def nearly(self, amendment: Amendment) -> Iterator[tuple[Scenario, list[Line]]]:
        """The scenarios that would notice if they expected more, and what; of those only that it concerns the most."""
        concerned = (seat for seat in self._likeliest_first(amendment) if seat.basis.concerned(amendment))
        for seat in itertools.islice(concerned, MOST_LOOKED_AT):
            lines = would_tell_apart(seat.basis.draft, seat.basis.amended(amendment))
            if lines:
                yield seat.scenario, lines

    def _likeliest_first(self, amendment: Amendment) -> list[Seat]:
        """Those first that expect something of what the changed rules conclude, and in which these fire."""
        rules = (*amendment.old, *amendment.new)
        told = {str(term) for rule in rules for term in rule.head.terms if isinstance(term, str)}
        told |= {rule.id.split("/")[0] for rule in rules} | {rule.head.relation for rule in rules}

        def rank(seat: Seat) -> tuple[int, bool]:
            fires = any(rule.id in seat.basis.settled.by_rule for rule in amendment.old)
            return -len(told & seat.words), not fires

        return sorted(self.seats, key=rank)


def _words_in(value: object) -> Iterator[str]:
    """The words of an expectation, keys and values alike."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _words_in(key)
            yield from _words_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words_in(inner)
    else:
        yield from str(value).replace(".", " ").split()
