"""What has become of the same cases since an earlier run: which have another lead, another way, other grounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from comity.law.finding import Finding, InputError, Place
from comity.triage.chunk import connection
from comity.triage.output import Output
from comity.triage.schema import text

CHANGED: Final = "changed.parquet"
"""The table of the cases whose decision is another one, in the folder of the new run."""


@dataclass(frozen=True)
class Comparison:
    """How many cases both runs have and what has changed of them; by rule, how many changed cases gained or lost it."""

    both: int
    only_old: int
    only_new: int
    changed: int
    by_what: tuple[tuple[str, int], ...]
    by_rule: tuple[tuple[str, int, int], ...]


def _items(fields: str) -> str:
    told = "list_transform({side}.items, lambda i: {{'item': i.item, " + fields + "}})"
    return f"{told.format(side='o')} IS DISTINCT FROM {told.format(side='n')}"


def _plain(column: str) -> str:
    return f"o.{column} IS DISTINCT FROM n.{column}"


_WHAT: Final = {
    "lead": ("another lead", _plain("lead")),
    "claims": ("other claims to jurisdiction", _plain("claims")),
    "route": (
        "another way to an item",
        _items("'way': i.recommended.kind, 'state': i.recommended.state, 'direct': i.direct_access"),
    ),
    "refusals": (
        "other grounds of refusal, or other ways closed",
        _items("'grounds': i.grounds, 'refused': i.refused, 'must_not': i.must_not"),
    ),
    "replies": ("another reply to a request", _plain("replies")),
    "warnings": ("other warnings", _plain("warnings")),
    "undecided": ("other points undecided", _plain("undecided")),
}
"""What is compared: a column of the table of changed cases, what it says, and how it is found."""


def compare(old: Path, new: Output) -> Comparison:
    """Compare the decisions of an earlier run, in its folder *old*, with those of *new*; cases go by their names.

    The cases that changed are written to :data:`CHANGED`.

    Raises:
        InputError: *old* has no decisions, or the names of cases are not unique.
    """
    before = Output(old)
    if not any(before.decisions.glob("*.parquet")):
        raise InputError([Finding(Place(str(old)), "G005", "has no decisions of an earlier run")])
    sql = connection(new.work / "spill")
    try:
        for name, output in (("old", before), ("new", new)):
            output.view(sql, name)
            _names_once(sql, name, output)
        return _compared(sql, new)
    finally:
        sql.close()


def _names_once(sql: duckdb.DuckDBPyConnection, name: str, output: Output) -> None:
    twice = sql.execute(f'SELECT "case" FROM {name} GROUP BY "case" HAVING count(*) > 1 LIMIT 1').fetchone()
    if twice:
        told = f"has the case '{twice[0]}' more than once, so that it cannot be compared by the names of cases"
        raise InputError([Finding(Place(str(output.folder)), "G005", told)])


def _compared(sql: duckdb.DuckDBPyConnection, new: Output) -> Comparison:
    marks = ", ".join(f"{found} AS {name}" for name, (_, found) in _WHAT.items())
    some = " OR ".join(_WHAT)
    sql.execute(f"""
        CREATE TABLE compared AS SELECT n."case", n.row, {marks},
            list_filter(n.rules, lambda r: NOT list_contains(o.rules, r)) AS gained,
            list_filter(o.rules, lambda r: NOT list_contains(n.rules, r)) AS lost
        FROM old o JOIN new n USING ("case")""")
    sql.execute(f"COPY (SELECT * FROM compared WHERE {some} ORDER BY row) TO {text(str(new.folder / CHANGED))}")
    counts = ", ".join(f"count(*) FILTER ({name})" for name in _WHAT)
    found = sql.execute(f"SELECT count(*), count(*) FILTER ({some}), {counts} FROM compared").fetchone()
    assert found is not None
    both, changed, *each = found
    only = [
        sql.execute(f'SELECT count(*) FROM {one} ANTI JOIN {other} USING ("case")').fetchone()
        for one, other in (("old", "new"), ("new", "old"))
    ]
    rules = sql.execute(f"""
        SELECT rule, count(*) FILTER (gain), count(*) FILTER (NOT gain) FROM (
            SELECT unnest(gained) AS rule, true AS gain FROM compared WHERE {some}
            UNION ALL SELECT unnest(lost), false FROM compared WHERE {some}
        ) GROUP BY rule ORDER BY count(*) DESC, rule""").fetchall()
    by_what = tuple((says, n) for (says, _), n in zip(_WHAT.values(), each, strict=True))
    return Comparison(both, only[0][0] if only[0] else 0, only[1][0] if only[1] else 0, changed, by_what, tuple(rules))
