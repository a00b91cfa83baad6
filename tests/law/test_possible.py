"""What proofs take for granted holds of worked cases, of random ones, and of the tables on every day."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from comity import scenario
from comity.decision.proving import told
from comity.law.assumed import breaches, keys
from comity.law.case import Case
from comity.law.casefile import case_of
from comity.law.dated import dated
from comity.law.facts import facts
from comity.law.possible import any_case, case_axioms, pattern, shapes
from comity.law.property import read_properties
from comity.law.rulebook import Rulebook
from comity.law.state import titles
from comity.law.table_facts import table_facts
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.axiom import Axiom, Shape, broken, foreign, repeated
from comity.logic.terms import Comparison, Literal, Var
from comity.selfcheck import random_cases

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@cache
def shipped() -> Rulebook:
    return Rulebook.shipped()


@cache
def rows():
    return tuple(dated(shipped().tables))


def cases() -> list[tuple[Case, date]]:
    """Worked cases of each folder, every request among them, and random ones."""
    paths = sorted(SCENARIOS.rglob("*.yaml"))
    chosen = [*Random(4).sample(paths, 15), *(SCENARIOS / "incoming").glob("*.yaml")]
    worked = [(one.case, one.as_of) for one in map(scenario.read, dict.fromkeys(chosen)) if not one.suppose]
    return [*worked, *((case, case.as_of) for case in random_cases(shipped(), 25, 7) if case.as_of)]


def test_every_case_keeps_to_what_is_assumed_of_all():
    assumed = [claim.axiom for claim in read_properties(shipped())[0] if claim.axiom]
    setting = any_case(shipped(), assumed)
    for case, day in cases():
        given = facts(case, shipped().tables, day) | frozenset(told(shipped(), case, day))
        assert (case.case, broken(setting.axioms, given)) == (case.case, [])
        assert (case.case, repeated(setting.facts, given)) == (case.case, [])
        assert (case.case, foreign(setting.facts, given)) == (case.case, [])


def test_a_case_is_made_of_its_facts_again():
    of_the_case = {name for name, relation in RELATIONS.items() if relation.origin is Origin.CASE}
    for case, day in cases():
        given = frozenset(f for f in facts(case, shipped().tables, day) if f.relation in of_the_case)
        made = case_of(given, "again")
        assert made.as_of == day
        again = frozenset(f for f in facts(made, shipped().tables, day) if f.relation in of_the_case)
        assert {f for f in again ^ given if f.relation != "system"} == set()


def test_a_state_that_is_only_involved_becomes_the_place_of_a_system():
    head = pattern("case", forum="CN", authority="police", direction="outgoing", stage="unknown", urgency="unknown",
                   as_of="2026-01-01")  # fmt: skip
    made = case_of([head, Literal("involved", ("CN",)), Literal("involved", ("KE",))], "case")
    assert [system.located_in for system in made.systems] == ["KE"]


@pytest.mark.parametrize("day", ["1995-06-01", "2004-07-01", "2004-06-30", "2019-11-01", "2022-10-03", "2026-08-18"])
def test_the_dated_tables_say_of_a_day_what_the_tables_say(day):
    of_the_day = date.fromisoformat(day)
    known = set(table_facts(shipped().tables, {*titles(), "EU"}, set(shipped().tables.offences), of_the_day))
    assert {row.fact for row in rows() if row.since <= of_the_day <= row.until} == known


def test_the_tables_keep_to_what_is_assumed_of_them():
    assumed = [claim.axiom for claim in read_properties(shipped())[0] if claim.axiom]
    assert list(breaches(assumed, shapes(shipped()), rows())) == []
    assert "statute: on one day no more than one row for each state and category" in list(keys(shapes(shipped())))


DAY = Var("day")
AGREEMENT = pattern("bilateral", kind="cloud-act", state=Var("state"), other=Var("other"))


@pytest.mark.parametrize(
    ("comparison", "first"),
    [
        (Comparison("<", DAY, "2022-10-03"), None),
        (Comparison("<", DAY, "2022-10-04"), "2022-10-03"),
        (Comparison("<=", DAY, "2022-10-03"), "2022-10-03"),
        (Comparison(">=", DAY, "2030-01-01"), "2030-01-01"),
        (Comparison("==", DAY, "2024-01-31"), "2024-01-31"),
    ],
)
def test_an_assumption_is_checked_on_every_day(comparison, first):
    axiom = Axiom("no agreement then", (pattern("case", as_of=DAY), AGREEMENT, comparison))
    found = list(breaches([axiom], shapes(shipped()), rows()))
    assert [str(breach.day) for breach in found] == ([first] if first else [])


def test_a_row_that_has_to_stand_beside_another_has_to_on_all_its_days():
    def without(instrument: str, other: str) -> list[str]:
        party = pattern("party", instrument=instrument, state=Var("state"))
        beside = pattern("party", instrument=other, state=Var("state"))
        axiom = Axiom("both or neither", (party,), ((beside,),))
        return [str(breach.day) for breach in breaches([axiom], shapes(shipped()), rows())]

    assert without("eu-evidence", "eu-members") == []
    assert without("eu-evidence", "budapest") == ["2026-08-18"]  # Ireland is bound by the regulation, and no party


def test_two_rows_with_one_key_are_found_only_where_their_days_meet():
    one = Literal("party_since", ("budapest", "KE", "2020-01-01"))
    other = Literal("party_since", ("budapest", "KE", "2021-01-01"))
    from comity.law.dated import Dated

    def found(*days: tuple[str, str]) -> int:
        dates = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in days]
        pairs = [Dated(fact, since, until) for fact, (since, until) in zip((one, other), dates, strict=True)]
        return len(list(breaches([], {"party_since": Shape(3, 2)}, pairs)))

    assert found(("2020-01-01", "2020-12-31"), ("2021-01-01", "2030-01-01")) == 0
    assert found(("2020-01-01", "2021-01-01"), ("2021-01-01", "2030-01-01")) == 1


def test_what_is_assumed_of_case_files_is_said_in_words():
    said = [axiom.says for axiom in case_axioms()]
    assert "only who is asked has requests" in said
    assert all(text and text[0].islower() for text in said)
