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
from comity.logic.model import Verdict
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
    status = _STATUS[reasons.verdict("channel", item, state, kind)]
    why, against = reasons.for_and_against("channel", item, state, kind)
    bases = reasons.bases(Literal("channel", (item, state, str(kind)))) if status == "offered" else []
    return Channel(kind=kind, state=state, status=status, reasons=why, against=against, bases=bases)


def grounds(reasons: Reasons, item: str, state: str) -> list[Ground]:
    """The grounds on which the state may, or must, refuse to help with the item."""
    found = []
    for i, s, ground in reasons.held("refusal_ground"):
        if (i, s) == (item, state):
            literal = Literal("refusal_ground", (i, s, ground))
            terms = [reasons.rulebook.terms(f) for f in reasons.model.supporters(literal)]
            effect: Word["may", "must"] = "must" if any(t.get("effect") == "must" for t in terms) else "may"
            why = reasons.for_and_against("refusal_ground", i, s, ground)[0]
            found.append(Ground(ground=ground, effect=effect, reasons=why))
    return sorted(found, key=lambda g: (g.effect != "must", g.ground))


def safeguards(reasons: Reasons, item: str, state: str) -> list[Safeguard]:
    """The conditions that a request for the item to the state must carry."""
    return [
        Safeguard(safeguard=name, reasons=reasons.for_and_against("safeguard", i, s, name)[0])
        for i, s, name in reasons.held("safeguard")
        if (i, s) == (item, state)
    ]


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
