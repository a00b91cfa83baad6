"""The rete reading: durable-rules matches, facts are asserted and retracted as they come in.

What durable-rules 2.0.28 does and does not do decides the shape of this module, and of no other:

- It tells when a rule *begins* to match and never when it ceases to. So matches are kept here, indexed by the facts
  they rest on, and go with them.
- Exceptions in an action vanish into its state. So actions only note the match; everything else happens outside.
- One fact is never matched twice by one rule. So a relation that a rule reads twice is posted once for each reading.
- One fact that reaches more than about sixty branches of one ruleset fails with error 303. So the rules of a stratum
  are spread over several rulesets, and a fact goes only to those that read its relation.
- A fact that no rule wants raises ``MessageNotHandledException``; that is no error here.
- Booleans, null, nested lists and text with quotes are each treated in a way of their own. So every value travels as
  a number that stands for it, and comparisons other than "is" and "differs from" are made here.
- ``Host()`` starts two timer threads that race with the caller. So they are not started.
- Where the last of several tests of a join fails, the library reads on beyond the end of the tests. So every join
  ends in a test that never fails.
- A rule holds at most sixteen positive conditions; a longer match fails with error 304.
- Retracting the second fact of one match, the library counts the facts of a frame that no longer holds them all, and
  reads past its end. Rarely, that ends the process; there is no way to retract without it.
- ``delete_state`` corrupts memory, and each new session id keeps about a megabyte for ever. So there is one session.

Absences are judged on the matches, against what is held, because a rule file may state facts in any order.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from durable import engine

from comity.logic.model import Firing, Model, order
from comity.logic.program import Kind, Program, Rule, Stratum
from comity.logic.terms import Absent, Comparison, Literal, Value, Var, ground

RULES_IN_A_RULESET: Final = 20
"""How many rules share a ruleset: well below the sixty branches that one fact may reach."""

_names = itertools.count()
_codes: dict[Value, int] = {}


class _Host(engine.Host):  # type: ignore[misc]
    def _run(self) -> None:
        """Start no timer threads."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """The nth reading of a relation within one rule."""

    relation: str
    positive: bool
    number: int


@dataclass(frozen=True, slots=True)
class _Match:
    rule: Rule
    premises: tuple[Literal, ...]
    bindings: dict[str, Value]


class Rete:
    """One program with a working memory that follows the facts of each call."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._nets = [_Net(stratum) for stratum in program.strata]

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model over *facts*; only what differs from the previous call is asserted or retracted."""
        given = frozenset(facts)
        definite, held = set(given), set(given)
        firings: dict[Literal, tuple[Firing, ...]] = {}
        for net in self._nets:
            for head, group in net.settle(self.program, definite, held).items():
                firings[head] = order(group)
        return Model(self.program, given, frozenset(definite), frozenset(held), firings)


class _Net:
    """The rulesets of one stratum and the matches that they have reported."""

    def __init__(self, stratum: Stratum) -> None:
        self.recursive = stratum.recursive
        self.host = _Host()
        self.reported: list[tuple[Rule, tuple[int, ...]]] = []
        self.matches: dict[tuple[str, tuple[Literal, ...]], _Match] = {}
        self.resting_on: dict[Literal, set[tuple[str, tuple[Literal, ...]]]] = defaultdict(set)
        self.readers: dict[tuple[str, bool], dict[_Slot, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.facts: dict[Literal, int] = {}
        self.taken: dict[Literal, list[tuple[str, dict[str, int]]]] = {}
        self.by_id: dict[int, Literal] = {}
        self.ids = itertools.count(1)
        matched = [rule for rule in stratum.rules if _positives(rule)]
        for start in range(0, len(matched), RULES_IN_A_RULESET):
            self._load(matched[start : start + RULES_IN_A_RULESET])
        for rule in stratum.rules:
            if not _positives(rule):
                self._keep(rule, ())

    def _load(self, rules: list[Rule]) -> None:
        name = f"comity-{next(_names)}"
        definition: dict[str, Any] = {}
        for number, rule in enumerate(rules):
            conditions, slots = _antecedents(rule)
            definition[f"r{number}"] = {"all": conditions, "run": self._note(rule, len(slots))}
            for slot in slots:
                names = self.readers[slot.relation, slot.positive][slot]
                if name not in names:
                    names.append(name)
        self.host.set_rulesets({name: definition})

    def _note(self, rule: Rule, count: int) -> Any:
        def note(closure: Any) -> None:
            messages = closure._m
            self.reported.append((rule, tuple(messages[f"m_{i}"]["fact"] for i in range(count))))

        return note

    def settle(self, program: Program, definite: set[Literal], held: set[Literal]) -> dict[Literal, list[Firing]]:
        """Bring the stratum up to date with *held*; add to both sets what it concludes; return its firings."""
        self._follow({literal for literal in held if (literal.relation, literal.positive) in self.readers})
        while True:
            present = defaultdict(list)
            for literal in held:
                present[literal.relation, literal.positive].append(literal)
            fired: dict[Literal, list[Firing]] = defaultdict(list)
            surely: set[Literal] = set()
            for match in self.matches.values():
                if _absences_met(match, present):
                    firing = _firing(match)
                    fired[firing.head].append(firing)
                    if match.rule.kind is Kind.STRICT and definite.issuperset(match.premises):
                        surely.add(firing.head)
            new = surely - definite
            definite |= new
            if new and self._adopt(new, held):
                continue
            won = {head for head, group in fired.items() if _carried(program, head, group, fired, definite)}
            if not self._adopt(won, held) or not self.recursive:
                return fired

    def _adopt(self, literals: set[Literal], held: set[Literal]) -> bool:
        """Add what is new to *held*, and to the net where it reads it; whether anything was new."""
        new = literals - held
        held |= new
        for literal in new:
            if (literal.relation, literal.positive) in self.readers:
                self._assert(literal)
        self._collect()
        return bool(new)

    def _follow(self, wanted: set[Literal]) -> None:
        for literal in self.facts.keys() - wanted:
            self._retract(literal)
        for literal in wanted - self.facts.keys():
            self._assert(literal)
        self._collect()

    def _assert(self, literal: Literal) -> None:
        if literal in self.facts:
            return
        number = next(self.ids)
        self.facts[literal] = number
        self.by_id[number] = literal
        taken = self.taken[literal] = []
        for ruleset, message in self._messages(literal, number):
            try:
                self.host.assert_fact(ruleset, message)
            except engine.MessageNotHandledException:
                continue
            taken.append((ruleset, message))

    def _retract(self, literal: Literal) -> None:
        number = self.facts.pop(literal)
        for ruleset, message in self.taken.pop(literal):
            self.host.retract_fact(ruleset, message)
        del self.by_id[number]
        for key in self.resting_on.pop(literal, set()):
            match = self.matches.pop(key, None)
            if match is not None:
                for other in match.premises:
                    self.resting_on[other].discard(key)

    def _messages(self, literal: Literal, number: int) -> Iterable[tuple[str, dict[str, int]]]:
        values = {f"a{i}": _code(value) for i, value in enumerate(literal.terms)}
        for slot, rulesets in self.readers[literal.relation, literal.positive].items():
            tag = _tag(slot)
            for ruleset in rulesets:
                yield ruleset, {"id": number * 64 + slot.number, "sid": 1, "fact": number, "r": tag, "ok": 1, **values}

    def _collect(self) -> None:
        for rule, numbers in self.reported:
            if all(number in self.by_id for number in numbers):
                self._keep(rule, tuple(self.by_id[number] for number in numbers))
        self.reported.clear()

    def _keep(self, rule: Rule, premises: tuple[Literal, ...]) -> None:
        bindings = _bind(rule, premises)
        if bindings is None:
            return
        key = rule.id, premises
        self.matches[key] = _Match(rule, premises, bindings)
        for premise in premises:
            self.resting_on[premise].add(key)


def _code(value: object) -> int:
    assert isinstance(value, str | int)
    return _codes.setdefault(value, len(_codes) + 1)


def _tag(slot: _Slot) -> int:
    return _code(f"{slot.relation}/{'+' if slot.positive else '-'}/{slot.number}")


def _positives(rule: Rule) -> list[Literal]:
    return [condition for condition in rule.body if isinstance(condition, Literal)]


def _antecedents(rule: Rule) -> tuple[list[dict[str, Any]], list[_Slot]]:
    """The positive conditions as durable-rules wants them, joined on the variables they share."""
    slots: list[_Slot] = []
    written: list[dict[str, Any]] = []
    home: dict[str, tuple[int, str]] = {}
    for number, literal in enumerate(_positives(rule)):
        same = [s for s in slots if (s.relation, s.positive) == (literal.relation, literal.positive)]
        slots.append(_Slot(literal.relation, literal.positive, len(same)))
        tests: list[dict[str, Any]] = [{"r": _tag(slots[-1])}]
        here: dict[str, tuple[int, str]] = {}
        for position, term in enumerate(literal.terms):
            field = f"a{position}"
            if not isinstance(term, Var):
                tests.append({field: _code(term)})
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
    return written, slots


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
                    yield {"$neq": {here[one.name][1]: _code(other)}}
                elif isinstance(other, Var) and other.name in home:
                    first, its_field = home[other.name]
                    yield {"$neq": {here[one.name][1]: {f"m_{first}": its_field}}}


def _bind(rule: Rule, premises: tuple[Literal, ...]) -> dict[str, Value] | None:
    bindings: dict[str, Value] = {}
    for pattern, premise in zip(_positives(rule), premises, strict=True):
        for term, value in zip(pattern.terms, premise.terms, strict=True):
            assert isinstance(value, str | int)
            if isinstance(term, Var):
                if bindings.setdefault(term.name, value) != value:
                    return None
            elif term != value:
                return None
    met = all(test.holds(bindings) for test in rule.body if isinstance(test, Comparison))
    return bindings if met else None


def _absences_met(match: _Match, present: dict[tuple[str, bool], list[Literal]]) -> bool:
    for condition in match.rule.body:
        if isinstance(condition, Absent):
            pattern = condition.literal
            known = present.get((pattern.relation, pattern.positive), ())
            if any(_fits(pattern, literal, match.bindings) for literal in known):
                return False
    return True


def _fits(pattern: Literal, literal: Literal, bindings: dict[str, Value]) -> bool:
    loose: dict[str, object] = {}
    for term, value in zip(pattern.terms, literal.terms, strict=True):
        if isinstance(term, Var):
            wanted = bindings.get(term.name, loose.setdefault(term.name, value))
            if wanted != value:
                return False
        elif term != value:
            return False
    return True


def _firing(match: _Match) -> Firing:
    named = tuple(sorted((n, v) for n, v in match.bindings.items() if not n.startswith("_")))
    return Firing(match.rule, ground(match.rule.head, match.bindings), named, match.premises)


def _carried(
    program: Program,
    head: Literal,
    group: list[Firing],
    fired: dict[Literal, list[Firing]],
    definite: set[Literal],
) -> bool:
    if head in definite or ~head in definite:
        return head in definite
    support = {firing.rule.id for firing in group if firing.rule.kind is not Kind.DEFEATER}
    against = {firing.rule.id for firing in fired.get(~head, ())}
    beaten = frozenset[str]().union(*(program.weaker_than.get(rule, frozenset()) for rule in support))
    return bool(support) and against <= beaten
