"""A survivor is proved to make no difference, or a case shows the difference that it makes."""

from __future__ import annotations

from functools import cache

import pytest
from trial import rulebook

from comity.audit.equivalence import Proof, Prover
from comity.audit.mutants import Fault
from comity.audit.mutation import amendment, mutants_of
from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity.scenario.expectable import Line

RULES = """\
- id: abroad
  title: What lies in another state
  cites: [law/1]
  when:
    - case: {forum: $here}
    - data: {id: $item, stored_in: $there}
    - different: [$here, $there]
  conclude:
    - abroad: {item: $item, state: $there}
  because: "{item} lies in {there}"

- id: asked
  title: The state where it lies is asked
  cites: [law/1]
  when:
    - case: {forum: $here}
    - data: {id: $item}
    - abroad: {item: $item, state: $there}
    - different: [$here, $there]
  conclude:
    - addressee: {item: $item, state: $there}
  because: "{item} lies in {there}"

- id: never
  title: A person is not two things at once
  cites: [law/1]
  when:
    - person: {id: $person, role: suspect}
    - person: {id: $person, role: victim}
  conclude:
    - warning: {about: $person, code: torn}
    - channel: {item: $person, state: FR, kind: extradition, days: [1, 2]}
  because: "{person} is both"

- id: help
  title: The state that is asked helps
  cites: [law/1]
  when:
    - addressee: {item: $item, state: $there}
  conclude:
    - channel: {item: $item, state: $there, kind: mla, days: [10, 20]}
  because: "{there} helps"

- id: ground
  title: The state that helps may refuse
  cites: [law/1]
  when:
    - addressee: {item: $item, state: $there}
    - channel: {item: $item, state: $there, kind: mla}
  conclude:
    - refusal_ground: {item: $item, state: $there, ground: sovereignty, effect: may}
  because: "{there} may refuse"
"""


@pytest.fixture
def compared(tmp_path):
    book = rulebook(tmp_path / "rules", RULES)
    prover = Prover(book)

    def compare(id_: str, fault: Fault, *words: str):
        """What the prover says of the only such fault whose change has all of these words."""
        every = [m for m in mutants_of(book, [id_]) if m.fault is fault and amendment(book, m) is not None]
        (mutant,) = [m for m in every if all(word in m.diff for word in words)]
        changed = amendment(book, mutant)
        return prover, mutant, changed, prover.compare(mutant, changed)

    return compare


@pytest.mark.parametrize("condition", ["-    - data: {id: $item}", "-    - different"])
def test_a_condition_that_another_rule_has_asked_for_may_be_left_out(compared, condition):
    """Only what lies in another state than the forum, and is an item of data, is abroad."""
    *_, found = compared("asked", Fault.DROP_CONDITION, condition)
    assert isinstance(found, Proof)
    assert found.by == "every case, whatever the tables say"


def test_a_condition_that_makes_a_difference_is_shown_by_a_case(compared):
    prover, mutant, changed, found = compared("help", Fault.FLIP_CONCLUSION)
    assert isinstance(found, Case)
    shown = prover.shown(mutant, changed, found)
    (item,) = shown.case.data
    assert item.stored_in != shown.case.forum, "an item that lies in another state"
    assert Line(("items", item.id, "offered"), f"mla {item.stored_in}") in shown.lines


def test_a_difference_that_changes_nothing_of_the_advice_is_that_a_rule_applies(compared):
    """What lies at home would be called abroad, which the only rule that reads it asks for once more."""
    prover, mutant, changed, found = compared("abroad", Fault.DROP_CONDITION, "-    - different")
    assert isinstance(found, Case)
    shown = prover.shown(mutant, changed, found)
    (item,) = shown.case.data
    assert shown.lines == (Line(("not_applied",), f"abroad {item.id} {item.stored_in}"),)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.CHANGE_NUMBER, ("+    - channel: {item: $person, state: FR, kind: extradition, days: [1, 3]}",)),
        (Fault.FLIP_CONCLUSION, ()),
        (Fault.DROP_CONCLUSION, ("code: torn}", "-    - warning")),
    ],
)
def test_a_rule_that_can_never_apply_may_say_anything(compared, fault, words):
    *_, found = compared("never", fault, *words)
    assert isinstance(found, Proof)


def test_another_term_makes_a_difference_wherever_the_rule_applies(compared):
    *_, found = compared("help", Fault.CHANGE_NUMBER, "[10, 21]")
    assert isinstance(found, Case)


def test_a_ground_that_is_read_from_no_channel_is_another_one(compared):
    """It would be shown on every route, although it follows in the same cases."""
    *_, found = compared("ground", Fault.DROP_CONDITION, "-    - channel")
    assert isinstance(found, Case)


@cache
def shipped() -> Prover:
    return Prover(Rulebook.shipped(), timeout=60.0)


def proofs(rule: str, fault: Fault) -> list[str | None]:
    """For each mutant of a shipped rule by that fault that is a rule at all, for which cases it is proved the same."""
    found = []
    for mutant in mutants_of(shipped().rulebook, [rule]):
        changed = amendment(shipped().rulebook, mutant) if mutant.fault is fault else None
        if changed is not None:
            proof = shipped().compare(mutant, changed)
            found.append(proof.by if isinstance(proof, Proof) else None)
    return found


def test_what_always_holds_where_the_rest_does_may_be_dropped():
    """In the tables the law that keeps all evidence in China is older than every other that keeps some there."""
    found = proofs("cn-blocked-means-no-direct-request", Fault.DROP_CONDITION)
    assert found == ["every case under the tables as they are"]


@pytest.mark.parametrize("fault", [Fault.DROP_CONDITION, Fault.SHIFT_DATE, Fault.FLIP_COMPARISON])
def test_a_mutant_that_some_case_tells_from_the_rule_is_not_called_the_same(fault):
    found = proofs("mla-treaty-eu-japan", fault)
    assert found
    assert set(found) == {None}
