"""The shipped claims, and wrong rules that break them: each with a case that is decided as the claim forbids."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from comity import scenario
from comity.decision.opinion import Counsel
from comity.decision.proving import Judgment, Prover, Standing, applied, told
from comity.law.case import Case
from comity.law.facts import facts
from comity.law.possible import any_case
from comity.law.property import Claim, applies, read_properties
from comity.law.rulebook import Rulebook, shipped_folder
from comity.logic import reference
from comity.logic.program import Program
from comity.logic.prove import Impossible, Questions
from comity.logic.rule import Rule
from comity.logic.terms import Absent, Literal, Term, Var, variables

TODAY = date(2026, 11, 25)
SCENARIOS = Path(__file__).parents[2] / "scenarios"
HERE = {"blocked-and-asked", "forbidden-to-ask"}
"""Claims that other tables could break: a member state of the Union with an agreement on access to data, say."""


@cache
def shipped() -> Prover:
    rulebook = Rulebook.shipped()
    return Prover(rulebook, read_properties(rulebook)[0], TODAY, timeout=60)


def claims() -> list[str]:
    rulebook = Rulebook.from_folder(shipped_folder())
    return [claim.id for claim in read_properties(rulebook)[0] if claim.goal is not None]


def judged(prover: Prover, name: str) -> Judgment:
    claim = next(claim for claim in read_properties(prover.rulebook)[0] if claim.id == name)
    return prover.judge(claim)


@pytest.mark.slow
@pytest.mark.parametrize("name", claims())
def test_what_is_claimed_of_every_case_is_proved(name):
    found = judged(shipped(), name)
    assert (found.standing, found.text, found.why) == (
        Standing.PROVED_HERE if name in HERE else Standing.PROVED,
        "",
        "",
    )
    assert bool(found.rows) is (name in HERE)


WRONG = {
    "a power that reaches abroad overrides sovereignty": (
        "sovereignty-data",
        "  when:\n    - case: {forum: US}\n    - abroad: {item: $item, state: $there}\n"
        "    - data: {id: $item, custodian: $holder}\n    - custodian: {id: $holder, kind: provider, seat: US}\n"
        "  conclude: [{direct_access: {item: $item}}]\n  overrides: [sovereignty-1]\n",
    ),
    "a treaty that one state alone has signed is enough": (
        "sovereignty-data",
        "  when:\n    - case: {forum: $here}\n    - abroad: {item: $item, state: $there}\n"
        "    - party: {instrument: budapest, state: $here}\n    - data: {id: $item, consent: yes}\n"
        "  conclude: [{direct_access: {item: $item}}]\n  overrides: [sovereignty-1]\n",
    ),
    "a strict rule, which nothing can beat": (
        "sovereignty-data",
        "  strict: true\n  when:\n    - case: {forum: CN}\n    - data: {id: $item, public: yes, stored_in: $there}\n"
        "    - different: [$there, CN]\n  conclude: [{direct_access: {item: $item}}]\n",
    ),
    "an unknown place is taken for home": (
        "unknown-is-not-here",
        "  when:\n    - case: {forum: $here}\n    - data: {id: $item, stored_in: unknown, custodian: $holder}\n"
        "    - custodian: {id: $holder, seat: $here}\n"
        "  conclude: [{direct_access: {item: $item}}]\n  overrides: [location-unknown]\n",
    ),
    "an asset abroad is frozen from home": (
        "sovereignty-assets",
        "  when:\n    - case: {forum: $here}\n    - asset: {id: $item, kind: crypto-asset, located_in: $there}\n"
        "  conclude: [{direct_access: {item: $item}}]\n  overrides: [sovereignty-asset]\n",
    ),
    "an order is sent to a provider abroad": (
        "no-order-ends-abroad",
        "  when:\n    - case: {forum: $here}\n    - abroad: {item: $item, state: $there}\n"
        "    - data: {id: $item, category: subscriber}\n"
        "  conclude: [{channel: {item: $item, state: $there, kind: direct-order}}]\n  overrides: [sovereignty-1]\n",
    ),
}


def wrong(folder: Path, rule: str) -> Prover:
    head = "- id: wrong\n  title: A wrong rule\n  cites: [untoc/4]\n"
    (folder / "domestic").mkdir()
    (folder / "domestic" / "wrong.yaml").write_text(f'{head}{rule}  because: "{{item}} is taken"\n')
    rulebook = Rulebook.from_folder(folder)
    return Prover(rulebook, read_properties(rulebook)[0], TODAY, timeout=60)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_breaks_the_claim_with_a_case_that_is_so_decided(tmp_path, name):
    claim, rule = WRONG[name]
    prover = wrong(tmp_path, rule)
    found = judged(prover, claim)
    assert found.standing is Standing.FAILS
    assert found.case is not None
    opinion = Counsel(prover.rulebook).opinion(Case.from_text(found.case.to_yaml()))
    assert opinion.as_of == TODAY, "today's law is tried first"
    if claim == "no-order-ends-abroad":
        (item,) = opinion.decision.data
        assert ("direct-order", "offered") in {(c.kind, c.status) for c in item.channels}
    else:
        (item,) = [*opinion.decision.data, *opinion.decision.assets]
        assert item.direct_access.status == "permitted"
    assert "wrong" in applied(prover.rulebook, found.case, TODAY)
    assert "wrong" not in found.text


def test_the_case_that_is_shown_is_as_small_as_can_be(tmp_path):
    prover = wrong(tmp_path, WRONG["a power that reaches abroad overrides sovereignty"][1])
    case = judged(prover, "sovereignty-data").case
    assert case is not None
    made = case.model_dump(mode="json", exclude_defaults=True)
    (there,) = {item["stored_in"] for item in made["data"]}
    assert there not in ("US", "unknown")
    assert made == {
        "case": "sovereignty-data",
        "title": made["title"],
        "forum": "US",
        "as_of": "2026-11-25",
        "custodians": [{"id": "holder", "kind": "provider", "seat": "US"}],
        "data": [{"id": "item", "stored_in": there, "custodian": "holder"}],
    }


def test_the_law_of_a_past_day_is_looked_at_where_today_does_not_break_the_claim(tmp_path):
    rule = "  effective: {until: 2005-12-31}\n" + WRONG["an asset abroad is frozen from home"][1]
    found = judged(wrong(tmp_path, rule), "sovereignty-assets")
    assert found.standing is Standing.FAILS
    assert found.case is not None
    assert found.case.as_of is not None
    assert found.case.as_of <= date(2005, 12, 31)


def test_what_only_other_tables_would_break_is_proved_for_these(tmp_path):
    rule = (
        "  when:\n    - case: {forum: $here}\n    - asset: {id: $item, located_in: $there}\n"
        "    - party: {instrument: budapest-protocol-2, state: $there}\n"
        "  conclude: [{direct_access: {item: $item}}]\n  overrides: [sovereignty-asset]\n"
    )
    found = judged(wrong(tmp_path, rule), "sovereignty-assets")
    assert found.standing is Standing.PROVED_HERE
    assert len(found.rows) == 1
    assert found.rows[0].startswith("party(budapest-protocol-2, ")


def test_of_what_must_be_possible_a_case_is_shown(tmp_path):
    (tmp_path / "properties").mkdir()
    text = (
        '- id: {id}\n  title: t\n  cites: [untoc/4]\n  because: "{{item}}"\n  possible:\n    - case: {{forum: $here}}\n'
        "    - data: {{id: $item, stored_in: $there}}\n    - different: [$here, $there]\n    - {wanted}\n"
    )
    (tmp_path / "properties" / "own.yaml").write_text(
        text.format(id="open", wanted="direct_access: {item: $item}")
        + text.format(id="closed", wanted="channel: {item: $item, state: $there, kind: direct-order}")
    )
    rulebook = Rulebook.from_folder(tmp_path)
    prover = Prover(rulebook, read_properties(rulebook)[0], TODAY, timeout=60)
    shown = judged(prover, "open")
    assert shown.standing is Standing.PROVED
    assert shown.case is not None
    assert Counsel(rulebook).opinion(shown.case).decision.data[0].direct_access.status == "permitted"
    assert judged(prover, "closed").standing is Standing.FAILS


def test_a_rule_that_can_never_apply_is_found(tmp_path):
    rule = (
        "  when:\n    - case: {forum: $here}\n    - data: {id: $item, stored_in: $here}\n"
        "    - asset: {id: $item}\n  conclude: [{warning: {about: $item, code: both}}]\n"
    )
    assert wrong(tmp_path, rule).can_apply("wrong").never


@pytest.mark.parametrize("rule", ["uncac-44-extradition", "access-agreement-third-state", "eu-gb-dual-criminality"])
def test_a_rule_can_apply_in_a_case_made_for_it(rule):
    found = shipped().can_apply(rule)
    assert found.case is not None
    assert found.case.as_of is not None
    assert rule in applied(shipped().rulebook, found.case, found.case.as_of)
    assert rule in found.applied


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("protocol-2-7-order", {"party(budapest-protocol-2"}),
        ("protocol-2-9-1-b-subscriber", {"party(budapest-protocol-2", "reservation(budapest-protocol-2"}),
    ],
)
@pytest.mark.parametrize("seed", [2, 4])
def test_a_rule_for_a_treaty_that_binds_nobody_waits_for_its_parties_whatever_was_asked_before(rule, rows, seed):
    draw = Random(seed)
    rulebook = shipped().rulebook
    claimed = [claim for claim in read_properties(rulebook)[0] if claim.goal is not None]
    prover = Prover(rulebook, read_properties(rulebook)[0], TODAY, timeout=60)
    for claim in draw.sample(claimed, 4):
        prover.judge(claim)
    found = prover.can_apply(rule)
    assert found.case is None
    assert {row.partition(",")[0] for row in found.rows} == rows


@pytest.mark.slow
def test_what_a_worked_case_shows_is_never_said_to_be_impossible():
    """The soundness of 'proved', tried on the law itself: rules that apply, and conclusions that stand together."""
    draw = Random(11)
    chosen = draw.sample(sorted(SCENARIOS.rglob("*.yaml")), 5)
    rulebook, setting = shipped().rulebook, any_case(shipped().rulebook)
    asked = 0
    for one in map(scenario.read, chosen):
        if one.suppose:
            continue
        given = facts(one.case, rulebook.tables, one.as_of) | frozenset(told(rulebook, one.case, one.as_of))
        model = reference.model(rulebook.program, given)
        rules = sorted({firing.rule.id for group in model.firings.values() for firing in group})
        goals = [applies(rulebook.program.by_id[draw.choice(rules)])]
        goals += [_together(draw, model.held, str(n)) for n in range(2)]
        program = Program((*rulebook.program.rules, *dict.fromkeys(goals)), rulebook.program.superiority)
        questions = Questions(program, setting)
        for goal in goals:
            asked += 1
            assert not isinstance(questions.ask(goal.head, 5), Impossible), (one.case.case, str(goal))
    assert asked > 9


def _together(draw: Random, held: frozenset[Literal], name: str) -> Rule:
    """A question whether two literals of a model, and the absence of what it has not, can stand together."""
    known = sorted(held, key=str)
    concluded = [literal for literal in known if literal.relation in ("channel", "direct_access", "claim", "blocked")]
    first = draw.choice(concluded or known)
    second = draw.choice([literal for literal in known if set(literal.terms) & set(first.terms)])
    named: dict[Term, Var] = {}

    def general(value: Term) -> Term:
        if value == "unknown" or (isinstance(value, str) and value in ("yes", "no")):
            return value
        return named.setdefault(value, Var(f"v{len(named)}"))

    body = [Literal(one.relation, tuple(map(general, one.terms)), one.positive) for one in (first, second)]
    absent = [Absent(~body[0])] if ~first not in held else []
    bound = dict.fromkeys(name for literal in body for name in variables(literal))
    return Rule(f"!q{name}", Literal(f"!q{name}", tuple(map(Var, bound))), (*dict.fromkeys(body), *absent))


def test_claims_about_tables_alone_have_nothing_to_judge():
    found = read_properties(shipped().rulebook)[0]
    assert all((claim.goal is None) is (claim.claim in (Claim.TABLES_NEVER, Claim.EVERY_RULE)) for claim in found)
