"""Chunks are decided as the library decides cases, under the rules of an agency too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from caseloads import counsel, plain, table, varied, without

from comity.decision.agency import PERMITTED_ANEW
from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity.triage import deciding
from comity.triage.chunk import Decider

DAY = date(2026, 3, 1)
CHANGES = """\
- disable: sovereignty-1
  reason: our statute lets us
"""
CASE = """
case: harbour
forum: US
authority: police
as_of: 2026-03-16
offences: [{id: act, category: cyber-fraud, committed_on: 2026-03-01}]
data: [{id: mailbox, category: content, stored_in: IE}]
"""


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("agency")
    (folder / "changes.yaml").write_text(CHANGES)
    return Rulebook.from_folder(folder)


def decider(rulebook: Rulebook, folder: Path) -> Decider:
    return Decider(rulebook, None, DAY, folder / "store", folder)


def test_what_an_agency_permits_itself_stands_out_in_its_rows(agency: Rulebook, tmp_path: Path) -> None:
    cases = [Case.from_text(CASE), *varied(agency, 8, 3)]
    found = decider(agency, tmp_path).decide(table(cases)).decisions.to_pylist()
    alone = counsel(agency)
    for case, told in zip(cases, found, strict=True):
        wanted = plain(alone.opinion(case).decision, case, agency)
        assert without(told, "row", "facts", "comity") == without(wanted, "facts"), case.to_yaml()
    assert ("mailbox", PERMITTED_ANEW) in {(w["about"], w["code"]) for w in found[0]["warnings"]}


def test_one_case_at_a_time_and_many_at_a_time_come_to_the_same(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = table(varied(rulebook, 12, 5))
    (tmp_path / "one").mkdir()
    one = decider(rulebook, tmp_path / "one").decide(cases)
    monkeypatch.setattr(deciding, "WORTH_A_BATCH", 1)
    monkeypatch.setattr(deciding, "AT_ONCE", 5)
    (tmp_path / "many").mkdir()
    many = decider(rulebook, tmp_path / "many").decide(cases)
    assert many.decisions.equals(one.decisions)


def test_what_is_decided_is_kept_for_the_next_chunk_and_the_next_run(rulebook: Rulebook, tmp_path: Path) -> None:
    cases = table(varied(rulebook, 4, 6))
    first = decider(rulebook, tmp_path)
    assert first.decide(cases).anew == 4
    assert first.decide(cases).anew == 0
    again = decider(rulebook, tmp_path).decide(cases)
    assert (again.anew, again.alike) == (0, 4)


def test_the_progress_of_a_chunk_is_told(rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.triage.chunk.AT_ONCE", 2)
    told: list[float] = []
    decider(rulebook, tmp_path).decide(table(varied(rulebook, 6, 8)), told.append)
    assert told == [2 / 6, 4 / 6, 1.0]


def test_a_case_on_which_the_program_fails_does_not_stop_the_others(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = deciding.stated

    def failing(case: Case, *more: object) -> object:
        if case.forum == "FR":
            raise ZeroDivisionError
        return stated(case, *more)

    monkeypatch.setattr(deciding, "stated", failing)
    cases = [Case.model_validate({"case": f"in-{s.lower()}", "forum": s}, strict=False) for s in ("DE", "FR", "US")]
    found = decider(rulebook, tmp_path).decide(table(cases))
    assert found.decisions["case"].to_pylist() == ["in-de", "in-us"]
    (row,) = found.refused.to_pylist()
    assert (row["row"], row["case"]) == (2, "in-fr")
    assert "fault of comity" in row["reason"]
