"""Which statements of two rules are alike, under the renaming of variables that makes most of them so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from comity.diff.statement import Statement

PATIENCE: Final = 20_000
"""How many steps are spent on one pair of rules; beyond that the best renaming so far is taken."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """``removed`` stands only in the first rule (in the variables of the second), ``added`` only in the second."""

    names: Mapping[str, str]
    removed: tuple[Statement, ...]
    added: tuple[Statement, ...]


def align(old: Sequence[Statement], new: Sequence[Statement]) -> Alignment:
    """The statements that differ, once the variables of *old* are called as in *new*."""
    search = _Search(old, new)
    search.run()
    names = search.best_names
    taken = list(search.best)
    kept_new = [new[n] for n in range(len(new)) if n not in {b for _, b in taken}]
    kept_old = [old[n].renamed(names) for n in range(len(old)) if n not in {a for a, _ in taken}]
    return Alignment(names, tuple(kept_old), tuple(kept_new))


class _Search:
    """Branch and bound over the pairs of alike statements; the names as they are come first, and win a tie."""

    def __init__(self, old: Sequence[Statement], new: Sequence[Statement]) -> None:
        self.old, self.new = old, new
        shapes = Counter(statement.shape for statement in new)
        self.order = sorted(range(len(old)), key=lambda n: (shapes[old[n].shape], n))
        self.best: tuple[tuple[int, int], ...] = ()
        self.best_names: dict[str, str] = {}
        self.steps = 0
        self.most = sum((Counter(s.shape for s in old) & shapes).values())

    def run(self) -> None:
        self._step(0, (), {}, frozenset(), frozenset())

    def _step(
        self,
        depth: int,
        pairs: tuple[tuple[int, int], ...],
        names: dict[str, str],
        used: frozenset[int],
        taken: frozenset[str],
    ) -> None:
        self.steps += 1
        if len(pairs) > len(self.best):
            self.best, self.best_names = pairs, names
        room = len(self.order) - depth
        if self.steps > PATIENCE or len(self.best) == self.most or len(pairs) + room <= len(self.best):
            return
        number = self.order[depth]
        statement = self.old[number]
        options = [n for n, other in enumerate(self.new) if n not in used and other.shape == statement.shape]
        options.sort(key=lambda n: self.new[n].variables != statement.variables)
        for option in options:
            for target in _readings(self.new[option]):
                extended = _extended(names, taken, statement.variables, target)
                if extended is not None:
                    now_taken = frozenset(extended.values())
                    self._step(depth + 1, (*pairs, (number, option)), extended, used | {option}, now_taken)
        self._step(depth + 1, pairs, names, used, taken)


def _readings(statement: Statement) -> list[tuple[str, ...]]:
    straight = statement.variables
    return [straight, straight[::-1]] if statement.symmetric else [straight]


def _extended(
    names: Mapping[str, str], taken: frozenset[str], old: Sequence[str], new: Sequence[str]
) -> dict[str, str] | None:
    """*names* with each of *old* called as in *new*, or ``None`` where that does not go together."""
    extended = dict(names)
    used = set(taken)
    for one, other in zip(old, new, strict=True):
        if one in extended:
            if extended[one] != other:
                return None
        elif other in used:
            return None
        else:
            extended[one] = other
            used.add(other)
    return extended
