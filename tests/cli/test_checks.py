"""``check``, ``test`` and ``selfcheck``: what says whether rules can be relied on."""

import xml.etree.ElementTree as Xml
from dataclasses import replace

import pytest

from comity.logic import reference
from comity.logic.agreement import Difference, Readings, ReadingsDisagree
from comity.logic.columnar import Columnar

SCENARIO = """\
title: The harbour
source: none
kind: hypothetical
as_of: 2026-01-01
case:
  case: harbour
  forum: DE
  data: [{{id: mail, category: content, stored_in: FR}}]
expect:
  items: {{mail: {{direct_access: {expected}, offered: [mla FR]}}}}
"""


@pytest.fixture
def scenarios(tmp_path):
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "good.yaml").write_text(SCENARIO.format(expected="refused"))
    (folder / "wrong.yaml").write_text(SCENARIO.format(expected="permitted"))
    (folder / "broken.yaml").write_text("title: [\n")
    return folder


def test_rules_in_order(comity, law) -> None:
    ran = comity("check", law)
    assert (ran.code, ran.err) == (0, "")
    assert "11 rules, 2 authorities" in ran.out


def test_what_nobody_has_verified_for_long_stands_under_the_source_to_open(comity) -> None:
    ran = comity("check", "--stale", "365")
    assert ran.code == 1
    under = ran.out.split("netlawgic.com/cyber-crime-conventions/ (older: last known to say so on 2020-03-13)")[1]
    assert "budapest AD, party 2017-03-01" in under.split(" - ")[0]
    assert "parties/budapest.csv" in ran.out
    assert "never verified" in ran.out
    assert "have not been verified within 365 days" in ran.out


def test_what_nobody_has_verified_can_be_asked_of_one_state(comity) -> None:
    ran = comity("check", "--stale", "365", "--about", "KE")
    assert ran.code == 1
    facts = [line for line in ran.out.splitlines() if ".csv:" in line and "," in line]
    assert facts
    assert all("KE" in line for line in facts)


def test_a_state_that_no_fact_is_about_is_not_taken_for_one_without_stale_facts(comity) -> None:
    ran = comity("check", "--stale", "365", "--about", "Kenia")
    assert (ran.code, "no fact of the rulebook is about 'Kenia'" in ran.err) == (2, True)


def test_the_shipped_rules_are_in_order(comity) -> None:
    assert comity("check").code == 0


def test_faults_are_counted_and_told_with_their_places(comity, law) -> None:
    (law / "principles" / "more.yaml").write_text("- id: x\n- id: y\n")
    ran = comity("check", law)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("more.yaml:") > 2
    assert f"faults in {law}:" in ran.err


def test_scenarios_that_hold(comity, scenarios, law) -> None:
    ran = comity("test", scenarios / "good.yaml", "--rules", law)
    assert (ran.code, ran.err) == (0, "")
    assert "ok   The harbour" in ran.out
    assert "1 passed, 0 failed" in ran.out


def test_what_passed_and_is_not_touched_is_said_not_to_be_decided_again(comity, scenarios, law, tmp_path, monkeypatch):
    monkeypatch.setenv("COMITY_CACHE", str(tmp_path / "kept"))
    common = ("test", scenarios / "good.yaml", "--rules", law)
    assert "decided again" not in comity(*common).out
    again = comity(*common).out
    assert "ok   The harbour" in again
    assert "1 was not decided again: no change since touches what passed" in again
    assert "decided again" not in comity(*common, "--fresh").out


def test_scenarios_that_fail_say_why(comity, scenarios, law, tmp_path) -> None:
    report = tmp_path / "report.xml"
    ran = comity("test", scenarios, "--rules", law, "--junit", report)
    assert ran.code == 1
    assert "mail: direct access: permitted is expected, it is refused" in ran.out
    assert "broken.yaml:2:1" in ran.out
    assert "1 passed, 2 failed" in ran.out
    suite = Xml.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")


def test_a_place_without_scenarios(comity, law, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert comity("test", "--rules", law).code == 2
    assert comity("test", tmp_path / "nowhere", "--rules", law).code == 2
    (tmp_path / "empty").mkdir()
    assert comity("test", tmp_path / "empty", "--rules", law).code == 2


def test_readings_that_agree(comity, law) -> None:
    ran = comity("selfcheck", "--cases", 20, "--seed", 7, "--rules", law)
    assert ran.code == 0
    assert ran.out.startswith("20 cases, ")
    assert ran.out.endswith(
        " conclusions compared between the reference, rete and columnar readings, 0 disagreements\n"
    )


def test_a_selfcheck_notices_a_columnar_reading_that_differs(comity, law, monkeypatch) -> None:
    def forgetful(self, cases):
        return [replace(reference.model(self.program, case), firings={}) for case in cases]

    monkeypatch.setattr(Columnar, "models", forgetful)
    ran = comity("selfcheck", "--cases", 3, "--seed", 7, "--rules", law)
    assert ran.code == 70
    assert "Only the reference reading says:" in ran.err
    assert "The columnar reading says nothing more." in ran.err


@pytest.fixture
def disagreement(monkeypatch):
    def disagree(self, facts):
        found = (Difference("held here(mail)", "reference"), Difference("held ~here(mail)", "rete"))
        raise ReadingsDisagree(None, None, found)

    monkeypatch.setattr(Readings, "model", disagree)


@pytest.mark.usefixtures("disagreement")
def test_readings_that_disagree_give_no_advice_but_both_answers(comity, case, law) -> None:
    ran = comity("decide", case, "--rules", law)
    assert (ran.code, ran.out) == (70, "")
    assert "Only the reference reading says:\n  held here(mail)" in ran.err
    assert "Only the rete reading says:\n  held ~here(mail)" in ran.err


@pytest.mark.usefixtures("disagreement")
def test_a_selfcheck_that_finds_a_disagreement_fails(comity, law) -> None:
    ran = comity("selfcheck", "--cases", 2, "--rules", law)
    assert ran.code == 70
    assert "2 disagreements" in ran.out
    assert "Only the rete reading says:" in ran.err


def test_a_fault_of_the_program_is_one_line(comity, case, law, monkeypatch) -> None:
    monkeypatch.setattr(Readings, "model", lambda self, facts: 1 / 0)
    ran = comity("decide", case, "--rules", law)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1
    assert "division by zero" in ran.err
