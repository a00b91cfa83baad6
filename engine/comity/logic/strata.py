"""The strata that a program runs in: what can be worked out together, once all below is known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from comity.logic.rule import Rule, literals_of, relations_read
from comity.logic.soundness import ProgramError
from comity.logic.terms import Absent, Comparison


class NotStratified(ProgramError):
    """Relations depend on themselves through negation or through a contest; ``cycle`` lists them in order."""

    code = "cyclic_negation"

    def __init__(self, cycle: tuple[str, ...]) -> None:
        super().__init__(
            "the rules go in a circle through a negation: " + " -> ".join((*cycle, cycle[0])),
        )
        self.cycle = cycle


@dataclass(frozen=True)
class Stratum:
    """Relations that can be worked out together once all lower strata are known.

    ``recursive`` says that some rule of the stratum reads a relation of the same stratum.
    """

    relations: frozenset[str]
    rules: tuple[Rule, ...]
    recursive: bool

    @cached_property
    def readers(self) -> dict[str, dict[str, Rule]]:
        """For each relation the rules of the stratum that read it, by id."""
        found: dict[str, dict[str, Rule]] = defaultdict(dict)
        for rule in self.rules:
            for relation in relations_read(rule):
                found[relation][rule.id] = rule
        return dict(found)

    @cached_property
    def parts(self) -> tuple[Stratum, ...]:
        """The same from the lowest up, as finely divided as it can be: relations stay together that read each other."""
        reach: dict[str, set[str]] = {relation: set() for relation in self.relations}
        for rule in self.rules:
            reach[rule.head.relation] |= relations_read(rule) & self.relations
        for middle in reach:
            for read in reach.values():
                if middle in read:
                    read |= reach[middle]
        together = {frozenset({one} | {other for other in reach[one] if one in reach[other]}) for one in reach}
        parts = sorted(together, key=lambda part: (len(part.union(*(reach[one] for one in part))), sorted(part)))
        return tuple(
            Stratum(
                part,
                tuple(rule for rule in self.rules if rule.head.relation in part),
                any(not part.isdisjoint(reach[relation]) for relation in part),
            )
            for part in parts
        )


def stratify(rules: tuple[Rule, ...]) -> tuple[Stratum, ...]:
    """The strata of rules, from the lowest up.

    Raises:
        NotStratified: there are none.
    """
    signs: dict[str, set[bool]] = defaultdict(set)
    for rule in rules:
        signs[rule.head.relation].add(rule.head.positive)
    contested = {relation for relation, seen in signs.items() if len(seen) == 2}
    edges: dict[str, dict[str, bool]] = defaultdict(dict)
    for rule in rules:
        head = rule.head.relation
        for condition in rule.body:
            if isinstance(condition, Comparison):
                continue
            read = condition.literal if isinstance(condition, Absent) else condition
            apart = isinstance(condition, Absent) or head in contested or read.relation in contested
            edges[head][read.relation] = edges[head].get(read.relation, False) or apart

    level = dict.fromkeys(signs, 0)
    for _ in range(len(level) + 1):
        raised = False
        for head, reads in edges.items():
            for source, apart in reads.items():
                needed = level.get(source, -1) + apart
                if level[head] < needed:
                    level[head], raised = needed, True
        if not raised:
            break
    else:
        raise NotStratified(_negative_cycle(edges))

    strata = []
    for number in sorted(set(level.values())):
        relations = frozenset(r for r in level if level[r] == number)
        members = tuple(rule for rule in rules if rule.head.relation in relations)
        recursive = any(literal.relation in relations for rule in members for literal in literals_of(rule.body))
        strata.append(Stratum(relations, members, recursive))
    return tuple(strata)


def _negative_cycle(edges: dict[str, dict[str, bool]]) -> tuple[str, ...]:
    for head in sorted(edges):
        for read, apart in sorted(edges[head].items()):
            if apart:
                back = _path(edges, read, head)
                if back is not None:
                    return (head, *back[:-1])
    raise AssertionError("levels rise without end only through a cycle")


def _path(edges: dict[str, dict[str, bool]], start: str, goal: str) -> tuple[str, ...] | None:
    came: dict[str, str | None] = {start: None}
    todo = [start]
    while todo:
        node = todo.pop(0)
        if node == goal:
            path: list[str] = []
            step: str | None = node
            while step is not None:
                path.append(step)
                step = came[step]
            return tuple(reversed(path))
        for following in sorted(edges.get(node, {})):
            if following not in came:
                came[following] = node
                todo.append(following)
    return None
