"""Reads cases in JSON, one on each line.

Lines that say everything in the plainest way are read as whole columns. All others are read one by one as ``comity
decide`` reads a file, which knows more ways to say a thing, and says what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import duckdb
import pyarrow as pa

from comity.diff import caseload
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place
from comity.triage import refusal, schema
from comity.triage.schema import CASE, Column, Kind, quoted, text

SHAPES: Final = 20_000
"""How many shapes of lines are remembered."""

_WHOLE: Final = ("UBIGINT", "BIGINT")

_UNIQUE: Final = "list_transform({keys}, lambda each: len(each) = len(list_distinct(each)))"
_ONCE: Final = " AND ".join(
    f"coalesce(list_aggregate({_UNIQUE.format(keys=keys)}, 'bool_and'), true)"
    for keys in ("[json_keys(line)]", "json_keys(line, '$.*[*]')", "json_keys(line, '$.*[*].*')")
)
"""That no key is repeated: in the line, in its parts, and in what they have by state."""


class Lines:
    """Reads lines; remembers which shapes are plain."""

    def __init__(self, sql: duckdb.DuckDBPyConnection) -> None:
        self.sql = sql
        self.plain: dict[str, bool] = {}
        shape = json.dumps({column.name: _shape(column) for column in CASE})
        columns = ", ".join(f"t.{quoted(c.name)} AS {quoted(c.name)}" for c in CASE)
        self.query = f"SELECT row, {columns} FROM (SELECT row, from_json(line, {text(shape)}) AS t FROM plain_lines)"

    def read(self, content: bytes, first: int) -> tuple[pa.Table, list[dict[str, Any]]]:
        """The cases on the lines of *content*, the first of which is line *first*; and the lines that are no case."""
        lines = content.split(b"\n")
        if first == 1:
            lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
        at = [n for n, line in enumerate(lines) if line.strip()]
        readable = at if _is_text(content) else [n for n in at if _is_text(lines[n])]
        shapes = self._shapes([lines[n] for n in readable])
        plain = [n for n, shape in zip(readable, shapes, strict=True) if shape is not None and self._is_plain(shape)]
        others = sorted(set(at) - set(plain))
        self.sql.register("plain_lines", _table(plain, [lines[n] for n in plain], first))
        found = self.sql.sql(self.query).to_arrow_table().cast(schema.told)
        self.sql.unregister("plain_lines")
        told: list[dict[str, Any]] = []
        refused: list[dict[str, Any]] = []
        for n in others:
            try:
                told.append({"row": first + n, **_one(lines[n], f"line {first + n}")})
            except InputError as error:
                refused.append({"row": first + n, "case": _name(lines[n]), "reason": refusal.words(error)})
        return pa.concat_tables([found, pa.Table.from_pylist(told, schema.told)]), refused

    def _shapes(self, lines: list[bytes]) -> list[str | None]:
        """The shape of each line that is JSON in which no key is repeated."""
        self.sql.register("every_line", _table(range(len(lines)), lines, 0))
        shape = f"CASE WHEN json_valid(line) THEN CASE WHEN {_ONCE} THEN json_structure(line)::VARCHAR END END"
        found = self.sql.sql(f"SELECT {shape} FROM every_line ORDER BY row").fetchall()
        self.sql.unregister("every_line")
        return [shape for (shape,) in found]

    def _is_plain(self, shape: str) -> bool:
        known = self.plain.get(shape)
        if known is None:
            if len(self.plain) >= SHAPES:
                self.plain.clear()
            known = self.plain[shape] = _plain(json.loads(shape), CASE)
        return known


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _table(rows: Iterable[int], lines: list[bytes], first: int) -> pa.Table:
    told = pa.array(lines, pa.binary()).cast(pa.string())
    return pa.table({"row": pa.array([first + n for n in rows], pa.int64()), "line": told})


def _plain(shape: Any, columns: tuple[Column, ...]) -> bool:
    known = {column.name: column for column in columns}
    return isinstance(shape, dict) and all(name in known and _fits(known[name], given) for name, given in shape.items())


def _fits(column: Column, given: Any) -> bool:
    match column.kind:
        case Kind.TEXT | Kind.DAY:
            return given in ("VARCHAR", "NULL")
        case Kind.TEXTS:
            return given in (["VARCHAR"], ["NULL"], "NULL")
        case Kind.NUMBERS:
            return isinstance(given, dict) and all(value in _WHOLE for value in given.values())
        case Kind.ANSWERS:
            return isinstance(given, dict) and all(value == "VARCHAR" for value in given.values())
        case Kind.PARTS:
            return given in (["NULL"], "NULL") or (isinstance(given, list) and _plain(given[0], column.parts))


def _shape(column: Column) -> Any:
    match column.kind:
        case Kind.PARTS:
            return [{c.name: _shape(c) for c in column.parts}]
        case Kind.TEXTS:
            return ["VARCHAR"]
        case _:
            return column.told


def of_case(case: Case) -> dict[str, Any]:
    """A case in the columns of a caseload."""
    return _told(case.model_dump(mode="json"), CASE)


def _told(given: dict[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    return dict(_cells(given, columns))


def _cells(given: dict[str, Any], columns: tuple[Column, ...]) -> Iterator[tuple[str, Any]]:
    for column in columns:
        value = given.get(column.name)
        match column.kind:
            case Kind.PARTS:
                yield column.name, [_told(part, column.parts) for part in value or []]
            case Kind.TEXTS:
                yield column.name, value if isinstance(value, list) else None
            case Kind.NUMBERS | Kind.ANSWERS:
                yield column.name, list((value or {}).items())
            case _:
                yield column.name, value


def _one(line: bytes, name: str) -> dict[str, Any]:
    """The case on a line, in the columns of a caseload; *name* is what the line is called.

    Raises:
        InputError: there is none.
    """
    try:
        json.loads(line, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise _fault(name, f"is not UTF-8 text (byte {error.start + 1})") from None
    except _Repeated as error:
        raise _fault(name, f"the key '{error}' is there twice") from None
    except ValueError as error:
        raise _fault(name, f"is no JSON: {str(error).replace('line 1 ', '')}") from None
    return of_case(caseload.of_line(line, name))


class _Repeated(Exception):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Repeated(key)
        found[key] = value
    return found


def _fault(name: str, message: str) -> InputError:
    return InputError([Finding(Place(name), "F003", message)])


def _name(line: bytes) -> str | None:
    """What a line that is no case calls itself, if that can be told."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    name = found.get("case") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None
