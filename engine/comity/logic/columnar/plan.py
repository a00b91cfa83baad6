"""In which order a program is worked out: its strata, each cut into the relations that need one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.logic.columnar.query import Relation
from comity.logic.columnar.shape import Shape, shapes
from comity.logic.program import Program


@dataclass(frozen=True, slots=True)
class Component:
    """Relations of a stratum that are worked out together, the shapes of the rules for them.

    ``recursive`` says that some rule reads what the component concludes.
    """

    relations: tuple[str, ...]
    shapes: tuple[Shape, ...]
    recursive: bool

    def heads(self) -> Iterator[Relation]:
        """Each relation of the component, affirmed and denied."""
        for relation in self.relations:
            yield relation, True
            yield relation, False


def components(program: Program) -> tuple[Component, ...]:
    """The components of *program* in an order in which each reads only those before it, and itself."""
    found = []
    for stratum in program.strata:
        reads: dict[str, set[str]] = {relation: set() for relation in stratum.relations}
        for rule in stratum.rules:
            reads[rule.head.relation] |= program.reads[rule.id] & stratum.relations
        for together in _connected(reads):
            rules = [rule for rule in stratum.rules if rule.head.relation in together]
            recursive = any(reads[relation] & together for relation in together)
            found.append(Component(tuple(sorted(together)), shapes(rules), recursive))
    return tuple(found)


def _connected(reads: Mapping[str, set[str]]) -> Iterator[frozenset[str]]:
    """The strongly connected components of a small graph, what is read first."""
    reached = {relation: _reach(reads, relation) for relation in reads}
    done: set[str] = set()
    while len(done) < len(reads):
        for relation in sorted(reads.keys() - done):
            together = frozenset({relation} | {other for other in reached[relation] if relation in reached[other]})
            if all(reads[each] <= done | together for each in together):
                done |= together
                yield together
                break


def _reach(reads: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = list(reads[start])
    while todo:
        relation = todo.pop()
        if relation not in found:
            found.add(relation)
            todo += reads[relation]
    return found
