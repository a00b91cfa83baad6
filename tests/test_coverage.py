"""Together the worked cases try every instrument and every ground of refusal: where it serves, and where not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from comity import scenario
from comity.decision.model import Channel, Decision
from comity.decision.opinion import Counsel
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose
from comity.law.table_facts import standing
from comity.logic.agreement import Reference
from comity.logic.rule import Kind

FOLDER = Path(__file__).parents[1] / "scenarios"
SHIPPED = Rulebook.shipped()


def folder_of(rule: LawRule) -> tuple[str, str]:
    path = Path(rule.place.file)
    return path.parent.name, path.stem


FILES = {
    name: [rule for rule in SHIPPED.rules if folder_of(rule) == ("instruments", name)]
    for name in sorted({folder_of(rule)[1] for rule in SHIPPED.rules if folder_of(rule)[0] == "instruments"})
}
GROUNDS = sorted(
    {str(head.terms[2]) for rule in SHIPPED.rules for head, _ in rule.heads if head.relation == "refusal_ground"}
)


def openers(name: str) -> dict[str, set[str]]:
    """The rules of a file that open a channel, each with its kinds."""
    found: dict[str, set[str]] = {}
    for rule in FILES[name]:
        for part in rule.kernel:
            if part.kind is not Kind.DEFEATER and part.head.relation == "channel" and part.head.positive:
                found.setdefault(rule.id, set()).add(str(part.head.terms[2]))
    return found


OPENING = [name for name in FILES if openers(name)]
CLOSING = [name for name in FILES if not openers(name)]
"""Files that open no channel: they say that an instrument obtains nothing, or what an opened order lifts."""


@cache
def worked() -> tuple[tuple[scenario.Scenario, Decision], ...]:
    counsel = Counsel(SHIPPED, Reference(SHIPPED.program))
    read = [scenario.read(path) for path in scenario.find([FOLDER])]
    return tuple((one, scenario.opinion(counsel, one).decision) for one in read)


def channels(decision: Decision) -> Iterator[tuple[str, Channel]]:
    for advice in (*decision.data, *decision.assets, *decision.persons):
        for channel in advice.channels:
            yield advice.item, channel


def spoken(channel: Channel) -> set[str]:
    return {reason.rule for reason in (*channel.reasons, *channel.against)}


@pytest.mark.parametrize("name", OPENING)
def test_an_instrument_carries_a_channel_in_a_worked_case(name):
    rules = set(openers(name))
    assert any(
        rules & {reason.rule for reason in channel.reasons}
        for _, made in worked()
        for _, channel in channels(made)
        if channel.status == "offered"
    ), f"no scenario in which a rule of {name}.yaml carries an offered channel"


@pytest.mark.parametrize("name", OPENING)
def test_an_instrument_does_not_serve_in_a_worked_case(name):
    """A scenario expects such a channel to be closed; the instrument is known to one side and does not link both."""
    kinds = {kind for opened in openers(name).values() for kind in opened}
    for one, made in worked():
        closed = {
            (item, wanted)
            for item, expected in one.expect.items.items()
            for wanted in (*expected.refused, *expected.undecided)
        }
        for item, channel in channels(made):
            expected = (item, f"{channel.kind} {channel.state}") in closed and str(channel.kind) in kinds
            silent = not set(openers(name)) & spoken(channel)
            if expected and silent and known_to_one_side(name, one, channel.state):
                return
    pytest.fail(f"no scenario in which {name}.yaml does not open what it could")


def known_to_one_side(name: str, one: scenario.Scenario, other: str) -> bool:
    """Of an instrument with a table: one of the two states stands in it, and it does not bind both."""
    tables = (suppose(SHIPPED, one.suppose) if one.suppose else SHIPPED).tables
    if name not in tables.parties:
        return True
    found = {
        state: {standing(r, one.as_of, tables.instruments[name]) for r in tables.parties[name] if r["state"] == state}
        for state in (str(one.case.forum), other)
    }
    return any(found.values()) and not all("party" in standings for standings in found.values())


@pytest.mark.parametrize("name", CLOSING)
def test_a_file_that_opens_nothing_speaks_in_one_worked_case_and_is_silent_in_another(name):
    rules = {rule.id for rule in FILES[name]}
    says = {
        any(rules & spoken(channel) for _, channel in channels(made))
        or any(rules & {r.rule for r in advice.direct_access.reasons} for advice in made.data)
        for one, made in worked()
        if name in one.path.stem or rules & {r.rule for _, c in channels(made) for r in c.reasons} or one.suppose
    }
    assert says == {True, False}


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_of_refusal_stands_in_one_worked_case_and_is_missing_in_another(ground):
    items = [expected for one, _ in worked() for expected in one.expect.items.values()]
    replies = [reply for one, _ in worked() for asked in one.expect.replies.values() for reply in asked.values()]
    assert any(ground in expected.grounds for expected in [*items, *replies]), f"no scenario expects {ground}"
    assert any(ground in expected.no_grounds for expected in items), f"no scenario expects that there is no {ground}"


def test_there_are_as_many_worked_cases_as_the_rulebook_needs():
    documented = [one for one, _ in worked() if one.kind == "documented"]
    assert len(worked()) >= 80
    assert len(documented) >= 40
    assert [one.path.stem for one in documented if not one.source] == []
