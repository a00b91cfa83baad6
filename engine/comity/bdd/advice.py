"""The steps that have a case decided and say what must hold for an item of data, an asset or a person."""

from __future__ import annotations

from datetime import date

from comity.bdd.fields import slug
from comity.bdd.matter import Matter, because, fail
from comity.bdd.words import step
from comity.decision.model import Channel, Ground, PlanStep, Reason, Safeguard
from comity.law.state import State
from comity.law.terms import ChannelKind, Phase


@step("when", "the case is decided under the law of {date}")
def decided(comity_matter: Matter, date: date) -> None:
    """The decision on the facts told so far; a scenario may tell more and have it decided again."""
    comity_matter.decide(date)


@step("then", "the decision supposes {text}")
def supposes(comity_matter: Matter, text: str) -> None:
    """What of the decision is no law but supposed, and said to be so."""
    told = comity_matter.decision.suppositions
    if not any(text in said for said in told):
        fail(f"the decision supposes '{text}'", "; ".join(told) or "it supposes nothing")


@step("then", "the decision supposes nothing")
def supposes_nothing(comity_matter: Matter) -> None:
    """The decision rests on law alone."""
    if comity_matter.decision.suppositions:
        fail("the decision supposes nothing", "; ".join(comity_matter.decision.suppositions))


@step("then", "direct access to {item} is {permission}")
def direct_access(comity_matter: Matter, item: str, permission: str) -> None:
    """Whether the item may be taken without the state where it lies acting."""
    found = comity_matter.item(item).direct_access
    comity_matter.speak_of(found.reasons, found.against, found.status == "undecided")
    if found.status != permission:
        fail(f"direct access to {slug(item)} is {permission}", f"it is {found.status}, {_why(comity_matter)}")


@step("then", "{channel} {of} {state} {are} {status}[ for {item}]")
def channel_is(comity_matter: Matter, channel: ChannelKind, state: State, status: str, item: str | None) -> None:
    """Whether a channel is open; without an item, for the one last spoken of."""
    found = _channel(comity_matter, channel, state, item)
    if found.status != status:
        fail(f"{channel} {state.label} is {status}", f"it is {found.status}, {_why(comity_matter)}")


@step("then", "{channel} {of} {state} {are} recommended[ for {item}]")
def channel_recommended(comity_matter: Matter, channel: ChannelKind, state: State, item: str | None) -> None:
    """The route that is put first among the lawful ones."""
    _channel(comity_matter, channel, state, item)
    best = comity_matter.item(item).recommended
    if best is None or (best.kind, best.state) != (channel, state):
        instead = f"{best.kind} {best.state} is" if best else "no route is"
        fail(
            f"{channel} {state.label} is recommended",
            f"{instead} recommended; it is open or not {_why(comity_matter)}",
        )


@step("then", "no route to {item} is open")
def no_route(comity_matter: Matter, item: str) -> None:
    """No lawful channel yields the item, or reaches the person, today."""
    comity_matter.told_anywhere(item)
    decision = comity_matter.decision
    routes = [
        r for a in (*decision.data, *decision.assets, *decision.persons) if a.item == slug(item) for r in a.routes
    ]
    if routes:
        fail(f"no route to {slug(item)} is open", "open are " + ", ".join(f"{r.kind} {r.state}" for r in routes))


@step("then", "{state} {is} among the states to ask for {item}")
def addressee(comity_matter: Matter, state: State, is_: bool, item: str) -> None:
    """Whether a request for the item goes to a state at all."""
    found = comity_matter.item(item).addressees
    if (state in found) != is_:
        fail(f"{state.label} is {'' if is_ else 'not '}asked", f"to be asked: {', '.join(found) or 'no state'}")


@step("then", "every channel for {item} has an answer and a reason")
def complete(comity_matter: Matter, item: str) -> None:
    """Nothing is passed over in silence: each kind of channel to each state is offered, refused or undecided."""
    advice = comity_matter.item(item)
    said = {(c.kind, c.state) for c in advice.channels if c.reasons or c.against}
    silent = [f"{kind} {state}" for state in advice.addressees for kind in ChannelKind if (kind, state) not in said]
    if silent or not advice.addressees:
        fail("an answer and a reason for every channel", f"nothing is said of {', '.join(silent) or 'any state'}")


@step("then", "the reason cites {article}")
def cites(comity_matter: Matter, article: str) -> None:
    """An authority behind the conclusion last spoken of; an article covers its paragraphs."""
    if not any(_cites(reason, article) for reason in comity_matter.cited):
        fail(f"the reason cites {article}", _why(comity_matter))


@step("then", "the reason says {text}")
def says(comity_matter: Matter, text: str) -> None:
    """Words in the reason that the officer reads."""
    if not any(text in reason.text for reason in comity_matter.cited):
        fail(f"the reason says '{text}'", _why(comity_matter))


@step("then", "the argument from {article} is overruled")
def overruled(comity_matter: Matter, article: str) -> None:
    """An authority that spoke for the opposite of the conclusion last spoken of, and lost."""
    if not any(_cites(reason, article) for reason in comity_matter.overruled):
        fail(
            f"an argument from {article} is overruled",
            f"overruled is what would hold {because(comity_matter.overruled)}",
        )


@step("then", "it brings {yields}")
def brings(comity_matter: Matter, yields: str) -> None:
    """Whether the channel last spoken of gives what a court can use."""
    if comity_matter.yields != {yields}:
        fail(f"it brings {yields}", f"it brings {' and '.join(sorted(comity_matter.yields)) or 'nothing'}")


@step("then", "{state} {may} refuse {item} for {word}")
def may_refuse(comity_matter: Matter, state: State, may: str, item: str, word: str) -> None:
    """A ground on which the state asked may, or must, refuse; or one on which it may not."""
    routes = [r for r in comity_matter.item(item).routes if r.state == state]
    grounds: dict[str, Ground] = {g.ground: g for r in routes for g in r.grounds}
    found = grounds.get(word)
    comity_matter.speak_of(found.reasons if found else [], [])
    if (found.effect if found else "may not") != may:
        known = ", ".join(f"{g.effect} for {g.ground}" for g in grounds.values())
        fail(f"{state.label} {may} refuse for {word}", f"it {known or 'has no ground'} ({len(routes)} routes)")


@step("then", "a request to {state} for {item} must carry {word}")
def must_carry(comity_matter: Matter, state: State, item: str, word: str) -> None:
    """A condition, assurance or formality of the request."""
    routes = [r for r in comity_matter.item(item).routes if r.state == state]
    guards: dict[str, Safeguard] = {s.safeguard: s for r in routes for s in r.safeguards}
    comity_matter.speak_of(guards[word].reasons if word in guards else [], [])
    if word not in guards:
        fail(f"a request to {state.label} must carry {word}", f"it must carry {', '.join(guards) or 'nothing'}")


@step("then", "{word} is forbidden for {item}")
def forbidden(comity_matter: Matter, word: str, item: str) -> None:
    """An act that the officer must not do."""
    acts = {p.act: p for p in comity_matter.item(item).must_not}
    comity_matter.speak_of(acts[word].reasons if word in acts else [], [])
    if word not in acts:
        fail(f"{word} is forbidden for {slug(item)}", f"forbidden: {', '.join(acts) or 'nothing'}")


@step("then", "the route to {item} is {timely}")
def in_time(comity_matter: Matter, item: str, timely: str) -> None:
    """Whether the recommended route delivers before the data are deleted."""
    best = comity_matter.item(item).recommended
    if best is None or best.in_time != timely:
        fail(
            f"in time: {timely}", f"{best.in_time} ({best.kind} {best.state}, days {best.days})" if best else "no route"
        )


@step("then", "the plan preserves {item} first")
def preserves_first(comity_matter: Matter, item: str) -> None:
    """The plan has the data preserved today, before it asks anybody to hand them over."""
    steps = [s for s in comity_matter.decision.plan if comity_matter.item(item).item in s.items and s.kind]
    keeping = [s for s in steps if s.kind and s.kind.phase is Phase.PRESERVE]
    comity_matter.speak_of(keeping[0].reasons if keeping else [], [])
    if not keeping or steps[0] not in keeping or not keeping[0].today:
        fail(f"{slug(item)} is preserved today, before anything else", _plan(steps))


@step("then", "the plan begins today with {channel} {of} {state}[ for {item}]")
def today(comity_matter: Matter, channel: ChannelKind, state: State, item: str | None) -> None:
    """What has to be sent today."""
    wanted = comity_matter.item(item).item
    steps = [s for s in comity_matter.decision.plan if wanted in s.items]
    found = [s for s in steps if (s.kind, s.state) == (channel, state)]
    comity_matter.speak_of(found[0].reasons if found else [], [])
    if not any(s.today for s in found):
        fail(f"{channel} {state.label} is for today", _plan(steps))


def _channel(matter: Matter, kind: ChannelKind, state: State, item: str | None) -> Channel:
    advice = matter.item(item)
    for channel in advice.channels:
        if (channel.kind, channel.state) == (kind, state):
            matter.speak_of(channel.reasons, channel.against, channel.status == "undecided")
            matter.yields = {str(basis.yields).split("-")[0] for basis in channel.bases}
            return channel
    fail(f"{kind} {state.label} for {advice.item}", f"to be asked: {', '.join(advice.addressees) or 'no state'}")
    raise AssertionError


def _cites(reason: Reason, article: str) -> bool:
    return any(cited == article or cited.startswith((article + "-", article + "/")) for cited in reason.cites)


def _why(matter: Matter) -> str:
    return because(matter.cited)


def _plan(steps: list[PlanStep]) -> str:
    lines = [f"{'today' if s.today else s.start}: {s.kind or s.id} {s.state or ''}".rstrip() for s in steps]
    return "planned: " + ("; ".join(lines) or "no steps")
