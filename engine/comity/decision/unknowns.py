"""Which unknown facts of a case matter: what each possible answer would change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel

from comity.decision.differences import Change, differences
from comity.decision.opinion import Counsel
from comity.law.case import TO_AUTHORITY, Case, Offence, Unknown
from comity.law.facts import states_named
from comity.law.state import State, in_sentence, titles
from comity.law.tables import Tables
from comity.law.terms import UNKNOWN, Answer, ChannelKind

ANOTHER: Final = "another state"
"""The answer that stands for a state which the case does not name: one of which no table says anything."""

DAYS_LEFT: Final = (1, 30, 3650)
"""Days until expiry that are tried where it is unknown."""
YEARS_AGO: Final = (0, 10, 30)
"""How long ago an act is tried to have been done where its day is unknown."""
PENALTIES: Final = (1, 3, 5, 10)
"""Longest sentences, in years, that are tried where one is unknown."""


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """An unknown fact: ``answers`` are those tried; ``changes`` has, for each that matters, what it changes.

    Answers come from the closed list, from the states and the parts that the case names and :data:`ANOTHER`; for
    days and years they are samples.
    """

    path: str
    answers: tuple[str, ...]
    changes: dict[str, tuple[Change, ...]]


def unknowns(counsel: Counsel, case: Case, as_of: date | None = None) -> Iterator[UnknownFact]:
    """Every unknown fact of *case* with what each answer would change, one at a time."""
    base = counsel.opinion(case, as_of)
    another = _uninvolved(case, counsel.rulebook.tables)
    for path, answers in possible_answers(case, another, base.as_of):
        changes: dict[str, tuple[Change, ...]] = {}
        for answer in answers:
            decision = counsel.opinion(_with(case, path, answer), base.as_of).decision
            found = tuple(_worded(change, another) for change in differences(base.decision, decision))
            if found:
                changes[_shown(path, answer, another)] = found
        yield UnknownFact(path, tuple(_shown(path, answer, another) for answer in answers), changes)


def _shown(path: str, answer: str | int, another: str | None) -> str:
    return ANOTHER if answer == another else str(answer)


def _worded(change: Change, another: str | None) -> Change:
    """*change* with the stand-in for any other state called that."""
    if another is None:
        return change
    code = re.compile(rf"\b{another}\b")
    name = in_sentence(another)
    return Change(*(code.sub(ANOTHER, text.replace(name, ANOTHER)) for text in astuple(change)))


def _uninvolved(case: Case, tables: Tables) -> str | None:
    """A state that the case does not name and of which no table says anything, if there is one."""
    told = {row["state"] for rows in tables.parties.values() for row in rows}
    told |= {row[end] for row in tables.bilateral for end in ("a", "b")}
    told |= {row["state"] for row in (*tables.states, *tables.networks)} | states_named(case)
    return next((code for code in sorted(titles()) if code not in told), None)


def _with(case: Case, path: str, answer: str | int) -> Case:
    content: Any = case.model_dump(mode="json")
    here = content
    *steps, last = path.split(".")
    for step in steps:
        here = next(p for p in here if p["id"] == step) if isinstance(here, list) else here[step]
    here[last] = [answer] if last in _LISTS else answer
    return Case.model_validate_json(json.dumps(content))


_LISTS = {"conduct_in", "effects_in", "nationality"}


def possible_answers(
    case: Case, another: str | None, as_of: date
) -> Iterator[tuple[str, tuple[str, ...] | tuple[int, ...]]]:
    """The unknown facts of a case by path, with the answers worth trying."""
    named = tuple(sorted(states_named(case)))
    states = named if another is None else (*named, another)
    for name in Case.model_fields:
        value = getattr(case, name)
        if isinstance(value, StrEnum) and value == UNKNOWN:
            yield name, _words(type(value))
        for part in value if isinstance(value, list) else ():
            if getattr(part, "id", None):
                yield from _of_part(case, f"{name}.{part.id}", part, states, as_of)
            if isinstance(part, Offence):
                yield from _of_states(f"{name}.{part.id}", part, named)


def _of_part(
    case: Case, path: str, part: BaseModel, states: tuple[str, ...], as_of: date
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(value, StrEnum) and value == UNKNOWN:
            yield f"{path}.{name}", _words(type(value))
        elif value is Unknown.UNKNOWN:
            kinds = {get_origin(kind) or kind for kind in get_args(field.annotation)}
            if State in kinds or list in kinds:
                yield f"{path}.{name}", states
            elif date in kinds:
                yield f"{path}.{name}", tuple(day.isoformat() for day in _days(name, as_of))
            elif ChannelKind in kinds:
                yield f"{path}.{name}", tuple(map(str, ChannelKind))
            elif name == "addressed_to":
                yield f"{path}.{name}", (TO_AUTHORITY, *(holder.id for holder in case.custodians))
            elif name == "instrument":
                continue
            else:
                group = case.persons if name in ("account_of", "person") else case.custodians
                if group:
                    yield f"{path}.{name}", tuple(member.id for member in group)


def _of_states(path: str, offence: Offence, named: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """What is asked of an offence for each state: whether it was punishable there, and how severely."""
    for state in named:
        if offence.punishable_in.get(State(state), Answer.UNKNOWN) is Answer.UNKNOWN:
            yield f"{path}.punishable_in.{state}", _words(Answer)
        if State(state) not in offence.max_penalty_years:
            yield f"{path}.max_penalty_years.{state}", PENALTIES


def _days(field: str, as_of: date) -> list[date]:
    if field == "received_on":
        return [as_of]
    if field == "expires_on":
        return [as_of + timedelta(days=days) for days in DAYS_LEFT]
    return [as_of - timedelta(days=round(365.25 * years)) for years in YEARS_AGO]


def _words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(word) for word in kind if word != UNKNOWN)
