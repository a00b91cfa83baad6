"""Whatever tells two decisions apart can be put as an expectation that one of them meets and the other does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity import scenario
from comity.decision.draft import Draft
from comity.decision.opinion import Counsel
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.logic.agreement import Reference
from comity.scenario.expectable import LISTS, Line, expectable, would_tell_apart
from comity.scenario.expectation import Expectation

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted(path for path in FOLDER.rglob("*.yaml") if "variants:" in path.read_text())


def expectation(lines: list[Line]) -> Expectation:
    """The expectation that *lines* make together."""
    made: dict[str, Any] = {}
    for line in lines:
        _put(made, line.keys, line.value)
    return Expectation.model_validate(made)


def _put(made: dict[str, Any], keys: tuple[str, ...], value: str) -> None:
    inner = made
    for key in keys[:-1]:
        inner = inner.setdefault(key, {})
    if keys[0] == "terms" or "terms" in keys:
        inner.setdefault(keys[-1], _terms_of(value))
    elif keys[-1] in ("consult", "no_consult"):
        inner.setdefault(keys[-1], []).append(value.split(", "))
    elif _is_list(keys):
        inner.setdefault(keys[-1], []).append(value)
    else:
        inner[keys[-1]] = value


def _is_list(keys: tuple[str, ...]) -> bool:
    return any(key in LISTS or key in ("offered", "refused") for key in keys[-2:])


def _terms_of(value: str) -> dict[str, Any]:
    pairs = (pair.split(" ", 1) for pair in value.split("; "))
    return {name: told.split(" to ") if name == "days" and told != "none" else told for name, told in pairs}


def drafts(path: Path) -> list[Draft]:
    """What is advised on a worked case and on its first variant."""
    rulebook = Rulebook.shipped()
    whole = scenario.read(path)
    both = whole, whole.variants[0]
    books = [suppose(rulebook, each.suppose) for each in both]
    counsels = [Counsel(book, Reference(book.program)) for book in books]
    return [counsel.draft(each.case, each.as_of) for counsel, each in zip(counsels, both, strict=True)]


def met(lines: list[Line], draft: Draft) -> bool:
    return not list(scenario.judge(expectation(lines), draft))


@pytest.mark.parametrize("path", FILES[::15], ids=lambda path: path.stem)
def test_a_decision_meets_all_that_could_be_expected_of_it(path):
    for draft in drafts(path):
        lines = list(expectable(draft))
        assert len(lines) > 5
        assert met([line for line in lines if line.keys != ("plan",)], draft)
        assert all(met([line], draft) for line in lines if line.keys != ("applied",))


@pytest.mark.parametrize("path", FILES[7::15], ids=lambda path: path.stem)
def test_each_thing_that_tells_them_apart_is_met_by_one_and_not_by_the_other(path):
    one, other = drafts(path)
    for right, wrong in ((one, other), (other, one)):
        for line in would_tell_apart(right, wrong):
            assert met([line], right), line
            assert not met([line], wrong), line


def test_what_is_there_too_much_is_put_as_what_must_not_be_there():
    right, _ = drafts(FOLDER / "provisions" / "domestic-blocking.yaml")
    wrong = Draft(right.case, right.as_of, right.reasons, right.theirs, right.readings)
    wrong.warnings = [*right.warnings, right.warnings[0].model_copy(update={"code": "stop"})]
    assert would_tell_apart(right, wrong)[0] == Line(("no_warnings",), f"stop {right.warnings[0].about}")
    assert would_tell_apart(right, right) == []
