"""Sixty channel rules over three items, thirty instruments and twenty states, decided by several engines.

Every engine gets the same seeded cases and must give the same answer: for each item the channels that hold, each with
the ids of the rules for it, and the rules against it that fired. Prints one JSON line for each engine: cases a second,
and the ratios to plain Python and to regorus within this run. ``--growth`` gives the columnar reading more and more.

Run it on an idle machine, from the root of the checkout: ``.venv/bin/python bench/channels.py --out results.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from measure import Report, peak_memory, timed

from comity.logic import reference
from comity.logic.columnar import Caseload, Columnar
from comity.logic.program import Program
from comity.logic.rete import Rete
from comity.logic.rule import Kind, Rule
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


def by_hand(given: Problem) -> Callable[[Case], list[Any]]:
    """Plain Python, as someone would write it who knows the sixty rules and nothing else: the rules by category.

    The answer is a list of item, instrument, state, whether the channel holds, the rules for it and those against it.
    """
    party = given.tables["party"]
    beats: dict[str, set[str]] = {channel.id: set() for channel in given.channels}
    for stronger, weaker in given.superiority:
        beats[weaker].add(stronger)
    by_category: dict[str, list[tuple[Any, ...]]] = {
        category: [
            (
                *(c.id, c.positive, c.instrument, party[c.instrument], given.tables[c.there][c.instrument]),
                *(c.authority, c.urgency, c.custodian, c.consent),
            )
            for c in given.channels
            if c.category in (None, category)
        ]
        for category in CATEGORIES
    }

    def decide(case: Case) -> list[Any]:
        here, authority, urgency, items = case
        answer = []
        for item, category, there, custodian, consent in items:
            if here == there:
                continue
            found: dict[str, tuple[list[str], list[str]]] = {}
            for id_, positive, instrument, parties, others, asked, speed, holder, given_ in by_category[category]:
                if (
                    here in parties
                    and there in others
                    and (asked is None or asked == authority)
                    and (speed is None or speed == urgency)
                    and (holder is None or holder == custodian)
                    and (given_ is None or given_ == consent)
                ):
                    sides = found.get(instrument)
                    if sides is None:
                        sides = found[instrument] = ([], [])
                    sides[0 if positive else 1].append(id_)
            for instrument, (support, attack) in found.items():
                holds = bool(support) and all(not beats[a].isdisjoint(support) for a in attack)
                answer.append((item, instrument, there, holds, support, attack))
        return answer

    return decide


def of_hand(answer: list[Any]) -> Answer:
    """The same as the other engines give it."""
    return {(i, k, s): (holds, frozenset(pro), frozenset(con)) for i, k, s, holds, pro, con in answer}


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


class InRego:
    """regorus, called once a case with the case as JSON; the tables are its data."""

    def __init__(self, given: Problem, folder: Path) -> None:
        import opa_eval

        beats: dict[str, list[str]] = defaultdict(list)
        for stronger, weaker in sorted(given.superiority):
            beats[weaker].append(stronger)
        tables = {n: {i: dict.fromkeys(sorted(s), True) for i, s in table.items()} for n, table in given.tables.items()}
        policy = folder / "channels.rego"
        policy.write_text("\n".join([REGO, *map(_in_rego, given.channels)]), encoding="utf-8")
        self.engine = opa_eval.OpaEval(str(policy), json.dumps(tables | {"beats": beats}), "data.channels.answer")

    def load(self, case: Case) -> str:
        """The case as JSON, as it would come from a file."""
        here, authority, urgency, items = case
        names = ("id", "category", "state", "custodian", "consent")
        given = [dict(zip(names, item, strict=True)) for item in items]
        return json.dumps({"forum": here, "authority": authority, "urgency": urgency, "items": given})

    def run(self, case: str) -> Any:
        """What fires and what holds."""
        return self.engine.evaluate_parsed(case)

    def answer(self, result: Any) -> Answer:
        """The result as the other engines give it."""
        return _answer(result["for"], result["against"], result["held"])


REGO = """package channels
import rego.v1
answer := {"for": pro, "against": con, "held": held}
beaten contains [a, i, k, s] if {
    some [a, i, k, s] in con
    some b in data.beats[a]
    [b, i, k, s] in pro
}
blocked contains [i, k, s] if {
    some [a, i, k, s] in con
    not [a, i, k, s] in beaten
}
held contains [i, k, s] if {
    some [_, i, k, s] in pro
    not [i, k, s] in blocked
}"""


def _in_rego(channel: Channel) -> str:
    k = json.dumps(channel.instrument)
    asks = [
        f"data.party[{k}][input.forum]",
        *(f"input.{n} == {json.dumps(v)}" for n in ("authority", "urgency") if (v := getattr(channel, n))),
        "some i in input.items",
        *(f"i.{n} == {json.dumps(v)}" for n in ("category", "custodian", "consent") if (v := getattr(channel, n))),
        f"data.{channel.there}[{k}][i.state]",
        "i.state != input.forum",
    ]
    name = "pro" if channel.positive else "con"
    body = "".join(f"\n    {ask}" for ask in asks)
    return f"{name} contains [{json.dumps(channel.id)}, i.id, {k}, i.state] if {{{body}\n}}"


class InClips:
    """CLIPS, with the tables asserted once and the facts of a case asserted and retracted."""

    def __init__(self, given: Problem) -> None:
        import clips

        known = [
            f"({name} (instrument {instrument}) (state {state}))"
            for name, table in given.tables.items()
            for instrument, states in table.items()
            for state in sorted(states)
        ]
        known += [f"(beats (stronger {one}) (weaker {other}))" for one, other in sorted(given.superiority)]
        self.constructs = [*CLIPS, *map(_in_clips, given.channels), f"(deffacts known {' '.join(known)})"]
        words = [*STATES, "unknown", *AUTHORITIES, *URGENCIES, *CATEGORIES, *CUSTODIANS, *CONSENTS, *ITEMS]
        self.symbol = {word: clips.Symbol(word) for word in words}
        self.fresh: Callable[[], Any] = clips.Environment
        self.done = 0

    def begin(self) -> None:
        """Begin with an empty environment: one slows down as facts come and go, to a half after 2,000 cases."""
        self.environment = self.fresh()
        for construct in self.constructs:
            self.environment.build(construct)
        self.environment.reset()
        names = ("case", "item", "fires", "beaten", "blocked", "held")
        self.templates = {name: self.environment.find_template(name) for name in names}

    def run(self, case: Case) -> tuple[list[Any], list[Any]]:
        """What fires and what holds."""
        if self.done % 500 == 0:
            self.begin()
        self.done += 1
        here, authority, urgency, items = case
        symbol = self.symbol
        self.templates["case"].assert_fact(forum=symbol[here], authority=symbol[authority], urgency=symbol[urgency])
        for id_, category, state, custodian, consent in items:
            self.templates["item"].assert_fact(
                id=symbol[id_],
                category=symbol[category],
                state=symbol[state],
                custodian=symbol[custodian],
                consent=symbol[consent],
            )
        self.environment.run()
        fires = [(*(f[n] for n in ("rule", "item", "instrument", "state")), f["for"]) for f in self._facts("fires")]
        held = [(f["item"], f["instrument"], f["state"]) for f in self._facts("held")]
        for name in self.templates:
            for fact in self._facts(name):
                fact.retract()
        return fires, held

    def _facts(self, name: str) -> list[Any]:
        return list(self.templates[name].facts())

    def answer(self, result: tuple[list[Any], list[Any]]) -> Answer:
        """The result as the other engines give it."""
        fires, held = result
        pro, con = ([f[:4] for f in fires if f[4] == side] for side in ("yes", "no"))
        return _answer(pro, con, held)


CLIPS = [
    "(deftemplate case (slot forum) (slot authority) (slot urgency))",
    "(deftemplate item (slot id) (slot category) (slot state) (slot custodian) (slot consent))",
    "(deftemplate party (slot instrument) (slot state))",
    "(deftemplate reserved (slot instrument) (slot state))",
    "(deftemplate beats (slot stronger) (slot weaker))",
    "(deftemplate fires (slot rule) (slot for) (slot item) (slot instrument) (slot state))",
    "(deftemplate beaten (slot rule) (slot item) (slot instrument) (slot state))",
    "(deftemplate blocked (slot item) (slot instrument) (slot state))",
    "(deftemplate held (slot item) (slot instrument) (slot state))",
    "(defrule beaten (declare (salience -1))"
    " (fires (rule ?a) (for no) (item ?i) (instrument ?k) (state ?s))"
    " (fires (rule ?b) (for yes) (item ?i) (instrument ?k) (state ?s)) (beats (stronger ?b) (weaker ?a))"
    " => (assert (beaten (rule ?a) (item ?i) (instrument ?k) (state ?s))))",
    "(defrule blocked (declare (salience -2)) (fires (rule ?a) (for no) (item ?i) (instrument ?k) (state ?s))"
    " (not (beaten (rule ?a) (item ?i) (instrument ?k) (state ?s)))"
    " => (assert (blocked (item ?i) (instrument ?k) (state ?s))))",
    "(defrule held (declare (salience -3)) (fires (for yes) (item ?i) (instrument ?k) (state ?s))"
    " (not (blocked (item ?i) (instrument ?k) (state ?s)))"
    " => (assert (held (item ?i) (instrument ?k) (state ?s))))",
]


def _in_clips(channel: Channel) -> str:
    k = channel.instrument
    case = "".join(f" ({n} {v})" for n in ("authority", "urgency") if (v := getattr(channel, n)))
    item = "".join(f" ({n} {v})" for n in ("category", "custodian", "consent") if (v := getattr(channel, n)))
    side = "yes" if channel.positive else "no"
    return (
        f"(defrule {channel.id} (case (forum ?h){case}) (item (id ?i) (state ?s&~?h){item})"
        f" (party (instrument {k}) (state ?h)) ({channel.there} (instrument {k}) (state ?s))"
        f" => (assert (fires (rule {channel.id}) (for {side}) (item ?i) (instrument {k}) (state ?s))))"
    )


def _answer(pro: Sequence[Any], con: Sequence[Any], held: Sequence[Any]) -> Answer:
    sides: dict[tuple[str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for side, fires in enumerate((pro, con)):
        for rule, item, instrument, state, *_ in fires:
            sides[item, instrument, state][side].add(rule)
    holds = {tuple(each) for each in held}
    return {terms: (terms in holds, frozenset(one), frozenset(other)) for terms, (one, other) in sides.items()}


def compare(given: Problem, count: int, rounds: int, threads: int, report: Report) -> None:
    """Run all engines on the same cases; each but the columnar reading on one processor."""
    made = cases(2, count)
    hand, columns, clips = by_hand(given), InColumns(given, threads), InClips(given)
    reading, rete, shared = program(given), Rete(program(given)), shared_facts(given)
    with tempfile.TemporaryDirectory() as folder:
        rego = InRego(given, Path(folder))
    few, fewer, least = made[: min(count, 5000)], made[: min(count, 300)], made[: min(count, 60)]
    texts, loaded, worlds = [rego.load(case) for case in few], columns.load(made), [facts(c, shared) for c in fewer]

    wanted = [of_hand(hand(case)) for case in few]
    held, fired = columns.run(loaded)
    firings = sum(len(pro) + len(con) for case in made for *_, pro, con in hand(case))
    checks = {
        "columnar": columns.answers(columns.run(columns.load(few)), len(few)) == wanted
        and sum(len(group.table) for group in fired) == firings
        and held.num_rows == sum(each[3] for case in made for each in hand(case)),
        "regorus": [rego.answer(rego.run(text)) for text in texts] == wanted,
        "clips": [clips.answer(clips.run(case)) for case in few] == wanted,
        "reference": [answer_of(reference.model(reading, world)) for world in worlds] == wanted[: len(fewer)],
        "rete": [answer_of(rete.model(world)) for world in worlds[: len(least)]] == wanted[: len(least)],
    }
    wrong = [engine for engine, same in checks.items() if not same]
    if wrong:
        raise SystemExit(f"not the answer of plain Python: {', '.join(wrong)}")
    report.line(what="same answers", engines=["plain Python", *checks], cases=count, firings_per_case=firings / count)

    def each(run: Callable[[Any], Any], over: Sequence[Any]) -> Callable[[], None]:
        def work() -> None:
            for one in over:
                run(one)

        return work

    engines: dict[str, tuple[int, Callable[[], Any]]] = {
        "plain Python": (count, each(hand, made)),
        "columnar": (count, lambda: columns.run(loaded)),
        "columnar from Python objects": (count, lambda: columns.run(columns.load(made))),
        "regorus": (len(few), each(rego.run, texts)),
        "clips": (len(few), each(clips.run, few)),
        "reference": (len(fewer), each(lambda world: reference.model(reading, world), worlds)),
        "rete": (len(least), each(rete.model, worlds[: len(least)])),
    }
    best: dict[str, float] = {}
    by_processor: dict[str, float] = {}
    for _ in range(rounds):
        for engine, (number, work) in engines.items():
            seconds, processor, _ = timed(work)
            best[engine] = max(best.get(engine, 0.0), number / seconds)
            by_processor[engine] = max(by_processor.get(engine, 0.0), number / processor)
    for engine, rate in best.items():
        report.line(
            what=engine,
            cases=engines[engine][0],
            cases_per_second=rate,
            to_plain_python=rate / best["plain Python"],
            to_regorus=rate / best["regorus"],
            to_plain_python_by_processor_time=by_processor[engine] / by_processor["plain Python"],
        )


def chunks(count: int, size: int, shared: Any) -> Iterator[Caseload]:
    """Random cases made as Arrow columns, without ever being Python objects."""
    draw = random.Random(3)
    places = [*STATES, "unknown"]

    def column(words: Sequence[str], rows: int) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array(draw.choices(range(len(words)), k=rows), pa.int32()), words)

    for begin in range(0, count, size):
        n = min(size, count - begin)
        numbers = pa.array(range(n), pa.int32())
        case = [numbers, *(column(words, n) for words in (STATES, AUTHORITIES, URGENCIES))]
        names = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2] * n, pa.int32()), ITEMS)
        drawn = (column(words, 3 * n) for words in (CATEGORIES, places, CUSTODIANS, CONSENTS))
        item = [numbers.take(pa.array([c for c in range(n) for _ in ITEMS], pa.int32())), names, *drawn]
        tables = {("case", True): pa.table(case, [*"cabd"]), ("item", True): pa.table(item, [*"ctuvwx"])}
        yield Caseload(n, tables, shared)


def grow(given: Problem, most: int, size: int, threads: int, report: Report) -> None:
    """More and more cases, in chunks: the time for each case against that of the smallest run, and the memory."""
    columns = InColumns(given, threads)
    first, count = 0.0, 10_000
    while count <= most:
        seconds, fired = 0.0, 0
        for caseload in chunks(count, size, columns.shared):
            took, _, (_, groups) = timed(lambda caseload=caseload: columns.run(caseload))
            seconds += took
            fired += sum(len(group.table) for group in groups)
        each = seconds / count
        first = first or each
        report.line(
            what="growth",
            cases=count,
            seconds=seconds,
            cases_per_second=1 / each,
            time_per_case_to_smallest=each / first,
            firings=fired,
            peak_gib=peak_memory(),
        )
        count *= 10


def main() -> None:
    """Compare the engines, or grow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=200_000, help="how many cases the faster engines decide")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many rounds counts")
    parser.add_argument("--threads", type=int, default=2, help="processors of the columnar reading")
    parser.add_argument("--growth", type=int, metavar="CASES", help="10000 cases, 100000, ... up to so many")
    parser.add_argument("--chunk", type=int, default=200_000, help="cases decided at once")
    parser.add_argument("--out", type=Path, help="a file to which results are added, as JSON lines")
    asked = parser.parse_args()
    report = Report("channels", asked.out)
    if asked.growth:
        grow(problem(1), asked.growth, asked.chunk, asked.threads, report)
    else:
        compare(problem(1), asked.cases, asked.rounds, asked.threads, report)


if __name__ == "__main__":
    main()
