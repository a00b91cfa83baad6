"""Cases to compare advice on: scenarios, case files, and caseloads with one case in JSON on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from comity import scenario
from comity.law import source
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place

_FILES: Final = (".yaml", ".yml", ".json", ".jsonl")
_LINES: Final = ".jsonl"


@dataclass(frozen=True, slots=True)
class Told:
    """A case and where it is told; of a scenario also what is expected, and what it supposes to be in force.

    One that cannot be read has only findings.
    """

    name: str
    case: Case | None
    expect: scenario.Expectation | None = None
    suppose: Mapping[str, date] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def find(paths: Iterable[Path]) -> list[Path]:
    """The files of cases among *paths*, folders searched through.

    Raises:
        InputError: a path does not exist, or holds no case.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError([Finding(Place(str(path)), "F001", "there is no such file or folder")])
        below = sorted(p for p in path.rglob("*") if p.suffix in _FILES) if path.is_dir() else [path]
        if not below:
            raise InputError([Finding(Place(str(path)), "G004", "no case is found here")])
        found += below
    return list(dict.fromkeys(found))


def read(paths: Iterable[Path]) -> Iterator[Told]:
    """The cases in the files *paths*, one after the other."""
    for path in paths:
        if path.suffix == _LINES:
            yield from _lines(path)
            continue
        try:
            yield from _file(path)
        except InputError as error:
            yield Told(str(path), None, findings=error.findings)


def _file(path: Path) -> Iterator[Told]:
    node = source.read(path)
    if isinstance(node, source.Mapping) and node.get("expect") is not None:
        whole = scenario.read(path)
        for found in (whole, *whole.variants):
            variant = f" ({found.title.removeprefix(f'{whole.title}: ')})" if found is not whole else ""
            case = found.case.model_copy(update={"as_of": found.as_of})
            yield Told(f"{path}{variant}", case, found.expect, found.suppose)
    else:
        yield Told(str(path), Case.from_file(path))


def _lines(path: Path) -> Iterator[Told]:
    with path.open("rb") as lines:
        for number, content in enumerate(lines, 1):
            if content.strip():
                name = f"{path}:{number}"
                try:
                    yield Told(name, of_line(content, name))
                except InputError as error:
                    here = (replace(f, place=Place(str(path), number, f.place.column)) for f in error.findings)
                    yield Told(name, None, findings=tuple(here))


def of_line(content: bytes, name: str) -> Case:
    """The case on a line; *name* is what messages call it.

    Raises:
        InputError: there is none.
    """
    try:
        return Case.model_validate_json(content)
    except ValidationError:
        pass  # the slower way knows the column, and scenarios
    try:
        return Case.from_text(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise InputError([Finding(Place(name), "F003", f"is not UTF-8 text (byte {error.start})")]) from None
