"""Sixty channel rules over three items, thirty instruments and twenty states, decided by several engines.

Every engine gets the same seeded cases and must give the same answer: for each item the channels that hold, each with the
ids of the rules for it, and the rules against it that fired. Prints one JSON line for each engine: ``cases`` a second, and
the ratio to plain Python and to regorus within this run. ``--growth`` runs the columnar reading over more and more cases.

Run it on an idle machine, from the root of the checkout: ``.venv/bin/python bench/channels.py --out results.jsonl``.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from measure import Report, peak_memory

from comity.logic import reference
from comity.logic.columnar import Caseload, Columnar
from comity.logic.program import Kind, Program, Rule
from comity.logic.rete import Rete
from comity.logic.terms import Comparison, Literal, Var

STATES = [f"state-{number}" for number in range(20)]
INSTRUMENTS = [f"instrument-{number}" for number in range(30)]
CATEGORIES = ["subscriber", "traffic", "content", "register"]
AUTHORITIES = ["police", "prosecutor", "judge"]
URGENCIES = ["routine", "urgent"]
CUSTODIANS = ["provider", "authority", "person"]
CONSENTS = ["yes", "no", "unknown"]
ITEMS = ["item-0", "item-1", "item-2"]


@dataclass(frozen=True)
class Channel:
    """A rule for or against reaching an item under an instrument, as its author would note it.

    ``None`` means that the rule does not ask. It always asks that the forum is a party and that the item lies abroad;
    ``there`` names the table in which the other state must stand beside the instrument.
    """

    id: str
    kind: Kind
    positive: bool
    instrument: str
    there: str
    category: str | None = None
    authority: str | None = None
    urgency: str | None = None
    custodian: str | None = None
    consent: str | None = None


@dataclass(frozen=True)
class Problem:
    """The rules, which of them beat which, and the tables of parties and of states with a reservation."""

    channels: tuple[Channel, ...]
    superiority: frozenset[tuple[str, str]]
    tables: dict[str, dict[str, frozenset[str]]]


Case = tuple[str, str, str, list[tuple[str, str, str, str, str]]]
"""Forum, authority, urgency, and the items: id, category, state, custodian, consent."""

Answer = dict[tuple[str, str, str], tuple[bool, frozenset[str], frozenset[str]]]
"""By item, instrument and state: whether the channel holds, the rules for it, and those against it."""


def problem(seed: int) -> Problem:
    """The sixty rules: forty for a channel, fourteen against one, six that only stand against it."""
    draw = random.Random(seed)
    for_: list[Channel] = []
    for number in range(40):
        instrument = INSTRUMENTS[number % 30]
        asks: dict[str, str] = {"category": draw.choice(CATEGORIES)}
        if number % 4 == 1:
            asks["authority"] = draw.choice(AUTHORITIES)
        elif number % 4 == 2:
            asks["urgency"] = draw.choice(URGENCIES)
        elif number % 4 == 3:
            asks["custodian"] = draw.choice(CUSTODIANS)
        for_.append(Channel(f"for-{number}", Kind.ORDINARY, True, instrument, "party", **asks))
    against: list[Channel] = []
    for number in range(20):
        instrument = draw.choice(for_).instrument
        kind = Kind.DEFEATER if number >= 14 else Kind.ORDINARY
        if number % 2:
            found = Channel(f"against-{number}", kind, False, instrument, "reserved", category=draw.choice(CATEGORIES))
        else:
            found = Channel(f"against-{number}", kind, False, instrument, "party", consent=draw.choice(CONSENTS))
        against.append(found)
    pairs = [(f.id, a.id) for f in for_ for a in against if f.instrument == a.instrument and draw.random() < 0.5]
    tables = {
        name: {i: frozenset(s for s in STATES if draw.random() < share) for i in INSTRUMENTS}
        for name, share in (("party", 0.5), ("reserved", 0.3))
    }
    return Problem(tuple(for_ + against), frozenset(pairs), tables)


def program(given: Problem) -> Program:
    """The same rules for the kernel."""
    rules = []
    for channel in given.channels:
        asked = {n: getattr(channel, n) or Var(f"_{n}") for n in ("authority", "urgency", "category", "custodian")}
        consent = channel.consent or Var("_consent")
        body = (
            Literal("case", (Var("here"), asked["authority"], asked["urgency"])),
            Literal("item", (Var("item"), asked["category"], Var("there"), asked["custodian"], consent)),
            Literal("party", (channel.instrument, Var("here"))),
            Literal(channel.there, (channel.instrument, Var("there"))),
            Comparison("!=", Var("here"), Var("there")),
        )
        head = Literal("channel", (Var("item"), channel.instrument, Var("there")), channel.positive)
        rules.append(Rule(channel.id, head, body, channel.kind))
    return Program(tuple(rules), given.superiority)


def cases(seed: int, count: int) -> list[Case]:
    """So many random cases."""
    draw = random.Random(seed)
    pick, places = draw.choice, [*STATES, "unknown"]
    return [
        (
            pick(STATES),
            pick(AUTHORITIES),
            pick(URGENCIES),
            [(item, pick(CATEGORIES), pick(places), pick(CUSTODIANS), pick(CONSENTS)) for item in ITEMS],
        )
        for _ in range(count)
    ]


def by_hand(given: Problem) -> Callable[[Case], Answer]:
    """Plain Python, as someone would write it who knows the sixty rules and nothing else: rules by category."""
    party = given.tables["party"]
    beats: dict[str, set[str]] = defaultdict(set)
    for stronger, weaker in given.superiority:
        beats[weaker].add(stronger)
    by_category: dict[str, list[tuple[Any, ...]]] = {
        category: [
            (c.id, c.positive, c.instrument, party[c.instrument], given.tables[c.there][c.instrument])
            + (c.authority, c.urgency, c.custodian, c.consent)
            for c in given.channels
            if c.category in (None, category)
        ]
        for category in CATEGORIES
    }
    only_against = {c.id for c in given.channels if c.kind is Kind.DEFEATER}

    def decide(case: Case) -> Answer:
        here, authority, urgency, items = case
        answer: Answer = {}
        for item, category, there, custodian, consent in items:
            if here == there:
                continue
            pro: dict[str, list[str]] = {}
            con: dict[str, list[str]] = {}
            for id_, positive, instrument, parties, others, asks, speed, holder, given_ in by_category[category]:
                if (
                    here in parties
                    and there in others
                    and (asks is None or asks == authority)
                    and (speed is None or speed == urgency)
                    and (holder is None or holder == custodian)
                    and (given_ is None or given_ == consent)
                ):
                    (pro if positive else con).setdefault(instrument, []).append(id_)
            for instrument in pro.keys() | con.keys():
                support, attack = pro.get(instrument, ()), con.get(instrument, ())
                holds = bool(support) and all(not beats[a].isdisjoint(support) for a in attack)
                answer[item, instrument, there] = holds, frozenset(support), frozenset(attack)
        return answer

    assert only_against, "defeaters attack as the others do, and what they would conclude is not asked"
    return decide


def facts(case: Case, shared: frozenset[Literal] = frozenset()) -> frozenset[Literal]:
    """The facts of a case for the kernel, together with the *shared* ones."""
    here, authority, urgency, items = case
    return shared | {Literal("case", (here, authority, urgency)), *(Literal("item", item) for item in items)}


def shared_facts(given: Problem) -> frozenset[Literal]:
    """The tables as facts."""
    return frozenset(
        Literal(name, (instrument, state))
        for name, table in given.tables.items()
        for instrument, states in table.items()
        for state in states
    )


def answer_of(model: Any) -> Answer:
    """The answer in a model of the kernel."""
    found: dict[tuple[str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for head, group in model.firings.items():
        found[head.terms][0 if head.positive else 1].update(firing.rule.id for firing in group)
    return {
        terms: (Literal("channel", terms) in model.held, frozenset(pro), frozenset(con))
        for terms, (pro, con) in found.items()
    }


class InColumns:
    """The columnar reading, from Arrow to Arrow, with all firings."""

    def __init__(self, given: Problem, threads: int) -> None:
        self.columnar = Columnar(program(given), threads=threads)
        self.rules = [rule.id for rule in self.columnar.program.rules]
        self.shared = {
            (name, True): pa.table({"instrument": [i for i, s in pairs], "state": [s for i, s in pairs]})
            for name, table in given.tables.items()
            for pairs in [[(i, s) for i, states in table.items() for s in sorted(states)]]
        }

    def load(self, given: Sequence[Case]) -> Caseload:
        """The cases as Arrow tables; where they come from a file they are so already."""
        numbers = range(len(given))
        word = pa.dictionary(pa.int32(), pa.string())
        case = pa.table(
            {"case": pa.array(numbers, pa.int32())}
            | {name: pa.array([c[place] for c in given]).cast(word) for place, name in enumerate(("a", "b", "c"))}
        )
        rows = [item for c in given for item in c[3]]
        item = pa.table(
            {"case": pa.array([n for n, c in zip(numbers, given, strict=True) for _ in c[3]], pa.int32())}
            | {f"t{place}": pa.array([row[place] for row in rows]).cast(word) for place in range(5)}
        )
        return Caseload(len(given), {("case", True): case, ("item", True): item}, self.shared)

    def run(self, caseload: Caseload) -> tuple[Any, list[Any]]:
        """What holds, and the firings, as Arrow tables."""
        answer = self.columnar.answer(caseload)
        return answer.held("channel"), list(answer.firings())

    def answers(self, result: tuple[Any, list[Any]], count: int) -> list[Answer]:
        """The result as the other engines give it."""
        value = self.columnar.words.value
        held, fired = result
        sets: list[dict[Any, tuple[set[str], set[str]]]] = [defaultdict(lambda: (set(), set())) for _ in range(count)]
        program_ = self.columnar.program
        for group in fired:
            for row in group.table.to_pylist():
                rule = program_.rules[row["r"]]
                bound = {n: value(row[f"v{place}"]) for place, n in enumerate(group.names[row["r"]])}
                terms = tuple(bound[t.name] if isinstance(t, Var) else t for t in rule.head.terms)
                sets[row["c"]][terms][0 if rule.head.positive else 1].add(rule.id)
        holds = {(row["c"], *(value(row[f"t{place}"]) for place in range(3))) for row in held.to_pylist()}
        return [
            {terms: ((case, *terms) in holds, frozenset(pro), frozenset(con)) for terms, (pro, con) in found.items()}
            for case, found in enumerate(sets)
        ]
