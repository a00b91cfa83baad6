"""Mutants that no case tells from the rule are proved to be the same; others never are."""

from __future__ import annotations

from functools import cache

import pytest

from comity.audit.equivalence import equivalent
from comity.audit.mutants import Fault
from comity.audit.mutation import amendment, mutants_of
from comity.law.rulebook import Rulebook


@cache
def shipped() -> Rulebook:
    return Rulebook.shipped()


def proofs(rule: str, fault: Fault) -> list[str | None]:
    """For each mutant of a rule by that fault that is a rule at all, how it is proved the same."""
    found = []
    for mutant in mutants_of(shipped(), [rule]):
        changed = amendment(shipped(), mutant) if mutant.fault is fault else None
        if changed is not None:
            proof = equivalent(shipped(), mutant, changed)
            found.append(proof.by if proof else None)
    return found


def test_what_always_holds_where_the_rest_does_may_be_dropped():
    """In the tables the law that keeps all evidence in China is older than every other that keeps some there."""
    found = proofs("cn-blocked-means-no-direct-request", Fault.DROP_CONDITION)
    assert found == ["every case under these tables"]


@pytest.mark.parametrize("fault", [Fault.DROP_CONDITION, Fault.SHIFT_DATE, Fault.FLIP_COMPARISON])
def test_a_mutant_that_some_case_tells_from_the_rule_is_not_called_the_same(fault):
    found = proofs("mla-treaty-eu-japan", fault)
    assert found
    assert set(found) == {None}


def test_other_words_or_terms_are_a_difference():
    found = proofs("budapest-29-preservation", Fault.CHANGE_NUMBER)
    assert found
    assert set(found) == {None}
