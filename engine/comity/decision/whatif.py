"""What if a fact were otherwise: changed cases, changed advice, and which unknown facts matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel

from comity.decision.model import Decision
from comity.decision.opinion import Counsel
from comity.law.case import Case, Unknown
from comity.law.facts import states_named
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.state import State, titles
from comity.law.tables import Tables
from comity.law.terms import UNKNOWN


@dataclass(frozen=True, slots=True)
class Change:
    """What advice becomes of another: the topic, what it was, and what it is now."""

    topic: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """An unknown fact: for each possible answer the advice that changes; answers without change are left out."""

    path: str
    answers: tuple[str, ...]
    changes: dict[str, tuple[Change, ...]]


def set_facts(case: Case, assignments: list[str]) -> Case:
    """*case* with facts replaced, each written ``path=value``: ``data.mail.stored_in=IE``, ``forum=DE``.

    Lists take commas: ``persons.s1.nationality=CN,KH``.

    Raises:
        InputError: a path names nothing, or a value does not fit.
    """
    content = case.model_dump(mode="json")
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals:
            raise _fault(assignment, "this is no assignment", "write path=value, such as data.mail.stored_in=IE")
        _assign(content, path.strip().split("."), value.strip(), assignment)
    return Case.from_text(yaml.safe_dump(content, allow_unicode=True), "the changed case")


def _assign(content: Any, path: list[str], value: str, assignment: str) -> None:
    here = content
    for step in path[:-1]:
        here = _enter(here, step, assignment)
    last = path[-1]
    if isinstance(here, list) or not isinstance(here, dict):
        raise _fault(assignment, f"'{path[-1]}' has no value of its own", "name one of its fields")
    mapping = len(path) > 1 and path[-2] in ("max_penalty_years", "punishable_in")
    if last not in here and not mapping:
        raise _fault(assignment, f"there is no field '{last}'", one_of(last, here))
    many = isinstance(here.get(last), list) or last in ("conduct_in", "effects_in", "nationality")
    if many and value != UNKNOWN:
        here[last] = [part.strip() for part in value.split(",") if part.strip()]
    else:
        here[last] = int(value) if value.isdigit() else value


def _enter(here: Any, step: str, assignment: str) -> Any:
    if isinstance(here, dict) and step in here:
        return here[step]
    if isinstance(here, list):
        for part in here:
            if isinstance(part, dict) and part.get("id") == step:
                return part
        raise _fault(assignment, f"there is no '{step}'", one_of(step, [str(p.get("id")) for p in here]))
    raise _fault(assignment, f"there is no '{step}'", one_of(step, here if isinstance(here, dict) else ()))


def _fault(assignment: str, message: str, hint: str) -> InputError:
    return InputError([Finding(Place(f"--set {assignment}"), "Q002", message, hint)])


def differences(before: Decision, after: Decision) -> list[Change]:
    """What changes from one decision on a case to another."""
    first, second = summary(before), summary(after)
    return [
        Change(topic, first.get(topic, "nothing"), second.get(topic, "nothing"))
        for topic in [*first, *(t for t in second if t not in first)]
        if first.get(topic) != second.get(topic)
    ]


def summary(decision: Decision) -> dict[str, str]:
    """The advice by topic, each in a few words."""
    told = {
        "lead": decision.lead.state or "none",
        "conflict": decision.conflict.kind,
        **{f"claim.{claim.state}": claim.status for claim in decision.claims},
    }
    for item in (*decision.data, *decision.assets, *decision.persons):
        if item.sort == "data":
            told[f"{item.item}.direct-access"] = item.direct_access.status
        best = item.recommended
        told[f"{item.item}.recommended"] = f"{best.kind} {best.state}" if best else "none"
        told |= {f"{item.item}.{c.kind}.{c.state}": c.status for c in item.channels if c.status != "refused"}
    told["plan"] = "; ".join(step.action for step in decision.plan)
    return told


def unknowns(counsel: Counsel, case: Case, as_of: date | None = None) -> Iterator[UnknownFact]:
    """Every unknown fact of *case* with what each answer would change, one at a time.

    For an unknown state the answers are the states that the case names, and one that it does not.
    """
    base = counsel.opinion(case, as_of)
    for path, answers in possible_answers(case, counsel.rulebook.tables, base.as_of):
        changes: dict[str, tuple[Change, ...]] = {}
        for answer in answers:
            try:
                changed = set_facts(case, [f"{path}={answer}"])
            except InputError:
                continue
            found = differences(base.decision, counsel.opinion(changed, base.as_of).decision)
            if found:
                changes[answer] = tuple(found)
        yield UnknownFact(path, answers, changes)


def possible_answers(case: Case, tables: Tables, as_of: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The unknown facts of a case by path, with the answers worth trying."""
    named = sorted(states_named(case))
    listed = {row["state"] for row in tables.states}
    other = next(code for code in sorted(titles()) if code not in listed and code not in named)
    states = (*named, other)
    for name in Case.model_fields:
        value = getattr(case, name)
        if isinstance(value, StrEnum) and value == UNKNOWN:
            yield name, _words(type(value))
        for part in value if isinstance(value, list) else ():
            if getattr(part, "id", None):
                yield from _of_part(case, f"{name}.{part.id}", part, states, as_of)


def _of_part(
    case: Case, path: str, part: BaseModel, states: tuple[str, ...], as_of: date
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(value, StrEnum) and value == UNKNOWN:
            yield f"{path}.{name}", _words(type(value))
        elif value is Unknown.UNKNOWN:
            kinds = {get_origin(kind) or kind for kind in get_args(field.annotation)} or {field.annotation}
            if State in kinds or list in kinds:
                yield f"{path}.{name}", states
            elif date in kinds:
                days = (0, 30, 3650) if name == "expires_on" else (0,)
                yield f"{path}.{name}", tuple((as_of + timedelta(days=d)).isoformat() for d in days)
            else:
                group = case.persons if name in ("account_of", "person") else case.custodians
                yield f"{path}.{name}", tuple(p.id for p in group)


def _words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(word) for word in kind if word != UNKNOWN)
