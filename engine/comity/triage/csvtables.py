"""Reads a caseload from CSV tables: ``cases.csv``, and a table for each sort of part that names the case of each row.

Lists are written ``CN;US``, what is told by state ``CN=10;US=20``; an empty cell is what a case file leaves out. The
tables are joined once into a Parquet file beside the output.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.terms import UNKNOWN
from comity.triage import schema
from comity.triage.schema import CASE, PARTS, Column, Kind, quoted, text

MAIN: Final = "cases.csv"
ROWS_IN_A_GROUP: Final = 50_000

_OWN: Final = tuple(column for column in CASE if column.kind is not Kind.PARTS)


def is_folder(path: Path) -> bool:
    """Whether the caseload is CSV tables."""
    return path.is_dir() and (path / MAIN).is_file()


def files(folder: Path) -> list[Path]:
    """The tables of the folder.

    Raises:
        InputError: a table has a name or a column that a caseload has not.
    """
    known = {MAIN: _OWN, **{f"{c.name}.csv": c.parts for c in PARTS}}
    found = sorted(folder.glob("*.csv"))
    faults = [fault for path in found for fault in _faults(path, known)]
    if faults:
        raise InputError(faults)
    return found


def _faults(path: Path, known: dict[str, tuple[Column, ...]]) -> Iterator[Finding]:
    if path.name not in known:
        yield Finding(Place(str(path)), "F101", f"unknown table '{path.name}'", one_of(path.name, known))
        return
    columns = {c.name: c for c in known[path.name]}
    wanted = {"case", *(c.name for c in columns.values() if c.required)}
    given = _header(path)
    for name in given:
        if name not in {"case", *columns}:
            yield Finding(Place(str(path), 1), "F101", f"unknown column '{name}'", one_of(name, {"case", *columns}))
    for name in sorted(wanted - set(given)):
        yield Finding(Place(str(path), 1), "F102", f"the column '{name}' is missing")


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines), [])
    except UnicodeDecodeError:
        raise InputError([Finding(Place(str(path)), "F003", "is not UTF-8 text", "save the file as UTF-8")]) from None


def join(found: list[Path], sql: duckdb.DuckDBPyConnection, to: Path) -> pa.Table:
    """Write the cases of the tables to the Parquet file *to*; what belongs to no case is returned as refused rows.

    The file has a column ``row``: the place of the case in ``cases.csv``.
    """
    tables = {path.stem: path for path in found}
    sql.execute('CREATE TEMP TABLE refused_rows (row BIGINT, "case" VARCHAR, reason VARCHAR)')
    for name, path in tables.items():
        _read(sql, name, path)
    twice = 'SELECT "case" FROM cases GROUP BY 1 HAVING count(*) > 1'
    sql.execute(f"""
        INSERT INTO refused_rows SELECT row, "case", 'cases.csv has the case ''' || "case" || ''' more than once'
        FROM cases WHERE "case" IN ({twice})""")
    columns = [f"{_cell(c, f'cases.{quoted(c.name)}', _header(tables['cases']))} AS {quoted(c.name)}" for c in _OWN]
    joins = []
    for column in PARTS:
        if column.name not in tables:
            columns.append(f"NULL::{column.told} AS {quoted(column.name)}")
            continue
        given = _header(tables[column.name])
        fields = ", ".join(f"{quoted(c.name)}: {_cell(c, quoted(c.name), given)}" for c in column.parts)
        table = quoted(column.name)
        parts = f'SELECT "case", list({{{fields}}} ORDER BY row) AS parts FROM {table} GROUP BY "case"'
        joins.append(f'LEFT JOIN ({parts}) AS _{column.name} ON cases."case" = _{column.name}."case"')
        columns.append(f"_{column.name}.parts AS {table}")
        sql.execute(f"""
            INSERT INTO refused_rows SELECT NULL, "case", {text(f"{column.name}.csv names the case '")} || "case" ||
            ''', which cases.csv has not' FROM {table} WHERE "case" NOT IN (SELECT "case" FROM cases)""")
    query = f"""
        SELECT cases.row AS row, {", ".join(columns)} FROM cases {" ".join(joins)}
        WHERE cases."case" IS NULL OR cases."case" NOT IN ({twice}) ORDER BY row"""
    reader = sql.sql(query).to_arrow_reader(10_000)
    numbered = schema.told.with_metadata(schema.NUMBERED)
    with pq.ParquetWriter(to, numbered) as writer:
        for batch in reader:
            writer.write_batch(batch.cast(numbered), row_group_size=ROWS_IN_A_GROUP)
    return sql.sql('SELECT * FROM refused_rows ORDER BY row, "case", reason').to_arrow_table().cast(schema.refused)


def _read(sql: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    columns = ", ".join(f"{text(c)}: 'VARCHAR'" for c in _header(path))
    source = f"read_csv({text(str(path))}, header = true, delim = ',', quote = '\"', columns = {{{columns}}}, "
    source += "store_rejects = true, strict_mode = true)"
    sql.execute(f"CREATE TEMP TABLE {quoted(name)} AS SELECT row_number() OVER () AS row, * FROM {source}")
    sql.execute(f"""
        INSERT INTO refused_rows SELECT NULL, NULL, {text(path.name)} || ', line ' || line || ': ' || error_message
        FROM reject_errors JOIN reject_scans USING (scan_id, file_id) WHERE file_path = {text(str(path))}""")


def _cell(column: Column, here: str, given: list[str]) -> str:
    """SQL for the value of a cell; what is no list of values by state is kept as it is, to be refused."""
    if column.name not in given:
        return f"NULL::{column.told}"
    if column.kind in (Kind.TEXT, Kind.DAY):
        return here
    parted = f"list_transform(string_split({here}, ';'), lambda w: trim(w))"
    if column.kind is Kind.TEXTS:
        return f"CASE WHEN {here} = {text(UNKNOWN)} THEN NULL ELSE {parted} END"
    value = "split_part(w, '=', 2)"
    kind = "BIGINT" if column.kind is Kind.NUMBERS else "VARCHAR"
    entries = (
        f"list_transform({parted}, lambda w: {{k: split_part(w, '=', 1), v: TRY_CAST(nullif({value}, '') AS {kind})}})"
    )
    states = f"list_transform({parted}, lambda w: split_part(w, '=', 1))"
    once = f"len(list_distinct({states})) = len({parted})"
    odd = f"MAP([{here}], [NULL::{kind}])"
    return f"CASE WHEN {here} IS NULL THEN NULL WHEN {once} THEN map_from_entries({entries}) ELSE {odd} END"
