"""What no rule can say is no sensible expectation: a slip in what must not be there would pass for ever."""

from __future__ import annotations

from comity import scenario
from comity.law.rulebook import Rulebook
from comity.scenario import Expectation
from comity.scenario.words import Words


def never_said(**expect: object) -> list[str]:
    return list(Words(Rulebook.shipped()).never_said(Expectation.model_validate(expect)))


def test_a_word_that_no_rule_says_is_told_with_the_nearest_that_one_does():
    (told,) = never_said(items={"mail": {"no_grounds": ["dual-criminalty must IE"]}})
    assert told == "no_grounds: no rule says 'dual-criminalty': did you mean 'dual-criminality'?"


def test_words_of_all_parts_are_looked_at():
    assert len(never_said(no_warnings=["x"], prevention=["x"])) == 2
    assert len(never_said(items={"mail": {"safeguards": ["x"], "not_forbidden": ["x"]}})) == 2
    assert len(never_said(replies={"r": {"mail": {"no_time_limits": ["x 3 days"], "no_conditions": ["x"]}}})) == 2


def test_a_rule_that_there_is_not_is_told():
    (told,) = never_said(no_reasons={"mail.mla.IE": ["budapest-27-mlaa"]})
    assert told == "there is no rule 'budapest-27-mlaa': did you mean 'budapest-27-mla'?"


def test_what_the_program_itself_says_is_no_slip():
    assert (
        never_said(no_warnings=["too-late", "unverified mail"], items={"mail": {"must_not": ["direct-access"]}}) == []
    )


def test_a_scenario_with_such_a_word_fails(tmp_path):
    path = tmp_path / "slip.yaml"
    path.write_text(
        'title: A slip\nsource: "untoc art. 4"\nkind: hypothetical\nas_of: 2026-01-01\n'
        "case: {case: slip, forum: DE}\nexpect: {no_warnings: [location-unknwon]}\n"
    )
    (outcome,) = scenario.run([path], Rulebook.shipped())
    assert outcome.failures == ("no_warnings: no rule says 'location-unknwon': did you mean 'location-unknown'?",)
