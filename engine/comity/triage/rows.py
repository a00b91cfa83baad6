"""A decision as the row of a table.

Parts of the case are told by their position among its ids, so that one row serves all cases that are alike; what order
a row has does not depend on how the parts are called either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from comity.decision.draft import Draft
from comity.decision.model import Channel, Claim, Decision, ItemAdvice, Reason, RequestReply, Route, Undecided, Warning
from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity.triage.schema import PARTS

Row = dict[str, Any]


def positions(case: Case) -> dict[str, int]:
    """The position of each part that has an id, counted from 1 in the order of a case file."""
    groups = [c.name for c in PARTS if any(part.name == "id" for part in c.parts)]
    return {part.id: at for at, part in enumerate((p for g in groups for p in getattr(case, g)), 1)}


def row(decision: Decision | Draft, case: Case, rulebook: Rulebook, more: Iterable[Warning] = ()) -> Row:
    """What a decision says, in the columns of :data:`comity.triage.schema.decisions`, with positions for ids.

    *more* are warnings beside its own.
    """
    return _Writer(positions(case), rulebook).row(decision, case, [*more, *decision.warnings])


class _Writer:
    def __init__(self, at: Mapping[str, int], rulebook: Rulebook) -> None:
        self.at, self.rulebook = at, rulebook
        self.rules: set[str] = set()

    def row(self, decision: Decision | Draft, case: Case, warnings: list[Warning]) -> Row:
        items = (*decision.data, *decision.assets, *decision.persons)
        told: Row = {
            "forum": str(case.forum),
            "lead": decision.lead.state,
            "conflict": decision.conflict.kind,
            "claims": [self.claim(claim) for claim in decision.claims],
            "items": [self.item(item) for item in items],
            "replies": [self.reply(reply) for reply in decision.replies],
            "warnings": sorted(map(self.warning, warnings), key=lambda w: (w["at"], w["about"], w["code"])),
            "undecided": sorted(
                map(self.undecided, decision.undecided), key=lambda t: [(p["at"], p["text"]) for p in t]
            ),
            "facts": decision.digest.facts,
        }
        return {**told, "rules": sorted(self.rules)}

    def named(self, reasons: Iterable[Reason]) -> list[str]:
        found = sorted({reason.rule for reason in reasons})
        self.rules.update(found)
        return found

    def claim(self, claim: Claim) -> Row:
        self.named([*claim.bars, *(reason for basis in claim.bases for reason in (*basis.reasons, *basis.against))])
        bases = [basis.basis for basis in claim.bases if basis.status == "held"]
        return {"state": claim.state, "status": claim.status, "bases": bases}

    def item(self, item: ItemAdvice) -> Row:
        best = item.recommended
        self.named([*item.direct_access.reasons, *item.direct_access.against])
        refused = [self.refused(channel) for channel in item.channels if channel.status == "refused"]
        return {
            "at": self.at[item.item],
            "sort": item.sort,
            "direct_access": item.direct_access.status,
            "recommended": None if best is None else self.route(best),
            "grounds": []
            if best is None
            else [{"ground": g.ground, "effect": g.effect, "rules": self.named(g.reasons)} for g in best.grounds],
            "refused": [told for told in refused if told is not None],
            "must_not": [
                {"act": m.act, "rules": self.named(m.reasons)} for m in sorted(item.must_not, key=lambda m: m.act)
            ],
        }

    def route(self, route: Route) -> Row:
        self.named(step.basis.reason for step in route.steps)
        *first, last = route.steps
        return {
            "kind": str(route.kind),
            "state": route.state,
            "rule": last.basis.reason.rule,
            "in_time": route.in_time,
            "first": [str(step.kind) for step in first],
        }

    def refused(self, channel: Channel) -> Row | None:
        """A channel that a rule closes; what is closed only because nothing opens it is not told."""
        spoken = [r for r in channel.reasons if not self.rulebook.by_id[r.rule].default]
        return {"state": channel.state, "kind": str(channel.kind), "rules": self.named(spoken)} if spoken else None

    def reply(self, reply: RequestReply) -> Row:
        return {
            "request_at": self.at[reply.request],
            "item_at": self.at[reply.item],
            "reply": None if reply.reply is None else str(reply.reply),
            "rules": self.named([*reply.reasons, *reply.against]),
        }

    def warning(self, warning: Warning) -> Row:
        at = self.at.get(warning.about, 0)
        about = "" if at else warning.about
        return {"at": at, "about": about, "code": warning.code, "rules": self.named(warning.reasons)}

    def undecided(self, undecided: Undecided) -> list[Row]:
        """A topic in its words, those that are ids by their positions."""
        self.named([*undecided.reasons, *undecided.against])
        words = undecided.topic.split(".")
        return [{"at": at, "text": "" if at else word} for word in words for at in [self.at.get(word, 0)]]
