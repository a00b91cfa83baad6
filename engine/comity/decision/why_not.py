"""Why something was not concluded: the rules that could have concluded it, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.decision.nearest import Body, Facts, Fit, Unmet, instance
from comity.decision.opinion import Opinion
from comity.decision.sentences import Sentences
from comity.decision.topics import Topic
from comity.law.finding import Place
from comity.law.overlay import AgencyChange
from comity.law.rule import LawRule
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.model import Verdict
from comity.logic.rule import Kind
from comity.logic.terms import Absent, Comparison, Literal, Value, Var

DEPTH = 2
"""How many steps back a condition that other rules would have to conclude is followed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A condition that is not met.

    ``wanted`` says what the rule asks for, ``found`` what is there instead, ``setting`` the assignment for *what-if*
    that would mend it (empty where no fact of the case can), ``deeper`` the nearest rules that would conclude it.
    """

    wanted: str
    found: str
    setting: str
    place: Place
    deeper: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """A rule that could have led to a conclusion: it fails at ``failures``, in order, or lost to ``lost_to``."""

    rule: LawRule
    conclusion: str
    met: int
    total: int
    failures: tuple[Failure, ...]
    lost_to: tuple[tuple[LawRule, str], ...] = ()


def why_not(opinion: Opinion, topic: Topic, depth: int = DEPTH) -> list[Attempt]:
    """What came nearest to the conclusions of a topic that do not hold, the nearest first; empty where all hold.

    A condition that other rules would have to conclude is followed *depth* steps back.
    """
    search = _Attempts(opinion)
    if topic.rule is not None:
        rule = opinion.rulebook.by_id[topic.rule]
        heads = {compiled.head for compiled in rule.kernel}
        found = [attempt for head in sorted(heads, key=str) for attempt in search.of(head, depth, only=rule)]
        return _unique([a for a in found if a.failures or a.lost_to])
    missing = [lit for lit in topic.literals if opinion.model.verdict(lit) is not Verdict.HELD]
    return _unique([attempt for literal in missing for attempt in search.of(literal, depth)])


def disabled(opinion: Opinion, topic: Topic) -> list[AgencyChange]:
    """The rules that the agency has disabled and that could have concluded what a topic is about."""
    wanted = [lit for lit in topic.literals if opinion.model.verdict(lit) is not Verdict.HELD]
    return [
        change
        for change in opinion.rulebook.changes
        if change.kind == "disable" and change.shipped is not None
        if any(
            r.kind is not Kind.DEFEATER and _unified(r.head, goal) is not None
            for r in change.shipped.kernel
            for goal in wanted
        )
    ]


def _unique(attempts: list[Attempt]) -> list[Attempt]:
    kept = {(a.rule.id, a.conclusion): a for a in sorted(attempts, key=_distance, reverse=True)}
    return sorted(kept.values(), key=_distance)


def _distance(attempt: Attempt) -> tuple[object, ...]:
    return _missing(attempt), -attempt.met, attempt.rule.id, attempt.conclusion


def _missing(attempt: Attempt) -> int:
    """How many conditions are missing, those of the rules included that would have to conclude one of them."""
    return sum(max(1, _missing(f.deeper[0])) if f.deeper else 1 for f in attempt.failures)


class _Attempts:
    def __init__(self, opinion: Opinion) -> None:
        self.opinion = opinion
        self.sentences = Sentences(opinion.rulebook)
        self.facts = Facts(opinion.model)

    def of(self, goal: Literal, depth: int, only: LawRule | None = None) -> list[Attempt]:
        """The attempts at a conclusion, which may have variables, the nearest first."""
        found: list[Attempt] = []
        for rule in [only] if only is not None else self.opinion.rulebook.rules:
            heads = {r.head for r in rule.kernel if only is not None or r.kind is not Kind.DEFEATER}
            unified = [(head, bindings) for head in heads if (bindings := _unified(head, goal)) is not None]
            for head, bindings in sorted(unified, key=lambda pair: str(pair[0])):
                found.append(self._attempt(rule, head, bindings, depth))
        return _unique(found)

    def _attempt(self, rule: LawRule, head: Literal, bindings: Mapping[str, Value], depth: int) -> Attempt:
        body = Body.of(rule)
        fit = self.facts.fit(body, bindings)
        failures = [self._failure(unmet, body, depth) for unmet in fit.unmet]
        failures += self._out_of_time(rule)
        conclusion = self.sentences.literal(head, fit.bindings)
        met = fit.total - len(fit.unmet)
        lost_to = () if failures else tuple(self._lost_to(rule, head, fit))
        return Attempt(rule, conclusion, met, met + len(failures), tuple(failures), lost_to)

    def _out_of_time(self, rule: LawRule) -> Iterator[Failure]:
        day, since, until = self.opinion.as_of, rule.effective_from, rule.effective_until
        if since and day < since:
            text = f"the day of decision is {since} or later"
            yield Failure(text, f"it is {day}", f"as_of={since}", rule.place)
        if until and day > until:
            text = f"the day of decision is {until} or earlier"
            yield Failure(text, f"it is {day}", f"as_of={until}", rule.place)

    def _lost_to(self, rule: LawRule, head: Literal, fit: Fit) -> Iterator[tuple[LawRule, str]]:
        conclusion = instance(head, fit.bindings)
        if conclusion is None or self.opinion.model.verdict(conclusion) is Verdict.HELD:
            return
        seen: set[str] = set()
        for firing in self.opinion.model.firings.get(~conclusion, ()):
            other = self.opinion.rulebook.law_rule(firing.rule)
            if other is not rule and other.id not in seen and not (other.default and not rule.default):
                seen.add(other.id)
                yield other, self.opinion.reasons.text(firing)

    def _failure(self, unmet: Unmet, body: Body, depth: int) -> Failure:
        condition = unmet.condition
        match condition:
            case Comparison():
                wanted = self.sentences.condition(condition, {})
                told = f"it is not so that {self.sentences.condition(condition, unmet.bindings)}"
                return Failure(wanted, told, "", unmet.place)
            case Absent():
                wanted = self.sentences.condition(condition, unmet.bindings)
                return Failure(wanted, "it is established", "", unmet.place)
        wanted = self.sentences.pattern(condition, unmet.bindings, body.choices)
        if unmet.near is not None:
            return self._near(unmet, unmet.near, condition, body, wanted)
        origin = RELATIONS[condition.relation].origin
        if origin is Origin.RULES:
            deeper = () if depth == 0 else tuple(self.of(_bound(condition, unmet.bindings), depth - 1)[:2])
            return Failure(wanted, "it is not established", "", unmet.place, deeper)
        if origin is Origin.COUNTERPART:
            return Failure(wanted, "the rules do not say so of the state that asks", "", unmet.place)
        if origin is Origin.TABLE:
            return Failure(wanted, self._table_says(condition, unmet.bindings), "", unmet.place)
        return Failure(wanted, "the case file does not say so", _setting(condition, unmet.bindings), unmet.place)

    def _near(self, unmet: Unmet, near: Literal, condition: Literal, body: Body, wanted: str) -> Failure:
        relation = RELATIONS[condition.relation]
        differs, settings = [], []
        for i in unmet.fields:
            field, value, term = relation.fields[i], near.terms[i], condition.terms[i]
            name = field.name.replace("_", " ")
            differs.append(f"{name} is {self.sentences.term(field, value, {})}".replace("(unknown)", "unknown"))
            right = unmet.bindings.get(term.name) if isinstance(term, Var) else term
            if right is None and isinstance(term, Var) and term.name in body.choices:
                right = body.choices[term.name][0]
            settings.append(_assignment(near, field.name, "…" if right is None else str(right)))
        return Failure(wanted, ", ".join(differs), next(filter(None, settings), ""), unmet.place)

    def _table_says(self, condition: Literal, bindings: Mapping[str, Value]) -> str:
        literal = instance(condition, bindings)
        weaker = {"party": ("not_in_force", "status_unclear"), "bilateral": ("bilateral_unclear",)}
        if literal is not None:
            for relation in weaker.get(literal.relation, ()):
                other = Literal(relation, literal.terms)
                if other in self.opinion.model.facts:
                    return self.sentences.literal(other)
        day = self.opinion.as_of
        return f"no row of the tables says so for {day}"


def _unified(head: Literal, goal: Literal) -> dict[str, Value] | None:
    """The bindings of the head's variables that make it the goal; a variable of the goal may be anything."""
    if (head.relation, head.positive) != (goal.relation, goal.positive):
        return None
    bindings: dict[str, Value] = {}
    for term, wanted in zip(head.terms, goal.terms, strict=True):
        if isinstance(wanted, Var):
            continue
        if isinstance(term, Var):
            assert isinstance(wanted, str | int)
            if bindings.setdefault(term.name, wanted) != wanted:
                return None
        elif term != wanted:
            return None
    return bindings


def _bound(literal: Literal, bindings: Mapping[str, Value]) -> Literal:
    terms = tuple(bindings.get(t.name, t) if isinstance(t, Var) else t for t in literal.terms)
    return Literal(literal.relation, terms, literal.positive)


_GROUPS = {
    "offence": "offences",
    "person": "persons",
    "system": "systems",
    "custodian": "custodians",
    "data": "data",
    "asset": "assets",
    "proceedings": "proceedings",
    "request": "requests",
}
_PARTS = {
    "conduct": "offences.{0}.conduct_in",
    "effect": "offences.{0}.effects_in",
    "flag": "offences.{0}.flag_states",
    "penalty": "offences.{0}.max_penalty_years.{1}",
    "punishable": "offences.{0}.punishable_in.{1}",
    "nationality": "persons.{0}.nationality",
    "established": "custodians.{0}.establishments",
    "offers_services": "custodians.{0}.offers_services_in",
    "expires": "data.{0}.expires_on",
    "account_of": "data.{0}.account_of",
}


def _assignment(fact: Literal, field: str, value: str) -> str:
    """The assignment that would give a field of a fact of the case that value; empty where there is none."""
    if fact.relation == "case":
        return f"{field}={value}"
    if fact.relation in _GROUPS:
        return f"{_GROUPS[fact.relation]}.{fact.terms[0]}.{field}={value}"
    if fact.relation in _PARTS and fact.terms[0] != UNKNOWN:
        return f"{_PARTS[fact.relation].format(*fact.terms)}={value if fact.relation != 'expires' else '…'}"
    return ""


def _setting(condition: Literal, bindings: Mapping[str, Value]) -> str:
    """The assignment that would add the fact that a condition asks for."""
    literal = _bound(condition, bindings)
    last = literal.terms[-1]
    if literal.relation not in _PARTS or any(isinstance(term, Var) for term in literal.terms[:-1]):
        return ""
    return _assignment(literal, "", "…" if isinstance(last, Var) else str(last))
