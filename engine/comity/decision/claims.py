"""Claims to jurisdiction, their conflict, and the duty to consult."""

from __future__ import annotations

from typing import Literal as Word

from comity.decision.model import Basis, Claim, Conflict, Consultation, Reason
from comity.decision.reasons import Reasons
from comity.law.state import in_sentence
from comity.law.terms import Basis as BasisName
from comity.logic.model import Verdict

_STATUS: dict[Verdict, Word["held", "refuted", "undecided"]] = {
    Verdict.HELD: "held",
    Verdict.REFUTED: "refuted",
    Verdict.UNDECIDED: "undecided",
}


def claims(reasons: Reasons) -> list[Claim]:
    """The claims of all states for which some rule speaks of one, held claims first."""
    spoken = {(str(h.terms[0]), str(h.terms[1])) for h in reasons.model.firings if h.relation == "claim"}
    found = [_claim(reasons, state, spoken) for state in sorted({state for state, _ in spoken})]
    rank = {"held": 0, "undecided": 1, "barred": 2, "none": 3}
    return sorted(found, key=lambda claim: (rank[claim.status], claim.state))


def _claim(reasons: Reasons, state: str, spoken: set[tuple[str, str]]) -> Claim:
    bases = []
    for name in BasisName:
        if (state, name) in spoken:
            why, against = reasons.for_and_against("claim", state, name)
            verdict = _STATUS[reasons.verdict("claim", state, name)]
            bases.append(Basis(basis=name, status=verdict, reasons=why, against=against))
    barred, bars = _bars(reasons, state)
    statuses = {basis.status for basis in bases}
    status: Word["held", "barred", "undecided", "none"]
    if barred is Verdict.HELD:
        status = "barred"
    elif "held" in statuses:
        status = "undecided" if barred is Verdict.UNDECIDED else "held"
    else:
        status = "undecided" if "undecided" in statuses else "none"
    return Claim(state=state, status=status, bases=bases, bars=bars)


def _bars(reasons: Reasons, state: str) -> tuple[Verdict, list[Reason]]:
    """Whether anything bars the state, and why; of bars that hold and bars that are open the former count alone."""
    heads = [h for h in reasons.model.firings if h.relation == "barred" and h.terms[0] == state]
    grounds = sorted({str(head.terms[1]) for head in heads})
    for verdict in (Verdict.HELD, Verdict.UNDECIDED):
        spoken = [ground for ground in grounds if reasons.verdict("barred", state, ground) is verdict]
        if spoken:
            return verdict, [r for g in spoken for r in reasons.for_and_against("barred", state, g)[0]]
    return Verdict.REFUTED, []


def conflict(reasons: Reasons, found: list[Claim]) -> Conflict:
    """Positive where several states claim, negative where none does, undecided where that hangs on open claims."""
    held = [claim.state for claim in found if claim.status == "held"]
    open_ = [claim.state for claim in found if claim.status == "undecided"]
    kind: Word["positive", "negative", "none", "undecided"]
    if len(held) > 1:
        kind, text = "positive", f"{_names(held)} claim jurisdiction"
    elif open_:
        kind, text = "undecided", f"whether {_names(open_)} may claim jurisdiction is undecided"
        if held:
            text = f"{_names(held)} claims jurisdiction; {text}"
    elif held:
        kind, text = "none", f"only {_names(held)} claims jurisdiction"
    else:
        kind, text = "negative", "no state has a claim to jurisdiction on the facts known"
    pairs = {tuple(sorted(pair)) for pair in reasons.held("consult")}
    consult = []
    for one, other in sorted(pairs):
        order = (one, other) if reasons.verdict("consult", one, other) is Verdict.HELD else (other, one)
        consult.append(Consultation(states=[one, other], reasons=reasons.for_and_against("consult", *order)[0]))
    return Conflict(kind=kind, states=held, text=text, consult=consult)


def _names(states: list[str]) -> str:
    names = [in_sentence(state) for state in states]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
