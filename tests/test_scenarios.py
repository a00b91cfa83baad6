"""The worked cases hold under the shipped rules, and together they cover what an officer may ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from comity import scenario
from comity.decision.model import Channel, Decision
from comity.decision.opinion import Counsel, Opinion
from comity.law.rulebook import Rulebook
from comity.law.terms import ChannelKind, Phase

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = sorted(FOLDER.rglob("*.yaml"))
CLOSED = {ChannelKind.DIRECT_ORDER, ChannelKind.REMOTE_SEARCH}
"""What one state does in another on its own: no instrument in force opens it, so it is never offered."""

KIND = {"documented": "documented", "hypothetical": "initiatives"}

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def counsel() -> Counsel:
    return Counsel(Rulebook.shipped())


@cache
def read(path: Path) -> scenario.Scenario:
    return scenario.read(path)


@cache
def opinion(path: Path) -> Opinion:
    return scenario.opinion(counsel(), read(path))


def decision(path: Path) -> Decision:
    return opinion(path).decision


def channels(path: Path) -> list[tuple[str, Channel]]:
    made = decision(path)
    return [(advice.item, c) for advice in (*made.data, *made.assets, *made.persons) for c in advice.channels]


def named(name: str) -> Path:
    return next(path for path in FILES if path.stem == name)


@every_file
def test_the_decision_is_what_the_law_requires(path):
    assert list(scenario.judge(read(path).expect, opinion(path))) == []


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
    """Documented cases and cases of the initiatives have a folder each; a folder named after a theme holds both."""
    assert path.parent.name not in set(KIND.values()) - {KIND[read(path).kind]}
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


@every_file
def test_money_that_anybody_can_hold_is_held_before_anything_else(path):
    """Unless the route freezes at home, or the money is held already, or others ask us."""
    made = decision(path)
    if made.replies:
        return
    first = {item for step in made.plan if step.kind and step.kind.phase is Phase.PRESERVE for item in step.items}
    held = {step.item for step in read(path).case.steps}
    for advice in made.assets:
        state = advice.recommended.state if advice.recommended else None
        holds = [c for c in advice.channels if c.status == "offered" and c.kind.phase is Phase.PRESERVE]
        if advice.item not in held and any(c.state == state or state is None for c in holds):
            assert advice.item in first
    kinds = [bool(step.kind and step.kind.phase is Phase.PRESERVE) for step in made.plan]
    assert kinds == sorted(kinds, reverse=True)


def test_there_are_enough_scenarios():
    assert len(FILES) >= 80
    assert sum(read(path).kind == "documented" for path in FILES) >= 40


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
        ("conduct-test-eve", "conduct-test-first-day"),
        ("conduct-test-first-day", "conduct-test-eve"),
        ("neighbours-2010", "neighbours-2026"),
        ("neighbours-2026", "neighbours-2010"),
        ("eu-freezing-eve", "eu-freezing-first-day"),
        ("eu-freezing-first-day", "eu-freezing-eve"),
        ("exchange-in-china-2024", "exchange-in-china-2025"),
        ("exchange-in-china-2025", "exchange-in-china-2024"),
        ("incident-in-the-union", "incident-in-the-union-eve"),
        ("bangladesh-bank-today", "bangladesh-bank-2016-money"),
        ("bangladesh-bank-2016-money", "bangladesh-bank-today"),
        ("logs-may-be-gone", "logs-may-be-gone-already"),
        ("logs-may-be-gone-already", "logs-may-be-gone"),
        ("budapest-offered", "budapest-not-offered"),
        ("budapest-not-offered", "budapest-offered"),
        ("eu-us-offered", "eu-us-not-offered"),
        ("eu-us-not-offered", "eu-us-offered"),
        ("eu-japan-offered", "eu-japan-not-offered"),
        ("eu-japan-not-offered", "eu-japan-offered"),
        ("ets-030-offered", "ets-030-not-offered"),
        ("ets-030-not-offered", "ets-030-offered"),
        ("arab-it-offences-offered", "arab-it-offences-not-offered"),
        ("arab-it-offences-not-offered", "arab-it-offences-offered"),
        ("asean-mlat-offered", "asean-mlat-not-offered"),
        ("asean-mlat-not-offered", "asean-mlat-offered"),
        ("cis-minsk-offered", "cis-minsk-not-offered"),
        ("cis-minsk-not-offered", "cis-minsk-offered"),
        ("cis-chisinau-offered", "cis-chisinau-not-offered"),
        ("cis-chisinau-not-offered", "cis-chisinau-offered"),
        ("access-agreement-au-us-eve", "access-agreement-au-us-first-day"),
        ("access-agreement-au-us-first-day", "access-agreement-au-us-eve"),
        ("personal-data-2018-05-25", "personal-data-2018-05-24"),
        ("uncc-supposed", "uncc-supposed-eve"),
        ("uncc-supposed-eve", "uncc-supposed"),
        ("budapest-protocol-2-supposed", "budapest-protocol-2-supposed-eve"),
        ("budapest-protocol-2-supposed-eve", "budapest-protocol-2-supposed"),
        ("eu-no-is-surrender-offered", "eu-no-is-surrender-not-offered"),
        ("eu-no-is-surrender-not-offered", "eu-no-is-surrender-offered"),
        ("forum-bar-eve", "forum-bar-first-day"),
        ("forum-bar-first-day", "forum-bar-eve"),
        ("ets-024-not-offered", "ets-024-offered"),
    ],
)
def test_the_date_of_law_makes_the_difference(name, other):
    """A scenario of a pair would fail on the day of the other."""
    moved = scenario.opinion(counsel(), read(named(name)), read(named(other)).as_of)
    assert list(scenario.judge(read(named(name)).expect, moved)) != []
