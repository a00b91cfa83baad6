"""Whatever is wrong with a file is told in one message, with exit code 2 and nothing on the standard output."""

from pathlib import Path

import pytest

GOOD = "case: a\nforum: DE\n"


def told(comity, path: object, law: Path, command: str = "decide") -> str:
    ran = comity(command, path, "--rules", law)
    assert (ran.code, ran.out) == (2, "")
    return ran.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD + "data: [\n", "is not valid YAML"),
        (GOOD + "\tdata: []\n", "tab"),
        ("", "is empty"),
        ("[]", "cannot be a list"),
        (GOOD + "data: yes\n", "'data' cannot be 'yes'"),
        (GOOD + "offences: [{id: o, category: 3}]\n", "'category' cannot be '3'"),
        (GOOD + "colour: red\n", "unknown field 'colour'"),
        (GOOD + "dat: []\n", "did you mean 'data'?"),
        ("case: a\n", "the field 'forum' is missing"),
        ("case: a\nforum: UK\n", "did you mean 'GB' (United Kingdom)?"),
        ("case: a\nforum: XX\n", "'XX' is no ISO 3166 alpha-2 code"),
        (GOOD + "as_of: 2026-02-30\n", "'2026-02-30' is no date"),
        (
            GOOD + "offences: [{id: o, category: computer-fraud, committed_on: yesterday}]\n",
            "such as 2026-08-18, or unknown",
        ),
        (GOOD + "data: [{id: m}, {id: m}]\n", "the id 'm' is used twice"),
        (GOOD + "data: [{id: m, custodian: goggle}]\ncustodians: [{id: google}]\n", "did you mean 'google'?"),
        (GOOD + "data: [{id: m, public: perhaps}]\n", "one of: no, unknown, yes"),
        (GOOD + "forum: CN\n", "'forum' is given twice"),
        (GOOD + "offences: [{id: o, category: computer-frod}]\n", "did you mean 'computer-fraud'?"),
        ("a: &x [1]\nb: *x\n", "anchors and aliases are not used here"),
    ],
)
def test_a_case_that_cannot_be_used(text: str, expected: str, comity, tmp_path, law) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    assert expected in told(comity, path, law)


def test_the_place_of_the_fault_is_shown(comity, tmp_path, law) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("case: a\nforum: UK\n")
    message = told(comity, path, law)
    assert message.startswith(f"{path}:2:8")
    assert "2 | forum: UK" in message


def test_words_that_the_rulebook_has_not_are_shown_where_they_stand(comity, tmp_path, law) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "case: a\nforum: DE\ndirection: incoming\ncolour: red\noffences:\n  - {id: o, category: computer-frod}\n"
        "requests:\n  - {id: r, instrument: budapst}\n"
    )
    assert told(comity, path, law).startswith(f"{path}:4:1  F101  unknown field 'colour'")
    path.write_text(path.read_text().replace("colour: red\n", ""))
    for command, more in (("decide", ()), ("why", ("lead",)), ("why-not", ("claim.DE",)), ("what-if", ("--unknowns",))):
        ran = comity(command, path, *more, "--rules", law)
        assert ran.code == 2
        assert f"{path}:5:23  F109  'computer-frod' is no category of offence\n" in ran.err, command
        assert f"{path}:7:25  F110  'budapst' is no instrument\n" in ran.err, command


def test_all_faults_are_told_at_once(comity, tmp_path, law) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("case: a\nforum: UK\nas_of: soon\ncolour: red\n")
    message = told(comity, path, law)
    assert [fault in message for fault in ("'UK'", "'soon'", "'colour'")] == [True] * 3


def test_a_file_of_50_megabytes_is_refused_unread(comity, tmp_path, law) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "50 MB; the most that is read is 5 MB" in told(comity, path, law)
    ran = comity("decide", "-", "--rules", law, stdin=b"#" * 5_000_001)
    assert (ran.code, ran.out) == (2, "")
    assert "5 MB" in ran.err


def test_files_that_are_none(comity, tmp_path, law) -> None:
    assert "this is a folder, not a file" in told(comity, tmp_path, law)
    assert "nowhere.yaml" in told(comity, tmp_path / "nowhere.yaml", law)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8 text" in told(comity, binary, law)
    ran = comity("decide", "-", "--rules", law, stdin=b"\xff\xfe\x00")
    assert (ran.code, "is not UTF-8 text" in ran.err) == (2, True)


@pytest.mark.parametrize("arguments", [(), ("FILE", "--as-of", "2026-02-30"), ("FILE", "--colour"), ("FILE", "FILE")])
def test_wrong_usage(arguments: tuple[str, ...], comity, case) -> None:
    ran = comity("decide", *(case if a == "FILE" else a for a in arguments))
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err


def test_an_impossible_day_says_how_to_write_one(comity, case) -> None:
    assert "such as 2026-08-18" in comity("decide", case, "--as-of", "2026-02-30").err


RULE = "- id: extra\n  title: t\n  cites: [law/1]\n  because: b\n"
CIRCLE = """\
- id: one
  title: t
  cites: [law/1]
  when: [{data: {id: $i}}, {absent: {here: {item: $i}}}]
  conclude: [{target_unknown: {item: $i}}]
  because: b
- id: two
  title: t
  cites: [law/1]
  when: [{data: {id: $i}}, {absent: {target_unknown: {item: $i}}}]
  conclude: [{here: {item: $i}}]
  because: b
"""


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (RULE + "  when: [{dta: {id: $i}}]\n  conclude: [{here: {item: $i}}]\n", "did you mean 'data'?"),
        (
            RULE + "  when: [{data: {idd: $i}}]\n  conclude: [{here: {item: $i}}]\n",
            "unknown field 'idd' of relation 'data'",
        ),
        (CIRCLE, "circle"),
        (
            RULE.replace("extra", "asked") + "  conclude: [{barred: {state: CN, ground: g}}]\n",
            "the id 'asked' is taken",
        ),
        (RULE + "  conclude: [{barred: {state: UK, ground: g}}]\n", "'UK' is no state"),
        (RULE + "  overrides: [nobody]\n  conclude: [{barred: {state: CN, ground: g}}]\n", "there is no rule 'nobody'"),
        (RULE.replace("law/1", "law/9") + "  conclude: [{barred: {state: CN, ground: g}}]\n", "no article '9'"),
        (RULE + "  when: [\n", "is not valid YAML"),
    ],
)
def test_rules_that_cannot_be_used(rules: str, expected: str, comity, case, law) -> None:
    (law / "principles" / "more.yaml").write_text(rules)
    for ran in (comity("decide", case, "--rules", law), comity("check", law)):
        assert (ran.code, ran.out) == (2, "")
        assert expected in ran.err
        assert "more.yaml" in ran.err or "rules.yaml" in ran.err


def test_missing_tables_and_folders(comity, case, law, tmp_path) -> None:
    tables = (law / "tables").resolve()
    (law / "tables").unlink()
    assert "the folder of tables is missing" in told(comity, case, law)
    (law / "tables").mkdir()
    for table in tables.glob("*.csv"):
        if table.stem != "states":
            (law / "tables" / table.name).symlink_to(table)
    message = told(comity, case, law)
    assert "states.csv" in message
    assert "this table is missing" in message
    assert "no such folder of rules" in told(comity, case, tmp_path / "nowhere")


def test_a_report_that_cannot_be_written_is_told_before_the_work(comity, tmp_path, law) -> None:
    (tmp_path / "s").mkdir()
    for report in (tmp_path / "nowhere" / "report.xml", tmp_path):
        ran = comity("test", tmp_path / "s", "--rules", law, "--junit", report)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(str(report))
