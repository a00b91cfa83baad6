"""A chunk of a caseload in, a table of decisions out: the one function of every way in which a caseload is decided."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from comity import __version__
from comity.law.rulebook import Rulebook
from comity.triage import refusal, schema
from comity.triage.deciding import AT_ONCE, Deciding
from comity.triage.relevance import Relevance
from comity.triage.schema import CASE, quoted
from comity.triage.signature import Signature
from comity.triage.store import Store

MEMORY: Final = "1GB"
"""What DuckDB may take in one process; what needs more goes to a temporary folder."""

EXPLAINED: Final = 100
"""How many rows of a chunk with one and the same fault are explained each by itself."""


@dataclass(frozen=True)
class Decided:
    """What a chunk came to: ``alike`` counts its signatures, ``anew`` those decided now."""

    decisions: pa.Table
    refused: pa.Table
    alike: int
    anew: int


Told = Callable[[float], None]
"""Is told which share of a chunk is done."""


class Decider:
    """Decides chunks under one rulebook: the law of the day *as_of*, else each case's own, else *today*."""

    def __init__(self, rulebook: Rulebook, as_of: date | None, today: date, store: Path, spill: Path) -> None:
        self.rulebook = rulebook
        self.signature = Signature(Relevance(rulebook), as_of, today)
        self.deciding = Deciding(rulebook)
        self.store = Store(store)
        self.sql = connection(spill)
        self.signature.prepare(self.sql)

    def close(self) -> None:
        """Let go of files and memory."""
        self.store.close()
        self.sql.close()

    def decide(self, told: pa.Table, progress: Told = lambda share: None) -> Decided:
        """The decisions on the cases of *told*: ``row`` and the columns of a caseload, days as text."""
        self.sql.register("told", told)
        query = self.signature.query("told")
        self.sql.execute(f"CREATE OR REPLACE TEMP TABLE signed AS SELECT *, sha256(signature) AS key FROM ({query})")
        # In the order of rows, so that every run does the same.
        by_key = "SELECT key, any_value(signature) FROM signed GROUP BY key ORDER BY min(row)"
        signatures: dict[str, str] = dict(self.sql.execute(by_key).fetchall())
        rows = self.store.known(list(signatures))
        anew = [key for key in signatures if key not in rows]
        for done in self._decided(anew, signatures, rows):
            progress(done / len(signatures))
        keys = pa.table({"key": list(signatures), "told": pa.array([rows[key] for key in signatures], pa.string())})
        self.sql.register("decided", keys)
        decisions = self.sql.sql(self._assembly).to_arrow_table().cast(schema.decisions)
        refused = pa.Table.from_pylist(list(self._refused()), schema.refused)
        self.sql.unregister("told")
        self.sql.unregister("decided")
        return Decided(decisions, refused, len(signatures), len(anew))

    def _decided(self, keys: list[str], signatures: dict[str, str], rows: dict[str, str | None]) -> Iterator[int]:
        """Decide what is new and keep it; yields how many signatures are known then."""
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            found = self.deciding.rows([signatures[key] for key in some])
            fresh = {
                key: None if row is None else json.dumps(row, separators=(",", ":"))
                for key, row in zip(some, found, strict=True)
            }
            self.store.keep(fresh)
            rows.update(fresh)
            yield len(rows)

    @property
    def _assembly(self) -> str:
        """SQL for the rows of a chunk, with the ids of each case in the place of positions."""
        book, version = schema.text(self.rulebook.digest), schema.text(__version__)
        read = f"from_json(told, {schema.text(json.dumps(_ROW))})"
        return f"""
            WITH read AS (SELECT key, {read} AS t FROM decided WHERE told IS NOT NULL)
            SELECT row, "case", as_of, t.forum AS forum, t.lead AS lead, t.conflict AS conflict, t.claims AS claims,
                list_transform(t.items, lambda i: {{
                    'item': ids[i.at], 'sort': i.sort, 'direct_access': i.direct_access, 'recommended': i.recommended,
                    'grounds': i.grounds, 'refused': i.refused, 'must_not': i.must_not
                }}) AS items,
                list_transform(t.replies, lambda r: {{
                    'request': ids[r.request_at], 'item': ids[r.item_at], 'reply': r.reply, 'rules': r.rules
                }}) AS replies,
                list_transform(t.warnings, lambda w: {{
                    'about': CASE WHEN w.at > 0 THEN ids[w.at] ELSE w.about END, 'code': w.code, 'rules': w.rules
                }}) AS warnings,
                list_sort(list_transform(t.undecided, lambda u: array_to_string(
                    list_transform(u, lambda p: CASE WHEN p.at > 0 THEN ids[p.at] ELSE p.text END), '.'
                ))) AS undecided,
                t.rules AS rules, t.facts AS facts, {book} AS rulebook, {version} AS comity
            FROM signed JOIN read USING (key) ORDER BY row
        """

    def _refused(self) -> Iterator[dict[str, object]]:
        columns = ", ".join(f"{schema.text(c.name)}: told.{quoted(c.name)}" for c in CASE)
        query = f"""
            SELECT row, told."case", key, to_json({{{columns}}})::VARCHAR
            FROM told JOIN signed USING (row) JOIN decided USING (key) WHERE decided.told IS NULL ORDER BY row
        """
        seen: dict[str, int] = {}
        first: dict[str, tuple[int, str]] = {}
        cursor = self.sql.execute(query)
        while some := cursor.fetchmany(1000):
            for row, case, key, told in some:
                seen[key] = seen.get(key, 0) + 1
                if seen[key] <= EXPLAINED:
                    why = refusal.reason(json.loads(told), self.rulebook) or _FAULT
                    first.setdefault(key, (row, why))
                else:
                    why = f"as row {first[key][0]}: {first[key][1]}"
                yield {"row": row, "case": case, "reason": why}


_FAULT: Final = "this is a fault of comity, please report it with the case"

_TEXTS: Final = ["VARCHAR"]
_RULED: Final = {"rules": _TEXTS}
_ROW: Final = {
    "forum": "VARCHAR",
    "lead": "VARCHAR",
    "conflict": "VARCHAR",
    "claims": [{"state": "VARCHAR", "status": "VARCHAR", "bases": _TEXTS}],
    "items": [
        {
            "at": "INTEGER",
            "sort": "VARCHAR",
            "direct_access": "VARCHAR",
            "recommended": {
                "kind": "VARCHAR",
                "state": "VARCHAR",
                "rule": "VARCHAR",
                "in_time": "VARCHAR",
                "first": _TEXTS,
            },
            "grounds": [{"ground": "VARCHAR", "effect": "VARCHAR", **_RULED}],
            "refused": [{"state": "VARCHAR", "kind": "VARCHAR", **_RULED}],
            "must_not": [{"act": "VARCHAR", **_RULED}],
        }
    ],
    "replies": [{"request_at": "INTEGER", "item_at": "INTEGER", "reply": "VARCHAR", **_RULED}],
    "warnings": [{"at": "INTEGER", "about": "VARCHAR", "code": "VARCHAR", **_RULED}],
    "undecided": [[{"at": "INTEGER", "text": "VARCHAR"}]],
    "rules": _TEXTS,
    "facts": "VARCHAR",
}
"""The shape in which DuckDB reads a row of :mod:`comity.triage.rows`."""


def connection(spill: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB on one core, within bounded memory; *spill* is where it puts what does not fit."""
    sql = duckdb.connect()
    sql.execute("SET threads = 1")
    sql.execute(f"SET memory_limit = '{MEMORY}'")
    sql.execute(f"SET temp_directory = {schema.text(str(spill))}")
    return sql
