"""Which cases get other advice under another rulebook, and why.

A case is decided twice only if the change can touch it: where its facts are the same, and no rule that differs applies
in it, its model is the same under both rulebooks. (A rule that does not apply neither supports nor attacks anything,
so the conclusions are the same stratum by stratum.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from comity import scenario
from comity.decision.differences import Change, differences, finer_differences
from comity.decision.model import Decision
from comity.decision.opinion import Counsel, Opinion
from comity.diff.caseload import Told
from comity.diff.causes import Attribution, Cause
from comity.diff.records import RecordChange, record_changes
from comity.diff.rules import RuleChange, rule_changes
from comity.law.case import Case
from comity.law.facts import facts
from comity.law.finding import Finding, InputError
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.law.terms import DataCategory
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic import reference
from comity.logic.agreement import Reference
from comity.logic.program import Program
from comity.logic.rule import Rule
from comity.logic.terms import Comparison, Condition, Literal, variables

_UNHEARD: Final = frozenset({"title", "because"})
"""What can be otherwise in a rule without any change of the advice but in its words."""


@dataclass(frozen=True)
class RulebookDiff:
    """What changes from one rulebook to another."""

    old: Rulebook
    new: Rulebook
    rules: tuple[RuleChange, ...]
    records: tuple[RecordChange, ...]

    @classmethod
    def of(cls, old: Rulebook, new: Rulebook) -> RulebookDiff:
        """What changes from *old* to *new*."""
        return cls(old, new, tuple(rule_changes(old.rules, new.rules)), tuple(record_changes(old, new)))

    @cached_property
    def changed(self) -> dict[str, str]:
        """The ids of rules that do not say what they said, those of the old rulebook with the id of today."""
        heard = [
            change
            for change in self.rules
            if not {aspect.what for aspect in change.aspects} <= _UNHEARD or change.former
        ]
        return {change.id: change.id for change in heard} | {c.former: c.id for c in heard if c.former}

    @cached_property
    def concerns_all(self) -> bool:
        """Whether something changes that is no rule and no fact: preferences, or what has been verified."""
        fields = (
            (record, {name for name, _, _ in record.fields}) for record in self.records if record.kind == "changed"
        )
        verified = any("verified" in names for record, names in fields if record.group != "changes.yaml")
        return verified or any(record.group.startswith("preferences/") for record in self.records)


@dataclass(frozen=True, slots=True)
class Effect:
    """One change of the advice, and what lies behind it."""

    change: Change
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of rules means for one case; without ``effects`` it gets the same advice.

    ``sorts`` has what its items are, by their ids; ``other_reasons`` says that the same advice rests on other reasons.
    ``newly_failing`` is how the new advice falls short of what a scenario expects where the old did not. ``findings``
    say why the case cannot be compared.
    """

    name: str
    sorts: Mapping[str, str] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    other_reasons: bool = False
    newly_failing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Assessor:
    """Says of one case after the other what a change of rules means for it."""

    def __init__(self, diff: RulebookDiff, as_of: date | None = None) -> None:
        self.diff, self.as_of = diff, as_of
        self.old = Counsel(diff.old, Reference(diff.old.program))
        self.new = Counsel(diff.new, Reference(diff.new.program))
        before, after = (
            [compiled for rule in book.rules if rule.id in diff.changed for compiled in rule.kernel]
            for book in (diff.old, diff.new)
        )
        self.could_apply = _probe(before + after, only_facts=True)
        self.would_apply = _probe(after, only_facts=False)
        self.today = date.today()
        self.supposing: dict[tuple[tuple[str, date], ...], Assessor] = {}

    def assess(self, told: Told) -> Impact:
        """What the change means for a case."""
        if told.case is None:
            return Impact(told.name, findings=told.findings)
        if told.suppose:
            try:
                return self._supposing(told.suppose).assess(replace(told, suppose={}))
            except InputError as error:
                return Impact(told.name, findings=error.findings)
        case, day = told.case, self.as_of or told.case.as_of or self.today
        stated = facts(case, self.diff.old.tables, day)
        same = stated == facts(case, self.diff.new.tables, day) and not self.diff.concerns_all
        if same and not case.requests and not _applying(self.could_apply, stated):
            return Impact(told.name)
        before = _opinion(self.old, case, day)
        if same and isinstance(before, Opinion) and not self._touches(before):
            return Impact(told.name)
        after = _opinion(self.new, case, day)
        if isinstance(before, InputError) or isinstance(after, InputError):
            return _undecidable(told.name, before, after)
        one, other = before.decision, after.decision
        changes = [*differences(one, other), *finer_differences(one, other)]
        behind = Attribution(before, after, self.diff.changed, self.diff.records)
        effects = tuple(Effect(change, behind.causes(change)) for change in changes)
        failing: tuple[str, ...] = ()
        if told.expect is not None:
            known = set(scenario.judge(told.expect, before))
            failing = tuple(f for f in scenario.judge(told.expect, after) if f not in known)
        reasons = not effects and _said(one) != _said(other)
        return Impact(told.name, _sorts(case), effects, reasons, failing)

    def _supposing(self, suppositions: Mapping[str, date]) -> Assessor:
        """The same change, where instruments are taken to be in force."""
        key = tuple(sorted(suppositions.items()))
        if key not in self.supposing:
            old, new = (suppose(book, suppositions) for book in (self.diff.old, self.diff.new))
            self.supposing[key] = Assessor(replace(self.diff, old=old, new=new), self.as_of)
        return self.supposing[key]

    def _touches(self, opinion: Opinion) -> bool:
        """Whether the model under the new rules can be another one, although the facts of the case are the same."""
        for theirs in opinion.counterparts.values():
            one, other = (facts(theirs.case, book.tables, theirs.as_of) for book in (self.diff.old, self.diff.new))
            if one != other:
                return True
        for of in (opinion, *opinion.counterparts.values()):
            fired = {f.rule.id.split("/")[0] for group in of.model.firings.values() for f in group}
            if not fired.isdisjoint(self.diff.changed) or _applying(self.would_apply, of.model.held):
                return True
        return False


def _opinion(counsel: Counsel, case: Case, day: date) -> Opinion | InputError:
    try:
        return counsel.opinion(case, day)
    except InputError as error:
        return error


def _undecidable(name: str, before: Opinion | InputError, after: Opinion | InputError) -> Impact:
    if isinstance(before, InputError) and isinstance(after, InputError):
        return Impact(name, findings=after.findings)
    words = [e.findings[0].message if isinstance(e, InputError) else "can be decided" for e in (before, after)]
    return Impact(name, effects=(Effect(Change("case", words[0], words[1]), ()),))


def _said(decision: Decision) -> dict[str, Any]:
    return decision.model_dump(exclude={"digest", "departures"})


def _sorts(case: Case) -> dict[str, str]:
    """What each item of a case is, in a word or two."""
    data = {d.id: "data" if d.category is DataCategory.UNKNOWN else f"{d.category} data" for d in case.data}
    return data | {a.id: str(a.kind) for a in case.assets} | {p.id: str(p.role) for p in case.persons}


def _probe(rules: Iterable[Rule], only_facts: bool) -> Program:
    """A program that concludes of nothing but which of *rules* have their conditions met.

    With *only_facts*, only those conditions are kept that facts of the case and the tables can meet.
    """
    heads = (Literal("applies", (rule.id,)) for rule in rules)
    bodies = (tuple(_of_facts(rule.body)) if only_facts else rule.body for rule in rules)
    return Program(tuple(Rule(str(n), h, b) for n, (h, b) in enumerate(zip(heads, bodies, strict=True))))


def _of_facts(body: Iterable[Condition]) -> Iterator[Condition]:
    body = list(body)
    read = [c for c in body if isinstance(c, Literal) and RELATIONS[c.relation].origin in (Origin.CASE, Origin.TABLE)]
    bound = {name for condition in read for name in variables(condition)}
    yield from read
    yield from (c for c in body if isinstance(c, Comparison) and bound.issuperset(variables(c)))


def _applying(probe: Program, held: Iterable[Literal]) -> bool:
    return bool(reference.model(probe, held).firings)
