"""A ruleset of durable-rules: its facts, which are asserted and retracted, and its matches.

What durable-rules 2.0.28 does and does not do decides the shape of this package, and of no other. Its C engine is
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
"""

from __future__ import annotations

import itertools
import json
from typing import Final

import durable_rules_engine as engine

from comity.logic.rete.held import Held
from comity.logic.rete.matching import Match, Matching
from comity.logic.rete.writing import Reading, antecedents, told
from comity.logic.rule import Rule
from comity.logic.terms import Literal

ALL_AT_ONCE: Final = 60_000
"""How many matches of a rule are reported together: the engine counts them in sixteen bits."""

TAKEN: Final = 0
"""What the engine returns for a fact that some rule wants."""

FIRST_GATE: Final = '{"id": 1, "sid": 1, "r": 0, "ok": 1}'
SECOND_GATE: Final = '{"id": 2, "sid": 1, "r": 0, "ok": 1}'

_names = itertools.count()


class Ruleset:
    """Some rules of a stratum, the facts that they read, and the matches that they have reported.

    A rule *sleeps* while nothing is held that one of its conditions can match: no fact is posted for its sake alone.
    """

    def __init__(self, rules: list[Rule], readings: dict[str, list[Reading]], written: dict[str, str]) -> None:
        self.matches: list[Match] = []
        self.rules = [(rule.needs, readings[rule.id]) for rule in rules]
        self.matchings = {f"r{number}": Matching(rule) for number, rule in enumerate(rules)}
        self.relations = frozenset(relation for rule in rules for relation in rule.needs)
        self.posted: dict[tuple[Literal, int], str] = {}
        self.number_of: dict[Literal, int] = {}
        self.by_number: dict[int, Literal] = {}
        self.numbers = itertools.count(3)
        self.open = False
        texts = [(f"r{number}", antecedents(rule, written)) for number, rule in enumerate(rules)]
        told = ", ".join(f'"{name}": {{"all": {text}, "cap": {ALL_AT_ONCE}}}' for name, text in texts)
        self.handle = int(engine.create_ruleset(f"comity-{next(_names)}", f"{{{told}}}"))

    def follow(self, held: Held) -> None:
        """Hold exactly the facts of *held* that the rules read."""
        wanted = self._wanted(held)
        if not self.posted.keys() <= wanted:
            self._clear()
        if wanted:
            self._post_all(wanted)

    def grow(self, held: Held) -> list[Match]:
        """Take in what is new in *held*, from which nothing has gone; the matches that it completes."""
        before = len(self.matches)
        self._post_all(self._wanted(held))
        return self.matches[before:]

    def _wanted(self, held: Held) -> set[tuple[Literal, int]]:
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
        return f'{{"id": {next(self.numbers)}, "sid": 1, "n": {number}, "r": {tag}, "ok": 1{told(literal.terms)}}}'

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
