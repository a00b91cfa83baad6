"""Proofs that a mutant can make no difference in any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from comity.audit.bench import Amendment
from comity.audit.mutants import Mutant
from comity.law.rulebook import Rulebook

if TYPE_CHECKING:
    from comity.law.real import Real

SECONDS: Final = 10.0
"""How long a proof is looked for, for each of the two kinds."""


@dataclass(frozen=True)
class Proof:
    """Why a mutant and its rule are the same in every case: ``by`` names the kind of proof, ``text`` gives it."""

    by: str
    text: str


def equivalent(original: Rulebook, mutant: Mutant, amendment: Amendment) -> Proof | None:
    """A proof that the amended rulebook gives the same advice in every case; ``None`` where none is found.

    It applies the same rules to the same conclusions, and decides each of them alike: first whatever the tables say,
    then under the tables as they are.
    """
    from comity.law.possible import any_case
    from comity.law.real import setting
    from comity.logic import equivalence  # the solver is loaded only where something is proved

    if amendment.reworded:
        return None
    old, new = original.program, amendment.rulebook.program
    if equivalence.equivalent(old, new, any_case(original), SECONDS):
        return Proof(
            "every case", "it applies to the same, and is beaten by the same, whatever the case and the tables"
        )
    if equivalence.equivalent(old, new, setting(original), SECONDS, _tables(original)):
        return Proof("every case under these tables", "no case under the tables as they are tells it from the rule")
    return None


_known: dict[str, Real] = {}


def _tables(rulebook: Rulebook) -> Real:
    """The tables as the world of a question, made once for a rulebook."""
    from comity.decision.proving import told
    from comity.law.real import Real

    if rulebook.digest not in _known:
        _known.clear()
        _known[rulebook.digest] = Real(rulebook.tables, date.today(), lambda case, day: told(rulebook, case, day))
    return _known[rulebook.digest]
