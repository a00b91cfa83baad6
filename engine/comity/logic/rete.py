"""The rete reading: durable-rules joins the facts, which are asserted and retracted as they come in.

What durable-rules 2.0.28 does and does not do decides the shape of this module, and of no other. Its C engine is
used directly, without the ``Host`` around it, whose timer threads race with the caller and whose actions swallow
exceptions.

- It tells when a rule *begins* to match and never when it ceases to. So a ruleset is asked anew for all its matches
  once one of its facts has gone.
- To retract a fact of a match that has been reported reads, and at times writes, beyond the end of the match. So
  every rule waits for one fact more, its *gate*: facts come and go while the gate is shut. Before it shuts, a second
  gate makes every match once more, in the same places, and takes them away unreported; nothing reported is left.
- Where the last of several tests of a join fails, it reads on beyond the end of the tests. So every join ends in a
  test that never fails.
- One fact is never matched twice by one rule. So a relation that a rule reads twice is posted once for each reading.
- One fact that reaches more than about sixty branches of one ruleset fails with error 303. So the rules of a stratum
  are spread over several rulesets, and a fact goes only to those that read its relation.
- A match holds at most sixteen facts, the gate included; ``LONGEST_JOIN`` keeps rules within that.
- Booleans, null, nested lists and text with quotes are each treated in a way of their own. So every value travels as
  a number that stands for it, and comparisons other than "is" and "differs from" are made here.
- ``delete_state`` corrupts memory, each new session id keeps about a megabyte for ever, and a ruleset is never freed.
  So there is one session, and a working memory is best kept for as long as its program is asked.

Absences are judged on the matches, against what is held, because a rule file may state facts in any order.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import durable_rules_engine as engine

from comity.logic.model import Firing, Model, order
from comity.logic.program import Kind, Program, Rule, Stratum
from comity.logic.terms import Absent, Comparison, Literal, Value, Var, ground, variables

RULES_IN_A_RULESET: Final = 40
"""How many rules share a ruleset: well below the sixty branches that one fact may reach."""

ALL_AT_ONCE: Final = 60_000
"""How many matches of a rule are reported together: the engine counts them in sixteen bits."""

TAKEN: Final = 0
"""What the engine returns for a fact that some rule wants."""

FIRST_GATE: Final = '{"id": 1, "sid": 1, "r": 0, "ok": 1}'
SECOND_GATE: Final = '{"id": 2, "sid": 1, "r": 0, "ok": 1}'
GATE_TEST: Final = {"$and": [{"r": 0}, {"ok": {"m_0": "ok"}}]}

_ByValues = dict[tuple[object, ...], list[Literal]]

_names = itertools.count()
_codes: dict[Value, int] = {}
_values: dict[int, Value] = {}


class _Reading(NamedTuple):
    """One condition of a rule: relation and sign, a tag for the nth reading of that within the rule, the constants."""

    relation: tuple[str, bool]
    tag: int
    places: tuple[int, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    rule: Rule
    premises: tuple[Literal, ...]
    bindings: dict[str, Value]


def prepare(program: Program) -> None:
    """Write all rules of *program* as durable-rules reads them: what is written is the same in every process."""
    for rule in program.rules:
        _antecedents(rule, program.written)


class Rete:
    """One program with a working memory that follows the facts of each call."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._nets = [_Net(stratum, program.written) for stratum in program.strata]

    def model(self, facts: Iterable[Literal]) -> Model:
        """The model over *facts*; what has not changed since the previous call is not matched again."""
        given = frozenset(facts)
        held = _Held(given)
        definite = set(given)
        firings: dict[Literal, tuple[Firing, ...]] = {}
        for net in self._nets:
            for head, group in net.settle(self.program, definite, held).items():
                firings[head] = order(group)
        return Model(self.program, given, frozenset(definite), frozenset(held.all), firings)


class _Held:
    """What holds so far, by relation and sign."""

    def __init__(self, literals: Iterable[Literal]) -> None:
        self.all: set[Literal] = set()
        self.by_relation: dict[tuple[str, bool], set[Literal]] = defaultdict(set)
        self.by_values: dict[tuple[str, bool], dict[tuple[int, ...], _ByValues]] = defaultdict(dict)
        self.add(literals)

    def add(self, literals: Iterable[Literal]) -> set[Literal]:
        """Add *literals*; return those that are new."""
        new = set(literals) - self.all
        self.all |= new
        for literal in new:
            self.by_relation[literal.relation, literal.positive].add(literal)
            self.by_values.pop((literal.relation, literal.positive), None)
        return new

    def like(self, reading: _Reading) -> list[Literal]:
        """What is held of the relation with the constants of *reading*."""
        known = self.by_values[reading.relation]
        if reading.places not in known:
            found = known[reading.places] = defaultdict(list)
            for literal in self.by_relation[reading.relation]:
                found[tuple([literal.terms[place] for place in reading.places])].append(literal)
        return known[reading.places].get(reading.values, [])


class _Net:
    """The rulesets of one stratum.

    A rule waits, and the engine knows nothing of it, until there is something that each of its conditions can match:
    most rules never see it in one case, and to take a rule in costs as much as several facts.
    """

    def __init__(self, stratum: Stratum, written: dict[str, str]) -> None:
        self.recursive = stratum.recursive
        self.written = written
        joins = sorted((rule for rule in stratum.rules if rule.needs), key=lambda rule: sorted(rule.needs))
        self.waiting = {rule.id: rule for rule in joins}
        self.readings: dict[str, list[_Reading]] = {}
        self.rulesets: list[_Ruleset] = []
        self.unconditional = [match for rule in stratum.rules if not rule.needs for match in _Matching(rule).match(())]

    def _take_in(self, held: _Held) -> None:
        """Give the engine those of the waiting rules that *held* may fulfil."""
        present = {relation for relation, literals in held.by_relation.items() if literals}
        called = [
            rule
            for rule in self.waiting.values()
            if present.issuperset(rule.needs) and all(map(held.like, self._readings(rule)))
        ]
        for start in range(0, len(called), RULES_IN_A_RULESET):
            rules = called[start : start + RULES_IN_A_RULESET]
            readings = {rule.id: self.readings.pop(rule.id) for rule in rules}
            self.rulesets.append(_Ruleset(rules, readings, self.written))
        for rule in called:
            del self.waiting[rule.id]

    def _readings(self, rule: Rule) -> list[_Reading]:
        if rule.id not in self.readings:
            self.readings[rule.id] = _readings(rule)
        return self.readings[rule.id]

    def settle(self, program: Program, definite: set[Literal], held: _Held) -> dict[Literal, list[Firing]]:
        """Bring the stratum up to date with *held*; add to both sets what it concludes; return its firings."""
        fired: dict[Literal, list[Firing]] = defaultdict(list)
        strict: list[Firing] = []
        self._take_in(held)
        for ruleset in self.rulesets:
            ruleset.follow(held)
        reports = itertools.chain(self.unconditional, *(ruleset.matches for ruleset in self.rulesets))
        while True:
            new = [_firing(match) for match in reports if _absences_met(match, held)]
            for firing in new:
                fired[firing.head].append(firing)
            strict += [firing for firing in new if firing.rule.kind is Kind.STRICT]
            certain = {firing.head for firing in strict if definite.issuperset(firing.premises)} - definite
            definite |= certain
            won = {head for head in {firing.head for firing in new} if _carried(program, head, fired, definite)}
            added = held.add(certain | won)
            if not (self.recursive and (added or certain)):
                return fired
            fresh = {(literal.relation, literal.positive) for literal in added}
            self._take_in(held)
            growing = [ruleset for ruleset in self.rulesets if not ruleset.relations.isdisjoint(fresh)]
            reports = itertools.chain(*(ruleset.grow(held) for ruleset in growing))


class _Ruleset:
    """Some rules of a stratum, the facts that they read, and the matches that they have reported.

    A rule *sleeps* while nothing is held that one of its conditions can match: no fact is posted for its sake alone.
    """

    def __init__(self, rules: list[Rule], readings: dict[str, list[_Reading]], written: dict[str, str]) -> None:
        self.matches: list[_Match] = []
        self.rules = [(rule.needs, readings[rule.id]) for rule in rules]
        self.matchings = {f"r{number}": _Matching(rule) for number, rule in enumerate(rules)}
        self.relations = frozenset(relation for rule in rules for relation in rule.needs)
        self.posted: dict[tuple[Literal, int], str] = {}
        self.number_of: dict[Literal, int] = {}
        self.by_number: dict[int, Literal] = {}
        self.numbers = itertools.count(3)
        self.open = False
        texts = [(f"r{number}", _antecedents(rule, written)) for number, rule in enumerate(rules)]
        told = ", ".join(f'"{name}": {{"all": {text}, "cap": {ALL_AT_ONCE}}}' for name, text in texts)
        self.handle = int(engine.create_ruleset(f"comity-{next(_names)}", f"{{{told}}}"))

    def follow(self, held: _Held) -> None:
        """Hold exactly the facts of *held* that the rules read."""
        wanted = self._wanted(held)
        if not self.posted.keys() <= wanted:
            self._clear()
        if wanted:
            self._post_all(wanted)

    def grow(self, held: _Held) -> list[_Match]:
        """Take in what is new in *held*, from which nothing has gone; the matches that it completes."""
        before = len(self.matches)
        self._post_all(self._wanted(held))
        return self.matches[before:]

    def _wanted(self, held: _Held) -> set[tuple[Literal, int]]:
        """The facts, each with the tag of the reading for which it is posted."""
        present = {relation for relation in self.relations if held.by_relation.get(relation)}
        awake = [readings for needs, readings in self.rules if present.issuperset(needs)]
        readings = {reading for reads in awake if all(map(held.like, reads)) for reading in reads}
        free = {reading.tag for reading in readings if not reading.places}
        return {
            (literal, reading.tag)
            for reading in readings
            if not reading.places or reading.tag not in free
            for literal in held.like(reading)
        }

    def _post_all(self, wanted: set[tuple[Literal, int]]) -> None:
        state = 0
        for literal, tag in wanted - self.posted.keys():
            message = self._message(literal, tag)
            code, found = engine.assert_fact(self.handle, message)
            self.posted[literal, tag] = message if code == TAKEN else ""
            if code == TAKEN:
                state = found
        if self.posted and not self.open:
            state = self._post(FIRST_GATE)
            self.open = True
        if state:
            self._read(state)

    def _message(self, literal: Literal, tag: int) -> str:
        number = self.number_of.get(literal) or next(self.numbers)
        self.number_of[literal] = number
        self.by_number[number] = literal
        return f'{{"id": {next(self.numbers)}, "sid": 1, "n": {number}, "r": {tag}, "ok": 1{_told(literal.terms)}}}'

    def _post(self, gate: str) -> int:
        return int(engine.assert_fact(self.handle, gate)[1])

    def _clear(self) -> None:
        """Retract every fact, with the gate shut as the head of the module says."""
        if self.open:
            self._post(SECOND_GATE)
            engine.retract_fact(self.handle, SECOND_GATE)
            engine.retract_fact(self.handle, FIRST_GATE)
            self.open = False
        for message in filter(None, self.posted.values()):
            engine.retract_fact(self.handle, message)
        self.posted.clear()
        self.number_of.clear()
        self.by_number.clear()
        self.matches.clear()

    def _read(self, state: int) -> None:
        started = engine.start_action_for_state(self.handle, state)
        report = started and started[1]
        while report:
            ((name, frames),) = json.loads(report).items()
            matching = self.matchings[name]
            for frame in frames:
                premises = tuple([self.by_number[frame[position]["n"]] for position in matching.positions])
                self.matches += matching.match(premises)
            report = engine.complete_and_start_action(self.handle, state)


@lru_cache(maxsize=50_000)
def _told(terms: tuple[object, ...]) -> str:
    """The values of a fact as they stand in a message; tables tell the same facts of case after case."""
    return "".join([f', "a{place}": {_code(value)}' for place, value in enumerate(terms)])


def _code(value: object) -> int:
    """The number that stands for a value, the same in every process."""
    assert isinstance(value, str | int)
    if value not in _codes:
        code = int.from_bytes(hashlib.blake2b(repr(value).encode(), digest_size=6).digest(), "big")
        while _values.setdefault(code, value) != value:
            code += 1
        _codes[value] = code
    return _codes[value]


def _positives(rule: Rule) -> list[Literal]:
    return [condition for condition in rule.body if isinstance(condition, Literal)]


def _readings(rule: Rule) -> list[_Reading]:
    seen: dict[tuple[str, bool], int] = defaultdict(int)
    found = []
    for literal in _positives(rule):
        relation = literal.relation, literal.positive
        tag = _code(f"{literal.relation}/{'+' if literal.positive else '-'}/{seen[relation]}")
        seen[relation] += 1
        constants = {place: term for place, term in enumerate(literal.terms) if isinstance(term, str | int)}
        found.append(_Reading(relation, tag, tuple(constants), tuple(constants.values())))
    return found


def _antecedents(rule: Rule, written: dict[str, str]) -> str:
    if rule.id not in written:
        written[rule.id] = json.dumps(_conditions(rule))
    return written[rule.id]


def _conditions(rule: Rule) -> list[dict[str, Any]]:
    """The positive conditions as durable-rules wants them, joined on the variables they share."""
    written: list[dict[str, Any]] = []
    home: dict[str, tuple[int, str]] = {}
    for number, (literal, reading) in enumerate(zip(_positives(rule), _readings(rule), strict=True)):
        tests: list[dict[str, Any]] = [{"r": reading.tag}]
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
                    yield {"$neq": {here[one.name][1]: _code(other)}}
                elif isinstance(other, Var) and other.name in home:
                    first, its_field = home[other.name]
                    yield {"$neq": {here[one.name][1]: {f"m_{first}": its_field}}}


class _Matching:
    """How a match of a rule is read: where each variable has its value, and the tests not left to durable-rules."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.positions = [f"m_{number}" for number in range(len(rule.needs))]
        self.binds: dict[str, tuple[int, int]] = {}
        self.repeats: list[tuple[int, int, str]] = []
        for number, literal in enumerate(_positives(rule)):
            for place, term in enumerate(literal.terms):
                if isinstance(term, Var) and self.binds.setdefault(term.name, (number, place)) != (number, place):
                    self.repeats.append((number, place, term.name))
        self.tests = [test for test in rule.body if isinstance(test, Comparison)]

    def match(self, premises: tuple[Literal, ...]) -> list[_Match]:
        """The match, unless a test fails."""
        bindings: dict[str, Any] = {name: premises[i].terms[place] for name, (i, place) in self.binds.items()}
        for number, place, name in self.repeats:
            if premises[number].terms[place] != bindings[name]:
                return []
        return [_Match(self.rule, premises, bindings)] if all(test.holds(bindings) for test in self.tests) else []


def _absences_met(match: _Match, held: _Held) -> bool:
    return not any(
        _present(condition.literal, match.bindings, held)
        for condition in match.rule.body
        if isinstance(condition, Absent)
    )


def _present(pattern: Literal, bindings: dict[str, Value], held: _Held) -> bool:
    if all(name in bindings for name in variables(pattern)):
        return ground(pattern, bindings) in held.all
    known = held.by_relation.get((pattern.relation, pattern.positive), ())
    return any(_fits(pattern, literal, bindings) for literal in known)


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
    named = tuple([(name, match.bindings[name]) for name in match.rule.join.names])
    return Firing(match.rule, ground(match.rule.head, match.bindings), named, match.premises)


def _carried(
    program: Program,
    head: Literal,
    fired: dict[Literal, list[Firing]],
    definite: set[Literal],
) -> bool:
    if head in definite or ~head in definite:
        return head in definite
    support = {firing.rule.id for firing in fired[head] if firing.rule.kind is not Kind.DEFEATER}
    against = {firing.rule.id for firing in fired.get(~head, ())}
    beaten = frozenset[str]().union(*(program.weaker_than.get(rule, frozenset()) for rule in support))
    return bool(support) and against <= beaten
