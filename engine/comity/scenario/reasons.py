"""The reasons that a decision gives on a topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from comity.decision.draft import Draft
from comity.decision.model import Decision, ItemAdvice, Reason, RequestReply


def reasons(decision: Decision | Draft, topic: str) -> list[Reason]:
    """The reasons on *topic*; none where the decision does not speak of it.

    Topics are ``claim.US``, ``claim.US.flag``, ``consult.CN.US``, ``factor.CN.custody``, ``warning.CODE``,
    ``prevention.MEASURE``, ``mail.direct-access``, ``mail.mla.IE``, ``mail.WORD`` and ``mail.WORD.IE`` with a ground, a
    safeguard or a prohibition, ``reply.REQUEST.ITEM`` and ``reply.REQUEST.ITEM.WORD``.
    """
    return [reason for name, found in _beginning(topic.split(".")[0], decision) if name == topic for reason in found]


def _beginning(word: str, decision: Decision | Draft) -> Iterator[tuple[str, Iterable[Reason]]]:
    """All topics that begin with a word, or more; an item may go by any of these words."""
    match word:
        case "claim":
            yield from _of_claims(decision)
        case "consult":
            for consultation in decision.conflict.consult:
                yield f"consult.{'.'.join(consultation.states)}", consultation.reasons
        case "factor":
            for candidate in decision.lead.candidates:
                for factor in candidate.factors:
                    yield f"factor.{candidate.state}.{factor.factor}", factor.reasons
        case "warning":
            for warning in decision.warnings:
                yield f"warning.{warning.code}", warning.reasons
        case "prevention":
            for measure in decision.prevention:
                yield f"prevention.{measure.measure}", measure.reasons
        case "reply":
            for reply in decision.replies:
                yield from _of_reply(f"reply.{reply.request}.{reply.item}", reply)
    with suppress(KeyError):
        yield from _of_item(decision.item(word))


def _of_claims(decision: Decision | Draft) -> Iterator[tuple[str, Iterable[Reason]]]:
    for claim in decision.claims:
        yield f"claim.{claim.state}", claim.bars
        for basis in claim.bases:
            yield f"claim.{claim.state}", basis.reasons
            yield f"claim.{claim.state}.{basis.basis}", basis.reasons


def _of_item(item: ItemAdvice) -> Iterator[tuple[str, Iterable[Reason]]]:
    yield f"{item.item}.direct-access", item.direct_access.reasons
    for channel in item.channels:
        yield f"{item.item}.{channel.kind}.{channel.state}", channel.reasons
    for act in item.must_not:
        yield f"{item.item}.{act.act}", act.reasons
    for route in item.routes:
        for name, found in (
            *((ground.ground, ground.reasons) for ground in route.grounds),
            *((guard.safeguard, guard.reasons) for guard in route.safeguards),
        ):
            yield f"{item.item}.{name}", found
            yield f"{item.item}.{name}.{route.state}", found


def _of_reply(name: str, reply: RequestReply) -> Iterator[tuple[str, Iterable[Reason]]]:
    yield name, reply.reasons
    for way in reply.ways:
        yield f"{name}.{way.kind}", [*way.reasons, *(basis.reason for basis in way.basis)]
    for element in (*reply.missing, *reply.unchecked):
        yield f"{name}.{element.element}", element.reasons
    for ground in reply.grounds:
        yield f"{name}.{ground.ground}", ground.reasons
    for condition in reply.conditions:
        yield f"{name}.{condition.safeguard}", condition.reasons
    for limit in reply.time_limits:
        yield f"{name}.{limit.step}", limit.reasons
    for act in reply.must_not:
        yield f"{name}.{act.act}", act.reasons
