"""Whatever tells two decisions apart can be put as an expectation that one of them meets and the other does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity import scenario
from comity.decision.model import Decision
from comity.decision.opinion import Counsel
from comity.law.rulebook import Rulebook
from comity.logic.agreement import Reference
from comity.scenario.expectable import Line, expectable, expectation, would_tell_apart

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted(path for path in FOLDER.rglob("*.yaml") if "variants:" in path.read_text())


def decisions(path: Path) -> list[Decision]:
    """The decision on a worked case and on its first variant."""
    rulebook = Rulebook.shipped()
    counsel = Counsel(rulebook, Reference(rulebook.program))
    whole = scenario.read(path)
    return [scenario.opinion(counsel, each).decision for each in (whole, whole.variants[0])]


def met(lines: list[Line], decision: Decision) -> bool:
    return not list(scenario.judge(expectation(lines), decision))


@pytest.mark.parametrize("path", FILES[::15], ids=lambda path: path.stem)
def test_a_decision_meets_all_that_could_be_expected_of_it(path):
    for decision in decisions(path):
        lines = list(expectable(decision))
        assert len(lines) > 5
        assert met([line for line in lines if line.keys != ("plan",)], decision)
        assert all(met([line], decision) for line in lines)


@pytest.mark.parametrize("path", FILES[7::15], ids=lambda path: path.stem)
def test_each_thing_that_tells_them_apart_is_met_by_one_and_not_by_the_other(path):
    one, other = decisions(path)
    for right, wrong in ((one, other), (other, one)):
        for line in would_tell_apart(right, wrong):
            assert met([line], right), line
            assert not met([line], wrong), line


def test_what_is_there_too_much_is_put_as_what_must_not_be_there():
    path = FOLDER / "initiatives" / "production-order-first-day.yaml"
    right = scenario.opinion(Counsel(Rulebook.shipped()), scenario.read(path)).decision
    wrong = right.model_copy(
        update={"warnings": [*right.warnings, *(w.model_copy(update={"code": "stop"}) for w in right.warnings[:1])]}
    )
    (line,) = [line for line in would_tell_apart(right, wrong) if line.keys == ("no_warnings",)]
    assert line.value.startswith("stop ")
    assert would_tell_apart(right, right) == []
