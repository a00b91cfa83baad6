"""For each item the addressees, whether it may be taken directly, and every channel with its reason."""

from __future__ import annotations

from typing import Literal as Word

from comity.decision.model import (
    Channel,
    DirectAccess,
    Ground,
    Permission,
    Prohibition,
    Reason,
    Safeguard,
    Status,
)
from comity.decision.reasons import Reasons
from comity.law.terms import ChannelKind
from comity.logic.model import Firing, Verdict
from comity.logic.terms import Literal

_STATUS: dict[Verdict, Status] = {
    Verdict.HELD: "offered",
    Verdict.REFUTED: "refused",
    Verdict.UNDECIDED: "undecided",
}
_PERMISSION: dict[Verdict, Permission] = {
    Verdict.HELD: "permitted",
    Verdict.REFUTED: "refused",
    Verdict.UNDECIDED: "undecided",
}


def addressees(reasons: Reasons, item: str) -> list[str]:
    """The states that may be asked for an item."""
    return [state for i, state in reasons.held("addressee") if i == item]


def direct_access(reasons: Reasons, item: str) -> DirectAccess:
    """Whether the forum may take the item without the state where it lies acting."""
    why, against = reasons.for_and_against("direct_access", item)
    return DirectAccess(status=_PERMISSION[reasons.verdict("direct_access", item)], reasons=why, against=against)


def channels(reasons: Reasons, item: str) -> list[Channel]:
    """Every kind of channel to every addressee of an item, in the order of the closed list."""
    return [_channel(reasons, item, state, kind) for state in addressees(reasons, item) for kind in ChannelKind]


def _channel(reasons: Reasons, item: str, state: str, kind: ChannelKind) -> Channel:
    literal = Literal("channel", (item, state, str(kind)))
    return reasons.kept("channel", literal, lambda: _channel_of(reasons, literal, kind, state))


def _channel_of(reasons: Reasons, literal: Literal, kind: ChannelKind, state: str) -> Channel:
    status = _STATUS[reasons.model.verdict(literal)]
    why, against = reasons.for_and_against("channel", *map(str, literal.terms))
    bases = reasons.bases(literal) if status == "offered" else []
    return Channel(kind=kind, state=state, status=status, reasons=why, against=against, bases=bases)


def grounds(reasons: Reasons, item: str, state: str, ways: frozenset[str]) -> list[Ground]:
    """The grounds on which the state may, or must, refuse a request for the item that goes these *ways*."""
    found = []
    for name, firings in _about(reasons, "refusal_ground", item, state, ways).items():
        terms = [reasons.rulebook.terms(firing) for firing in firings]
        effect: Word["may", "must"] = "must" if any(t.get("effect") == "must" for t in terms) else "may"
        found.append(Ground(ground=name, effect=effect, reasons=reasons.given(firings)))
    return sorted(found, key=lambda g: (g.effect != "must", g.ground))


def safeguards(reasons: Reasons, item: str, state: str, ways: frozenset[str]) -> list[Safeguard]:
    """The conditions that a request for the item to the state must carry where it goes these *ways*."""
    found = _about(reasons, "safeguard", item, state, ways)
    return [Safeguard(safeguard=name, reasons=reasons.given(firings)) for name, firings in found.items()]


def _about(
    reasons: Reasons, relation: str, item: str, state: str, ways: frozenset[str]
) -> dict[str, tuple[Firing, ...]]:
    found: dict[str, tuple[Firing, ...]] = {}
    for literal in reasons.model.of(relation):
        if literal.terms[:2] == (item, state):
            firings = tuple(f for f in reasons.model.supporters(literal) if speaks_of(ways, f, reasons))
            if firings:
                found[str(literal.terms[2])] = firings
    return found


def speaks_of(ways: frozenset[str], firing: Firing, reasons: Reasons) -> bool:
    """Whether a rule on a ground or a condition speaks of one of these kinds of channel.

    It does where one of its conditions is such a channel, or a ground that speaks of one; a rule that asks for no
    channel speaks of all. Grounds differ from channel to channel: what lets a state refuse letters is no ground against
    an order to a provider.
    """
    kinds = {str(literal.terms[2]) for literal in firing.premises if literal.relation == "channel" and literal.positive}
    through = [literal for literal in firing.premises if literal.relation == "refusal_ground" and literal.positive]
    if through:
        return any(speaks_of(ways, f, reasons) for literal in through for f in reasons.model.supporters(literal))
    return not kinds or bool(kinds & ways)


def prohibitions(reasons: Reasons, item: str, direct: DirectAccess) -> list[Prohibition]:
    """What must not be done about an item."""
    found = must_not(reasons, item)
    if direct.status == "refused" and direct.reasons and not found:
        found.append(Prohibition(act="direct-access", text=_first(direct.reasons), reasons=direct.reasons))
    return found


def must_not(reasons: Reasons, item: str) -> list[Prohibition]:
    """What rules say must not be done about an item."""
    found = []
    for i, act in reasons.held("must_not"):
        if i == item:
            why = reasons.for_and_against("must_not", i, act)[0]
            found.append(Prohibition(act=act, text=why[0].text, reasons=why))
    return found


def _first(reasons: list[Reason]) -> str:
    return reasons[0].text
