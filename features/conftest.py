"""The steps of wizard.feature and of a-whole-caseload.feature; all other features need no Python."""

from __future__ import annotations

import csv
import json
from datetime import date

import pyarrow.parquet as pq
import pytest
from pytest_bdd import given, parsers, then, when

from comity import Rulebook
from comity.decision.opinion import Counsel
from comity.law.case import Case
from comity.law.supposition import suppose
from comity.triage import comparison, run
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


CASELOAD = {"done in": "conduct_in", "on": "committed_on", "stored in": "stored_in", "deleted on": "expires_on"}


@pytest.fixture
def load(tmp_path):
    class Load:
        def __init__(self):
            self.rows, self.day, self.folder = [], None, tmp_path

        def decided(self, name, rulebook):
            path = self.folder / "cases.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in self.rows))
            found = run.begin(path, self.folder / name, rulebook, self.day)
            for _ in found.work(1):
                pass
            found.finish()
            found.output.close()
            self.output = found.output
            self.table = {row["case"]: row for row in pq.read_table(found.output.decisions).to_pylist()}

    return Load()


def told(datatable):
    header, *rows = datatable
    for values in rows:
        row = dict(zip(header, values, strict=True))
        offence = {"id": "act", "category": row["offence"], "conduct_in": [row["done in"]], "committed_on": row["on"]}
        item = {
            "id": row["item"],
            "category": "content",
            "stored_in": row["stored in"],
            "expires_on": row["deleted on"],
        }
        data = {name: value for name, value in item.items() if value}
        yield {"case": row["case"], "forum": row["forum"], "offences": [offence], "data": [data]}


@given(parsers.parse("a caseload under the law of {day}"))
def _caseload(load, day, datatable):
    load.day = date.fromisoformat(day)
    load.rows = list(told(datatable))


@given("a further row")
def _further(load, datatable):
    load.rows += told(datatable)


@when("the caseload is decided")
def _decided(load, counsel):
    load.decided("decided", counsel.rulebook)


@when(parsers.parse('it is decided again as if "{instrument}" were in force from {day}'))
def _supposed(load, counsel, instrument, day):
    load.decided("again", suppose(counsel.rulebook, {instrument: date.fromisoformat(day)}))
    comparison.compare(load.folder / "decided", load.output)
    changed = pq.read_table(load.output.folder / comparison.CHANGED)
    load.changed = set(changed["case"].to_pylist())


@then(parsers.parse('direct access to "{item}" is {status} in the case "{case}"'))
def _direct(load, item, status, case):
    assert [i["direct_access"] for i in load.table[case]["items"] if i["item"] == item] == [status]


@then(parsers.parse('"{topic}" is for counsel in the case "{case}"'))
def _undecided(load, topic, case):
    assert topic in load.table[case]["undecided"]


@then("every row says what the advice on its case says")
def _same(load, counsel):
    for row in load.rows:
        case = Case.model_validate_json(json.dumps(row))
        advice = counsel.opinion(case, load.day).decision
        found = load.table[row["case"]]
        assert found["lead"] == advice.lead.state
        assert [c["state"] for c in found["claims"]] == [c.state for c in advice.claims]
        for item, wanted in zip(found["items"], [*advice.data, *advice.assets], strict=True):
            best = wanted.recommended
            assert (item["item"], item["direct_access"]) == (wanted.item, wanted.direct_access.status)
            assert (item["recommended"] or {}).get("kind") == (best and best.kind)
            assert (item["recommended"] or {}).get("state") == (best and best.state)
        assert {(w["about"], w["code"]) for w in found["warnings"]} == {(w.about, w.code) for w in advice.warnings}
        assert set(found["undecided"]) == {u.topic for u in advice.undecided}


@then(parsers.parse('the cases "{one}" and "{other}" are decided as one'))
def _as_one(load, one, other):
    assert load.table[one]["facts"] == load.table[other]["facts"]


@then(parsers.parse('the cases "{one}" and "{other}" are decided each by itself'))
def _apart(load, one, other):
    assert load.table[one]["facts"] != load.table[other]["facts"]


@then(parsers.parse("{count:d} cases are decided"))
def _count(load, count):
    assert len(load.table) == count


@then(parsers.parse('row {row:d} is left aside because "{reason}"'))
def _aside(load, row, reason):
    with load.output.refused_rows.open(newline="") as lines:
        (found,) = csv.DictReader(lines)
    assert int(found["row"]) == row
    assert reason in found["reason"]


@then(parsers.parse('the case "{case}" is among those decided otherwise'))
def _otherwise(load, case):
    assert case in load.changed


@then(parsers.parse('the case "{case}" is not among those decided otherwise'))
def _unchanged(load, case):
    assert case not in load.changed
