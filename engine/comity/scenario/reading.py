"""Scenario files: found and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final
from typing import Literal as Word

from pydantic import ValidationError

from comity.decision.whatif import Fact, set_facts
from comity.law import source
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.supposition import suppositions
from comity.scenario.expectation import Expectation


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as read; ``as_of`` is the date of law, ``suppose`` the instruments that are taken to be in force.

    ``variants`` are scenarios of their own, with the title of the file and theirs.
    """

    path: Path
    title: str
    source: str
    kind: Word["documented", "hypothetical"]
    as_of: date
    case: Case
    expect: Expectation
    suppose: Mapping[str, date] = field(default_factory=dict)
    variants: tuple[Scenario, ...] = ()


KEYS: Final = ("title", "source", "kind", "as_of", "case", "expect")
MAY: Final = ("note", "suppose", "variants")
VARIANT_KEYS: Final = ("title", "expect")
VARIANT_MAY: Final = ("set", "as_of", "note", "suppose")
"""The keys that a scenario and a variant need, and those that they may have."""


def find(paths: Iterable[Path]) -> list[Path]:
    """The scenario files among *paths*, folders searched through.

    Raises:
        InputError: a path does not exist, or no scenario is found.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError([Finding(Place(str(path)), "F001", "there is no such file or folder")])
        found += sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not found:
        raise InputError([Finding(Place(", ".join(map(str, paths))), "S007", "no scenario is found here")])
    return found


def read(path: Path) -> Scenario:
    """The scenario in a file.

    Raises:
        InputError: with every fault of the file.
    """
    node = source.read(path)
    if not isinstance(node, source.Mapping):
        raise InputError([Finding(node.place, "S001", "a scenario has the keys " + ", ".join((*KEYS, *MAY)))])
    faults = list(_key_faults(node, KEYS, MAY))
    if (kind := _text(node, "kind")) not in (None, "documented", "hypothetical"):
        faults.append(Finding(source.place_of(node, ("kind",)), "S004", "kind is documented or hypothetical"))
    day = _day(node, faults)
    supposed, unsound = suppositions(node)
    faults += unsound
    if faults or day is None:
        raise InputError(faults)
    expect = _expectation(node)
    case_node = node.get("case")
    assert case_node is not None
    whole = Scenario(
        path,
        str(_text(node, "title")),
        str(_text(node, "source")),
        "documented" if kind == "documented" else "hypothetical",
        day,
        Case.from_node(case_node),
        expect,
        supposed,
    )
    return whole if node.get("variants") is None else _with_variants(whole, node)


def _with_variants(whole: Scenario, node: source.Mapping) -> Scenario:
    listed = node.get("variants")
    if not isinstance(listed, source.Sequence):
        place = source.place_of(node, ("variants",))
        raise InputError([Finding(place, "S009", "'variants' is a list", "begin each with '- title: …'")])
    found: list[Scenario] = []
    faults: list[Finding] = []
    for item in listed.items:
        try:
            found.append(_variant(whole, item))
        except InputError as error:
            faults += error.findings
    if faults:
        raise InputError(faults)
    return replace(whole, variants=tuple(found))


def _variant(whole: Scenario, node: source.Node) -> Scenario:
    if not isinstance(node, source.Mapping):
        raise InputError([Finding(node.place, "S009", "a variant has the keys title, set, as_of, expect")])
    faults = list(_key_faults(node, VARIANT_KEYS, VARIANT_MAY))
    if faults:
        raise InputError(faults)
    day = whole.as_of if node.get("as_of") is None else _day(node, faults)
    changes = node.get("set")
    if changes is not None and not isinstance(changes, source.Mapping):
        place = source.place_of(node, ("set",))
        faults.append(Finding(place, "S009", "'set' has facts with their values", "data.mail.stored_in: IE"))
    if all(node.get(key) is None for key in ("set", "as_of", "suppose")):
        faults.append(Finding(node.place, "S003", "neither 'set' nor 'as_of' says what is otherwise"))
    supposed, unsound = suppositions(node)
    faults += unsound
    if faults or day is None:
        raise InputError(faults)
    case = whole.case
    if isinstance(changes, source.Mapping):
        places = {str(key.value): key.place for key, _ in changes.pairs}
        try:
            case = set_facts(case, [Fact(str(k.value), source.plain(v), str(k.value)) for k, v in changes.pairs])
        except InputError as error:
            named = (f.place.file.removeprefix("--set ") for f in error.findings)
            found = zip(named, error.findings, strict=True)
            raise InputError([Finding(places[name], f.code, f.message, f.hint) for name, f in found]) from None
    return replace(
        whole,
        title=f"{whole.title}: {_text(node, 'title')}",
        as_of=day,
        case=case,
        expect=_expectation(node),
        suppose=whole.suppose if node.get("suppose") is None else supposed,
    )


def _key_faults(node: source.Mapping, needed: tuple[str, ...], allowed: tuple[str, ...]) -> Iterator[Finding]:
    known = (*needed, *allowed)
    for key, _ in node.pairs:
        if key.value not in known:
            yield Finding(key.place, "S002", f"unknown key '{key.value}'", one_of(str(key.value), known))
    for name in needed:
        if _text(node, name) is None:
            yield Finding(node.place, "S003", f"'{name}' is missing")


def _text(node: source.Mapping, key: str) -> object:
    value = node.get(key)
    return None if value is None else source.plain(value)


def _day(node: source.Mapping, faults: list[Finding]) -> date | None:
    text = _text(node, "as_of")
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        faults.append(Finding(source.place_of(node, ("as_of",)), "S005", f"'{text}' is no date"))
        return None


def _expectation(node: source.Mapping) -> Expectation:
    try:
        return Expectation.model_validate(_text(node, "expect"))
    except ValidationError as error:
        raise InputError(_expectation_faults(error, node)) from None


def _expectation_faults(error: ValidationError, node: source.Node) -> Iterator[Finding]:
    for detail in error.errors():
        place = source.place_of(node, ("expect", *detail["loc"]))
        yield Finding(place, "S006", f"'{detail['loc'][-1]}' is not understood: {detail['msg'].lower()}")
