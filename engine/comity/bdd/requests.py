"""The steps that tell of a request from abroad, and say what must hold of the reply to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.bdd.fields import WordError, slug
from comity.bdd.matter import Matter, because, fail
from comity.bdd.words import step
from comity.decision.model import Element, RequestReply
from comity.law.case import TO_AUTHORITY
from comity.law.state import State
from comity.law.terms import Authority, ChannelKind, RequestElement, Stage


@step("given", "{authority} of {state} {is} asked for help with {offence}[ committed on {date}]")
def asked(
    comity_matter: Matter, authority: Authority, state: State, is_: bool, offence: str, date: date | None
) -> None:
    """Who is asked from abroad and wants advice, and about which offence; used again, it adds an offence."""
    comity_matter.facts |= {"forum": str(state), "authority": str(authority), "direction": "incoming"}
    comity_matter.part("offences", offence, category=offence, committed_on=date)


@step("given", "{authority} of {state} ask[s] {addressee} for {item}[ by {channel}]")
def asks(
    comity_matter: Matter,
    authority: Authority,
    state: State,
    addressee: dict[str, Any] | None,
    item: str,
    channel: ChannelKind | None,
) -> None:
    """A request from abroad, to whom, for what, and in which way; the same words again add an item to it."""
    to = TO_AUTHORITY
    if addressee is not None:
        to = comity_matter.part("custodians", addressee["id"], **addressee)["id"]
    told = comity_matter.told_anywhere(item)["id"]
    facts = {"asked_by": str(state), "authority": str(authority), "addressed_to": to}
    facts |= {"kind": str(channel)} if channel else {}
    requests: list[dict[str, Any]] = comity_matter.facts.setdefault("requests", [])
    if requests and facts.items() <= requests[-1].items():
        requests[-1]["items"].append(told)
    else:
        requests.append({"id": f"request-{len(requests) + 1}", "stage": "investigation", **facts, "items": [told]})


@step("given", "the request rests on {instrument}")
def rests_on(comity_matter: Matter, instrument: str) -> None:
    """The instrument that the request names, by its id in `rules/tables/instruments.csv`."""
    _request(comity_matter)["instrument"] = instrument


@step("given", "the request comes at the stage of {stage}")
def comes_at(comity_matter: Matter, stage: Stage) -> None:
    """How far the proceedings have come in the state that asks; without this step, an investigation."""
    _request(comity_matter)["stage"] = str(stage)


@step("given", "the request was received on {date}")
def received(comity_matter: Matter, date: date) -> None:
    """The day from which times are counted."""
    _request(comity_matter)["received_on"] = date


@step("given", "the request states {elements}")
def states(comity_matter: Matter, elements: list[RequestElement]) -> None:
    """What the request contains; of what is told neither here nor in the next step nothing is known."""
    _request(comity_matter).setdefault("contains", []).extend(map(str, elements))


@step("given", "the request does not state {elements}")
def does_not_state(comity_matter: Matter, elements: list[RequestElement]) -> None:
    """What was looked for in the request and is not there."""
    _request(comity_matter).setdefault("lacks", []).extend(map(str, elements))


@step("then", "the reply on {item} is {reply}")
def reply_is(comity_matter: Matter, item: str, reply: str) -> None:
    """What the request is answered for an item."""
    found = _reply(comity_matter, item)
    comity_matter.speak_of(found.reasons, found.against, found.reply is None)
    given = str(found.reply or "undecided")
    if given != reply:
        fail(f"the reply on {slug(item)} is {reply}", f"it is {given}, {because([*found.reasons, *found.against])}")


@step("then", "{state} {is} referred to {channel} for {item}")
def referred(comity_matter: Matter, state: State, is_: bool, channel: ChannelKind, item: str) -> None:
    """The way that is open to the state that asks, instead of the one that it took."""
    found = _reply(comity_matter, item)
    ways = {way.kind: way for way in found.ways}
    known = [basis.reason for basis in ways[channel].basis] if channel in ways else []
    comity_matter.speak_of(known, [])
    if (channel in ways and found.asked_by == state) != is_:
        fail(
            f"{state.label} is {'' if is_ else 'not '}referred to {channel}",
            f"{found.asked_by} is referred to {', '.join(ways) or 'no other way'}",
        )


@step("then", "the request lacks {elements}")
def lacks(comity_matter: Matter, elements: list[RequestElement]) -> None:
    """What the request has to state, and does not."""
    _named(comity_matter, elements, _last(comity_matter).missing, "lacks")


@step("then", "it has to be checked whether the request states {elements}")
def unchecked(comity_matter: Matter, elements: list[RequestElement]) -> None:
    """What the request has to state, and nobody has looked for."""
    _named(comity_matter, elements, _last(comity_matter).unchecked, "has to be checked for")


@step("then", "we have to {word} by {date}")
def due(comity_matter: Matter, word: str, date: date) -> None:
    """The last day of a time limit for the request."""
    limits = {limit.step: limit for limit in _last(comity_matter).time_limits}
    comity_matter.speak_of(limits[word].reasons if word in limits else [], [])
    if word not in limits or limits[word].due != date:
        known = ", ".join(f"{limit.step} by {limit.due}" for limit in limits.values())
        fail(f"{word} by {date}", known or "there is no time limit")


@step("then", "no day is named by which we have to {word}")
def no_day(comity_matter: Matter, word: str) -> None:
    """The law gives no number of days."""
    found = [limit for limit in _last(comity_matter).time_limits if limit.step == word and limit.due]
    if found:
        fail(f"no day by which to {word}", f"{found[0].due}, {because(found[0].reasons)}")


@step("then", "we {may} refuse {item} for {word}")
def we_may_refuse(comity_matter: Matter, may: str, item: str, word: str) -> None:
    """A ground on which we may, or must, refuse; or one on which we may not."""
    grounds = {ground.ground: ground for ground in _reply(comity_matter, item).grounds}
    found = grounds.get(word)
    comity_matter.speak_of(found.reasons if found else [], [])
    if (found.effect if found else "may not") != may:
        known = ", ".join(f"{ground.effect} for {ground.ground}" for ground in grounds.values())
        fail(f"we {may} refuse for {word}", known or "there is no ground")


@step("then", "{word} is not forbidden for {item}")
def not_forbidden(comity_matter: Matter, word: str, item: str) -> None:
    """An act that nothing forbids."""
    acts = {act.act: act for act in _reply(comity_matter, item).must_not}
    if word in acts:
        fail(f"{word} is not forbidden for {slug(item)}", f"it is, {because(acts[word].reasons)}")


def _request(matter: Matter) -> dict[str, Any]:
    requests: list[dict[str, Any]] = matter.facts.get("requests", [])
    if not requests:
        raise WordError("no request is told of; write 'a prosecutor of France asks the authorities for the log' before")
    return requests[-1]


def _reply(matter: Matter, item: str) -> RequestReply:
    found = [reply for reply in matter.decision.replies if reply.item == slug(item)]
    if not found:
        known = ", ".join(reply.item for reply in matter.decision.replies)
        raise WordError(f"no request asks for '{slug(item)}'; asked for are: {known or 'nothing'}")
    return found[-1]


def _last(matter: Matter) -> RequestReply:
    if not matter.decision.replies:
        raise WordError("no request is told of")
    return matter.decision.replies[-1]


def _named(matter: Matter, wanted: list[RequestElement], found: list[Element], word: str) -> None:
    known = {element.element: element for element in found}
    matter.speak_of([reason for element in wanted if element in known for reason in known[element].reasons], [])
    if not set(wanted) <= set(known):
        fail(f"the request {word} {', '.join(wanted)}", f"it {word} {', '.join(known) or 'nothing'}")
