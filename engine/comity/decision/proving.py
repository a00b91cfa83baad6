"""Judging what is claimed of every possible case: it is proved, or a case breaks it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from comity.decision import counterpart
from comity.decision.counterexample import readable
from comity.decision.opinion import Counsel
from comity.decision.reasons import Reasons
from comity.law.case import Case
from comity.law.facts import facts
from comity.law.possible import AnyTables, any_case, pattern
from comity.law.property import Claim, Property, applies, support
from comity.law.real import Real, setting
from comity.law.rulebook import Rulebook
from comity.law.state import in_sentence
from comity.law.terms import ChannelKind
from comity.law.vocabulary import RELATIONS, Origin, Relation
from comity.logic import reference
from comity.logic.axiom import Axiom, Setting, broken
from comity.logic.domain import INVENTED
from comity.logic.model import Model
from comity.logic.program import Program
from comity.logic.prove import Impossible, Possible, Questions
from comity.logic.rule import Rule
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

    ``case`` breaks it (or, of what must be possible, shows it), and ``text`` says in what. ``axioms`` are what the
    proof was told of facts, in words; ``rows`` are rows that no table has and that would decide the claim otherwise;
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
class Applies:
    """Whether a rule can apply: shown by ``case``, or only under ``rows`` that there are not, or never, or unknown.

    ``applied`` are all the rules that apply in the case.
    """

    rule: str
    case: Case | None = None
    applied: frozenset[str] = frozenset()
    rows: tuple[str, ...] = ()
    never: bool = False
    why: str = ""


class Prover:
    """Judges the claims made of one rulebook.

    *today* is the day whose law is tried first for a case; *timeout*, in seconds, is for each of the questions that a
    claim comes to.
    """

    def __init__(self, rulebook: Rulebook, properties: Iterable[Property], today: date, timeout: float = 20.0) -> None:
        self.rulebook = rulebook
        self.timeout = timeout
        claims = tuple(properties)
        rules = [applies(rule.kernel[0]) for rule in rulebook.rules]
        made = (*support(rulebook), *_open_abroad(), *(rule for claim in claims for rule in claim.rules), *rules)
        self._program = Program((*rulebook.program.rules, *made), rulebook.program.superiority)
        assumed = tuple(claim.axiom for claim in claims if claim.axiom is not None)
        anything = any_case(rulebook, assumed)
        self._closed: dict[str, bool] = {}
        self._lemmas = Questions(self._program, anything)
        self._any = Questions(self._program, anything, AnyTables(self._never_open))
        self.real = Real(rulebook.tables, today, lambda case, day: told(rulebook, case, day))
        self._here = Questions(self._program, setting(rulebook), self.real)

    def judge(self, claim: Property) -> Judgment:
        """How a claim with a goal stands.

        Raises:
            ReadingsDisagree: on the case that breaks the claim the two readings that give advice differ.
        """
        assert claim.goal is not None
        begun = time.monotonic()

        def judged(standing: Standing, text: str = "", **more: object) -> Judgment:
            return Judgment(claim, standing, time.monotonic() - begun, text, **more)  # type: ignore[arg-type]

        wanted = claim.claim is Claim.POSSIBLE
        anywhere = self._any.ask(claim.goal, self.timeout)
        if isinstance(anywhere, Impossible):
            told = tuple(dict.fromkeys(axiom.says for axiom in anywhere.axioms))
            if wanted:
                return judged(Standing.FAILS, "no case meets this, whatever the tables say", axioms=told)
            return judged(Standing.PROVED, axioms=told)
        here = self._here.ask(claim.goal, self.timeout)
        if isinstance(here, Possible):
            case = self._readable(claim.goal, claim.id, claim.title)
            text = _filled(claim, self._met(claim.goal, case))
            Counsel(self.rulebook).opinion(case)  # raises where the readings that give advice do not agree on it
            return judged(Standing.PROVED if wanted else Standing.FAILS, text, case=case)
        rows = self._rows(claim.goal, anywhere) if isinstance(anywhere, Possible) else ()
        if isinstance(here, Impossible):
            told = tuple(dict.fromkeys(axiom.says for axiom in here.axioms))
            if wanted:
                return judged(Standing.FAILS, "no case meets this under the tables as they are", axioms=told, rows=rows)
            return judged(Standing.PROVED_HERE, axioms=told, rows=rows)
        return judged(Standing.OPEN, why=here.why, rows=rows)

    def can_apply(self, rule: str) -> Applies:
        """Whether a rule can apply."""
        goal = applies(self.rulebook.by_id[rule].kernel[0]).head
        here = self._here.ask(goal, self.timeout)
        if isinstance(here, Possible):
            case = self.real.case
            assert case is not None
            assert case.as_of is not None
            also = frozenset(applied(self.rulebook, case, case.as_of))
            if rule in also:
                return Applies(rule, case, also)
        anywhere = self._any.ask(goal, self.timeout)
        if isinstance(anywhere, Impossible):
            return Applies(rule, never=True)
        if isinstance(anywhere, Possible):
            return Applies(rule, rows=self._rows(goal, anywhere))
        return Applies(rule, why=anywhere.why)

    def _never_open(self, kind: str) -> bool:
        """Whether no case opens a channel of that kind to another state."""
        if kind not in self._closed:
            goal = Literal("!open abroad", (kind, Var("item"), Var("there")))
            self._closed[kind] = isinstance(self._lemmas.ask(goal, self.timeout), Impossible)
        return self._closed[kind]

    def _met(self, goal: Literal, case: Case) -> list[Literal]:
        """The instances of a goal that are held in a case."""
        assert case.as_of is not None
        given = facts(case, self.rulebook.tables, case.as_of) | frozenset(told(self.rulebook, case, case.as_of))
        return reference.model(self._here.slices.of(goal.relation), given).of(goal.relation)

    def _readable(self, goal: Literal, name: str, title: str) -> Case:
        assert self.real.case is not None
        return readable(self.real.case, lambda case: bool(self._met(goal, case)), name, title)

    def _rows(self, goal: Literal, found: Possible) -> tuple[str, ...]:
        """The rows of tables, and the answers of other states, without which a goal would not be held.

        What the solver proposes is one way of many, and may take a detour: so it is asked again without each kind of
        row in it, and then each fact is left out in turn.
        """
        setting = self._any.setting
        assert setting is not None
        kinds = _kinds(found.facts)
        for kind in sorted(kinds):
            fewer = Setting(setting.facts, (*setting.axioms, *_only(kinds - {kind})))
            again = Questions(self._program, fewer, self._any.world).ask(goal, self.timeout)
            if isinstance(again, Possible):
                found, kinds = again, _kinds(again.facts)
        program = self._any.slices.of(goal.relation)
        held = set(found.facts)
        for fact in sorted(found.facts, key=str):
            model = reference.model(program, held - {fact})
            if found.literal in model.held and not broken(setting.axioms, held - {fact}):
                held.remove(fact)
        return tuple(sorted({told for fact in held if (told := _outside(fact))}))


def _kinds(facts: Iterable[Literal]) -> frozenset[tuple[str, str]]:
    """Of which relations tables have rows among facts, each with the instrument or attribute that a row is about."""
    return frozenset((f.relation, _about(f)) for f in facts if RELATIONS[f.relation].origin is Origin.TABLE)


def _only(kinds: frozenset[tuple[str, str]]) -> Iterator[Axiom]:
    """That there are rows of these kinds only."""
    about = Var("about")
    for relation in RELATIONS.values():
        if relation.origin is Origin.TABLE:
            words = tuple(sorted(word for name, word in kinds if name == relation.name))
            field = _subject(relation)
            if field is not None:
                row = pattern(relation.name, **{field: about})
                yield Axiom("no other rows", (row, Comparison("not in", about, words)))
            elif not words:
                yield Axiom("no other rows", (pattern(relation.name),))


def _subject(relation: Relation) -> str | None:
    return next((field.name for field in relation.fields if field.type in ("instrument", "attribute")), None)


def _about(fact: Literal) -> str:
    subject = _subject(RELATIONS[fact.relation])
    return "" if subject is None else str(fact.terms[[f.name for f in RELATIONS[fact.relation].fields].index(subject)])


def _outside(fact: Literal) -> str:
    """A fact that no case file says: a row of a table, or what is open to the state that asks, without ids."""
    relation = RELATIONS[fact.relation]
    if relation.origin is Origin.TABLE:
        return re.sub(INVENTED, "…", str(fact))
    if relation.origin is Origin.COUNTERPART:
        words = (value for field, value in zip(relation.fields, fact.terms, strict=True) if field.type != "id")
        return f"{fact.relation}({', '.join(map(str, words))})"
    return ""


def applied(rulebook: Rulebook, case: Case, day: date) -> set[str]:
    """The ids of the rules of the rulebook that apply in a case."""
    model = _model(rulebook, case, day, frozenset(told(rulebook, case, day)))
    return {rulebook.law_rule(firing.rule).id for group in model.firings.values() for firing in group}


def told(rulebook: Rulebook, case: Case, day: date) -> Iterator[Literal]:
    """The facts that a case has from what the states that ask could have."""
    for request in case.requests:
        other = counterpart.turned_round(case, request)
        theirs = None if other is None else Reasons(rulebook, _model(rulebook, other, day))
        yield from counterpart.seen(request, str(case.forum), theirs)


def _model(rulebook: Rulebook, case: Case, day: date, told: frozenset[Literal] = frozenset()) -> Model:
    return reference.model(rulebook.program, facts(case, rulebook.tables, day) | told)


def _open_abroad() -> Iterator[Rule]:
    """Rules that conclude ``!open abroad`` of a kind where a channel of that kind to another state is open."""
    item, home, there = Var("item"), Var("home"), Var("there")
    for kind in map(str, ChannelKind):
        body = (pattern("case", forum=home), Literal("channel", (item, there, kind)), Comparison("!=", home, there))
        yield Rule(f"!open abroad {kind}", Literal("!open abroad", (kind, item, there)), body)


def _filled(claim: Property, met: list[Literal]) -> str:
    """Why a claim fails, in the words of its ``because``."""
    assert claim.goal is not None
    pairs = zip(claim.goal.terms, met[0].terms, strict=True)
    names = {var.name: in_sentence(str(value)) for var, value in pairs if isinstance(var, Var)}
    return claim.because.format_map(names)
