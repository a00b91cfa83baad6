"""Scenario files: found and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final
from typing import Literal as Word

from pydantic import ValidationError

from comity.decision.opinion import check
from comity.decision.whatif import Fact, set_facts
from comity.law import source
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppositions
from comity.scenario.expectation import Expectation, names


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


def read(path: Path, rulebook: Rulebook | None = None) -> Scenario:
    """The scenario in a file; the words of its case have to be those of the *rulebook*, where one is given.

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
    case = _case(node, rulebook, faults)
    expect = _expectation(node, faults)
    if faults or day is None or case is None or expect is None:
        raise InputError(sorted(faults, key=lambda fault: fault.place))
    whole = Scenario(
        path,
        str(_text(node, "title")),
        str(_text(node, "source")),
        "documented" if kind == "documented" else "hypothetical",
        day,
        case,
        expect,
        supposed,
    )
    return whole if node.get("variants") is None else _with_variants(whole, node, rulebook)


def _with_variants(whole: Scenario, node: source.Mapping, rulebook: Rulebook | None) -> Scenario:
    listed = node.get("variants")
    if not isinstance(listed, source.Sequence):
        place = source.place_of(node, ("variants",))
        raise InputError([Finding(place, "S009", "'variants' is a list", "begin each with '- title: …'")])
    found: list[Scenario] = []
    faults: list[Finding] = []
    for item in listed.items:
        try:
            found.append(_variant(whole, item, rulebook))
        except InputError as error:
            faults += error.findings
    if faults:
        raise InputError(faults)
    return replace(whole, variants=tuple(found))


def _variant(whole: Scenario, node: source.Node, rulebook: Rulebook | None) -> Scenario:
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
    expect = _expectation(node, faults)
    case = whole.case
    if isinstance(changes, source.Mapping):
        places = {str(key.value): key.place for key, _ in changes.pairs}
        try:
            case = set_facts(case, [Fact(str(k.value), source.plain(v), str(k.value)) for k, v in changes.pairs])
            if rulebook is not None:
                check(case, rulebook)
        except InputError as error:
            named = ((f.place.file.removeprefix("--set "), f) for f in error.findings)
            faults += [Finding(places.get(name, changes.place), f.code, f.message, f.hint) for name, f in named]
    if faults or day is None or expect is None:
        raise InputError(sorted(faults, key=lambda fault: fault.place))
    return replace(
        whole,
        title=f"{whole.title}: {_text(node, 'title')}",
        as_of=day,
        case=case,
        expect=expect,
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
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        faults.append(Finding(source.place_of(node, ("as_of",)), "S005", f"'{text}' is no date"))
        return None


def _case(node: source.Mapping, rulebook: Rulebook | None, faults: list[Finding]) -> Case | None:
    found = node.get("case")
    if found is None:
        return None
    try:
        case = Case.from_node(found)
        if rulebook is not None:
            check(case, rulebook, found)
    except InputError as error:
        faults += error.findings
        return None
    return case


def _expectation(node: source.Mapping, faults: list[Finding]) -> Expectation | None:
    expected = _text(node, "expect")
    if expected is None:
        return None
    try:
        return Expectation.model_validate(expected)
    except ValidationError as error:
        faults += _expectation_faults(error, node)
        return None


def _expectation_faults(error: ValidationError, node: source.Node) -> Iterator[Finding]:
    for detail in error.errors():
        path = detail["loc"]
        field = next((str(step) for step in reversed(path) if isinstance(step, str)), "expect")
        if detail["type"] == "extra_forbidden":
            place = source.key_of(node, ("expect", *path))
            yield Finding(place, "S006", f"nothing can be expected of '{field}'", one_of(field, names(path[:-1])))
        else:
            place = source.place_of(node, ("expect", *path))
            yield Finding(place, "S006", f"'{field}' is not understood: {detail['msg'].lower()}")
