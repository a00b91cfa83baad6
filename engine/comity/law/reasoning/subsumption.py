"""Whether one rule applies wherever another does, and to the same effect.

Source: Plotkin, "A note on inductive generalization", Machine Intelligence 5, 1970 (theta-subsumption), with
comparisons met where the special rule makes them sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comity.law.reasoning.contradiction import contradiction
from comity.law.reasoning.knowledge import Knowledge
from comity.logic.rule import Rule
from comity.logic.terms import Absent, Comparison, Literal, Term, Value, Var, variables

Mapping = dict[str, Term]
_OPPOSITE: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", "<=": ">", ">": "<=", "in": "not in", "not in": "in"}


def follows_from(knowledge: Knowledge, special: Rule, general: Rule) -> bool:
    """Whether *general* concludes what *special* concludes whenever *special* applies."""
    if special.head.positive is not general.head.positive:
        return False
    start = _matched(general.head, special.head, {})
    read = [c for c in general.body if isinstance(c, Literal)]
    there = [c for c in special.body if isinstance(c, Literal)]
    if start is None or not {c.relation for c in read} <= {c.relation for c in there}:
        return False
    return any(_rest_holds(knowledge, special, general, mapping) for mapping in _mappings(read, there, start))


def _mappings(read: list[Literal], there: list[Literal], mapping: Mapping) -> Iterator[Mapping]:
    if not read:
        yield mapping
        return
    for literal in there:
        extended = _matched(read[0], literal, mapping)
        if extended is not None:
            yield from _mappings(read[1:], there, extended)


def _matched(general: Literal, special: Literal, mapping: Mapping) -> Mapping | None:
    if (general.relation, general.positive) != (special.relation, special.positive):
        return None
    extended = dict(mapping)
    for term, other in zip(general.terms, special.terms, strict=True):
        if isinstance(term, Var):
            if extended.setdefault(term.name, other) != other:
                return None
        elif term != other:
            return None
    return extended


def _rest_holds(knowledge: Knowledge, special: Rule, general: Rule, mapping: Mapping) -> bool:
    bound = {name for c in special.body if isinstance(c, Literal) for name in variables(c)}
    absent = [c.literal for c in special.body if isinstance(c, Absent)]
    for condition in general.body:
        if isinstance(condition, Absent) and not any(_covers(a, condition.literal, mapping, bound) for a in absent):
            return False
        if isinstance(condition, Comparison) and not _is_sure(knowledge, special, condition, mapping):
            return False
    return True


def _covers(wide: Literal, narrow: Literal, mapping: Mapping, bound: set[str]) -> bool:
    """Whether the absence of *wide* says at least that *narrow*, with its variables mapped, is absent."""
    return (wide.relation, wide.positive) == (narrow.relation, narrow.positive) and all(
        (isinstance(w, Var) and w.name not in bound) or w == _mapped(n, mapping)
        for w, n in zip(wide.terms, narrow.terms, strict=True)
    )


def _is_sure(knowledge: Knowledge, special: Rule, comparison: Comparison, mapping: Mapping) -> bool:
    right: Term | tuple[Value, ...] = (
        comparison.right if isinstance(comparison.right, tuple) else _mapped(comparison.right, mapping)
    )
    mapped = Comparison(comparison.op, _mapped(comparison.left, mapping), right)
    if mapped in special.body:
        return True
    denied = Comparison(_OPPOSITE[mapped.op], mapped.left, mapped.right)
    return bool(contradiction(knowledge, Rule(special.id, special.head, (*special.body, denied), special.kind)))


def _mapped(term: Term, mapping: Mapping) -> Term:
    return mapping.get(term.name, term) if isinstance(term, Var) else term
