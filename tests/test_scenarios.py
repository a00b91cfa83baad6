"""The worked cases hold under the shipped rules, and together they cover what an officer may ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from comity import scenario
from comity.decision.model import Channel, Decision
from comity.decision.opinion import Counsel
from comity.law.rulebook import Rulebook
from comity.law.terms import ChannelKind

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = sorted(FOLDER.rglob("*.yaml"))
CLOSED = {ChannelKind.DIRECT_ORDER, ChannelKind.REMOTE_SEARCH}
"""What one state does in another on its own: no instrument in force opens it, so it is never offered."""

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def counsel() -> Counsel:
    return Counsel(Rulebook.shipped())


@cache
def read(path: Path) -> scenario.Scenario:
    return scenario.read(path)


@cache
def decision(path: Path) -> Decision:
    return counsel().opinion(read(path).case, read(path).as_of).decision


def channels(path: Path) -> list[tuple[str, Channel]]:
    made = decision(path)
    return [(advice.item, c) for advice in (*made.data, *made.assets, *made.persons) for c in advice.channels]


def named(name: str) -> Path:
    return next(path for path in FILES if path.stem == name)


@every_file
def test_the_decision_is_what_the_law_requires(path):
    assert list(scenario.judge(read(path).expect, decision(path))) == []


@every_file
def test_a_scenario_names_its_source(path):
    assert any(letter.isdigit() for letter in read(path).source), "a source has a date, a number or an article"


@every_file
def test_a_scenario_expects_something_of_each_item_it_names(path):
    expect = read(path).expect
    assert expect.model_fields_set
    assert [name for name, wanted in expect.items.items() if not wanted.model_fields_set] == []


@every_file
def test_a_scenario_lies_where_its_kind_says_and_is_named_after_its_case(path):
    assert (
        path.parent.name in {"documented": ["documented"], "hypothetical": ["initiatives", "states"]}[read(path).kind]
    )
    assert read(path).case.case == path.stem


@every_file
def test_every_channel_to_every_addressee_has_a_status_with_a_reason(path):
    silent = [f"{item}: {c.kind} {c.state}" for item, c in channels(path) if not (c.reasons or c.against)]
    assert silent == []
    made = decision(path)
    for advice in (*made.data, *made.assets, *made.persons):
        spoken = {(c.kind, c.state) for c in advice.channels}
        assert spoken == {(kind, state) for kind in ChannelKind for state in advice.addressees}


@every_file
def test_nothing_abroad_is_taken_without_a_channel_that_lets_it(path):
    """Direct access to data that lies abroad is permitted only by a channel that is itself offered."""
    lifting = {
        ChannelKind.CONSENT_ACCESS,
        ChannelKind.PUBLIC_ACCESS,
        ChannelKind.PRODUCTION_ORDER,
        ChannelKind.EXECUTIVE_AGREEMENT_ORDER,
    }
    abroad = {data.id for data in read(path).case.data if data.stored_in != read(path).case.forum}
    for advice in decision(path).data:
        if advice.item in abroad and advice.direct_access.status == "permitted":
            assert lifting & {c.kind for c in advice.channels if c.status == "offered"}, advice.item


def test_there_are_enough_scenarios():
    assert len(FILES) >= 28
    assert sum(read(path).kind == "documented" for path in FILES) >= 16


def test_every_kind_of_channel_is_offered_somewhere_except_what_is_closed_to_all():
    offered = {c.kind for path in FILES for _, c in channels(path) if c.status == "offered"}
    assert offered == set(ChannelKind) - CLOSED


def test_every_kind_of_channel_is_refused_somewhere():
    assert {c.kind for path in FILES for _, c in channels(path) if c.status == "refused"} == set(ChannelKind)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("production-order-eve", "production-order-first-day"),
        ("production-order-first-day", "production-order-eve"),
        ("uk-us-agreement-eve", "uk-us-agreement-first-day"),
        ("uk-us-agreement-first-day", "uk-us-agreement-eve"),
        ("foreign-demand-2018-10-26", "foreign-demand-2018-10-25"),
        ("brazil-adc-51", "brazil-adc-51-in-force"),
        ("brazil-adc-51-in-force", "brazil-adc-51"),
        ("hansa-market", "hansa-market-before-directive"),
        ("hansa-market-before-directive", "hansa-market"),
        ("brexit-eve", "brexit-first-day"),
        ("brexit-first-day", "brexit-eve"),
        ("neighbours-2010", "neighbours-2026"),
        ("neighbours-2026", "neighbours-2010"),
    ],
)
def test_the_date_of_law_makes_the_difference(name, other):
    """A scenario of a pair would fail on the day of the other."""
    moved = counsel().opinion(read(named(name)).case, read(named(other)).as_of).decision
    assert list(scenario.judge(read(named(name)).expect, moved)) != []
