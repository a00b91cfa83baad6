"""The steps that say whether an act is an offence in both states, and what may be done where it is not."""

from __future__ import annotations

from comity.bdd.fields import slug
from comity.bdd.matter import Matter, because, fail
from comity.bdd.words import step
from comity.decision.model import WayOut, WaysOut
from comity.law.state import State
from comity.law.terms import ChannelKind


@step("then", "dual criminality with {state} is {standing} for {item}")
def dual_criminality(comity_matter: Matter, state: State, standing: str, item: str) -> None:
    """Whether the act is an offence in the state asked too, by its name there or by what was done."""
    found = _entries(comity_matter, state, item)
    comity_matter.speak_of([reason for entry in found for reason in entry.reasons], [])
    standings: set[str] = {entry.dual_criminality for entry in found}
    if standing not in (standings or {"held"}):
        told = "; ".join(f"{entry.dual_criminality}, {entry.text}" for entry in found) or "it is given"
        fail(f"dual criminality with {state.label} is {standing}", told)


@step("then", "a request to {state} for {item} {may} be argued as {offence}")
def argued_as(comity_matter: Matter, state: State, item: str, may: str, offence: str) -> None:
    """Another name of the same conduct, or another offence of the case, that both states punish."""
    found = _way(comity_matter, state, item, ("qualification", "offence"), slug(offence))
    if (found is None) != (may == "may not"):
        fail(f"a request to {state.label} {may} be argued as {slug(offence)}", _ways(comity_matter, state, item))


@step("then", "{channel} {of} {state} needs no dual criminality for {item}")
def needs_none(comity_matter: Matter, channel: ChannelKind, state: State, item: str) -> None:
    """A channel that stays open although the act may be no offence in the state asked."""
    if _way(comity_matter, state, item, ("channel",), str(channel)) is None:
        fail(f"{channel} {state.label} needs no dual criminality", _ways(comity_matter, state, item))


@step("then", "{state} could lead instead for {item}")
def could_lead(comity_matter: Matter, state: State, item: str) -> None:
    """Another state with a claim, whose own request would meet dual criminality."""
    if _way(comity_matter, None, item, ("lead",), str(state)) is None:
        fail(f"{state.label} could lead instead", _ways(comity_matter, None, item))


def _entries(matter: Matter, state: State | None, item: str) -> list[WaysOut]:
    advice = matter.item(item)
    if state is not None and state not in advice.addressees:
        fail(f"{state.label} is asked for {advice.item}", f"to be asked: {', '.join(advice.addressees) or 'no state'}")
    found = matter.decision.ways_out
    return [entry for entry in found if entry.item == advice.item and state in (None, entry.state)]


def _way(matter: Matter, state: State | None, item: str, ways: tuple[str, ...], name: str) -> WayOut | None:
    found = [way for entry in _entries(matter, state, item) for way in entry.ways if way.way in ways]
    named = next((way for way in found if way.name == name), None)
    matter.speak_of(named.reasons if named else [], [])
    return named


def _ways(matter: Matter, state: State | None, item: str) -> str:
    """The ways out that there are, with what they rest on."""
    found = [way for entry in _entries(matter, state, item) for way in entry.ways]
    told = "; ".join(f"{way.text} ({because(way.reasons[:1])})" for way in found)
    return f"ways out: {told or 'none'}"
