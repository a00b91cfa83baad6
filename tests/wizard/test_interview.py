"""The interview as such: what follows what, and that nothing is ever lost."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law.case import Case, Unknown
from comity.law.rulebook import shipped_folder
from comity.law.table_files import load
from comity.law.terms import Answer, Direction, RequestElement
from comity_cli.wizard.interview import Interview
from comity_cli.wizard.questions import Kind
from comity_cli.wizard.reading import NotUnderstood

TABLES, _ = load([shipped_folder() / "tables"])


def answered(**answers: str) -> Interview:
    """An interview in which the named questions are answered so, and all others with unknown or no."""
    interview = Interview(TABLES)
    while (asked := interview.current()) is not None:
        given = answers.get(asked.key.replace(".", "_"))
        interview.answer(given or ("no" if asked.question.kind is Kind.GATE else "unknown"))
    return interview


def test_unknown_is_an_answer_to_every_question_but_the_forum():
    case = answered(forum="CN").case()
    assert case is not None
    assert case.model_dump(exclude_defaults=True) == {"case": "case", "forum": "CN"}


def test_the_forum_cannot_be_unknown():
    interview = Interview(TABLES)
    with pytest.raises(NotUnderstood, match="cannot be unknown"):
        interview.answer("unknown")
    assert interview.current().key == "forum"


@pytest.mark.parametrize("text", ["CN", "cn", "China", "CN China", "the China"])
def test_a_state_may_be_given_by_code_or_name(text):
    assert answered(forum=text).case().forum == "CN"


def test_a_wrong_state_is_answered_with_the_right_one_and_the_question_stays():
    interview = Interview(TABLES)
    with pytest.raises(NotUnderstood, match="GB"):
        interview.answer("UK")
    assert interview.current().key == "forum"


def test_a_place_that_nobody_knows_stays_unknown():
    case = answered(forum="CN", data_1="yes", data_1_id="mailbox").case()
    assert case.data[0].stored_in is Unknown.UNKNOWN


def test_going_back_puts_the_question_again_and_keeps_its_answer_until_another_is_given():
    interview = Interview(TABLES)
    interview.answer("China")
    interview.back()
    assert interview.current().key == "forum"
    assert interview.answers["forum"] == "CN"
    interview.answer("Ireland")
    assert interview.case().forum == "IE"
    assert interview.current().key == "title"


def test_an_edited_answer_leaves_all_later_ones():
    interview = answered(forum="CN", data_1="yes", data_1_id="mailbox", data_1_stored_in="IE")
    interview.edit("forum")
    interview.answer("KR")
    assert interview.current() is None
    assert (interview.case().forum, interview.case().data[0].stored_in) == ("KR", "IE")


def test_an_answer_hidden_by_another_comes_back_with_it():
    interview = answered(forum="CN", data_1="yes", data_1_id="mailbox", data_1_stored_in="IE")
    for gate, count in (("no", 0), ("yes", 1)):
        interview.edit("data.1")
        interview.answer(gate)
        assert len(interview.case().data) == count
    assert interview.case().data[0].stored_in == "IE"


def test_a_group_is_asked_about_only_where_there_was_one():
    told = {"forum": "CN", "offences_1": "yes", "offences_1_category": "cyber-fraud"}
    interview = answered(**told, offences_1_organised_group="yes", offences_1_group_elsewhere="yes")
    assert interview.case().offences[0].group_elsewhere is Answer.YES
    assert interview.case().offences[0].directed_elsewhere is Answer.UNKNOWN
    interview.edit("offences.1.organised_group")
    interview.answer("no")
    assert interview.case().offences[0].group_elsewhere is Answer.UNKNOWN
    for group in ("no", "unknown"):
        asked = {asked.key for asked in answered(**told, offences_1_organised_group=group).script()}
        assert not asked & {"offences.1.group_elsewhere", "offences.1.directed_elsewhere"}


def test_a_holder_that_is_hidden_is_unknown_and_not_an_error():
    answers = {"custodians_1": "yes", "custodians_1_id": "mailer", "data_1": "yes", "data_1_id": "box"}
    interview = answered(forum="CN", **answers, data_1_custodian="mailer")
    assert interview.case().data[0].custodian == "mailer"
    interview.edit("custodians.1")
    interview.answer("no")
    assert interview.case().data[0].custodian is Unknown.UNKNOWN


def test_two_things_cannot_bear_one_name():
    interview = answered(forum="CN", data_1="yes", data_1_id="box")
    interview.edit("data.2")
    interview.answer("yes")
    with pytest.raises(NotUnderstood, match="taken"):
        interview.answer("Box")


def test_a_request_from_abroad_makes_the_case_an_incoming_one():
    interview = answered(
        forum="CN",
        custodians_1="yes",
        custodians_1_id="company",
        data_1="yes",
        data_1_id="log",
        requests_1="yes",
        requests_1_asked_by="US",
        requests_1_kind="direct-order",
        requests_1_addressed_to="company",
        requests_1_items="all",
        requests_1_contains="authority, facts-summary",
        requests_1_received_on="2026-06-01",
    )
    case = interview.case()
    assert case.direction is Direction.INCOMING
    (request,) = case.requests
    assert (request.asked_by, request.addressed_to, request.items) == ("US", "company", ["log"])
    assert request.answer(RequestElement.FACTS_SUMMARY) is Answer.YES
    assert request.answer(RequestElement.SIGNATURE) is Answer.UNKNOWN


def test_of_a_request_everything_may_be_unknown():
    case = answered(forum="CN", requests_1="yes").case()
    assert case.model_dump(exclude_defaults=True, mode="json")["requests"] == [{"id": "request-1"}]


def test_what_a_request_asked_for_is_forgotten_with_the_item_and_comes_back_with_it():
    interview = answered(forum="CN", data_1="yes", data_1_id="log", requests_1="yes", requests_1_items="log")
    for gate, items in (("no", []), ("yes", ["log"])):
        interview.edit("data.1")
        interview.answer(gate)
        assert interview.case().requests[0].items == items


WORDS = [
    "unknown",
    "yes",
    "no",
    "CN",
    "US, KH",
    "Ireland",
    "cyber-fraud",
    "content",
    "box",
    "2026-01-05",
    "5",
    "authority",
    "mla",
    "all",
    "facts-summary, signature",
    "",
    "?x",
]
MOVES = st.lists(st.one_of(st.sampled_from(WORDS), st.just("<"), st.integers(0, 60)), max_size=60)


@settings(max_examples=80, deadline=None)
@given(MOVES)
def test_no_sequence_of_answers_loses_one_and_every_interview_is_a_valid_case(moves):
    interview = Interview(TABLES)
    for move in moves:
        before = dict(interview.answers)
        asked = interview.current()
        try:
            if move == "<":
                interview.back()
            elif isinstance(move, int):
                keys = [a.key for a, _ in interview.given()]
                interview.edit(keys[move % len(keys)] if keys else "forum")
            else:
                interview.answer(move)
        except NotUnderstood:
            assert interview.answers == before
        kept = {key: value for key, value in interview.answers.items() if asked is None or key != asked.key}
        assert {**before, **kept} == {**kept, **{k: v for k, v in before.items() if k not in kept}}
        assert before.keys() <= interview.answers.keys()
        case = interview.case()
        assert case is None or Case.from_text(case.to_yaml()) == case
        again = Interview(TABLES, json.loads(json.dumps(interview.answers)), interview.asking)
        assert again.case() == case
        assert (again.current() and again.current().key) == (interview.current() and interview.current().key)
