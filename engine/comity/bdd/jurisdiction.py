"""The steps that say who must lead, who claims, who consults, and what the officer is told."""

from __future__ import annotations

from comity.bdd.matter import Matter, because, fail
from comity.bdd.words import step
from comity.decision.model import Claim
from comity.law.state import State
from comity.law.terms import Basis


@step("then", "{state} leads")
def leads(comity_matter: Matter, state: State) -> None:
    """The state that should lead."""
    lead = comity_matter.decision.lead
    comity_matter.speak_of(
        [r for c in lead.candidates if c.state == lead.state for f in c.factors for r in f.reasons], []
    )
    if lead.state != state:
        fail(f"{state.label} leads", f"{lead.state or 'no state'}: {lead.text}")


@step("then", "no state is recommended to lead")
def nobody_leads(comity_matter: Matter) -> None:
    """The facts do not allow a recommendation."""
    lead = comity_matter.decision.lead
    if lead.state is not None:
        fail("no state is recommended to lead", f"{lead.state}: {lead.text}")


@step("then", "the claim of {state} is {claim}")
def claim_is(comity_matter: Matter, state: State, claim: str) -> None:
    """Whether a state may prosecute: held, barred, or undecided."""
    found = _claim(comity_matter, state)
    if (found.status if found else "none") != claim:
        fail(
            f"the claim of {state.label} is {claim}",
            f"it is {found.status if found else 'none'}, {because(comity_matter.cited)}",
        )


@step("then", "{state} may not prosecute")
def may_not_prosecute(comity_matter: Matter, state: State) -> None:
    """A state without a claim, or one whose claim is barred."""
    found = _claim(comity_matter, state)
    if found is not None and found.status not in ("none", "barred"):
        fail(f"{state.label} may not prosecute", f"its claim is {found.status}, {because(comity_matter.cited)}")


@step("then", "the claim of {state} rests on {basis}")
def rests_on(comity_matter: Matter, state: State, basis: Basis) -> None:
    """A basis of jurisdiction."""
    found = _claim(comity_matter, state)
    held = {b.basis: b for b in found.bases if b.status == "held"} if found else {}
    if basis not in held:
        fail(f"the claim of {state.label} rests on {basis}", f"it rests on {', '.join(held) or 'nothing'}")
    comity_matter.speak_of(held[basis].reasons, held[basis].against)


@step("then", "there is {conflict} conflict of jurisdiction")
def conflict_is(comity_matter: Matter, conflict: str) -> None:
    """Positive: several states claim; negative: none does; no conflict: one does."""
    found = comity_matter.decision.conflict
    if found.kind != conflict:
        fail(f"conflict: {conflict}", f"{found.kind}: {found.text}")


@step("then", "{states} {must} consult")
def must_consult(comity_matter: Matter, states: list[State], must: bool) -> None:
    """Whether states have a duty to consult one another."""
    duties = {frozenset(c.states): c for c in comity_matter.decision.conflict.consult}
    found = duties.get(frozenset(map(str, states)))
    comity_matter.speak_of(found.reasons if found else [], [])
    if (found is not None) != must:
        known = "; ".join(" and ".join(sorted(pair)) for pair in duties)
        wanted = "must" if must else "need not"
        fail(f"{' and '.join(states)} {wanted} consult", f"duties to consult: {known or 'none'}")


@step("then", "the officer {is} warned of {word}")
def warned(comity_matter: Matter, is_: bool, word: str) -> None:
    """Something the officer must know, by its code."""
    codes = {w.code: w for w in comity_matter.decision.warnings}
    comity_matter.speak_of(codes[word].reasons if word in codes else [], [])
    if (word in codes) != is_:
        fail(f"a warning of {word}" if is_ else f"no warning of {word}", f"warnings: {', '.join(codes) or 'none'}")


@step("then", "{word} {is} advised as prevention")
def prevention(comity_matter: Matter, word: str, is_: bool) -> None:
    """Whether the law offers a preventive measure."""
    measures = {m.measure: m for m in comity_matter.decision.prevention}
    comity_matter.speak_of(measures[word].reasons if word in measures else [], [])
    if (word in measures) != is_:
        fail(f"{word} is {'' if is_ else 'not '}advised", f"advised: {', '.join(measures) or 'nothing'}")


@step("then", "nothing is said about {state}")
def nothing_about(comity_matter: Matter, state: State) -> None:
    """A state that neither claims nor is asked for anything."""
    decision = comity_matter.decision
    said = [f"its claim is {c.status}" for c in decision.claims if c.state == state and c.status != "none"]
    said += [
        f"it is asked for {a.item}"
        for a in (*decision.data, *decision.assets, *decision.persons)
        if state in a.addressees
    ]
    if said:
        fail(f"nothing is said about {state.label}", "; ".join(said))


def _claim(matter: Matter, state: State) -> Claim | None:
    found = next((c for c in matter.decision.claims if c.state == state), None)
    reasons = [*found.bars, *(r for b in found.bases for r in b.reasons)] if found else []
    matter.speak_of(reasons, [r for b in found.bases for r in b.against] if found else [])
    return found
