"""``--suppose``: the advice as if a treaty were in force, with the shipped law."""

import json
from pathlib import Path

import pytest

CASE = """\
case: later
forum: VN
authority: prosecutor
stage: investigation
offences:
  - id: intrusion
    category: illegal-access
    committed_on: 2031-01-10
    effects_in: [VN]
    organised_group: no
    max_penalty_years: {VN: 5}
data:
  - {id: log, category: traffic, stored_in: BR}
"""


@pytest.fixture
def later(tmp_path) -> Path:
    path = tmp_path / "later.yaml"
    path.write_text(CASE)
    return path


def test_the_advice_says_first_what_it_supposes_and_is_that_of_the_day_supposed(comity, later) -> None:
    ran = comity("decide", later, "--suppose", "uncc=2031-03-01")
    assert ran.code == 0
    head = " ".join(ran.out.split("WHO LEADS")[0].split())
    assert "under the law of 2031-03-01" in head
    assert "SUPPOSED, NOT LAW: United Nations Convention against Cybercrime (uncc) in force from 2031-03-01" in head
    assert "mutual legal assistance for log to Brazil" in " ".join(ran.out.split())


def test_the_decision_as_json_carries_what_it_supposes(comity, later) -> None:
    plain = json.loads(comity("decide", later, "--as-of", "2031-03-01", "--json").out)
    supposed = json.loads(comity("decide", later, "--suppose", "uncc=2031-03-01", "--json").out)
    assert plain["suppositions"] == []
    assert len(supposed["suppositions"]) == 1
    assert plain["digest"]["rulebook"] != supposed["digest"]["rulebook"]


def test_what_changes_on_the_first_day_is_listed(comity, later) -> None:
    out = comity("what-if", later, "--suppose", "uncc=2031-03-01").out
    assert "Supposed, not law" in out
    assert "log.mla.BR: refused -> offered" in out
    assert "log.expedited-preservation.BR: refused -> offered" in out


def test_the_proof_of_what_is_supposed_can_be_asked_for(comity, later) -> None:
    assert "uncc-44" in comity("why", later, "log.mla.BR", "--suppose", "uncc=2031-03-01").out


@pytest.mark.parametrize(
    ("supposition", "expected"),
    [("uncc", "write instrument=year-month-day"), ("unc=2031-03-01", "did you mean 'uncc'?"), ("uncc=soon", "no date")],
)
def test_what_cannot_be_supposed_is_told(comity, later, supposition, expected) -> None:
    ran = comity("decide", later, "--suppose", supposition)
    assert ran.code == 2
    assert expected in ran.err


def test_a_scenario_that_supposes_something_is_decided_with_it(comity) -> None:
    path = Path(__file__).parents[2] / "scenarios" / "instruments" / "uncc-supposed.yaml"
    out = comity("decide", path).out
    assert "SUPPOSED, NOT LAW" in out
    assert "mutual legal assistance for log to Brazil" in " ".join(out.split())
    changed = comity("what-if", path, "--set", "data.log.stored_in=VN").out
    assert "log.mla.BR: offered -> " in changed


def test_what_comes_through_a_pipe_is_supposed_on_as_well(comity) -> None:
    ran = comity("what-if", "-", "--suppose", "uncc=2031-03-01", stdin=CASE.encode())
    assert (ran.code, ran.err) == (0, "")
    assert "log.mla.BR: refused -> offered" in ran.out
