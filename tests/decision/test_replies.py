"""What a foreign authority is answered, and that nothing is given on facts that nobody knows."""

import json
from datetime import date
from typing import Any

import pytest

from comity import Case
from comity.decision.differences import differences
from comity.decision.opinion import Counsel, Opinion
from comity.decision.topics import parse
from comity.decision.unknowns import unknowns
from comity.decision.why import why
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook
from comity.law.terms import ChannelKind, Reply

DAY = date(2026, 9, 1)


@pytest.fixture(scope="module")
def counsel() -> Counsel:
    return Counsel(Rulebook.shipped())


def case(request: dict[str, Any], forum: str = "CN", **facts: Any) -> Case:
    """A provider in the forum holds a log there; of the request all is unknown that is not given."""
    told = {
        "case": "asked",
        "forum": forum,
        "direction": "incoming",
        "offences": [{"id": "intrusion", "category": "illegal-access", "committed_on": "2026-01-15"}],
        "custodians": [{"id": "company", "kind": "provider", "seat": forum}],
        "data": [{"id": "log", "category": "traffic", "stored_in": forum, "custodian": "company"}],
        "requests": [{"id": "request", "items": ["log"], **request}],
        **facts,
    }
    return Case.from_text(json.dumps(told))


def reply(counsel: Counsel, told: Case, day: date = DAY) -> Any:
    return counsel.opinion(told, day).decision.replies[0]


@pytest.mark.parametrize("to", ["authority", "company", "unknown"])
def test_whatever_is_asked_and_of_whom_there_is_a_reply_or_a_reason_why_there_is_none(counsel, to):
    kinds = ["unknown", *map(str, ChannelKind)]
    requests = [
        {"id": f"r-{kind}", "asked_by": "US", "kind": kind, "addressed_to": to, "items": ["log"]} for kind in kinds
    ]
    decision = counsel.opinion(case({}, requests=requests), DAY).decision
    assert [r.request for r in decision.replies] == [r["id"] for r in requests]
    assert [r.request for r in decision.replies if not r.reasons and not r.against] == []
    assert [r.request for r in decision.replies if r.reply is None and not r.open] == []


@pytest.mark.parametrize("known", [{}, {"asked_by": "US"}, {"kind": "mla"}, {"asked_by": "US", "kind": "mla"}])
def test_nothing_is_given_and_nothing_refused_while_it_is_unknown_who_asks_for_what_and_whom(counsel, known):
    found = reply(counsel, case(known))
    assert found.reply is None
    assert found.reasons


def test_a_state_does_not_ask_itself(counsel):
    assert reply(counsel, case({"asked_by": "CN", "kind": "mla", "addressed_to": "authority"})).reply is None


def test_what_the_request_must_state_is_missing_only_once_somebody_has_looked(counsel):
    asked = {"asked_by": "FR", "authority": "judge", "kind": "investigation-order", "addressed_to": "authority"}
    unread = reply(counsel, case(asked, forum="DE"))
    assert unread.reply is None
    assert unread.missing == []
    assert {str(element.element) for element in unread.unchecked} >= {"facts-summary", "signature"}
    read = reply(counsel, case({**asked, "lacks": ["signature"]}, forum="DE"))
    assert read.reply is Reply.ASK_FOR_MORE
    assert [str(element.element) for element in read.missing] == ["signature"]


def test_a_named_instrument_decides_what_the_request_must_state(counsel):
    asked = {"asked_by": "CH", "kind": "mla", "addressed_to": "authority", "lacks": ["purpose"]}
    offence = {"category": "laundering-of-proceeds", "organised_group": "yes", "conduct_in": ["CH"]}
    offences = [{"id": "o", "committed_on": "2026-01-15", "effects_in": ["JP"], **offence}]
    named = reply(counsel, case({**asked, "instrument": "untoc"}, forum="JP", offences=offences))
    assert named.reply is Reply.ASK_FOR_MORE
    unnamed = reply(counsel, case(asked, forum="JP", offences=offences))
    assert unnamed.missing == []


def test_a_promise_about_another_paper_does_not_open_the_way(counsel):
    found = reply(counsel, case({"asked_by": "US", "kind": "production-order", "addressed_to": "company"}))
    assert found.reply is Reply.REDIRECT
    assert ChannelKind.MLA in {way.kind for way in found.ways}


def test_what_has_to_pass_between_authorities_is_not_handed_over_by_the_company(counsel):
    found = reply(counsel, case({"asked_by": "US", "kind": "mla", "addressed_to": "company"}))
    assert found.reply is Reply.REDIRECT
    assert [act.act for act in found.must_not] == ["hand-over-on-demand"]
    assert {"cn-icjal-2018/4-3", "cn-dsl-2021/36"} <= {c for r in found.must_not[0].reasons for c in r.cites}


def test_a_reply_that_rests_on_a_text_nobody_has_read_says_so(counsel):
    asked = {"asked_by": "FR", "authority": "judge", "kind": "investigation-order", "addressed_to": "authority"}
    decision = counsel.opinion(case({**asked, "lacks": ["signature"]}, forum="DE"), DAY).decision
    weak = [reason for element in decision.replies[0].missing for reason in element.reasons if reason.verified == "no"]
    assert ("unverified" in {warning.code for warning in decision.warnings}) == bool(weak)


def test_no_day_is_named_where_it_is_unknown_when_the_request_came(counsel):
    asked = {"asked_by": "FR", "authority": "judge", "kind": "investigation-order", "addressed_to": "authority"}
    limits = {limit.step: limit for limit in reply(counsel, case(asked, forum="DE")).time_limits}
    assert (limits["decide"].days, limits["decide"].due) == (30, None)


def test_the_plan_of_an_incoming_case_answers_and_asks_nobody_abroad(counsel):
    asked = {"asked_by": "US", "kind": "direct-order", "addressed_to": "company"}
    decision = counsel.opinion(case(asked), DAY).decision
    assert [step.id for step in decision.plan] == ["reply-request-redirect"]
    assert all(item.recommended is None for item in decision.data)


def test_what_lies_in_a_third_state_is_not_taken_for_others(counsel):
    data = [{"id": "log", "category": "traffic", "stored_in": "SG", "custodian": "company"}]
    found = reply(counsel, case({"asked_by": "US", "kind": "mla", "addressed_to": "authority"}, data=data))
    assert found.reply is Reply.REDIRECT
    assert "take-directly" in {act.act for act in found.must_not}


def test_the_proof_of_a_reply_goes_on_into_the_case_of_the_state_that_asks(counsel):
    asked = {"asked_by": "US", "kind": "direct-order", "addressed_to": "company"}
    opinion = counsel.opinion(case(asked), DAY)
    told = why(opinion, parse("reply.request.log", opinion))
    (redirect,) = [c for c in told.conclusions if c.literal.terms[-1] == "redirect"]
    rules = {
        argument.rule.id
        for premise in redirect.arguments[0].premises
        if premise.because
        for argument in premise.because.arguments
    }
    assert {"sovereignty-1", "mla-under-treaty"} <= rules


def test_a_change_of_the_request_is_told_as_a_change_of_the_reply(counsel):
    asked = {"asked_by": "US", "addressed_to": "company"}
    before, after = (counsel.opinion(case({**asked, **more}), DAY).decision for more in ({}, {"kind": "direct-order"}))
    assert ("reply.request.log", "undecided", "redirect") in {
        (c.topic, c.before, c.after) for c in differences(before, after)
    }


def test_the_unknown_sort_of_a_request_is_told_to_matter(counsel):
    asked = {"id": "request", "asked_by": "BR", "addressed_to": "company", "items": ["log"]}
    data = [{"id": "log", "category": "subscriber", "stored_in": "US", "custodian": "company"}]
    told = case({}, forum="US", offences=[], data=data, requests=[asked])
    (kind,) = [fact for fact in unknowns(counsel, told, DAY) if fact.path == "requests.request.kind"]
    assert [c.after for c in kind.changes["voluntary-disclosure"] if c.topic == "reply.request.log"] == ["comply"]


def test_an_instrument_that_does_not_exist_is_named_with_what_was_meant(counsel):
    with pytest.raises(InputError, match="budapest"):
        counsel.opinion(case({"asked_by": "US", "instrument": "budapst"}), DAY)


def test_where_we_ask_nothing_is_replied(counsel):
    opinion: Opinion = counsel.opinion(Case.from_text("{case: ours, forum: CN}"), DAY)
    assert opinion.decision.replies == []
    assert opinion.counterparts == {}
