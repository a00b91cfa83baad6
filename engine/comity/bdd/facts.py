"""The steps that tell the facts of a case; whatever is not told is unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.bdd.fields import WordError, slug
from comity.bdd.matter import Matter
from comity.bdd.words import step
from comity.law.state import State
from comity.law.terms import AssetKind, Authority, DataCategory, Stage, Urgency


@step("given", "{authority} of {state} investigate[s] {offence}[ committed on {date}]")
def investigate(comity_matter: Matter, authority: Authority, state: State, offence: str, date: date | None) -> None:
    """Who asks for advice, and about which offence; used again, it adds an offence."""
    comity_matter.facts |= {"forum": str(state), "authority": str(authority)}
    comity_matter.facts.setdefault("stage", "investigation")
    comity_matter.part("offences", offence, category=offence, committed_on=date)


@step("given", "{offence} was committed in {states}")
def committed_in(comity_matter: Matter, offence: str, states: list[State]) -> None:
    """Where the offender acted."""
    comity_matter.add_state(comity_matter.told("offences", offence), "conduct_in", states)


@step("given", "{offence} took effect in {states}")
def took_effect(comity_matter: Matter, offence: str, states: list[State]) -> None:
    """Where the harm was done."""
    comity_matter.add_state(comity_matter.told("offences", offence), "effects_in", states)


@step("given", "{offence} {was} committed by an organised group")
def organised(comity_matter: Matter, offence: str, was: bool) -> None:
    """Whether three or more persons acted together for some time; where nothing is said, it is unknown."""
    comity_matter.told("offences", offence)["organised_group"] = "yes" if was else "no"


@step("given", "the group behind {offence} {was} at work in several states")
def group_elsewhere(comity_matter: Matter, offence: str, was: bool) -> None:
    """Whether the organised group commits crimes in more than one state; where nothing is said, it is unknown."""
    comity_matter.told("offences", offence)["group_elsewhere"] = "yes" if was else "no"


@step("given", "{offence} {was} directed from another state")
def directed_elsewhere(comity_matter: Matter, offence: str, was: bool) -> None:
    """Whether much of its preparation, planning, direction or control was in another state than the act."""
    comity_matter.told("offences", offence)["directed_elsewhere"] = "yes" if was else "no"


@step("given", "{offence} {was} punishable in {states}")
def punishable(comity_matter: Matter, offence: str, was: bool, states: list[State]) -> None:
    """Whether the act was a crime there on the day it was done."""
    known: dict[str, str] = comity_matter.told("offences", offence).setdefault("punishable_in", {})
    known |= {str(s): "yes" if was else "no" for s in states}


@step("given", "{offence} carries up to {number} years in {state}")
def carries(comity_matter: Matter, offence: str, number: int, state: State) -> None:
    """The longest prison sentence that the law of a state provides."""
    comity_matter.told("offences", offence).setdefault("max_penalty_years", {})[str(state)] = number


@step("given", "{instrument} is supposed to be in force from {date}")
def supposed(comity_matter: Matter, instrument: str, date: date) -> None:
    """A treaty that is signed and not in force, taken to be in force for all who have signed it."""
    comity_matter.suppositions[instrument] = date


@step("given", "the matter is {urgency}")
def urgent(comity_matter: Matter, urgency: Urgency) -> None:
    """How fast evidence is needed."""
    comity_matter.facts["urgency"] = str(urgency)


@step("given", "the case is at the stage of {stage}")
def stage_of_case(comity_matter: Matter, stage: Stage) -> None:
    """How far the proceedings have come at home; without this step, an investigation."""
    comity_matter.facts["stage"] = str(stage)


@step("given", "{person} is a national of {states}")
def national(comity_matter: Matter, person: str, states: list[State]) -> None:
    """A person's nationalities."""
    comity_matter.add_state(comity_matter.person(person), "nationality", states)


@step("given", "{person} lives in {state}")
def lives(comity_matter: Matter, person: str, state: State) -> None:
    """A person's residence."""
    comity_matter.person(person)["residence"] = str(state)


@step("given", "{person} is in {state}")
def is_in(comity_matter: Matter, person: str, state: State) -> None:
    """Where a person can be found."""
    comity_matter.person(person)["whereabouts"] = str(state)


@step("given", "it is not known where {person} is")
def lost(comity_matter: Matter, person: str) -> None:
    """A person who has to be found first."""
    comity_matter.person(person)["whereabouts"] = "unknown"


@step("given", "{item}[, {category},] {are} stored in {state}[ and held by {custodian}]")
def stored(
    comity_matter: Matter, item: str, category: DataCategory | None, state: State, custodian: dict[str, Any] | None
) -> None:
    """An item of data, where it lies, and who holds it."""
    data = _data(comity_matter, item, category)
    data["stored_in"] = str(state)
    if custodian:
        _hold(comity_matter, data, custodian)


@step("given", "it is not known where {item}[, {category},] {are} stored")
def unknown_place(comity_matter: Matter, item: str, category: DataCategory | None) -> None:
    """An item of data whose place nobody knows; this is never read as 'here'."""
    _data(comity_matter, item, category)["stored_in"] = "unknown"


@step("given", "{item} {are} held by {custodian}")
def held(comity_matter: Matter, item: str, custodian: dict[str, Any]) -> None:
    """Who holds an item of data or an asset that was told of before."""
    _hold(comity_matter, comity_matter.told_anywhere(item, "data", "assets"), custodian)


@step("given", "the custodian of {item} is established in {states}")
def established(comity_matter: Matter, item: str, states: list[State]) -> None:
    """Where the custodian has establishments beside its seat."""
    comity_matter.add_state(_custodian(comity_matter, item), "establishments", states)


@step("given", "the custodian of {item} offers its services in {states}")
def offers(comity_matter: Matter, item: str, states: list[State]) -> None:
    """In which markets the custodian offers its services."""
    comity_matter.add_state(_custodian(comity_matter, item), "offers_services_in", states)


@step("given", "{item} {is} public")
def public(comity_matter: Matter, item: str, is_: bool) -> None:
    """Whether anyone may see the data without leave."""
    comity_matter.told("data", item)["public"] = "yes" if is_ else "no"


@step("given", "the person entitled to {item} {consents} to its disclosure")
def consents_to(comity_matter: Matter, item: str, consents: bool) -> None:
    """Whether the person with lawful authority to disclose the data agrees freely; else unknown."""
    comity_matter.told("data", item)["consent"] = "yes" if consents else "no"


@step("given", "{item} will be deleted on {date}")
def deleted(comity_matter: Matter, item: str, date: date) -> None:
    """The day on which the data are lost unless somebody preserves them."""
    comity_matter.told("data", item)["expires_on"] = date


@step("given", "{item} {is} preserved")
def preserved(comity_matter: Matter, item: str, is_: bool) -> None:
    """Whether the data are already kept from deletion."""
    comity_matter.told("data", item)["preserved"] = "yes" if is_ else "no"


@step("given", "{item} arise[s] in real time")
def real_time(comity_matter: Matter, item: str) -> None:
    """Data still to be intercepted or collected; without this step, data are stored already."""
    comity_matter.told("data", item)["timing"] = "real-time"


@step("given", "{item} {are} the account of {person}")
def account(comity_matter: Matter, item: str, person: str) -> None:
    """Whose account an item of data is."""
    comity_matter.told("data", item)["account_of"] = comity_matter.person(person)["id"]


@step("given", "{item}, {asset}, {are} located in {state}[ and held by {custodian}]")
def located(comity_matter: Matter, item: str, asset: AssetKind, state: State, custodian: dict[str, Any] | None) -> None:
    """An asset to be traced or frozen."""
    part = comity_matter.part("assets", slug(item), kind=str(asset), description=item, located_in=str(state))
    if custodian:
        _hold(comity_matter, part, custodian)


@step("given", "proceedings on {same} facts are at the stage of {stage} in {state}")
def proceedings(comity_matter: Matter, same: bool, stage: Stage, state: State) -> None:
    """Proceedings elsewhere, not yet ended."""
    comity_matter.part("proceedings", f"proceedings-{state.lower()}", state=str(state), stage=str(stage)).update(
        same_facts="yes" if same else "no", outcome="pending"
    )


@step("given", "{person} was finally {outcome} in {state} on {same} facts")
def judged(comity_matter: Matter, person: str, outcome: str, state: State, same: bool) -> None:
    """A final judgment elsewhere."""
    comity_matter.part("proceedings", f"judgment-{state.lower()}", state=str(state), stage="final-judgment").update(
        outcome=outcome, same_facts="yes" if same else "no", person=comity_matter.person(person)["id"]
    )


@step("given", "these facts")
def these_facts(comity_matter: Matter, docstring: str = "") -> None:
    """Facts that the other steps have no words for, between triple quotes, written as in a case file."""
    comity_matter.merge(docstring)


def _data(matter: Matter, item: str, category: DataCategory | None) -> dict[str, Any]:
    return matter.part("data", slug(item), description=item.strip('"'), category=category and str(category))


def _hold(matter: Matter, part: dict[str, Any], custodian: dict[str, Any]) -> None:
    matter.part("custodians", custodian["id"]).update(custodian)
    part["custodian"] = custodian["id"]


def _custodian(matter: Matter, item: str) -> dict[str, Any]:
    holder = matter.told_anywhere(item, "data", "assets").get("custodian")
    if holder is None:
        raise WordError(f"it is not told who holds '{slug(item)}'; write '{item} is held by a provider' before")
    return matter.told("custodians", holder)
