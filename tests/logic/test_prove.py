"""The proof reading against the reference reading: on random programs, and on small ones with known answers."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_programs import ARITY, DRAWN, VALUES, facts, program

from comity.logic import reference
from comity.logic.axiom import Axiom, Setting, Shape, broken, foreign, repeated
from comity.logic.domain import INVENTED, Codes, Domain
from comity.logic.program import Program
from comity.logic.prove import Impossible, Open, Possible, ask
from comity.logic.rule import Kind, Rule
from comity.logic.soundness import ProgramError
from comity.logic.terms import Absent, Comparison, Literal, Var

X, Y, Z = Var("x"), Var("y"), Var("z")
WORDS = tuple(value for value in VALUES if isinstance(value, str))


def lit(relation: str, *terms: object, positive: bool = True) -> Literal:
    return Literal(relation, terms, positive)  # type: ignore[arg-type]


def some(relation: str, positive: bool = True) -> Literal:
    return Literal(relation, tuple(Var(f"g{n}") for n in range(ARITY[relation])), positive)


def random_setting(draw: Random) -> Setting:
    """Facts of r0 to r2 only, at times with a key and with closed lists."""
    lists = [None, Domain((*WORDS[:2], 1, 2)), Domain(WORDS[2:], numbers=(0, 3))]
    shapes = {}
    for relation in ("r0", "r1", "r2"):
        arity = ARITY[relation]
        key = draw.choice([None, None, 1]) if arity > 1 else None
        shapes[relation] = Shape(arity, key, tuple(draw.choice(lists) for _ in range(arity)))
    return Setting(shapes)


def allowed(setting: Setting, world: set[Literal]) -> set[Literal]:
    """Those of some facts that there may be."""
    kept: dict[object, Literal] = {}
    for fact in sorted(world, key=str):
        shape = setting.facts.get(fact.relation)
        if fact.positive and shape is not None and not foreign(setting.facts, [fact]):
            kept.setdefault((fact.relation, fact.terms[: shape.key]), fact)
    return set(kept.values())


@settings(max_examples=120, deadline=None)
@given(DRAWN)
def test_where_the_facts_are_fixed_both_readings_say_the_same(draw):
    made = program(draw)
    if made is None:
        return
    world = facts(draw)
    fixed = [Rule(f"fact{n}", fact, (), Kind.STRICT) for n, fact in enumerate(sorted(world, key=str))]
    try:
        closed = Program((*made.rules, *fixed), made.superiority)
    except ProgramError:  # what is a fact makes some relation contested
        return
    answer = reference.model(made, world)
    goals = sorted({goal for head in answer.firings for goal in (head, ~head)} | answer.held, key=str)
    for goal in draw.sample(goals, min(4, len(goals))):
        found = ask(closed, goal, Setting({}), timeout=30)
        assert isinstance(found, Possible if goal in answer.held else Impossible), goal


@settings(max_examples=120, deadline=None)
@given(DRAWN)
def test_what_is_possible_is_shown_and_what_is_impossible_is_never_met(draw):
    made = program(draw)
    if made is None:
        return
    setting, goal = random_setting(draw), some(f"r{draw.randint(3, 6)}", draw.random() < 0.7)
    found = ask(made, goal, setting, timeout=2)
    if isinstance(found, Possible):
        assert found.literal in reference.model(made, found.facts).held
        assert (foreign(setting.facts, found.facts), repeated(setting.facts, found.facts)) == ([], [])
    elif isinstance(found, Impossible):
        for _ in range(40):
            world = allowed(setting, facts(draw) | facts(draw))
            assert reference.model(made, world).of(goal.relation, goal.positive) == []


def test_the_random_questions_are_worth_asking():
    """Guards the two tests above: both answers come up, and hardly any question stays open."""
    answers = []
    for seed in range(150):
        draw = Random(seed)
        made = program(draw)
        if made is not None:
            setting, goal = random_setting(draw), some(f"r{draw.randint(3, 6)}", draw.random() < 0.7)
            answers.append(type(ask(made, goal, setting, timeout=2)))
    assert answers.count(Possible) > 15
    assert answers.count(Impossible) > 15
    assert answers.count(Open) < 4


def test_an_exception_without_superiority_is_no_way_to_the_conclusion():
    rules = (
        Rule("taken", lit("taken", X), (lit("item", X, Y),)),
        Rule("abroad", lit("taken", X, positive=False), (lit("item", X, "abroad"),)),
    )
    goal = Rule("bad", lit("bad", X), (lit("taken", X), lit("item", X, "abroad")))
    setting = Setting({"item": Shape(2, 1)})
    assert isinstance(ask(Program((*rules, goal)), lit("bad", X), setting), Impossible)
    reversed_ = Program((*rules, goal), frozenset({("taken", "abroad")}))
    found = ask(reversed_, lit("bad", X), setting)
    assert isinstance(found, Possible)
    assert {fact.terms[1] for fact in found.facts} == {"abroad"}


def test_without_the_key_the_same_item_may_lie_in_two_places():
    rules = (
        Rule("taken", lit("taken", X), (lit("item", X, "home"),)),
        Rule("bad", lit("bad", X), (lit("taken", X), lit("item", X, "abroad"))),
    )
    assert isinstance(ask(Program(rules), lit("bad", X), Setting({"item": Shape(2, 1)})), Impossible)
    assert isinstance(ask(Program(rules), lit("bad", X), Setting({"item": Shape(2)})), Possible)


def test_as_many_things_are_proposed_as_the_question_needs():
    """Five persons, each older than the next, although no rule names one."""
    ages = [lit("older", Var(f"p{n}"), Var(f"p{n + 1}")) for n in range(4)]
    apart = [Comparison("!=", Var(f"p{a}"), Var(f"p{b}")) for a in range(5) for b in range(a)]
    chain = Rule("chain", lit("chain", Var("p0")), (*ages, *apart, Absent(lit("older", Var("_any"), Var("p0")))))
    found = ask(Program((chain,)), lit("chain", X), Setting({"older": Shape(2)}))
    assert isinstance(found, Possible)
    assert len({term for fact in found.facts for term in fact.terms}) >= 5


def test_the_same_unnamed_value_in_two_places_of_an_absence_is_one_value():
    rules = (Rule("none", lit("none"), (Absent(lit("pair", Var("_a"), Var("_a"))), lit("pair", X, Y))),)
    found = ask(Program(rules), lit("none"), Setting({"pair": Shape(2)}))
    assert isinstance(found, Possible)
    assert all(a != b for a, b in (fact.terms for fact in found.facts))


def test_days_and_numbers_keep_their_order():
    day = Domain(("unknown",), days=(date(2000, 1, 1), date(2030, 12, 31)))
    setting = Setting({"act": Shape(2, 1, (None, day)), "years": Shape(1, None, (Domain(numbers=(0, 200)),))})

    def possible(*body: Literal | Comparison) -> bool:
        return isinstance(ask(Program((Rule("q", lit("q"), body),)), lit("q"), setting), Possible)

    act = lit("act", X, Y)
    assert possible(act, Comparison(">=", Y, "2018-03-23"), Comparison("<", Y, "2018-03-24"))
    assert not possible(act, Comparison(">", Y, "2018-03-23"), Comparison("<", Y, "2018-03-24"))
    assert not possible(act, Comparison("<", Y, "2000-01-01"))
    assert possible(act, Comparison(">", Y, "2030-12-31"))  # "unknown" is no day, and comes after all of them
    assert not possible(act, Comparison(">", Y, "2030-12-31"), Comparison("!=", Y, "unknown"))
    assert possible(lit("years", X), Comparison(">", X, 199))
    assert not possible(lit("years", X), Comparison(">", X, 200))
    assert not possible(lit("years", X), Comparison(">", X, "a"))


def test_a_question_may_be_about_a_day():
    setting = Setting({"act": Shape(1, None, (Domain(days=(date(2000, 1, 1), date(2030, 12, 31))),))})
    found = ask(Program((Rule("q", lit("q", X), (lit("act", X),)),)), lit("q", X), setting)
    assert isinstance(found, Possible)
    assert "2000-01-01" <= str(found.literal.terms[0]) <= "2030-12-31"


def test_what_carries_itself_is_not_held():
    rules = (
        Rule("step", lit("near", X, Y), (lit("road", X, Z), lit("near", Z, Y))),
        Rule("begin", lit("near", X, Y), (lit("road", X, Y),)),
        Rule("bad", lit("bad", X, Y), (lit("near", X, Y), Absent(lit("road", Var("_any"), Y)))),
    )
    assert not isinstance(ask(Program(rules), lit("bad", X, Y), Setting({"road": Shape(2)}), timeout=1), Possible)
    circle = (Rule("up", lit("up", X), (lit("down", X),)), Rule("down", lit("down", X), (lit("up", X),)))
    assert isinstance(ask(Program(circle), lit("up", "a"), Setting({})), Impossible)


def test_axioms_exclude_and_ask_for_facts():
    goal = Rule("q", lit("q", X), (lit("ward", X, Y),))
    setting = Setting({"ward": Shape(2), "person": Shape(1)})
    alone = Axiom("nobody is a ward", (lit("ward", X, Y),))
    assert isinstance(ask(Program((goal,)), lit("q", X), Setting(setting.facts, (alone,))), Impossible)
    known = Axiom("a ward has a guardian among the persons", (lit("ward", X, Y),), ((lit("person", Y),),))
    other = Rule("r", lit("r"), (lit("person", "z"), lit("q", X)))
    found = ask(Program((goal, other)), lit("r"), Setting(setting.facts, (known,)))
    assert isinstance(found, Possible)
    assert broken((known,), found.facts) == []


def test_broken_axioms_are_told_with_the_facts():
    known = Axiom("a ward has a guardian", (lit("ward", X, Y),), ((lit("person", Y),), (lit("office", Y),)))
    ward, person, office = lit("ward", "a", "b"), lit("person", "b"), lit("office", "b")
    assert broken((known,), [ward, person]) == broken((known,), [ward, office]) == []
    assert broken((known,), [ward, lit("person", "c")]) == [(known, (ward,))]


def test_a_question_that_reckons_with_numbers_is_left_open():
    from comity.logic.terms import Arithmetic

    rules = (Rule("q", lit("q", Arithmetic("+", X, 1)), (lit("n", X),)),)
    assert isinstance(ask(Program(rules), lit("q", 3), Setting({"n": Shape(1)})), Open)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(date(1990, 1, 1), date(2040, 1, 1)), min_size=2, max_size=5, unique=True))
def test_the_codes_of_days_are_in_the_order_of_the_days(days):
    codes = Codes([day.isoformat() for day in days])
    ordered = sorted(days)
    assert all(codes.code(a.isoformat()) < codes.code(b.isoformat()) for a, b in pairwise(ordered))
    assert [codes.value(codes.code(day.isoformat())) for day in days] == [day.isoformat() for day in days]


@pytest.mark.parametrize("word", ["a", "b", "", 'say "x"'])
def test_made_up_words_lie_between_those_that_are_written(word):
    words = sorted(["a", "b", "", 'say "x"'])
    codes = Codes(words)
    made_up = codes.value(codes.code(word) + 17)
    assert isinstance(made_up, str)
    assert word < made_up
    assert all(made_up < other for other in words if other > word)


def test_a_word_that_is_made_up_is_told_from_those_that_somebody_wrote():
    codes = Codes(["yes", "no", "9(1)(b)"])
    made_up = codes.value(codes.code("no") + 7)
    assert re.sub(INVENTED, "…", f"row(DE, {made_up}, 9(1)(b))") == "row(DE, …, 9(1)(b))"
