"""Whether rules can apply together, as far as that can be told without a case.

The reasoning is cheap and one-sided: what it calls impossible is met by no case, under no date of law, with the tables
as they are; what it lets pass may be impossible all the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from comity.law.reasoning.conjunction import Conjunction, Contradiction, Pattern, Unknown
from comity.law.reasoning.knowledge import Knowledge
from comity.logic.rule import Rule

DEPTH: Final = 2
"""How many rules deep a conclusion that is read is traced to what concludes it."""

PATIENCE: Final = 200
"""How many times a rule is put in for what it concludes, before conditions are let pass."""


def contradiction(knowledge: Knowledge, *rules: Rule, depth: int = DEPTH) -> str:
    """Why the *rules* cannot apply together to the same thing; empty where they may.

    The heads of several rules speak of the same thing, whatever their signs. With a *depth* of 0 the conclusions that
    they read are not traced to the rules that conclude them.
    """
    together = Conjunction(knowledge)
    try:
        heads = [together.add(rule) for rule in rules]
        for head in heads[1:]:
            together.equate_all(heads[0], head)
        together.settle()
        if depth:
            _traced(together, depth, itertools.count(), thorough=len(rules) > 1)
    except Contradiction as told:
        return str(told)
    return ""


def _traced(conjunction: Conjunction, depth: int, tried: Iterator[int], thorough: bool) -> Conjunction:
    """The conjunction with each conclusion that it reads traced to the rule that concludes it, where only one can.

    What several rules may conclude is left as it is; *thorough* tries whether all but one of them are impossible.

    Raises:
        Contradiction: none can.
    """
    open_ = sorted(conjunction.take_read(), key=lambda read: len(conjunction.concluding(read)))
    while open_:
        several = []
        for read in open_:
            rules = [rule for rule in conjunction.concluding(read) if conjunction.agrees(read, rule.head)]
            if len(rules) > 1 and not thorough:
                _alone(conjunction, read, tried)
                continue
            ways = list(itertools.islice(_ways(conjunction, read, rules, depth, tried), 2))
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


def _alone(conjunction: Conjunction, read: Pattern, tried: Iterator[int]) -> None:
    """Whether what is read can be concluded at all, by itself.

    Raises:
        Contradiction: it cannot.
    """
    entries = [conjunction.find(entry) for entry in read.entries]
    known = tuple(None if isinstance(entry, Unknown) else entry for entry in entries)
    reachable = conjunction.knowledge.reachable
    key = read.relation, read.positive, known
    if key not in reachable:
        reachable[key] = True  # what is concluded from itself is let pass
        by_itself = Pattern(read.relation, tuple(Unknown("_") if k is None else k for k in known), read.positive)
        alone = Conjunction(conjunction.knowledge)
        rules = [rule for rule in alone.concluding(by_itself) if alone.agrees(by_itself, rule.head)]
        reachable[key] = next(_ways(alone, by_itself, rules, DEPTH, tried), None) is not None
    if not reachable[key]:
        raise Contradiction(f"whatever concludes '{conjunction.shown(read)}' cannot apply")


def _ways(
    conjunction: Conjunction, read: Pattern, rules: list[Rule], depth: int, tried: Iterator[int]
) -> Iterator[Conjunction]:
    """The conjunction together with each of the *rules* for what it reads; twice as it is, if that takes long."""
    for rule in rules:
        if next(tried) > PATIENCE:
            yield from (conjunction, conjunction)
        further = conjunction.copy()
        try:
            further.equate_all(read, further.add(rule))
            further.settle()
            if depth > 1:
                further = _traced(further, depth - 1, tried, thorough=False)
        except Contradiction as told:
            if len(rules) == 1:
                raise Contradiction(f"for '{conjunction.shown(read)}', {told}") from None
            continue
        further.take_read()
        yield further
