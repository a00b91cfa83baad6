"""The steps of wizard.feature; all other features need no Python."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then, when

from comity import Rulebook
from comity.decision.opinion import Counsel
from comity_cli.wizard.draft import Draft
from comity_cli.wizard.interview import Interview
from comity_cli.wizard.panel import Panel
from comity_cli.wizard.questions import Kind
from comity_cli.wizard.reading import NotUnderstood


@pytest.fixture(scope="session")
def counsel():
    return Counsel(Rulebook.shipped())


@pytest.fixture
def talk(counsel):
    class Talk:
        interview = Interview(counsel.rulebook.tables)
        panel = Panel(counsel)
        refused = ""

    return Talk()


def fill(interview, **answers):
    while (asked := interview.current()) is not None:
        other = "no" if asked.question.kind is Kind.GATE else "unknown"
        interview.answer(answers.get(asked.key.replace(".", "_"), other))


@given("a new interview")
def _new(talk):
    assert talk.interview.answers == {}


@given(parsers.parse('an interview in which the office is in "{state}" and all else is unknown'))
def _unknown(talk, state):
    fill(talk.interview, forum=state)


@given(parsers.parse('an interview of an office in "{state}" about a mailbox of unknown place'))
def _mailbox(talk, state):
    fill(talk.interview, forum=state, data_1="yes", data_1_id="mailbox")


@when(parsers.parse('the officer types "{text}"'))
def _types(talk, text):
    try:
        talk.interview.answer(text)
    except NotUnderstood as error:
        talk.refused = str(error)


@when("the officer goes back")
def _back(talk):
    talk.interview.back()


@when(parsers.parse('the officer changes the place of the mailbox to "{place}"'))
def _place(talk, place):
    talk.interview.edit("data.1.stored_in")
    talk.interview.answer(place)


@when("the program is killed and started again")
def _killed(talk, tmp_path, counsel):
    draft = Draft(tmp_path / "case.yaml.draft")
    draft.save(talk.interview.answers, talk.interview.asking)
    talk.interview = Interview(counsel.rulebook.tables, *draft.load())


@then("the interview is complete")
def _complete(talk):
    assert talk.interview.current() is None


@then(parsers.parse('its case file says nothing but the forum "{code}"'))
def _case(talk, code):
    assert talk.interview.case().model_dump(mode="json", exclude_defaults=True) == {"case": "case", "forum": code}


@then(parsers.parse('the answer is refused with "{word}"'))
def _refused(talk, word):
    assert word in talk.refused


@then(parsers.parse('the open question is "{key}"'))
def _open(talk, key):
    assert talk.interview.current().key == key


@then(parsers.parse('the panel says of the mailbox "{words}"'))
def _panel(talk, words):
    assert any("mailbox" in line and words in line for line in talk.panel.lines(talk.interview))
