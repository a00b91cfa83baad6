"""The advice so far, in a few lines, and what the last answer changed in it."""

from __future__ import annotations

from comity.decision.model import Decision
from comity.decision.opinion import Counsel
from comity_cli.wizard.interview import Interview


class Panel:
    """Follows an interview with one counsel, so that each answer is asserted or retracted and nothing begins anew."""

    def __init__(self, counsel: Counsel) -> None:
        self.counsel = counsel
        self.before: dict[str, str] = {}
        self.decision: Decision | None = None

    def lines(self, interview: Interview) -> list[str]:
        """What to show after an answer: the advice in short, changes marked."""
        case = interview.case()
        if case is None:
            return []
        self.decision = self.counsel.opinion(case).decision
        told = _in_short(self.decision)
        shown = [
            f"{'>' if self.before and self.before.get(t) != words else ' '} {t}: {words}" for t, words in told.items()
        ]
        self.before = told
        return shown


def _in_short(decision: Decision) -> dict[str, str]:
    if decision.replies:
        return {f"reply on {r.item}": str(r.reply or "undecided").replace("-", " ") for r in decision.replies}
    told = {"lead": decision.lead.state or "not decided yet"}
    claims = [f"{c.state} {c.status}" for c in decision.claims if c.status != "none"]
    if claims:
        told["claims"] = ", ".join(claims)
    for item in (*decision.data, *decision.assets, *decision.persons):
        best = item.recommended
        way = f"{best.kind} from {best.state}" if best else "no route yet"
        told[item.item] = f"direct access {item.direct_access.status}, {way}" if item.sort == "data" else way
    told["today"] = f"{sum(step.today for step in decision.plan)} steps"
    return told
