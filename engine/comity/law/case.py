"""The facts of a case, as an officer writes them down.

Whatever is left out is ``unknown``; nothing that is unknown is ever read as "no" or as "here".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from comity.law import source
from comity.law.finding import Finding, InputError, one_of
from comity.law.state import State
from comity.law.terms import (
    Answer,
    AssetKind,
    Authority,
    ChannelKind,
    CustodianKind,
    DataCategory,
    Direction,
    Outcome,
    RequestElement,
    Role,
    Stage,
    SystemRole,
    Timing,
    Urgency,
)


class Unknown(Enum):
    """What nobody knows yet."""

    UNKNOWN = "unknown"


U = Unknown.UNKNOWN
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
IdOrUnknown = Annotated[Unknown | Id, Field(union_mode="left_to_right")]
Years = Annotated[int, Field(ge=0, le=200)]
TO_AUTHORITY: Final = "authority"
"""What a request is addressed to where it goes to the forum's authorities, and not to a custodian or a person."""


class Part(BaseModel):
    """What all parts of a case share: no unknown fields, no silent conversions, no later change.

    How a part is validated is worked out when the first is read: most are read with their case only.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Offence(Part):
    """An offence: what was done, when, where, and with what effect."""

    id: Id
    category: str
    committed_on: date | Unknown = U
    conduct_in: list[State] | Unknown = U
    effects_in: list[State] | Unknown = U
    flag_states: list[State] = []
    organised_group: Answer = Answer.UNKNOWN
    group_elsewhere: Answer = Answer.UNKNOWN
    directed_elsewhere: Answer = Answer.UNKNOWN
    political: Answer = Answer.UNKNOWN
    max_penalty_years: dict[State, Years] = {}
    punishable_in: dict[State, Answer] = {}


class Person(Part):
    """A person of the case."""

    id: Id
    role: Role
    nationality: list[State] | Unknown = U
    residence: State | Unknown = U
    whereabouts: State | Unknown = U


class System(Part):
    """A computer system of the case."""

    id: Id
    role: SystemRole = SystemRole.UNKNOWN
    located_in: State | Unknown = U


class Custodian(Part):
    """Who holds data or assets."""

    id: Id
    name: str = ""
    kind: CustodianKind = CustodianKind.UNKNOWN
    seat: State | Unknown = U
    establishments: list[State] = []
    offers_services_in: list[State] = []


class Data(Part):
    """An item of data wanted as evidence."""

    id: Id
    description: str = ""
    category: DataCategory = DataCategory.UNKNOWN
    stored_in: State | Unknown = U
    custodian: IdOrUnknown = U
    timing: Timing = Timing.STORED
    expires_on: date | Unknown = U
    public: Answer = Answer.UNKNOWN
    consent: Answer = Answer.UNKNOWN
    preserved: Answer = Answer.UNKNOWN
    account_of: IdOrUnknown = U


class Asset(Part):
    """An asset to be traced or frozen."""

    id: Id
    description: str = ""
    kind: AssetKind = AssetKind.OTHER
    located_in: State | Unknown = U
    custodian: IdOrUnknown = U


class Proceedings(Part):
    """Proceedings in a state on these facts."""

    id: Id
    state: State
    stage: Stage = Stage.UNKNOWN
    outcome: Outcome = Outcome.UNKNOWN
    person: IdOrUnknown = U
    same_facts: Answer = Answer.UNKNOWN
    enforced: Answer = Answer.UNKNOWN


class Step(Part):
    """A step already taken."""

    kind: ChannelKind
    item: Id
    state: State
    on: date | Unknown = U


class Request(Part):
    """A request that a foreign authority makes; ``authority`` is that authority, ``stage`` that of its proceedings.

    What is listed neither among what it ``contains`` nor among what it ``lacks`` has not been looked for: unknown.
    """

    id: Id
    asked_by: State | Unknown = U
    authority: Authority = Authority.UNKNOWN
    stage: Stage = Stage.UNKNOWN
    kind: ChannelKind | Unknown = U
    instrument: IdOrUnknown = U
    addressed_to: IdOrUnknown = U
    items: list[Id] = []
    contains: list[RequestElement] = []
    lacks: list[RequestElement] = []
    received_on: date | Unknown = U

    @model_validator(mode="after")
    def _nothing_is_both_there_and_lacking(self) -> Self:
        both = [str(element) for element in self.contains if element in self.lacks]
        if both:
            raise ValueError(f"the request {self.id} is said to contain and to lack {', '.join(both)}")
        return self

    def answer(self, element: RequestElement) -> Answer:
        """Whether the request states the element."""
        if element in self.contains:
            return Answer.YES
        return Answer.NO if element in self.lacks else Answer.UNKNOWN


class Case(Part):
    """The facts of a case; ``forum`` is the state whose authority asks for advice.

    Raises:
        pydantic.ValidationError: an id is used twice, or names a part that the case has not, or a case in which we
            ask has requests from abroad.
    """

    case: Id
    title: str = ""
    forum: State
    authority: Authority = Authority.UNKNOWN
    direction: Direction = Direction.OUTGOING
    as_of: date | None = None
    stage: Stage = Stage.UNKNOWN
    urgency: Urgency = Urgency.UNKNOWN
    offences: list[Offence] = []
    persons: list[Person] = []
    systems: list[System] = []
    custodians: list[Custodian] = []
    data: list[Data] = []
    assets: list[Asset] = []
    proceedings: list[Proceedings] = []
    steps: list[Step] = []
    requests: list[Request] = []

    @model_validator(mode="after")
    def _only_who_is_asked_has_requests(self) -> Self:
        if self.requests and self.direction is not Direction.INCOMING:
            raise ValueError("requests are what others ask of us; write 'direction: incoming'")
        return self

    @model_validator(mode="after")
    def _ids_are_used_once_and_exist(self) -> Self:
        faults = [*_ids_used_wrongly(self), *_dangling(self)]
        if faults:
            told = "; ".join(text for _, text, _ in faults)
            raise PydanticCustomError("ids", "{told}", {"told": told, "faults": faults})
        return self

    @classmethod
    def from_file(cls, path: str | Path) -> Case:
        """The case in a YAML or JSON file; of a scenario, its case under its date of law.

        Raises:
            InputError: with every fault of the file and its place.
        """
        return cls.from_node(node_of(source.read(Path(path))))

    @classmethod
    def from_text(cls, text: str, name: str = "case") -> Case:
        """The case in YAML or JSON *text*; *name* is what error messages call it.

        Raises:
            InputError: with every fault of the text and its place.
        """
        return cls.from_node(node_of(source.parse(text, name)))

    @classmethod
    def from_node(cls, node: source.Node) -> Case:
        """The case in a node of a larger file (a scenario).

        Raises:
            InputError: with every fault and its place.
        """
        try:
            return cls.model_validate_json(json.dumps(source.plain(node)))
        except ValidationError as error:
            raise InputError(_findings(error, node)) from None

    def to_yaml(self) -> str:
        """The case as YAML, with only what is known."""
        import yaml

        known = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(known, sort_keys=False, allow_unicode=True, width=110)


def node_of(root: source.Node) -> source.Node:
    """The node of the case in that of a whole file; of a scenario, its case under its date of law."""
    inner = root.get("case") if isinstance(root, source.Mapping) else None
    if not isinstance(root, source.Mapping) or not isinstance(inner, source.Mapping):
        return root
    given = [pair for pair in root.pairs if pair[0].value in ("as_of", "title") and not inner.get(str(pair[0].value))]
    return source.Mapping((*inner.pairs, *given), inner.place)


_Path = tuple[str | int, ...]
_Fault = tuple[_Path, str, str]
"""Where, what is wrong, and what would be right."""

_WITH_IDS = ("offences", "persons", "systems", "custodians", "data", "assets", "proceedings", "requests")


def _ids_used_wrongly(case: Case) -> Iterator[_Fault]:
    seen: dict[str, str] = {}
    for group in _WITH_IDS:
        for number, part in enumerate(getattr(case, group)):
            path = (group, number, "id")
            if part.id in seen:
                text = f"the id '{part.id}' is used twice: in {seen[part.id]} and in {group}"
                yield path, text, "give each part of the case an id of its own"
            if part.id == Unknown.UNKNOWN.value:
                yield path, f"in {group} the id 'unknown' would be mistaken for a fact that nobody knows", ""
            seen.setdefault(part.id, group)


def _dangling(case: Case) -> Iterator[_Fault]:
    groups = {part.id: group for group in _WITH_IDS for part in getattr(case, group)}
    for path, name, wanted in _references(case):
        if name is not U and groups.get(name) not in wanted:
            hint = one_of(name, [id_ for id_, group in groups.items() if group in wanted])
            yield path, f"{path[-1]} names '{name}', which is not among the {' or '.join(wanted)}", hint


def _references(case: Case) -> Iterator[tuple[_Path, Any, tuple[str, ...]]]:
    for number, item in enumerate(case.data):
        yield ("data", number, "custodian"), item.custodian, ("custodians",)
        yield ("data", number, "account_of"), item.account_of, ("persons",)
    for number, asset in enumerate(case.assets):
        yield ("assets", number, "custodian"), asset.custodian, ("custodians",)
    for number, proceedings in enumerate(case.proceedings):
        yield ("proceedings", number, "person"), proceedings.person, ("persons",)
    for number, step in enumerate(case.steps):
        yield ("steps", number, "item"), step.item, ("data", "assets", "persons")
    for number, request in enumerate(case.requests):
        if request.addressed_to != TO_AUTHORITY:
            yield ("requests", number, "addressed_to"), request.addressed_to, ("custodians", "persons")
        for name in request.items:
            yield ("requests", number, "items"), name, ("data", "assets", "persons")


def _findings(error: ValidationError, node: source.Node) -> list[Finding]:
    by_path: dict[tuple[str | int, ...], list[Any]] = {}
    for detail in error.errors():
        path = _real_path(detail["loc"], node)
        by_path.setdefault(path, []).append(detail)
    of_ids = [detail for detail in error.errors() if detail["type"] == "ids"]
    if of_ids:
        faults: list[_Fault] = of_ids[0]["ctx"]["faults"]
        return [Finding(source.place_of(node, path), "F107", text, hint) for path, text, hint in faults]
    return [
        _finding(path, details, node)
        for path, details in by_path.items()
        if not any(len(other) > len(path) and other[: len(path)] == path for other in by_path)
    ]


def _real_path(loc: tuple[int | str, ...], node: source.Node) -> tuple[int | str, ...]:
    """*loc* without the names of union branches that pydantic puts between the real steps."""
    path: list[int | str] = []
    here: source.Node | None = node
    for step in loc:
        if isinstance(here, source.Mapping) and here.get(str(step)) is not None:
            here = here.get(str(step))
        elif isinstance(here, source.Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
        elif isinstance(here, source.Mapping) and isinstance(step, str) and path[-1:] != [step]:
            path.append(step)
            break
        else:
            continue
        path.append(step)
    return tuple(path)


def _finding(path: tuple[int | str, ...], details: list[Any], node: source.Node) -> Finding:
    place = source.place_of(node, path)
    main = next((d for d in details if d["type"] not in ("enum", "literal_error")), details[0])
    may_be_unknown = len(details) > 1
    given = main.get("input")
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    match main["type"]:
        case "extra_forbidden":
            return Finding(source.key_of(node, path), "F101", f"unknown field '{field}'", one_of(field, _fields(path)))
        case "missing":
            return Finding(place, "F102", f"the field '{field}' is missing")
        case "enum":
            allowed = [w.strip(" '") for w in main["ctx"]["expected"].replace(" or ", ",").split(",")]
            return Finding(place, "F103", f"'{given}' is not an answer to '{field}'", one_of(str(given), allowed))
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            hint = "write year-month-day, such as 2026-08-18" + (", or unknown" if may_be_unknown else "")
            return Finding(place, "F104", f"'{given}' is no date", hint)
        case "state":
            hint = "or write unknown" if may_be_unknown else ""
            return Finding(place, "F105", main["ctx"]["reason"], hint)
        case "string_pattern_mismatch":
            return Finding(place, "F106", f"'{given}' is no id", "lower-case letters, numbers and hyphens, at most 40")
        case "value_error":
            return Finding(place, "F107", str(main["ctx"]["error"]))
        case _:
            wanted = {
                "list_type": "a list",
                "string_type": "a text",
                "dict_type": "keys with values",
                "int_type": "a whole number",
                "model_type": "keys with values",
            }
            what = f"'{field}'" if field else "the file"
            hint = f"{wanted[main['type']]} is wanted" if main["type"] in wanted else main["msg"]
            return Finding(place, "F108", f"{what} cannot be {_shown(given)}", hint)


def _shown(given: object) -> str:
    if given is None:
        return "empty"
    text = str(given)
    return (
        f"'{text[:40]}'"
        if isinstance(given, str | int)
        else "a list"
        if isinstance(given, list)
        else "keys with values"
    )


_PARTS: dict[str, type[BaseModel]] = {
    "offences": Offence,
    "persons": Person,
    "systems": System,
    "custodians": Custodian,
    "data": Data,
    "assets": Asset,
    "proceedings": Proceedings,
    "steps": Step,
    "requests": Request,
}


def _fields(path: tuple[int | str, ...]) -> list[str]:
    part = _PARTS.get(str(path[0]), Case) if len(path) > 1 else Case
    return list(part.model_fields)
