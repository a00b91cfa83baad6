"""Whether rules can apply together, as far as that can be told without a case.

The reasoning is cheap and one-sided: what it calls impossible is met by no case, under no date of law, with the tables
as they are; what it lets pass may be impossible all the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from comity.law.reasoning.conjunction import Conjunction, Contradiction, Pattern
from comity.law.reasoning.knowledge import Knowledge
from comity.logic.program import Rule

DEPTH: Final = 2
"""How many rules deep a conclusion that is read is traced to what concludes it."""

PATIENCE: Final = 200
"""How many times a rule is put in for what it concludes, before conditions are let pass."""


def contradiction(knowledge: Knowledge, *rules: Rule) -> str:
    """Why the *rules* cannot apply together to the same thing; empty where they may.

    The heads of several rules speak of the same thing, whatever their signs.
    """
    together = Conjunction(knowledge)
    try:
        heads = [together.add(rule) for rule in rules]
        for head in heads[1:]:
            together.equate_all(heads[0], head)
        together.settle()
        _traced(together, DEPTH, itertools.count())
    except Contradiction as told:
        return str(told)
    return ""


def _traced(conjunction: Conjunction, depth: int, tried: Iterator[int]) -> Conjunction:
    """The conjunction with each conclusion that it reads traced to the rule that concludes it, where only one can.

    Raises:
        Contradiction: none can.
    """
    open_ = sorted(conjunction.take_read(), key=lambda read: len(conjunction.concluding(read)))
    while open_:
        several = []
        for read in open_:
            ways = list(itertools.islice(_ways(conjunction, read, depth, tried), 2))
            if not ways:
                raise Contradiction(f"whatever concludes '{conjunction.shown(read)}' contradicts the rest")
            if len(ways) == 1:
                conjunction = ways[0]
            else:
                several.append(read)
        if len(several) == len(open_):
            break
        open_ = several
    return conjunction


def _ways(conjunction: Conjunction, read: Pattern, depth: int, tried: Iterator[int]) -> Iterator[Conjunction]:
    """The conjunction together with each rule that may conclude what it reads; twice as it is, if that takes long."""
    for rule in conjunction.concluding(read):
        if not conjunction.agrees(read, rule.head):
            continue
        if next(tried) > PATIENCE:
            yield from (conjunction, conjunction)
        further = conjunction.copy()
        try:
            further.equate_all(read, further.add(rule))
            further.settle()
            if depth > 1:
                further = _traced(further, depth - 1, tried)
        except Contradiction:
            continue
        further.take_read()
        yield further
