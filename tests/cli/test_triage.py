"""``comity triage``: a caseload in, a folder of decisions out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from comity.triage import schema

EXAMPLES = Path(__file__).parents[2] / "examples" / "caseload"


def line(number: int, **other: object) -> str:
    data = [{"id": f"mail-{number}", "category": "content", "stored_in": "FR"}]
    return json.dumps({"case": f"case-{number}", "forum": "DE", "as_of": "2026-01-01", "data": data} | other)


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(line(n) for n in range(1, 5)) + "\n")
    return path


def decisions(out: Path) -> list[dict[str, object]]:
    return pq.read_table(out / "decisions").sort_by("row").to_pylist()


def refused(out: Path) -> list[dict[str, str]]:
    with (out / "refused.csv").open(newline="") as rows:
        return list(csv.DictReader(rows))


def test_every_case_gets_a_row_with_its_own_names(comity, law, caseload, tmp_path) -> None:
    ran = comity("triage", caseload, "--out", tmp_path / "out", "--rules", law)
    assert ran.code == 0, ran.err
    rows = decisions(tmp_path / "out")
    assert [row["case"] for row in rows] == ["case-1", "case-2", "case-3", "case-4"]
    assert [row["items"][0]["item"] for row in rows] == ["mail-1", "mail-2", "mail-3", "mail-4"]
    assert rows[0]["items"][0]["recommended"]["kind"] == "mla"
    assert rows[0]["items"][0]["direct_access"] == "refused"
    assert "4 CASES DECIDED" in ran.out
    assert "1 different decisions: each stands for 4.0 cases" in ran.out


def test_a_row_says_what_decide_says(comity, law, caseload, tmp_path) -> None:
    (tmp_path / "one.json").write_text(line(3))
    told = json.loads(comity("decide", tmp_path / "one.json", "--rules", law, "--json").out)
    comity("triage", caseload, "--out", tmp_path / "out", "--rules", law)
    row = decisions(tmp_path / "out")[2]
    assert row["lead"] == told["lead"]["state"]
    assert row["rulebook"] == told["digest"]["rulebook"]
    best = told["data"][0]["recommended"]
    assert row["items"][0]["recommended"]["state"] == best["state"]
    assert row["items"][0]["recommended"]["rule"] == best["steps"][-1]["basis"]["reason"]["rule"]
    assert [w["code"] for w in row["warnings"]] == [w["code"] for w in told["warnings"]]


def test_parquet_json_lines_and_csv_tables_come_to_the_same(comity, tmp_path) -> None:
    found = []
    for form in ("cases.jsonl", "cases.parquet", "tables"):
        ran = comity("triage", EXAMPLES / form, "--out", tmp_path / form)
        assert ran.code == 1
        found.append(decisions(tmp_path / form))
        assert [(r["row"], r["case"]) for r in refused(tmp_path / form)] == [("5", "no-such-state")]
        assert "data.1.stored_in: 'XX' is no ISO 3166 alpha-2 code" in refused(tmp_path / form)[0]["reason"]
    assert found[0] == found[1] == found[2]
    assert [row["case"] for row in found[0]] == ["harbour", "harbour-2", "ransom", "asked"]
    assert found[0][0]["facts"] == found[0][1]["facts"]
    assert found[0][3]["replies"][0]["request"] == "letter"


BAD = [
    (line(1, forum="XX"), "forum: 'XX' is no ISO 3166 alpha-2 code"),
    (line(1, forum=None), "the field 'forum' is missing"),
    (line(1, authority="sheriff"), "authority: 'sheriff' is not an answer to 'authority'"),
    (line(1, as_of="2026-13-01"), "as_of: '2026-13-01' is no date (write year-month-day"),
    (line(1, as_of="soon"), "'soon' is no date"),
    (line(1, case="Not An Id"), "'Not An Id' is no id"),
    (line(1, data=[{"id": "m", "custodian": "nobody"}]), "custodian names 'nobody', which is not among the custodians"),
    (line(1, data=[{"id": "m"}, {"id": "m"}]), "the id 'm' is used twice"),
    (line(1, data=[{"id": "m", "expires_on": "never"}]), "data.1.expires_on: 'never' is no date"),
    (line(1, data=[{"id": "m", "stord_in": "FR"}]), "unknown field 'stord_in' (did you mean 'stored_in'?)"),
    (line(1, data="mail"), "'data' cannot be 'mail' (a list is wanted)"),
    (line(1, offences=[{"id": "o", "category": "spying"}]), "offences.1.category: 'spying' is no category of offence"),
    (
        line(1, offences=[{"id": "o", "category": "cyber-fraud", "max_penalty_years": {"DE": "ten"}}]),
        "(a whole number is wanted)",
    ),
    (line(1, offences=[{"id": "o", "category": "cyber-fraud", "conduct_in": "FR"}]), "conduct_in"),
    (line(1, steps=[{"kind": "mla", "item": "mail-1", "state": "FR", "on": "x"}]), "steps.1.on: 'x' is no date"),
    (line(1, requests=[{"id": "r"}]), "requests are what others ask of us"),
    ('{"case": "x", "forum": "DE"', "is no JSON"),
    ("[1, 2]", "cannot be a list"),
    ('{"case": "x", "case": "y", "forum": "DE"}', "the key 'case' is there twice"),
    (
        '{"case": "x", "forum": "DE", "data": [{"id": "m", "stored_in": "FR", "stored_in": "DE"}]}',
        "the key 'stored_in' is",
    ),
    (
        '{"case": "x", "forum": "DE", "offences": [{"id": "o", "category": "cyber-fraud", '
        '"max_penalty_years": {"DE": 5, "DE": 2}}]}',
        "the key 'DE' is there twice",
    ),
]


@pytest.mark.parametrize(("bad", "told"), BAD, ids=lambda text: text[:40])
def test_a_row_that_is_no_case_is_left_aside_with_the_reason(comity, law, tmp_path, bad, told) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join([line(7), bad, line(8)]))
    ran = comity("triage", path, "--out", tmp_path / "out", "--rules", law)
    assert ran.code == 1
    assert [row["case"] for row in decisions(tmp_path / "out")] == ["case-7", "case-8"]
    (row,) = refused(tmp_path / "out")
    assert row["row"] == "2"
    assert told in row["reason"]
    assert "1 rows are no case that can be decided" in ran.out


def test_what_is_written_as_unknown_is_read_as_in_a_case_file(comity, law, tmp_path) -> None:
    unknown = {"id": "o", "category": "cyber-fraud", "conduct_in": "unknown", "committed_on": "unknown"}
    path = tmp_path / "cases.jsonl"
    path.write_text(line(1, offences=[unknown]) + "\n" + line(2, offences=[{"id": "o", "category": "cyber-fraud"}]))
    assert comity("triage", path, "--out", tmp_path / "out", "--rules", law).code == 0
    one, other = decisions(tmp_path / "out")
    assert one["facts"] == other["facts"]


def test_text_that_is_not_utf_8_is_left_aside(comity, law, tmp_path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(line(1).encode() + b'\n{"case": "x", "forum": "DE", "title": "\xff"}\n')
    assert comity("triage", path, "--out", tmp_path / "out", "--rules", law).code == 1
    assert "is not UTF-8 text" in refused(tmp_path / "out")[0]["reason"]


def parquet(path: Path, rows: list[dict[str, object]], fields: list[tuple[str, pa.DataType]]) -> Path:
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(fields)), path)
    return path


def test_a_column_that_a_caseload_has_not_is_told_before_anything_is_done(comity, tmp_path) -> None:
    rows = [{"case": "a", "forum": "DE", "autority": "police"}]
    path = parquet(tmp_path / "c.parquet", rows, [(n, pa.string()) for n in rows[0]])
    ran = comity("triage", path, "--out", tmp_path / "out")
    assert ran.code == 2
    assert "unknown column 'autority'" in ran.err
    assert "did you mean 'authority'?" in ran.err


def test_a_column_of_row_numbers_is_none_of_a_caseload(comity, tmp_path) -> None:
    fields = [("case", pa.string()), ("forum", pa.string()), ("row", pa.int64())]
    path = parquet(tmp_path / "c.parquet", [{"case": "a", "forum": "DE", "row": 7}], fields)
    ran = comity("triage", path, "--out", tmp_path / "out")
    assert ran.code == 2
    assert "unknown column 'row'" in ran.err


def test_a_column_of_another_type_is_told(comity, tmp_path) -> None:
    path = parquet(tmp_path / "c.parquet", [{"case": "a", "forum": 7}], [("case", pa.string()), ("forum", pa.int64())])
    ran = comity("triage", path, "--out", tmp_path / "out")
    assert ran.code == 2
    assert "the column 'forum' has the type int64" in ran.err
    assert "string is wanted" in ran.err


def test_rows_of_tables_that_belong_to_no_case_are_told(comity, law, tmp_path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "cases.csv").write_text("case,forum\na,DE\nb,DE\nb,FR\n")
    (tables / "data.csv").write_text("case,id,stored_in\na,mail,FR\nc,mail,FR\n")
    assert comity("triage", tables, "--out", tmp_path / "out", "--rules", law, "--as-of", "2026-01-01").code == 1
    assert [row["case"] for row in decisions(tmp_path / "out")] == ["a"]
    reasons = [row["reason"] for row in refused(tmp_path / "out")]
    assert reasons.count("cases.csv has the case 'b' more than once") == 2
    assert "data.csv names the case 'c', which cases.csv has not" in reasons


@pytest.mark.parametrize(
    ("name", "header", "told"),
    [("cases.csv", "case,forums", "did you mean 'forum'?"), ("dta.csv", "case,id", "did you mean 'data.csv'?")],
)
def test_tables_and_columns_with_another_name_are_told(comity, tmp_path, name, header, told) -> None:
    (tmp_path / "cases.csv").write_text("case,forum\n")
    (tmp_path / name).write_text(header + "\n")
    ran = comity("triage", tmp_path, "--out", tmp_path / "out")
    assert ran.code == 2
    assert told in ran.err


def test_a_second_run_does_nothing_again(comity, law, caseload, tmp_path) -> None:
    comity("triage", caseload, "--out", tmp_path / "out", "--rules", law)
    (part,) = (tmp_path / "out" / "decisions").iterdir()
    before = part.stat().st_mtime_ns
    ran = comity("triage", caseload, "--out", tmp_path / "out", "--rules", law)
    assert ran.code == 0
    assert part.stat().st_mtime_ns == before
    assert "All of it had been done before" in ran.out


def test_the_output_of_another_run_is_not_touched(comity, law, caseload, tmp_path) -> None:
    comity("triage", caseload, "--out", tmp_path / "out", "--rules", law)
    for others, told in ((["--as-of", "2026-02-01", "--rules", law], "another day"), ([], "other rules")):
        ran = comity("triage", caseload, "--out", tmp_path / "out", *others)
        assert ran.code == 2
        assert f"was begun with {told}" in ran.err
        assert "--fresh" in ran.err
    caseload.write_text(line(9))
    ran = comity("triage", caseload, "--out", tmp_path / "out", "--rules", law)
    assert ran.code == 2
    assert "it has changed since" in ran.err
    assert comity("triage", caseload, "--out", tmp_path / "out", "--rules", law, "--fresh").code == 0
    assert [row["case"] for row in decisions(tmp_path / "out")] == ["case-9"]


def test_a_folder_with_other_things_in_it_is_left_alone(comity, law, caseload, tmp_path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    for more in ([], ["--fresh"]):
        ran = comity("triage", caseload, "--out", tmp_path / "mine", "--rules", law, *more)
        assert ran.code == 2
        assert "is no folder of decisions, and not empty" in ran.err
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(("name", "told"), [("none.parquet", "there is no such file"), ("x.xlsx", "is no caseload")])
def test_what_is_no_caseload_is_told(comity, tmp_path, name, told) -> None:
    if name.startswith("x"):
        (tmp_path / name).write_text("")
    ran = comity("triage", tmp_path / name, "--out", tmp_path / "out")
    assert ran.code == 2
    assert told in ran.err


def test_an_empty_caseload_comes_to_nothing(comity, law, tmp_path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    ran = comity("triage", tmp_path / "none.jsonl", "--out", tmp_path / "out", "--rules", law)
    assert ran.code == 0, ran.err
    assert "0 CASES DECIDED" in ran.out


def test_what_a_change_of_rules_changes_is_counted(comity, law, caseload, tmp_path) -> None:
    comity("triage", caseload, "--out", tmp_path / "old", "--rules", law)
    rules = law / "principles" / "rules.yaml"
    rules.write_text(rules.read_text().replace("category: [content, traffic]", "category: [traffic]"))
    ran = comity("triage", caseload, "--out", tmp_path / "new", "--rules", law, "--against", tmp_path / "old")
    assert "Of 4 cases that both runs have, 4 are decided otherwise" in ran.out
    assert "4 with another way to an item" in ran.out
    first, *_ = pq.read_table(tmp_path / "new" / "changed.parquet").to_pylist()
    assert (first["case"], first["route"], first["lead"]) == ("case-1", True, False)
    assert "assistance" in first["lost"]


def test_numbers_for_programs(comity, law, caseload, tmp_path) -> None:
    ran = comity("triage", caseload, "--out", tmp_path / "out", "--rules", law, "--json")
    numbers = json.loads(ran.out)["summary"]
    assert (numbers["cases"], numbers["alike"], numbers["refused"], numbers["items"]) == (4, 1, 0, 4)


def test_the_report_needs_nothing_but_itself(comity, law, caseload, tmp_path) -> None:
    comity("triage", caseload, "--out", tmp_path / "out", "--rules", law, "--report", tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text()
    assert "4 cases decided" in page
    assert "<svg" in page
    assert "prefers-color-scheme: dark" in page
    assert not any(word in page for word in ("http:", "https:", "<script", "<link", "src="))


def test_the_schema_that_is_written_is_the_one_that_is_read(comity, law, tmp_path) -> None:
    """A file made with the schema of the library is read without a word about its columns."""
    rows = [{"case": "a", "forum": "DE", "data": [{"id": "mail", "stored_in": "FR", "category": "content"}]}]
    pq.write_table(pa.Table.from_pylist(rows, schema.cases), tmp_path / "a.parquet")
    assert comity("triage", tmp_path / "a.parquet", "--out", tmp_path / "out", "--rules", law).code == 0
