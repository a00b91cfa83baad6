"""Which rule gives way to which where they conflict: from ``overrides`` and ``default`` to pairs of kernel rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from comity.law.rule import LawRule
from comity.logic.rule import Rule
from comity.logic.terms import Literal

Pair = tuple[str, str]
"""The id of the stronger kernel rule, and that of the weaker one."""


class Superiority:
    """The superiority among *rules*."""

    def __init__(self, rules: Iterable[LawRule]) -> None:
        self.rules = tuple(rules)
        self.by_head: dict[tuple[str, bool], list[tuple[LawRule, Rule]]] = defaultdict(list)
        for rule in self.rules:
            for compiled in rule.kernel:
                self.by_head[compiled.head.relation, compiled.head.positive].append((rule, compiled))

    def pairs(self) -> frozenset[Pair]:
        """All pairs."""
        return frozenset(pair for rule in self.rules for pair in self._below(rule, self._against))

    def amended(self, changes: Mapping[str, LawRule | None]) -> frozenset[Pair]:
        """:meth:`pairs` as they become where some rules, by id, are replaced, or left out (``None``)."""

        def against(head: Literal) -> Iterator[tuple[LawRule, Rule]]:
            for other, opposed in self._against(head):
                if other.id not in changes:
                    yield other, opposed

        changed = [rule for rule in changes.values() if rule is not None]
        kept = set(self._all).difference(*(self._touching.get(id_, ()) for id_ in changes))
        for rule in changed:
            kept.update(self._below(rule, against), self._above(rule, against))
        among = Superiority(changed)
        return frozenset(kept) | among.pairs()

    @cached_property
    def _all(self) -> frozenset[Pair]:
        return self.pairs()

    @cached_property
    def _touching(self) -> dict[str, set[Pair]]:
        """The pairs by the id of the rules in them."""
        found: dict[str, set[Pair]] = defaultdict(set)
        for pair in self._all:
            for id_ in pair:
                found[id_.split("/")[0]].add(pair)
        return found

    def _against(self, head: Literal) -> Iterable[tuple[LawRule, Rule]]:
        return self.by_head.get((head.relation, not head.positive), ())

    @staticmethod
    def _below(rule: LawRule, against: _Against) -> Iterator[Pair]:
        named = {id_ for id_, _ in rule.overrides}
        for compiled in rule.kernel:
            for other, opposed in against(compiled.head):
                yields = other.id in named or (other.default and not rule.default)
                if yields and can_meet(compiled.head, opposed.head):
                    yield compiled.id, opposed.id

    @staticmethod
    def _above(rule: LawRule, against: _Against) -> Iterator[Pair]:
        for compiled in rule.kernel:
            for other, opposed in against(compiled.head):
                if _beats(other, rule) and can_meet(compiled.head, opposed.head):
                    yield opposed.id, compiled.id


_Against = Callable[[Literal], Iterable[tuple[LawRule, Rule]]]


def _beats(rule: LawRule, other: LawRule) -> bool:
    return (other.default and not rule.default) or any(id_ == other.id for id_, _ in rule.overrides)


def can_meet(a: Literal, b: Literal) -> bool:
    """Whether two opposite heads can speak of the same thing."""
    for x, y in zip(a.terms, b.terms, strict=True):
        if isinstance(x, (str, int)) and isinstance(y, (str, int)) and x != y:
            return False
    return True
