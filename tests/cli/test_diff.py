"""``comity diff`` as a lawyer sees it before a change is merged."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

CASES = """\
{"case": "first", "forum": "DE", "as_of": "2026-01-01", "data": [{"id": "mail", "category": "content", "stored_in": "FR"}]}
{"case": "second", "forum": "DE", "as_of": "2026-01-01", "data": [{"id": "box", "category": "content", "stored_in": "IT"}]}
{"case": "third", "forum": "DE", "as_of": "2026-01-01", "data": [{"id": "who", "category": "subscriber", "stored_in": "FR"}]}
"""  # noqa: E501


@pytest.fixture
def changed(law, tmp_path):
    """The same law, whose channel of assistance reaches content no more."""
    folder = tmp_path / "changed"
    shutil.copytree(law, folder, symlinks=True)
    rules = folder / "principles" / "rules.yaml"
    rules.write_text(rules.read_text().replace("[content, traffic], stored_in", "traffic, stored_in"))
    return folder


@pytest.fixture
def caseload(tmp_path):
    path = tmp_path / "caseload.jsonl"
    path.write_text(CASES)
    return path


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def test_what_changes_and_for_which_cases(comity, law, changed, caseload) -> None:
    ran = comity("diff", law, changed, "--cases", caseload)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith(f"From {law} to {changed}\n")
    assert "~ assistance: Parties assist each other" in ran.out
    assert "- data: {id: $item, category: [content, traffic], stored_in: $there}" in ran.out
    assert "+ data: {id: $item, category: traffic, stored_in: $there}" in ran.out
    assert "2 cases because assistance no longer applies:" in ran.out
    assert "recommended: mla -> none (content data; FR, IT)" in ran.out
    assert "2 of 3 cases get other advice." in ran.out


def test_nothing_changes(comity, law, caseload) -> None:
    ran = comity("diff", law, law, "--cases", caseload)
    assert ran.code == 0
    assert "Nothing changes" in ran.out


def test_a_change_that_touches_no_case_is_still_a_change(comity, law, changed, tmp_path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("case: c\nforum: DE\n")
    ran = comity("diff", law, changed, "--cases", path)
    assert ran.code == 1
    assert "0 of 1 case get other advice." in ran.out


def test_without_cases_it_says_how_to_name_some(comity, law, changed) -> None:
    ran = comity("diff", law, changed)
    assert ran.code == 1
    assert "--cases" in ran.out


def test_the_folder_of_scenarios_is_taken_where_there_is_one(comity, law, changed, tmp_path) -> None:
    scenarios = tmp_path / "here" / "scenarios"
    scenarios.mkdir()
    (scenarios / "harbour.yaml").write_text(
        "title: The harbour\nsource: none\nkind: hypothetical\nas_of: 2026-01-01\n"
        "case: {case: harbour, forum: DE, data: [{id: mail, category: content, stored_in: FR}]}\n"
        "expect: {items: {mail: {offered: [mla FR]}}}\n"
    )
    ran = comity("diff", law, changed)
    assert "SCENARIOS THAT FAIL NOW" in ran.out
    assert "scenarios/harbour.yaml: mail: mla FR: offered is expected, it is refused" in ran.out
    assert "1 scenario that held before fails now" in ran.out


def test_the_new_side_is_the_folder_rules_where_none_is_named(comity, law, changed, tmp_path) -> None:
    changed.rename(tmp_path / "here" / "rules")
    assert "~ assistance" in comity("diff", law).out


def test_json_has_everything(comity, law, changed, caseload) -> None:
    ran = comity("diff", law, changed, "--cases", caseload, "--json")
    told = json.loads(ran.out)
    assert ran.code == 1
    (rule,) = told["rules"]
    assert (rule["id"], rule["kind"], rule["aspects"][0]["what"]) == ("assistance", "changed", "when")
    assert told["cases"] == told["compared"] == 3
    assert set(told["other_advice"]) == {f"{caseload}:1", f"{caseload}:2"}
    effect = next(e for e in told["other_advice"][f"{caseload}:1"] if e["topic"] == "mail.mla.FR")
    assert (effect["before"], effect["after"], effect["because"]) == (
        "offered",
        "refused",
        ["assistance no longer applies"],
    )


def test_a_case_that_cannot_be_read_does_not_hide_the_others(comity, law, changed, caseload) -> None:
    caseload.write_text(CASES + '{"case": "broken"\n')
    ran = comity("diff", law, changed, "--cases", caseload)
    assert ran.code == 2
    assert "2 of 4 cases get other advice" in ran.out
    assert "NOT COMPARED" in ran.out
    assert "caseload.jsonl:4" in ran.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nowhere", "LAW"], "there is no such folder"),
        (["LAW", "nowhere"], "there is no such folder"),
        (["LAW", "LAW", "--cases", "nowhere"], "there is no such file or folder"),
        (["LAW", "LAW", "--scenarios", "nowhere"], "there is no such file or folder"),
    ],
)
def test_what_cannot_be_found_is_an_error(comity, law, arguments, expected) -> None:
    ran = comity("diff", *(law if word == "LAW" else word for word in arguments))
    assert ran.code == 2
    assert expected in ran.err


def test_interrupted_it_says_what_it_had_found(law, changed, tmp_path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(CASES * 3000)
    command = [sys.executable, "-P", "-m", "comity_cli", "diff", str(law), str(changed), "--cases", str(path)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(8)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "~ assistance" in out
    assert "recommended: mla -> none" in out
    assert "Interrupted: " in out
    assert "of 9000 cases are compared" in out
    assert err == "Interrupted.\n"


def test_what_is_passed_over_is_said(comity, tmp_path) -> None:
    table = tmp_path / "old" / "tables" / "networks.csv"
    table.parent.mkdir(parents=True)
    table.write_text("network,state\nour-network,DE\n")
    ran = comity("diff", tmp_path / "old", "shipped")
    assert ran.code == 1
    assert f"{tmp_path / 'old'}: " in ran.out
    assert "of tables and authorities passed over" in ran.out
    assert "- tables/networks.csv: our-network DE" in ran.out


def test_many_records_that_change_alike_are_counted_in_one_line(comity, tmp_path) -> None:
    table = tmp_path / "new" / "tables" / "networks.csv"
    table.parent.mkdir(parents=True)
    states = ["DE", "FR", "IT", "ES", "PT", "NL", "BE", "LU", "AT", "CH", "PL", "CZ", "SK", "HU"]
    rows = "".join(f"our-network,{state},,ours,2026-01-01,no\n" for state in states)
    table.write_text("network,state,since,source,as_of,verified\n" + rows)
    assert "+ tables/networks.csv, 14 entries" in comity("diff", "shipped", tmp_path / "new").out
