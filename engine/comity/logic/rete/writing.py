"""How rules and facts are written for durable-rules: in numbers and in JSON."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from comity.logic.rule import Rule
from comity.logic.terms import Comparison, Literal, Value, Var

GATE_TEST: Final = {"$and": [{"r": 0}, {"ok": {"m_0": "ok"}}]}
"""What each rule waits for beside its conditions: the gate."""

_codes: dict[Value, int] = {}
_values: dict[int, Value] = {}


class Reading(NamedTuple):
    """One condition of a rule: relation and sign, a tag for the nth reading of that within the rule, the constants."""

    relation: tuple[str, bool]
    tag: int
    places: tuple[int, ...]
    values: tuple[Value, ...]


@lru_cache(maxsize=50_000)
def told(terms: tuple[object, ...]) -> str:
    """The values of a fact as they stand in a message; tables tell the same facts of case after case."""
    return "".join([f', "a{place}": {coded(value)}' for place, value in enumerate(terms)])


def coded(value: object) -> int:
    """The number that stands for a value, the same in every process."""
    assert isinstance(value, str | int)
    if value not in _codes:
        code = int.from_bytes(hashlib.blake2b(repr(value).encode(), digest_size=6).digest(), "big")
        while _values.setdefault(code, value) != value:
            code += 1
        _codes[value] = code
    return _codes[value]


def positives(rule: Rule) -> list[Literal]:
    """The conditions that facts are matched with, in the order of the rule."""
    return [condition for condition in rule.body if isinstance(condition, Literal)]


def readings(rule: Rule) -> list[Reading]:
    """The readings of facts that a rule makes, one for each of its positive conditions."""
    seen: dict[tuple[str, bool], int] = defaultdict(int)
    found = []
    for literal in positives(rule):
        relation = literal.relation, literal.positive
        tag = coded(f"{literal.relation}/{'+' if literal.positive else '-'}/{seen[relation]}")
        seen[relation] += 1
        constants = {place: term for place, term in enumerate(literal.terms) if isinstance(term, str | int)}
        found.append(Reading(relation, tag, tuple(constants), tuple(constants.values())))
    return found


def antecedents(rule: Rule, written: dict[str, str]) -> str:
    """The conditions of a rule as durable-rules reads them; *written* keeps, by the ids of rules, what was written."""
    if rule.id not in written:
        written[rule.id] = json.dumps(_conditions(rule))
    return written[rule.id]


def _conditions(rule: Rule) -> list[dict[str, Any]]:
    """The positive conditions as durable-rules wants them, joined on the variables they share."""
    written: list[dict[str, Any]] = []
    home: dict[str, tuple[int, str]] = {}
    for number, (literal, reading) in enumerate(zip(positives(rule), readings(rule), strict=True)):
        tests: list[dict[str, Any]] = [{"r": reading.tag}]
        here: dict[str, tuple[int, str]] = {}
        for position, term in enumerate(literal.terms):
            field = f"a{position}"
            if not isinstance(term, Var):
                tests.append({field: coded(term)})
            elif term.name in home:
                first, its_field = home[term.name]
                tests.append({field: {f"m_{first}": its_field}})
            else:
                here.setdefault(term.name, (number, field))
        tests += _differences(rule, here, home)
        if number:
            tests.append({"ok": {"m_0": "ok"}})
        home.update(here)
        written.append({f"m_{number}": {"$and": tests}})
    return [*written, {"gate": GATE_TEST}]


def _differences(
    rule: Rule, here: dict[str, tuple[int, str]], home: dict[str, tuple[int, str]]
) -> Iterable[dict[str, Any]]:
    """The tests "differs from" between a variable first bound here and a constant or an earlier variable."""
    for test in rule.body:
        if not isinstance(test, Comparison) or test.op != "!=":
            continue
        for one, other in ((test.left, test.right), (test.right, test.left)):
            if isinstance(one, Var) and one.name in here:
                if isinstance(other, str | int):
                    yield {"$neq": {here[one.name][1]: coded(other)}}
                elif isinstance(other, Var) and other.name in home:
                    first, its_field = home[other.name]
                    yield {"$neq": {here[one.name][1]: {f"m_{first}": its_field}}}
