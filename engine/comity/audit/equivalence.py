"""Proofs that a mutant can make no difference in any case."""

from __future__ import annotations

from dataclasses import dataclass

from comity.audit.bench import Amendment
from comity.audit.mutants import Mutant
from comity.law.rulebook import Rulebook


@dataclass(frozen=True)
class Proof:
    """Why a mutant and its rule are the same in every case: ``by`` names the kind of proof, ``text`` gives it."""

    by: str
    text: str


def equivalent(original: Rulebook, mutant: Mutant, amendment: Amendment) -> Proof | None:
    """A proof that the amended rulebook gives the same advice in every case; ``None`` where none is found."""
    return None
