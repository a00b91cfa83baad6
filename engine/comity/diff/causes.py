"""Which changes of the rules lie behind other advice: those that the proofs of what changed pass through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from typing import Literal as Word

from comity.decision.agency import PERMITTED_ANEW
from comity.decision.differences import Change
from comity.decision.opinion import Opinion
from comity.decision.topics import parse
from comity.diff.records import RecordChange
from comity.law.finding import InputError
from comity.logic.model import Model
from comity.logic.terms import Absent, Literal

_ALL_OF: Final = {
    "lead": ("claim", "factor", "barred"),
    "conflict": ("claim", "barred", "consult"),
    "consult": ("consult",),
    "basis": ("claim",),
    "prevention": ("prevention",),
}
"""By the first word of a topic, the relations whose conclusions it rests on."""

_DETAILS: Final = {
    "ground": ("refusal_ground",),
    "must-carry": ("safeguard",),
    "must-not": ("must_not",),
    "way-out": ("arguable_as", "dual_criminality", "dual_criminality_as", "without_dual_criminality", "claim"),
}
"""By the second word of a topic, the relations of whose conclusions one names what follows."""

_TOLD_OF_ASKER: Final = ("channel", "refusal_ground", "blocked")
"""What the state that asks would be advised, and rules on requests from abroad read."""

_WORKED_OUT: Final = ("unverified", "too-late", PERMITTED_ANEW)
"""Warnings that no rule gives: they follow from the routes to an item."""


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """A rule that ``now applies``, ``no longer applies`` or ``applies otherwise``, or a record that is ``changed``."""

    what: str
    how: Word["now applies", "no longer applies", "applies otherwise", "changed"]

    def __str__(self) -> str:
        return f"{self.what} {'is changed' if self.how == 'changed' else self.how}"


class Attribution:
    """Finds what lies behind each change of the advice on one case.

    *changed* has the ids of rules that are not what they were, those of the old rulebook with the id of today.
    """

    def __init__(self, old: Opinion, new: Opinion, changed: Mapping[str, str], records: Iterable[RecordChange]) -> None:
        self.old, self.new, self.changed, self.records = old, new, changed, list(records)
        self.cone = _Cone(old.model, new.model)
        self.applied = [{changed.get(id_) for id_ in _applied(opinion)} for opinion in (old, new)]
        both = ((theirs, new.counterparts.get(r)) for r, theirs in old.counterparts.items())
        self.others = [_Cone(one.model, other.model) for one, other in both if other is not None]

    def causes(self, change: Change) -> tuple[Cause, ...]:
        """What lies behind one change, sorted; empty where nothing that is told explains it."""
        reached = [self.cone.reach(self._literals(change))]
        if self.others:
            reached += [cone.reach(cone.of(*_TOLD_OF_ASKER)) for cone in self.others]
        rules = {self.changed[id_] for reach in reached for id_ in reach.rules if id_ in self.changed}
        facts = {fact for reach in reached for fact in reach.facts}
        found = {Cause(id_, _how(id_ in self.applied[0], id_ in self.applied[1])) for id_ in rules}
        found |= {Cause(f"{r.group} {r.key}", "changed") for r in self.records if any(_behind(r, f) for f in facts)}
        return tuple(sorted(found))

    def _literals(self, change: Change) -> Iterator[Literal]:
        """What a change of the advice is about."""
        head, *rest = change.topic.split(".")
        if head in _ALL_OF:
            yield from self.cone.of(*_ALL_OF[head])
        elif change.topic == "warning":
            code, _, about = (change.before or change.after).removesuffix(")").partition(" (")
            yield Literal("warning", (about, code))
            if code in _WORKED_OUT:
                yield from self._routes(about)
        elif rest in (["recommended"], ["in-time"]):
            yield from self._routes(head)
        elif rest and rest[0] in _DETAILS:
            yield from (lit for lit in self.cone.of(*_DETAILS[rest[0]]) if {*lit.terms} & {*rest[1:]})
            yield from self._routes(head)
        elif change.topic != "plan":
            topic = ".".join([head, *rest[:2]]) if head == "reply" else change.topic
            for opinion in (self.old, self.new):
                with suppress(InputError):  # this one does not speak of it
                    yield from parse(topic, opinion).literals

    def _routes(self, item: str) -> Iterator[Literal]:
        relations = ("direct_access", "channel", "addressee")
        yield from (literal for literal in self.cone.of(*relations) if literal.terms[0] == item)


def _applied(opinion: Opinion) -> set[str]:
    """The rules that apply in a case, or in the case of a state that asks."""
    models = [opinion.model, *(theirs.model for theirs in opinion.counterparts.values())]
    return {f.rule.id.split("/")[0] for model in models for group in model.firings.values() for f in group}


def _how(before: bool, after: bool) -> Word["now applies", "no longer applies", "applies otherwise"]:
    if before and after:
        return "applies otherwise"
    return "now applies" if after else "no longer applies"


def _behind(record: RecordChange, fact: Literal) -> bool:
    """Whether a fact can have been read from a row: it names all that names the row."""
    if not record.group.startswith("tables/"):
        return False
    name = record.group.removeprefix("tables/").removesuffix(".csv")
    words = {name.removeprefix("parties/")} if name.startswith("parties/") else set[str]()
    first = record.key.split(" ")[:2] if name in ("networks", "statutes", "qualifications") else record.key.split(" ")
    return words | set(first) <= set(map(str, fact.terms))


@dataclass(frozen=True, slots=True)
class _Reach:
    """The rules that apply in either model, and the facts that only one of them has."""

    rules: set[str]
    facts: set[Literal]


class _Cone:
    """Everything that the proofs for and against some literals pass through, in the old model or in the new one."""

    def __init__(self, old: Model, new: Model) -> None:
        self.models = old, new
        self.differing = old.facts ^ new.facts
        self.by_relation: dict[str, set[Literal]] = {}
        for model in self.models:
            for head in model.firings:
                self.by_relation.setdefault(head.relation, set()).add(head)

    def of(self, *relations: str) -> list[Literal]:
        """What rules speak of, for or against, in some relations."""
        return [literal for relation in relations for literal in self.by_relation.get(relation, ())]

    def reach(self, literals: Iterable[Literal]) -> _Reach:
        """What applies for or against *literals*, or behind what they rest on.

        A rule that asks for an absence rests on all that rules say of the relation, in both models.
        """
        todo = list(literals)
        rules, reached = set[str](), set[Literal]()
        while todo:
            literal = todo.pop()
            if literal in reached:
                continue
            reached |= {literal, ~literal}
            for model in self.models:
                for firing in (*model.firings.get(literal, ()), *model.firings.get(~literal, ())):
                    rules.add(firing.rule.id.split("/")[0])
                    todo += firing.premises
                    absent = {c.literal.relation for c in firing.rule.body if isinstance(c, Absent)}
                    todo += self.of(*absent)
                    todo += [fact for fact in self.differing if fact.relation in absent]
        return _Reach(rules, reached & self.differing)
