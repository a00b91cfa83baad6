"""The columns of a caseload are the fields of a case file, and the documents say so."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest

from comity.law.case import Case
from comity.law.finding import InputError
from comity.triage import schema
from comity.triage.columns import check

DOCUMENT = (Path(__file__).parents[2] / "docs" / "triage.md").read_text(encoding="utf-8")


def test_every_field_of_a_case_is_a_column_and_nothing_else_is() -> None:
    assert schema.cases.names == list(Case.model_fields)
    for column in schema.PARTS:
        (part,) = Case.model_fields[column.name].annotation.__args__
        assert [c.name for c in column.parts] == list(part.model_fields)


def test_the_document_names_every_column_of_cases_with_its_type() -> None:
    table = DOCUMENT.split("## Cases")[1].split("## Decisions")[0]
    rows = {name: row for row in table.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row)}
    for column in schema.CASE:
        assert column.name in rows
        for part in column.parts:
            row = next(r for r in table.splitlines() if r.startswith(f"| `{column.name}` |"))
            before = row.split(f"`{part.name}`")[1]
            assert re.search(r"\(`([^`]+)`\)", before)[1].replace(" ", "") == str(wanted(part)).replace(" ", "")


def wanted(column: schema.Column) -> str:
    return {
        schema.Kind.TEXT: "string",
        schema.Kind.DAY: "date32",
        schema.Kind.TEXTS: "list<string>",
        schema.Kind.NUMBERS: "map<string, int32>",
        schema.Kind.ANSWERS: "map<string, string>",
    }[column.kind]


def test_the_document_names_every_column_of_decisions() -> None:
    told = DOCUMENT.split("## Decisions")[1].split("## Cases that are alike")[0]
    named = set(re.findall(r"`(\w+)`", told))
    assert set(schema.decisions.names) <= named
    assert {field.name for field in schema.decisions.field("items").type.value_type} <= named


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([("case", pa.string())], "the column 'forum' is missing"),
        ([("case", pa.string()), ("forum", pa.string()), ("as_of", pa.timestamp("us"))], "has the type timestamp"),
        (
            [("case", pa.string()), ("forum", pa.string()), ("data", pa.string())],
            "the column 'data' has the type string",
        ),
        (
            [("case", pa.string()), ("forum", pa.string()), ("data", pa.list_(pa.struct([("di", pa.string())])))],
            "unknown column 'data.di'",
        ),
    ],
)
def test_columns_that_are_not_those_of_a_caseload_are_told(given: list[tuple[str, pa.DataType]], told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        check(pa.schema(given), "cases.parquet")


def test_days_may_be_text_and_words_may_be_dictionaries() -> None:
    words = pa.dictionary(pa.int8(), pa.string())
    check(pa.schema([("case", pa.string()), ("forum", words), ("as_of", pa.string())]), "cases.parquet")
