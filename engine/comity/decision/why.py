"""Why a conclusion stands, and why another does not: proofs in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.decision.opinion import Opinion
from comity.law.finding import Place
from comity.law.rule import LawRule
from comity.law.state import in_sentence
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.model import Firing, Verdict
from comity.logic.program import Rule
from comity.logic.terms import Absent, Comparison, Condition, Literal, Value, Var


@dataclass(frozen=True)
class Citation:
    """A cited article: what it says in plain words, and whether somebody has read it."""

    cite: str
    title: str
    says: str
    verified: str


@dataclass(frozen=True)
class Argument:
    """One applicable rule: its reason, authorities, the facts it rests on and the conclusions it builds upon.

    ``beats`` and ``beaten_by`` name rules on the other side.
    """

    rule: str
    title: str
    reason: str
    place: Place
    citations: tuple[Citation, ...]
    facts: tuple[str, ...]
    premises: tuple[Explanation, ...]
    beats: tuple[str, ...]
    beaten_by: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """Why a conclusion has its verdict: the arguments for it and against it."""

    says: str
    verdict: Verdict
    support: tuple[Argument, ...]
    against: tuple[Argument, ...]


@dataclass(frozen=True)
class Attempt:
    """A rule that could have led to a conclusion: how far its conditions are met, and what stopped it."""

    rule: LawRule
    met: int
    of: int
    place: Place
    obstacle: str


def why(opinion: Opinion, literal: Literal, depth: int = 3) -> Explanation:
    """Why *literal* is held, refuted or undecided; concluded premises are explained to the given depth."""
    return _Explainer(opinion).explain(literal, depth, frozenset())


@dataclass
class _Explainer:
    opinion: Opinion
    seen: set[Literal] = field(default_factory=set)

    def explain(self, literal: Literal, depth: int, above: frozenset[Literal]) -> Explanation:
        model = self.opinion.model
        inside = above | {literal}
        support = tuple(self._argument(f, literal, depth, inside) for f in self._telling(literal))
        against = tuple(self._argument(f, ~literal, depth, inside) for f in self._telling(~literal))
        return Explanation(says(literal), model.verdict(literal), support, against)

    def _telling(self, literal: Literal) -> list[Firing]:
        """The firings worth telling: one for each rule and reason, defaults only where they carry the verdict."""
        model, rulebook = self.opinion.model, self.opinion.rulebook
        firings = model.firings.get(literal, ())
        if model.verdict(literal) is not Verdict.HELD or len(firings) > 1:
            firm = [f for f in firings if not rulebook.law_rule(f.rule).default]
            firings = tuple(firm) or (firings if literal in model.held else ())
        told: dict[tuple[str, str], Firing] = {}
        for firing in firings:
            told.setdefault((rulebook.law_rule(firing.rule).id, self.opinion.reasons.text(firing)), firing)
        return list(told.values())

    def _argument(self, firing: Firing, literal: Literal, depth: int, above: frozenset[Literal]) -> Argument:
        opinion = self.opinion
        rule = opinion.rulebook.law_rule(firing.rule)
        opposed = opinion.model.firings.get(~literal, ())
        program = opinion.model.program
        given = [p for p in firing.premises if RELATIONS[p.relation].origin is not Origin.RULES]
        built = [p for p in firing.premises if RELATIONS[p.relation].origin is Origin.RULES and p not in above]
        return Argument(
            rule.id,
            rule.title,
            opinion.reasons.text(firing),
            rule.place,
            tuple(self._citation(cite) for cite in rule.cites),
            tuple(dict.fromkeys(self._fact(p) for p in given if p.relation != "case")),
            tuple(self.explain(p, depth - 1, above) for p in built) if depth > 0 else (),
            self._names(o for o in opposed if program.beats(firing.rule, o.rule)),
            self._names(o for o in opposed if program.beats(o.rule, firing.rule)),
        )

    def _names(self, firings: Iterator[Firing]) -> tuple[str, ...]:
        rules = [self.opinion.rulebook.law_rule(firing.rule) for firing in firings]
        return tuple(dict.fromkeys(rule.id for rule in rules if not rule.default))

    def _citation(self, cite: str) -> Citation:
        id_, _, article = cite.partition("/")
        authority = self.opinion.rulebook.authorities[id_]
        found = authority.articles.get(article)
        if found is None:
            return Citation(cite, authority.title, "", authority.verified)
        return Citation(cite, f"{authority.title}, {article}", found.says, found.verified)

    def _fact(self, literal: Literal) -> str:
        row = self.opinion.rulebook.tables.row_behind(literal.relation, tuple(map(str, literal.terms)))
        if row is not None:
            since = f" since {row['in_force'] or row['since']}" if row["in_force"] or row["since"] else ""
            mark = "" if row["verified"] == "yes" else f", verified: {row['verified'] or 'no'}"
            return f"{says(literal)}{since} (table, source: {row['source'][:90]}{mark})"
        origin = "case file" if RELATIONS[literal.relation].origin is Origin.CASE else "table"
        return f"{says(literal)} ({origin})"


def says(literal: Literal) -> str:
    """A literal in plain words: the relation, and its known fields."""
    relation = RELATIONS[literal.relation]
    parts = [
        f"{f.name.replace('_', ' ')} {_shown(f.type, term)}"
        for f, term in zip(relation.fields, literal.terms, strict=True)
        if not (isinstance(term, Var) and term.name.startswith("_")) and term != UNKNOWN
    ]
    return f"{'' if literal.positive else 'not '}{relation.name.replace('_', ' ')}: {', '.join(parts)}"


def _shown(type_: object, term: object) -> str:
    if isinstance(term, Var):
        return f"any {term.name}"
    return in_sentence(str(term)) if type_ in ("state", "id-or-state") else str(term)


def why_not(opinion: Opinion, literal: Literal) -> list[Attempt]:
    """What stopped each rule that could have concluded *literal*, the nearest rule first."""
    attempts = [
        _attempt(opinion, rule, literal)
        for rule in opinion.rulebook.program.rules
        if rule.head.relation == literal.relation and rule.head.positive is literal.positive
        if not rule.id.endswith(("+", "-")) and _bind(rule.head, literal) is not None
    ]
    attempts.sort(key=lambda a: (a.of - a.met, -a.met, a.rule.id))
    return attempts


def _attempt(opinion: Opinion, rule: Rule, literal: Literal) -> Attempt:
    law = opinion.rulebook.law_rule(rule)
    body = sorted(rule.body, key=lambda condition: not isinstance(condition, Literal))
    bindings = _bind(rule.head, literal)
    assert bindings is not None
    met, best = _furthest(opinion, body, bindings)
    if met == len(body):
        attacks = opinion.model.proof(literal).attacks
        standing = [a.firing for a in attacks if not opinion.model.program.beats(rule, a.firing.rule)]
        reasons = [
            f"{opinion.rulebook.law_rule(f.rule).id} stands against it: {opinion.reasons.text(f)}" for f in standing
        ]
        obstacle = "; ".join(dict.fromkeys(reasons)) or "nothing: the conclusion holds"
        return Attempt(law, met, len(body), law.place, obstacle)
    failed = body[met]
    place = next((p for c, p in law.conditions if c is failed), law.place)
    return Attempt(law, met, len(body), place, _obstacle(opinion, failed, best))


def _bind(head: Literal, literal: Literal) -> dict[str, Value] | None:
    bindings: dict[str, Value] = {}
    for pattern, value in zip(head.terms, literal.terms, strict=True):
        if isinstance(pattern, Var):
            if isinstance(value, str | int) and bindings.setdefault(pattern.name, value) != value:
                return None
        elif isinstance(value, str | int) and pattern != value:
            return None
    return bindings


def _furthest(opinion: Opinion, body: list[Condition], bindings: dict[str, Value]) -> tuple[int, dict[str, Value]]:
    """How many conditions can be met in order, and with which values."""
    best = (0, bindings)
    todo = [(0, bindings)]
    while todo:
        depth, bound = todo.pop()
        if depth > best[0]:
            best = depth, bound
        if depth == len(body):
            return best
        todo += [(depth + 1, following) for following in _ways(opinion, body[depth], bound)]
    return best


def _ways(opinion: Opinion, condition: Condition, bound: dict[str, Value]) -> Iterator[dict[str, Value]]:
    if isinstance(condition, Comparison):
        if condition.holds(bound):
            yield bound
    elif isinstance(condition, Absent):
        if not any(_match(condition.literal, fact, bound) is not None for fact in opinion.model.held):
            yield bound
    else:
        for fact in opinion.model.held:
            extended = _match(condition, fact, bound)
            if extended is not None:
                yield extended


def _match(pattern: Literal, fact: Literal, bound: dict[str, Value]) -> dict[str, Value] | None:
    if (pattern.relation, pattern.positive) != (fact.relation, fact.positive):
        return None
    extended = dict(bound)
    for term, value in zip(pattern.terms, fact.terms, strict=True):
        assert isinstance(value, str | int)
        if isinstance(term, Var):
            if extended.setdefault(term.name, value) != value:
                return None
        elif term != value:
            return None
    return extended


def _obstacle(opinion: Opinion, condition: Condition, bound: dict[str, Value]) -> str:
    if isinstance(condition, Comparison):
        left = _value(condition.left, bound)
        right = condition.right if isinstance(condition.right, tuple) else _value(condition.right, bound)
        if condition.op == "!=" and right == UNKNOWN:
            return "a fact that this rule needs is unknown"
        words = ", ".join(map(str, right)) if isinstance(right, tuple) else right
        wanted = {"!=": "another than", "==": "", "in": "one of", "not in": "none of"}.get(condition.op, condition.op)
        return f"{left} is given; wanted is {wanted} {words}".replace("  ", " ")
    if isinstance(condition, Absent):
        return f"it is established that {says(_partly(condition.literal, bound))}, which this rule excludes"
    return _missing(opinion, _partly(condition, bound))


def _missing(opinion: Opinion, wanted: Literal) -> str:
    relation = RELATIONS[wanted.relation]
    close = [f for f in opinion.model.held if f.relation == wanted.relation and f.positive is wanted.positive]
    differing = [(_differing(wanted, fact), fact) for fact in close]
    near = min((d for d in differing if d[0]), key=lambda pair: len(pair[0]), default=None)
    if near is not None and len(near[0]) == 1 and len(wanted.terms) > 1:
        position = near[0][0]
        name = relation.fields[position].name.replace("_", " ")
        type_ = relation.fields[position].type
        has, needs = near[1].terms[position], wanted.terms[position]
        rest = [
            _shown(f.type, t) for i, (f, t) in enumerate(zip(relation.fields, near[1].terms, strict=True)) if i == 0
        ]
        if relation.origin is Origin.CASE and position > 0:
            return f"of {rest[0]} the {name} is {_shown(type_, has)}; wanted is {_shown(type_, needs)}"
    if relation.origin is not Origin.RULES:
        return f"there is no {says(wanted)}"
    nearest = next(iter(why_not(opinion, wanted)), None) if all_known(wanted) else None
    below = f": {nearest.obstacle} ({nearest.rule.id})" if nearest and nearest.met < nearest.of else ""
    return f"not established is {says(wanted)}{below}"


def all_known(literal: Literal) -> bool:
    """Whether a literal has no variable left."""
    return not any(isinstance(term, Var) for term in literal.terms)


def _differing(wanted: Literal, fact: Literal) -> list[int]:
    pairs = zip(wanted.terms, fact.terms, strict=True)
    return [i for i, (term, value) in enumerate(pairs) if not isinstance(term, Var) and term != value]


def _partly(literal: Literal, bound: dict[str, Value]) -> Literal:
    terms = tuple(bound.get(t.name, t) if isinstance(t, Var) else t for t in literal.terms)
    return Literal(literal.relation, terms, literal.positive)


def _value(term: object, bound: dict[str, Value]) -> object:
    if isinstance(term, Var):
        return bound.get(term.name, f"any {term.name}")
    return term
