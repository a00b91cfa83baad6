"""Changes of the advice that are of one kind and have the same causes, taken together over all cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from comity.decision.differences import Change
from comity.diff.causes import Cause
from comity.diff.impact import Impact
from comity.law.state import titles

_FIRST: Final = ("case", "direct-access", "lead", "conflict", "claim", "reply", "recommended")
"""What is told first, whatever the number of cases."""

_FINER: Final = {
    "basis": "bases of claims",
    "ground": "grounds of refusal",
    "must-carry": "what a request must carry",
    "condition": "conditions of a reply",
    "must-not": "what must not be done",
    "way": "ways open to who asks",
    "way-out": "ways out",
    "prevention": "preventive measures",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A change without the names of items and states: of a ``topic``, from ``before`` to ``after``."""

    topic: str
    before: str
    after: str

    @property
    def finer(self) -> tuple[str, str] | None:
        """Of what comes or goes with a route, a claim or a case: of which sort it is, and its name with a sign."""
        words = self.topic.removeprefix("reply ").split(" ")
        if len(words) < 2 or words[0] not in _FINER:
            return None
        sign = "+" if self.before == "no" else "-" if self.after == "no" else "~"
        return _FINER[words[0]], f"{sign} {' '.join(words[1:])}"

    def __str__(self) -> str:
        if not self.before and not self.after:
            return self.topic
        if not self.before or not self.after:
            return f"{self.topic}: {'+' if self.after else '-'} {self.after or self.before}"
        return f"{self.topic}: {self.before} -> {self.after}"


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of change in one or more cases; ``items`` are what it concerns there, ``states`` whom."""

    kind: Kind
    items: tuple[str, ...]
    states: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass
class _Gathered:
    items: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    cases: list[str] = field(default_factory=list)


def groups(impacts: Iterable[Impact]) -> list[tuple[tuple[Cause, ...], list[Group]]]:
    """What changes in the advice, by its causes: those first that change most cases; the weightiest changes first."""
    found: dict[tuple[Cause, ...], dict[Kind, _Gathered]] = defaultdict(lambda: defaultdict(_Gathered))
    for impact in impacts:
        effects = [e for e in impact.effects if e.change.topic != "plan"] or list(impact.effects[:1])
        for effect in effects:
            kind, items, states = _general(effect.change, impact.sorts)
            gathered = found[effect.causes][kind]
            gathered.items |= items
            gathered.states |= states
            if impact.name not in gathered.cases[-1:]:
                gathered.cases.append(impact.name)
    made = [
        (
            causes,
            sorted(
                (Group(k, tuple(sorted(g.items)), tuple(sorted(g.states)), tuple(g.cases)) for k, g in kinds.items()),
                key=_rank,
            ),
        )
        for causes, kinds in found.items()
    ]
    return sorted(made, key=lambda pair: (-len({c for g in pair[1] for c in g.cases}), pair[0]))


def _rank(group: Group) -> tuple[object, ...]:
    first, *rest = group.kind.topic.split(" ")
    place = _FIRST.index(first) if first in _FIRST else len(_FIRST)
    return place, len(rest) if first in _FIRST else 0, -len(group.cases), str(group.kind)


def _general(change: Change, sorts: Mapping[str, str]) -> tuple[Kind, set[str], set[str]]:
    """The kind of a change, with the items and the states that it concerns in the case at hand."""
    match change.topic.split("."):
        case ["plan"]:
            return Kind("only steps or days of the plan", "", ""), set(), set()
        case ["warning"]:
            before, after = (text.partition(" (")[0] for text in (change.before, change.after))
            return Kind("warning", before, after), set(), set()
        case ["lead" | "conflict" | "case"]:
            return Kind(change.topic, change.before, change.after), set(), set()
        case ["reply", _, item, *words]:
            return _of_words(["reply", *words], change, {sorts.get(item, item)})
        case ["claim" | "consult" | "basis" | "prevention" as word, *rest]:
            return _of_words([word, *rest], change, set())
        case [item, *rest]:
            return _of_words(rest, change, {sorts.get(item, item)})
    return Kind(change.topic, change.before, change.after), set(), set()


def _of_words(words: Sequence[str], change: Change, items: set[str]) -> tuple[Kind, set[str], set[str]]:
    states = {word for word in words if word in titles()}
    topic = " ".join(word for word in words if word not in states)
    said = change.before.split(), change.after.split()
    named = {word for words in said for word in words if word in titles()}
    before, after = (" ".join(word for word in words if word not in named) for words in said)
    if before == after:
        return Kind(topic, change.before, change.after), items, states
    return Kind(topic, before, after), items, states | named
