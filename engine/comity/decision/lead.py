"""Which state should lead: the factor matrix, and how robust its answer is.

Weights are opinions, so beside the answer under the agency's weights the share of all *admissible* weightings is
given under which each state would lead. Admissible are all weightings that keep the agency's order of the factors;
they form a simplex that is sampled evenly with a fixed seed, after its corners have shown whether one state leads in
all of it.

Source: stochastic multicriteria acceptability analysis: Lahdelma, Hokkanen, Salminen, EJOR 106(1), 1998; ordinal
weights as in Lahdelma, Miettinen, Salminen, EJOR 147(1), 2003.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final
from typing import Literal as Word

from comity.decision.model import Candidate, Claim, FactorScore, Lead
from comity.decision.reasons import Reasons
from comity.law.state import in_sentence
from comity.logic.model import Verdict

SAMPLES: Final = 2000
"""How many weightings are drawn; the standard error of a share is then at most 1.2 %."""


def lead(reasons: Reasons, claims: list[Claim]) -> Lead:
    """The state that should lead among those with a held claim; none where two come out equal."""
    states = [claim.state for claim in claims if claim.status == "held"]
    rows = {state: _factors(reasons, state) for state in states}
    scores = {state: sum(f.weight for f in row if f.answer == "yes") for state, row in rows.items()}
    shares = robustness({state: [f.answer == "yes" for f in row] for state, row in rows.items()})
    candidates = [Candidate(state=s, score=scores[s], share=shares[s], factors=rows[s]) for s in states]
    candidates.sort(key=lambda c: (-c.score, -c.share, c.state))
    if not candidates:
        return Lead(state=None, text=_no_candidate(claims), candidates=[])
    first = candidates[0]
    name = in_sentence(first.state)
    if len(candidates) == 1:
        return Lead(state=first.state, text=f"{name} alone has a claim to jurisdiction", candidates=candidates)
    if candidates[1].score == first.score:
        equal = [in_sentence(c.state) for c in candidates if c.score == first.score]
        text = f"{' and '.join(equal)} come out equal: they have to agree, the factors do not decide"
        return Lead(state=None, text=text, candidates=candidates)
    speaks = [f.title for f in first.factors if f.answer == "yes"]
    text = f"{name} should lead: {'; '.join(speaks).lower()}"
    if first.share < 1:
        text += f" ({first.share:.0%} of the admissible weightings agree)"
    return Lead(state=first.state, text=text, candidates=candidates)


def _no_candidate(claims: list[Claim]) -> str:
    if any(claim.status == "undecided" for claim in claims):
        return "no state has an established claim; some claims are undecided"
    return "no state has a claim to jurisdiction on the facts known"


def _factors(reasons: Reasons, state: str) -> list[FactorScore]:
    answers: dict[Verdict, Word["yes", "no", "undecided"]] = {
        Verdict.HELD: "yes",
        Verdict.REFUTED: "no",
        Verdict.UNDECIDED: "undecided",
    }
    return [
        FactorScore(
            factor=factor.id,
            title=factor.title,
            weight=factor.weight,
            answer=answers[reasons.verdict("factor", state, factor.id)],
            reasons=reasons.for_and_against("factor", state, factor.id)[0],
        )
        for factor in reasons.rulebook.preferences.factors
    ]


def robustness(rows: dict[str, list[bool]]) -> dict[str, float]:
    """For each state the share of admissible weightings under which it leads; a tie is shared equally.

    *rows* says for each state which factors, from the weightiest down, speak for it.
    """
    known = _robustness(tuple((state, tuple(row)) for state, row in rows.items()))
    return dict(known)


@lru_cache(maxsize=1024)
def _robustness(given: tuple[tuple[str, tuple[bool, ...]], ...]) -> dict[str, float]:
    if not given:
        return {}
    rows = dict(given)
    count = len(given[0][1])
    corners = [[1.0 / (k + 1) if i <= k else 0.0 for i in range(count)] for k in range(count)]
    ahead = {state for state in rows if all(state in _leaders(rows, corner) for corner in corners)}
    if len(ahead) == 1 and any(len(_leaders(rows, corner)) == 1 for corner in corners):
        return {state: 1.0 if state in ahead else 0.0 for state in rows}
    won = dict.fromkeys(rows, 0.0)
    for weights in _weightings(count):
        leaders = _leaders(rows, weights)
        for state in leaders:
            won[state] += 1 / len(leaders)
    return {state: round(times / SAMPLES, 3) for state, times in won.items()}


@cache
def _weightings(count: int) -> list[list[float]]:
    """Weightings of so many factors, none heavier than the one before, drawn evenly and always the same."""
    draw = random.Random(0)
    drawn = []
    for _ in range(SAMPLES):
        mix = [draw.expovariate(1.0) for _ in range(count)]
        weights = [0.0] * count
        tail = 0.0
        for i in reversed(range(count)):
            tail += mix[i] / (i + 1)
            weights[i] = tail
        drawn.append(weights)
    return drawn


def _leaders(rows: Mapping[str, Sequence[bool]], weights: list[float]) -> list[str]:
    scores = {state: sum(w for w, yes in zip(weights, row, strict=True) if yes) for state, row in rows.items()}
    best = max(scores.values())
    return [state for state, score in scores.items() if best - score < 1e-12]
