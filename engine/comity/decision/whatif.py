"""What if a fact were otherwise: the case with facts replaced."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from comity.decision.differences import Change, differences
from comity.decision.unknowns import UnknownFact, unknowns
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place, one_of

__all__ = ["Change", "Fact", "UnknownFact", "assigned", "differences", "set_facts", "unknowns"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What is otherwise: under *path* stands *value*, a text as on the command line or what a case file has.

    *called* is what error messages call it.
    """

    path: str
    value: object
    called: str


def assigned(case: Case, assignments: list[str]) -> Case:
    """*case* with facts replaced, each written ``path=value``: ``data.mail.stored_in=IE``, ``forum=DE``.

    Lists take commas (``persons.s1.nationality=CN,KH``), and steps go by number (``steps.0.state=US``).

    Raises:
        InputError: a path names nothing, or a value does not fit.
    """
    facts: list[Fact] = []
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals or not path.strip():
            raise _fault(assignment, "this is no assignment", "write path=value, such as data.mail.stored_in=IE")
        facts.append(Fact(path.strip(), value.strip(), assignment))
    return set_facts(case, facts)


def set_facts(case: Case, facts: Sequence[Fact]) -> Case:
    """*case* with facts replaced, whole groups of parts (``proceedings``) included; only all of them have to fit.

    Raises:
        InputError: a path names nothing, or a value does not fit; it says of which fact.
    """
    content = case.model_dump(mode="json", exclude_none=True)
    for fact in facts:
        _assign(content, fact.path, fact.value, fact.called)
    try:
        return Case.model_validate_json(json.dumps(content))
    except ValidationError:
        pass
    return _read(json.dumps(content), _at_fault(case, facts).called)


def _at_fault(case: Case, facts: Sequence[Fact]) -> Fact:
    """The first fact with which those up to it do not fit."""
    content = case.model_dump(mode="json", exclude_none=True)
    for fact in facts:
        _assign(content, fact.path, fact.value, fact.called)
        try:
            Case.model_validate_json(json.dumps(content))
        except ValidationError:
            return fact
    return facts[-1]


def _read(content: str, assignment: str) -> Case:
    try:
        return Case.from_text(content)
    except InputError as error:
        place = Place(f"--set {assignment}")
        raise InputError([Finding(place, f.code, f.message, f.hint) for f in error.findings]) from None


def _assign(content: Any, path: str, value: Any, assignment: str) -> None:
    here: Any = content
    model: Any = Case
    *steps, last = path.split(".")
    told: list[str] = []
    for step in steps:
        here, model = _enter(here, model, step, told, assignment)
        told.append(step)
    if model is None:
        raise _fault(assignment, f"'{_where(told)}' is a single fact", f"write {_where(told)}=…")
    if isinstance(here, list):
        raise _several(here, path, last, told, assignment)
    if model is dict:
        here[last] = int(value) if isinstance(value, str) and value.isdecimal() else value
        return
    field = model.model_fields.get(last)
    if field is None:
        raise _fault(assignment, f"there is no field '{last}' in {_where(told)}", one_of(last, model.model_fields))
    if not isinstance(value, str):
        here[last] = value
        return
    if any(isinstance(k, type) and issubclass(k, BaseModel) for k in get_args(field.annotation)):
        raise _several(here[last], path, "", [*told, last], assignment)
    if any(get_origin(kind) is dict for kind in (field.annotation, *get_args(field.annotation))):
        raise _fault(assignment, f"'{last}' is asked for each state", f"name the state: {path}.US={value}")
    here[last] = _value(field.annotation, value)


def _several(parts: list[dict[str, Any]], path: str, last: str, told: list[str], assignment: str) -> InputError:
    known = [str(part.get("id", number)) for number, part in enumerate(parts)]
    name = last if last in known else known[0] if known else "ID"
    return _fault(assignment, f"'{path}' is no single fact", f"name one of its fields: {_where(told)}.{name}.FIELD=…")


def _enter(here: Any, model: Any, step: str, told: list[str], assignment: str) -> tuple[Any, Any]:
    """The part of the case under *step*, with the model of its fields (``dict`` where the keys are states)."""
    if isinstance(here, list):
        for number, part in enumerate(here):
            if step in (part.get("id"), str(number) if "id" not in part else None):
                return part, model
        known = [str(part.get("id", number)) for number, part in enumerate(here)]
        message = f"there is no '{step}' in {_where(told)}"
        raise _fault(assignment, message, one_of(step, known) or "add it to the case file first")
    field = model.model_fields.get(step) if isinstance(model, type) and issubclass(model, BaseModel) else None
    if field is None:
        fields = model.model_fields if model not in (None, dict) else {}
        raise _fault(assignment, f"there is no '{step}' in {_where(told)}", one_of(step, fields))
    for kind in (field.annotation, *get_args(field.annotation)):
        if get_origin(kind) is dict:
            return here.setdefault(step, {}), dict
        inner = next(iter(get_args(kind)), kind)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return here.setdefault(step, []), inner
    return here.get(step), None


def _where(told: list[str]) -> str:
    return ".".join(told) or "a case"


def _value(annotation: Any, text: str) -> Any:
    kinds = (annotation, *get_args(annotation))
    many = any(get_origin(kind) is list for kind in kinds)
    if many and text != "unknown":
        return [part.strip() for part in text.split(",") if part.strip()]
    if text == "" and date in kinds:
        return None
    return text


def _fault(assignment: str, message: str, hint: str) -> InputError:
    return InputError([Finding(Place(f"--set {assignment}"), "Q002", message, hint)])
