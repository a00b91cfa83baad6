"""The reasons that a decision gives on a topic, and what it says against it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from comity.decision.draft import Draft
from comity.decision.model import Decision, ItemAdvice, Reason, RequestReply, Ruling


class Said(NamedTuple):
    """What is said on a topic: the ``reasons``, and those ``against``, which were outweighed or stand against it."""

    reasons: list[Reason]
    against: list[Reason]


Topics = Iterator[tuple[str, Said]]


def reasons(decision: Decision | Draft, topic: str) -> list[Reason]:
    """The reasons on *topic*; none where the decision does not speak of it.

    Topics are ``claim.US``, ``claim.US.flag``, ``consult.CN.US``, ``factor.CN.custody``, ``warning.CODE``,
    ``prevention.MEASURE``, ``mail.direct-access``, ``mail.mla.IE``, ``mail.WORD`` and ``mail.WORD.IE`` with a ground, a
    safeguard or a prohibition, ``reply.REQUEST.ITEM`` and ``reply.REQUEST.ITEM.WORD``.
    """
    return [reason for said in _on(decision, topic) for reason in said.reasons]


def against(decision: Decision | Draft, topic: str) -> list[Reason]:
    """What speaks against what is said on *topic*: a claim on a basis, direct access, a channel, or a reply."""
    return [reason for said in _on(decision, topic) for reason in said.against]


def topics(draft: Draft) -> Topics:
    """All topics, some of them more than once."""
    for word in ("claim", "consult", "factor", "warning", "prevention", "reply"):
        yield from _of_matters(word, draft)
    for item in draft.items:
        yield from _of_item(item)


def _on(decision: Decision | Draft, topic: str) -> Iterator[Said]:
    word = topic.split(".")[0]
    yield from (said for name, said in _of_matters(word, decision) if name == topic)
    with suppress(KeyError):  # an item may go by any of these words
        yield from (said for name, said in _of_item(decision.item(word)) if name == topic)


def _of_matters(word: str, decision: Decision | Draft) -> Topics:
    """All topics that begin with a word, or more."""
    match word:
        case "claim":
            yield from _of_claims(decision)
        case "consult":
            for consultation in decision.conflict.consult:
                yield f"consult.{'.'.join(consultation.states)}", Said(consultation.reasons, [])
        case "factor":
            for candidate in decision.lead.candidates:
                for factor in candidate.factors:
                    yield f"factor.{candidate.state}.{factor.factor}", Said(factor.reasons, [])
        case "warning":
            for warning in decision.warnings:
                yield f"warning.{warning.code}", Said(warning.reasons, [])
        case "prevention":
            for measure in decision.prevention:
                yield f"prevention.{measure.measure}", Said(measure.reasons, [])
        case "reply":
            for reply in decision.replies:
                yield from _of_reply(f"reply.{reply.request}.{reply.item}", reply)


def _of_claims(decision: Decision | Draft) -> Topics:
    for claim in decision.claims:
        yield f"claim.{claim.state}", Said(claim.bars, [])
        for basis in claim.bases:
            yield f"claim.{claim.state}", Said(basis.reasons, [])
            yield f"claim.{claim.state}.{basis.basis}", _ruled(basis)


def _of_item(item: ItemAdvice) -> Topics:
    yield f"{item.item}.direct-access", _ruled(item.direct_access)
    for channel in item.channels:
        yield f"{item.item}.{channel.kind}.{channel.state}", _ruled(channel)
    for act in item.must_not:
        yield f"{item.item}.{act.act}", Said(act.reasons, [])
    for route in item.routes:
        for name, found in (
            *((ground.ground, ground.reasons) for ground in route.grounds),
            *((guard.safeguard, guard.reasons) for guard in route.safeguards),
        ):
            yield f"{item.item}.{name}", Said(found, [])
            yield f"{item.item}.{name}.{route.state}", Said(found, [])


def _of_reply(name: str, reply: RequestReply) -> Topics:
    yield name, _ruled(reply)
    for way in reply.ways:
        yield f"{name}.{way.kind}", Said([*way.reasons, *(basis.reason for basis in way.basis)], [])
    for element in (*reply.missing, *reply.unchecked):
        yield f"{name}.{element.element}", Said(element.reasons, [])
    for ground in reply.grounds:
        yield f"{name}.{ground.ground}", Said(ground.reasons, [])
    for condition in reply.conditions:
        yield f"{name}.{condition.safeguard}", Said(condition.reasons, [])
    for limit in reply.time_limits:
        yield f"{name}.{limit.step}", Said(limit.reasons, [])
    for act in reply.must_not:
        yield f"{name}.{act.act}", Said(act.reasons, [])


def _ruled(ruling: Ruling) -> Said:
    return Said(ruling.reasons, ruling.against)
