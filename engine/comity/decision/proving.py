"""Judging what is claimed of every possible case: proved, or a case that breaks it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from comity.decision import counterpart
from comity.decision.reasons import Reasons
from comity.law.case import Case
from comity.law.facts import facts
from comity.law.possible import AnyTables, case_axioms, pattern, shapes
from comity.law.property import Claim, Property, applies, support
from comity.law.real import FIRST_DAY, LAST_DAY, Real
from comity.law.rulebook import Rulebook
from comity.law.state import in_sentence
from comity.law.terms import ChannelKind
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic import reference
from comity.logic.axiom import Axiom, Setting
from comity.logic.program import Program, Rule
from comity.logic.prove import Answer, Impossible, Open, Possible, Questions
from comity.logic.terms import Comparison, Literal, Var


class Standing(Enum):
    """How a claim stands."""

    PROVED = "proved"
    PROVED_HERE = "proved for these tables"
    FAILS = "fails"
    OPEN = "open"


@dataclass(frozen=True)
class Judgment:
    """What came of one claim.

    ``case`` breaks it (or, of what must be possible, shows it), and ``text`` says in what; ``axioms`` are what the
    proof was told of, in words; ``rows`` are rows that no table has and that would decide the claim otherwise;
    ``why`` says what kept an open one open. ``seconds`` is the time it took.
    """

    claim: Property
    standing: Standing
    seconds: float
    text: str = ""
    case: Case | None = None
    axioms: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Coverage:
    """Which rules can apply: shown by a case, only under rows that no table has, never, or unknown."""

    shown: dict[str, Case] = field(default_factory=dict)
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dead: tuple[str, ...] = ()
    open: dict[str, str] = field(default_factory=dict)


class Prover:
    """Judges the claims made of one rulebook; *today* is the day whose law is tried first, *timeout* in seconds."""

    def __init__(
        self, rulebook: Rulebook, properties: Iterable[Property], today: date, timeout: float = 20.0
    ) -> None:
        self.rulebook = rulebook
        self.properties = tuple(properties)
        self.timeout = timeout
        rules = {rule.id: rule for rule in rulebook.rules}
        self.applications = {id_: applies(rule.kernel[0]) for id_, rule in rules.items()}
        made = (*support(rulebook), *(r for p in self.properties for r in p.rules), *self.applications.values())
        self.program = Program((*rulebook.program.rules, *made, *_open_abroad()), rulebook.program.superiority)
        self.assumed = tuple(p.axiom for p in self.properties if p.axiom is not None)
        self._proved_closed: dict[str, bool] = {}
        self._any = Questions(
            self.program,
            Setting(shapes(rulebook), (*case_axioms(), *self.assumed)),
            AnyTables(self._never_open),
        )
        self._lemmas = Questions(self.program, Setting(shapes(rulebook), (*case_axioms(), *self.assumed)))
        self.real = Real(rulebook.tables, today, self.told)
        span = FIRST_DAY, LAST_DAY
        self._here = Questions(
            self.program, Setting(shapes(rulebook, span, self.real.words), case_axioms()), self.real
        )

    def told(self, case: Case, day: date) -> Iterator[Literal]:
        """The facts that a case has from what the states that ask could have."""
        for request in case.requests:
            other = counterpart.turned_round(case, request)
            theirs = None if other is None else Reasons(self.rulebook, self._model(other, day))
            yield from counterpart.seen(request, str(case.forum), theirs)

    def _model(self, case: Case, day: date) -> reference.Model:
        return reference.model(self.rulebook.program, facts(case, self.rulebook.tables, day))

    def _never_open(self, kind: str) -> bool:
        """Whether no case opens a channel of that kind to another state."""
        if kind not in self._proved_closed:
            goal = Literal(f"!open {kind}", (Var("item"), Var("there")))
            self._proved_closed[kind] = isinstance(self._lemmas.ask(goal, self.timeout), Impossible)
        return self._proved_closed[kind]

    def judge(self, claim: Property) -> Judgment:
        """How a claim with a goal stands."""
        assert claim.goal is not None
        begun = time.monotonic()
        if claim.claim is Claim.POSSIBLE:
            return self._judge_possible(claim, begun)
        anywhere = self._any.ask(claim.goal, self.timeout)
        if isinstance(anywhere, Impossible):
            told = tuple(axiom.says for axiom in anywhere.axioms)
            return Judgment(claim, Standing.PROVED, time.monotonic() - begun, axioms=told)
        here = self._here.ask(claim.goal, self.timeout)
        if isinstance(here, Possible):
            case, text = self._shown(claim, here)
            return Judgment(claim, Standing.FAILS, time.monotonic() - begun, text, case)
        rows = self._rows(anywhere)
        if isinstance(here, Impossible):
            told = tuple(dict.fromkeys(axiom.says for axiom in here.axioms))
            return Judgment(claim, Standing.PROVED_HERE, time.monotonic() - begun, axioms=told, rows=rows)
        return Judgment(claim, Standing.OPEN, time.monotonic() - begun, rows=rows, why=here.why)

    def _judge_possible(self, claim: Property, begun: float) -> Judgment:
        assert claim.goal is not None
        here = self._here.ask(claim.goal, self.timeout)
        if isinstance(here, Possible):
            case, text = self._shown(claim, here)
            return Judgment(claim, Standing.PROVED, time.monotonic() - begun, text, case)
        anywhere = self._any.ask(claim.goal, self.timeout)
        if isinstance(here, Impossible) or isinstance(anywhere, Impossible):
            rows = self._rows(anywhere)
            return Judgment(claim, Standing.FAILS, time.monotonic() - begun, claim.title, rows=rows)
        return Judgment(claim, Standing.OPEN, time.monotonic() - begun, why=here.why)

    def _shown(self, claim: Property, found: Possible) -> tuple[Case, str]:
        assert self.real.case is not None
        return self.real.case, _filled(claim, found.literal)

    def _rows(self, anywhere: Answer) -> tuple[str, ...]:
        if not isinstance(anywhere, Possible):
            return ()
        rows = [fact for fact in anywhere.facts if RELATIONS[fact.relation].origin is Origin.TABLE]
        return tuple(sorted(map(str, rows)))


def _open_abroad() -> Iterator[Rule]:
    """Rules that conclude ``!open KIND`` where a channel to another state is open."""
    item, here, there = Var("item"), Var("here"), Var("there")
    for kind in ChannelKind:
        channel = Literal("channel", (item, there, str(kind.value)))
        body = (pattern("case", forum=here), channel, Comparison("!=", here, there))
        yield Rule(f"!open {kind.value}", Literal(f"!open {kind.value}", (item, there)), body)


def _filled(claim: Property, literal: Literal) -> str:
    assert claim.goal is not None
    names = {var.name: value for var, value in zip(claim.goal.terms, literal.terms, strict=True) if isinstance(var, Var)}
    return claim.because.format_map({name: in_sentence(str(value)) for name, value in names.items()})
