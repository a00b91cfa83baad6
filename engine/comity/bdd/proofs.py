"""The steps about every possible case: what is proved, and the case that breaks what is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from comity.bdd.matter import Matter, fail
from comity.bdd.words import step
from comity.law.property import read_properties

if TYPE_CHECKING:
    from comity.decision.proving import Judgment


@step("when", "the property {text} is put to the proof")
def put(comity_matter: Matter, comity_proofs: dict[str, Judgment], text: str) -> None:
    """As 'comity prove' does it: for every possible case, any number of persons, items and states."""
    from comity.decision.proving import Prover  # the solver is loaded only where something is proved

    rulebook = comity_matter.counsel().rulebook
    properties, findings = read_properties(rulebook)
    if findings:
        pytest.fail("the properties cannot be used:\n" + "\n".join(map(str, findings)), pytrace=False)
    claim = next((claim for claim in properties if claim.id == text and claim.goal is not None), None)
    if claim is None:
        pytest.fail(f"there is no property '{text}' that could be put to the proof", pytrace=False)
    comity_proofs["last"] = Prover(rulebook, properties, date.today()).judge(claim)


@step("then", "it is proved")
def proved(comity_proofs: dict[str, Judgment]) -> None:
    """No case breaks it, whatever the tables say of treaties and states."""
    _stands(comity_proofs, "proved")


@step("then", "it is proved for these tables")
def proved_here(comity_proofs: dict[str, Judgment]) -> None:
    """No case breaks it under the tables as they are, on any day; other tables could."""
    _stands(comity_proofs, "proved for these tables")


@step("then", "it fails: {text}")
def fails(comity_proofs: dict[str, Judgment], text: str) -> None:
    """A case breaks it, and what is said of that case has these words."""
    found = _stands(comity_proofs, "fails")
    if text not in found.text:
        fail(f"it fails: {text}", found.text)


@step("when", "the case that breaks it is decided")
def broken(comity_matter: Matter, comity_proofs: dict[str, Judgment]) -> None:
    """The smallest case found that breaks it, under the law of its own day."""
    case = comity_proofs["last"].case if comity_proofs else None
    if case is None or case.as_of is None:
        pytest.fail("there is no case that breaks it", pytrace=False)
    comity_matter.facts = case.model_dump(mode="json", exclude_defaults=True)
    comity_matter.decide(case.as_of)


def _stands(proofs: dict[str, Judgment], standing: str) -> Judgment:
    if not proofs:
        pytest.fail("nothing is put to the proof yet", pytrace=False)
    found = proofs["last"]
    if found.standing.value != standing:
        fail(f"it is {standing}", f"{found.standing.value} {found.text} {found.why}".strip())
    return found
