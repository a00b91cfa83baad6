from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.law.case import Case, Unknown
from comity.law.finding import InputError


def faults(text: str) -> str:
    with pytest.raises(InputError) as caught:
        Case.from_text(text, "case.yaml")
    return str(caught.value)


def test_norway_is_not_read_as_no():
    case = Case.from_text("case: a\nforum: NO\ndata: [{id: mail, stored_in: NO}]")
    assert case.forum == "NO"
    assert case.data[0].stored_in == "NO"


def test_what_is_left_out_is_unknown_and_never_no():
    case = Case.from_text("case: a\nforum: CN\ndata: [{id: mail}]")
    mail = case.data[0]
    assert mail.stored_in is Unknown.UNKNOWN
    assert mail.expires_on is Unknown.UNKNOWN
    assert (mail.public, mail.consent, mail.preserved) == ("unknown", "unknown", "unknown")


def test_unknown_can_be_written_out():
    case = Case.from_text("case: a\nforum: CN\ndata: [{id: mail, stored_in: unknown, expires_on: unknown}]")
    assert case.data[0].stored_in is Unknown.UNKNOWN


def test_an_unknown_custodian_is_unknown_and_no_reference():
    case = Case.from_text("case: a\nforum: CN\ndata: [{id: mail, custodian: unknown, account_of: unknown}]")
    assert case.data[0].custodian is Unknown.UNKNOWN
    assert case.data[0].account_of is Unknown.UNKNOWN


def test_nothing_may_be_called_unknown():
    assert "mistaken" in faults("case: a\nforum: CN\ndata: [{id: unknown}]")


def test_json_is_read_as_well():
    case = Case.from_text('{"case": "a", "forum": "CN", "data": [{"id": "mail", "expires_on": "2026-08-18"}]}')
    assert case.data[0].expires_on == date(2026, 8, 18)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("UK", "GB"),
        ("Germany", "DE"),
        ("germny", "DE"),
        ("USA", "US"),
        ("cn", "CN"),
        ("South Korea", "KR"),
        ("Russia", "RU"),
    ],
)
def test_a_wrong_state_is_answered_with_the_right_one(written, meant):
    assert f"did you mean '{meant}'" in faults(f"case: a\nforum: {written}")


def test_all_faults_are_told_at_once_with_their_places():
    text = faults(
        "case: a\nforum: UK\ncolour: red\ndata:\n  - id: mail\n    category: contents\n    expires_on: 2024-13-01\n"
    )
    assert "case.yaml:2:8" in text
    assert "case.yaml:3:1  F101" in text
    assert "unknown field 'colour'" in text
    assert "did you mean 'content'" in text
    assert "'2024-13-01' is no date" in text


def test_an_impossible_date_is_refused():
    assert "is no date" in faults("case: a\nforum: CN\nas_of: 2023-02-29")


def test_an_id_used_twice_is_refused():
    assert "'x' is used twice" in faults("case: a\nforum: CN\ndata: [{id: x}, {id: x}]")


def test_every_wrong_id_is_told_at_its_own_place():
    text = faults("case: a\nforum: CN\ndata:\n  - {id: x}\n  - {id: x}\n  - {id: y, custodian: z}\n")
    assert "5:10" in text
    assert "6:24" in text


def test_an_entry_that_is_no_part_is_told_what_is_wanted():
    assert "'data' cannot be '5'" in faults("case: a\nforum: CN\ndata: [5]")
    assert "keys with values is wanted" in faults("case: a\nforum: CN\ndata: [5]")


def test_a_reference_to_nothing_is_refused_and_the_known_ids_are_offered():
    text = faults("case: a\nforum: CN\ncustodians: [{id: isp}]\ndata: [{id: x, custodian: isb}]")
    assert "names 'isb'" in text
    assert "did you mean 'isp'" in text


def test_an_empty_value_is_refused_rather_than_guessed():
    assert "cannot be empty" in faults("case: a\nforum:\n")


def test_a_missing_forum_is_told():
    assert "'forum' is missing" in faults("case: a\n")


ASKED = "case: a\nforum: CN\ndirection: incoming\ndata: [{id: log}]\nrequests: [{id: r, items: [log], %s}]"


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        ("contains: [fact-summary]", "'fact-summary' is not an answer to 'contains'"),
        ("contains: [fact-summary]", "did you mean 'facts-summary'"),
        ("kind: mlat", "did you mean 'mla'"),
        ("contains: [signature], lacks: [signature]", "said to contain and to lack signature"),
        ("addressed_to: log", "which is not among the custodians or persons"),
        ("receved_on: 2026-01-01", "did you mean 'received_on'"),
    ],
)
def test_a_fault_in_a_request_from_abroad_is_told_with_what_would_be_right(request_, told):
    assert told in faults(ASKED % request_)


def test_a_request_may_ask_only_for_what_the_case_has():
    assert "names 'lgo'" in faults(ASKED.replace("[log]", "[lgo]") % "kind: mla")


def test_requests_belong_to_a_case_in_which_we_are_asked():
    assert "write 'direction: incoming'" in faults("case: a\nforum: CN\nrequests: [{id: r, asked_by: US}]")


def test_a_request_written_out_reads_back_the_same():
    case = Case.from_text(ASKED % "asked_by: NO, addressed_to: authority, lacks: [purpose], received_on: 2026-01-05")
    assert Case.from_text(case.to_yaml()) == case


@given(
    st.builds(
        lambda state, days, answer: {"id": "x", "stored_in": state, "expires_on": days, "consent": answer},
        st.sampled_from(["unknown", "NO", "CN", "GB"]),
        st.one_of(st.just("unknown"), st.dates().map(str)),
        st.sampled_from(["yes", "no", "unknown"]),
    )
)
def test_a_case_written_out_reads_back_the_same(item):
    case = Case.model_validate_json(__import__("json").dumps({"case": "a", "forum": "NO", "data": [item]}))
    assert Case.from_text(case.to_yaml()) == case


def test_a_scenario_can_be_read_as_a_case_under_its_date_of_law():
    case = Case.from_text("title: t\nas_of: 2013-12-04\ncase: {case: a, forum: US}\nexpect: {}\n")
    assert (case.case, case.title, case.as_of) == ("a", "t", date(2013, 12, 4))
