"""What changes from one piece of advice to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.decision.model import Decision


@dataclass(frozen=True, slots=True)
class Change:
    """What the advice on a topic was, and what it is now; one is empty where a step or warning is new, or dropped."""

    topic: str
    before: str
    after: str


NOT_ASKED = "not asked"
"""What stands for advice on something that the other decision does not speak of."""


def differences(before: Decision, after: Decision) -> list[Change]:
    """What changes from one decision on a case to another: replies, the lead, claims, items, the plan, warnings."""
    first, second = dict(_summary(before)), dict(_summary(after))
    topics = [*first, *(topic for topic in second if topic not in first)]
    found = [Change(topic, first.get(topic, NOT_ASKED), second.get(topic, NOT_ASKED)) for topic in topics]
    # A channel that is refused, and one to a state that nobody asks, come to the same.
    quiet = {"refused", NOT_ASKED}
    changes = [
        c for c in found if c.before != c.after and not ({c.before, c.after} <= quiet and c.topic.count(".") > 1)
    ]
    return [*changes, *_plan(before, after), *_warnings(before, after)]


def _summary(decision: Decision) -> Iterator[tuple[str, str]]:
    for reply in decision.replies:
        topic = f"reply.{reply.request}.{reply.item}"
        yield topic, str(reply.reply or "undecided")
        for relation, elements in (("missing", reply.missing), ("unchecked", reply.unchecked)):
            if elements:
                yield f"{topic}.{relation}", ", ".join(element.element for element in elements)
        for limit in reply.time_limits:
            yield f"{topic}.{limit.step}", str(limit.due or "no known day")
        for act in reply.must_not:
            yield f"{topic}.{act.act}", "forbidden"
    yield "lead", decision.lead.state or "none"
    yield "conflict", decision.conflict.kind
    for claim in decision.claims:
        yield f"claim.{claim.state}", claim.status
    for consultation in decision.conflict.consult:
        yield f"consult.{'.'.join(consultation.states)}", "yes"
    for item in (*decision.data, *decision.assets, *decision.persons):
        if item.sort == "data":
            yield f"{item.item}.direct-access", item.direct_access.status
        best = item.recommended
        yield f"{item.item}.recommended", f"{best.kind} {best.state}" if best else "none"
        for state in item.addressees:
            yield f"{item.item}.dual-criminality.{state}", _criminality(decision, item.item, state)
        for channel in item.channels:
            yield f"{item.item}.{channel.kind}.{channel.state}", channel.status


def _criminality(decision: Decision, item: str, state: str) -> str:
    """Where the offences stand apart, each standing once."""
    found = [entry.dual_criminality for entry in decision.ways_out if (entry.item, entry.state) == (item, state)]
    return ", ".join(dict.fromkeys(found)) or "held"


def _plan(before: Decision, after: Decision) -> Iterator[Change]:
    first, second = ({_step(s.action, str(s.due or "")) for s in d.plan} for d in (before, after))
    dropped = [s for d in before.plan if (s := _step(d.action, str(d.due or ""))) not in second]
    added = [s for d in after.plan if (s := _step(d.action, str(d.due or ""))) not in first]
    yield from (Change("plan", step, "") for step in dict.fromkeys(dropped))
    yield from (Change("plan", "", step) for step in dict.fromkeys(added))


def _step(action: str, due: str) -> str:
    return f"{action}, by {due}" if due else action


def _warnings(before: Decision, after: Decision) -> Iterator[Change]:
    first, second = (dict.fromkeys(f"{w.code} ({w.about})" for w in d.warnings) for d in (before, after))
    yield from (Change("warning", warning, "") for warning in first if warning not in second)
    yield from (Change("warning", "", warning) for warning in second if warning not in first)


def finer_differences(before: Decision, after: Decision) -> list[Change]:
    """What else changes, below the lines of :func:`differences`: what a lawyer reads before anything is sent.

    Bases of claims, grounds of refusal, what a request must carry, what must not be done, whether a route comes in
    time, ways out, and preventive measures.
    """
    first, second = (dict(_details(decision)) for decision in (before, after))
    topics = [*first, *(topic for topic in second if topic not in first)]
    found = (Change(topic, first.get(topic, "no"), second.get(topic, "no")) for topic in topics)
    return [change for change in found if change.before != change.after]


def _details(decision: Decision) -> Iterator[tuple[str, str]]:
    for claim in decision.claims:
        yield from ((f"basis.{claim.state}.{basis.basis}", basis.status) for basis in claim.bases)
    for item in (*decision.data, *decision.assets, *decision.persons):
        yield from ((f"{item.item}.must-not.{act.act}", "yes") for act in item.must_not)
        if item.recommended is not None:
            yield f"{item.item}.in-time", item.recommended.in_time
        for route in item.routes:
            yield from ((f"{item.item}.ground.{g.ground}.{route.state}", g.effect) for g in route.grounds)
            yield from ((f"{item.item}.must-carry.{s.safeguard}.{route.state}", "yes") for s in route.safeguards)
    for reply in decision.replies:
        topic = f"reply.{reply.request}.{reply.item}"
        yield from ((f"{topic}.ground.{ground.ground}", ground.effect) for ground in reply.grounds)
        yield from ((f"{topic}.condition.{condition.safeguard}", "yes") for condition in reply.conditions)
        yield from ((f"{topic}.way.{way.kind}", "yes") for way in reply.ways)
    for found in decision.ways_out:
        yield from ((f"{found.item}.way-out.{way.way}.{way.name}.{found.state}", "yes") for way in found.ways)
    yield from ((f"prevention.{measure.measure}", "yes") for measure in decision.prevention)
