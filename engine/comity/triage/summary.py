"""What the decisions of a caseload come to: how many lead where, which ways are taken, what stands against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from comity.triage.chunk import connection
from comity.triage.output import Output

MOMENTS: Final = 24
"""Into how many stretches the caseload is parted, to show how a number changes along it."""

SHOWN: Final = 12
"""How many lines a table has at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A name, how often it occurs, and how often in each stretch of the caseload."""

    name: str
    count: int
    along: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The most frequent lines; ``others`` counts how many more there are, ``of`` what a share is of."""

    title: str
    about: str
    of: int
    lines: tuple[Line, ...]
    others: int


@dataclass(frozen=True)
class Summary:
    """The numbers of a caseload: ``alike`` is how many decisions there are, each for all cases that are alike."""

    cases: int
    refused: int
    alike: int
    items: int
    without_route: int
    undecided: int
    warned: int
    tables: tuple[Table, ...]


_ITEMS: Final = "SELECT row, unnest(items, max_depth := 2) FROM decided"
_WARNINGS: Final = "SELECT row, unnest(warnings, max_depth := 2) FROM decided"
_TOPICS: Final = "SELECT row, unnest(undecided) AS topic FROM decided"

_TABLES: Final = (
    ("Who leads", "cases", "cases", "SELECT row, coalesce(lead, 'nobody yet') AS name FROM decided"),
    ("Conflict of jurisdiction", "cases", "cases", "SELECT row, conflict AS name FROM decided"),
    (
        "The way to each item",
        "items",
        "items",
        f"SELECT row, coalesce(recommended.kind || ' ' || recommended.state, 'no way open') AS name FROM ({_ITEMS})",
    ),
    (
        "Kinds of way",
        "items",
        "items",
        f"SELECT row, recommended.kind AS name FROM ({_ITEMS}) WHERE recommended IS NOT NULL",
    ),
    (
        "Grounds on which it may be refused",
        "items",
        "items",
        f"""SELECT row, g.ground || ' (' || g.effect || ')' AS name
            FROM (SELECT row, unnest(grounds) AS g FROM ({_ITEMS}))""",
    ),
    (
        "Rules that close a way",
        "items",
        "items",
        f"""SELECT DISTINCT row, item, unnest(r.rules) AS name
            FROM (SELECT row, item, unnest(refused) AS r FROM ({_ITEMS}))""",
    ),
    (
        "Replies to requests",
        "replies",
        "replies",
        "SELECT row, coalesce(r.reply, 'undecided') AS name FROM (SELECT row, unnest(replies) AS r FROM decided)",
    ),
    (
        "Undecided",
        "cases",
        "cases",
        f"""SELECT DISTINCT row, CASE WHEN starts_with(topic, 'claim.') THEN 'claim: ' || split_part(topic, '.', 3)
            WHEN starts_with(topic, 'reply.') THEN 'reply' ELSE 'way: ' || split_part(topic, '.', 2) END AS name
            FROM ({_TOPICS})""",
    ),
    ("Warnings", "cases", "cases", f"SELECT DISTINCT row, code AS name FROM ({_WARNINGS})"),
)


def summary(output: Output, refused: int) -> Summary:
    """The numbers of the decisions in a folder, of which *refused* rows were no cases."""
    sql = connection(output.work / "spill")
    try:
        return _summary(sql, output, refused)
    finally:
        sql.close()


def _summary(sql: duckdb.DuckDBPyConnection, output: Output, refused: int) -> Summary:
    output.view(sql, "decided")
    cases, alike, undecided, warned, last = _one(
        sql,
        "SELECT count(*), count(DISTINCT hash(facts)), count(*) FILTER (len(undecided) > 0), "
        "count(*) FILTER (len(warnings) > 0), coalesce(max(row), 1) FROM decided",
    )
    items, without = _one(sql, f"SELECT count(*), count(*) FILTER (recommended IS NULL) FROM ({_ITEMS})")
    (replies,) = _one(sql, "SELECT coalesce(sum(len(replies)), 0)::BIGINT FROM decided")
    of = {"cases": cases, "items": items, "replies": replies}
    tables = tuple(
        table
        for title, about, whole, query in _TABLES
        for table in _table(sql, title, about, of[whole], query, last)
        if table.lines
    )
    return Summary(cases, refused, alike, items, without, undecided, warned, tables)


def _one(sql: duckdb.DuckDBPyConnection, query: str) -> Sequence[Any]:
    found: Sequence[Any] | None = sql.execute(query).fetchone()
    assert found is not None
    return found


def _table(sql: duckdb.DuckDBPyConnection, title: str, about: str, of: int, query: str, last: int) -> Iterator[Table]:
    moment = f"(row - 1) * {MOMENTS} // {last}"
    counted = f"SELECT name, {moment} AS moment, count(*) AS n FROM ({query}) GROUP BY ALL"
    found = sql.execute(f"""
        SELECT name, sum(n)::BIGINT AS total, map_from_entries(list({{k: moment, v: n}})) FROM ({counted})
        GROUP BY name ORDER BY total DESC, name""").fetchall()
    lines = [Line(name, total, tuple(along.get(m, 0) for m in range(MOMENTS))) for name, total, along in found[:SHOWN]]
    yield Table(title, about, of, tuple(lines), max(0, len(found) - SHOWN))
