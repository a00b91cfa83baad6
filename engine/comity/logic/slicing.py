"""The part of a program that a question depends on, with plain definitions written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.soundness import LONGEST_JOIN
from comity.logic.terms import Absent, Comparison, Condition, Literal, Term, Var, variables


def needed(rules: Iterable[Rule], goals: Iterable[str]) -> set[str]:
    """The relations that the relations *goals* depend on, themselves included."""
    reads: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        reads[rule.head.relation].update(read.relation for read in list(literals(rule))[1:])
    found: set[str] = set()
    todo = list(goals)
    while todo:
        relation = todo.pop()
        if relation not in found:
            found.add(relation)
            todo += reads.get(relation, ())
    return found


class Slices:
    """The slices of one program, in which relations with a single definition are replaced by what defines them.

    A relation is defined by a single rule if no other rule speaks for or against it, it does not read itself, and it
    is not among the relations *open_*, of which there may be facts. Relations keep their rules, so that conclusions,
    absences and long rules can still name them.
    """

    def __init__(self, program: Program, open_: Iterable[str] = ()) -> None:
        definitions = _definitions(program.rules, set(open_))
        self.superiority = program.superiority
        self.rules = [_written_out(rule, definitions) for rule in program.rules]
        self._made: dict[str, Program] = {}

    def of(self, goal: str) -> Program:
        """The rules that the relation *goal* depends on."""
        if goal not in self._made:
            relations = needed(self.rules, [goal])
            rules = tuple(rule for rule in self.rules if rule.head.relation in relations)
            kept = {rule.id for rule in rules}
            superiority = frozenset(pair for pair in self.superiority if pair[0] in kept and pair[1] in kept)
            self._made[goal] = Program(rules, superiority)
        return self._made[goal]


def literals(rule: Rule) -> Iterator[Literal]:
    """The head of a rule, and the literals that it reads."""
    yield rule.head
    for condition in rule.body:
        if isinstance(condition, Literal):
            yield condition
        elif isinstance(condition, Absent):
            yield condition.literal


def _definitions(rules: Iterable[Rule], open_: set[str]) -> dict[str, Rule]:
    by_head: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_head[rule.head.relation].append(rule)
    return {
        relation: found[0]
        for relation, found in by_head.items()
        if len(found) == 1
        and relation not in open_
        and found[0].head.positive
        and found[0].kind is Kind.ORDINARY
        and sum(literal.relation == relation for literal in literals(found[0])) == 1
        and not any(isinstance(condition, Absent) for condition in found[0].body)
        and all(isinstance(term, Var) for term in found[0].head.terms)
        and len(set(found[0].head.terms)) == len(found[0].head.terms)
    }


def _written_out(rule: Rule, definitions: dict[str, Rule]) -> Rule:
    if rule.kind is Kind.STRICT:  # reads what is definite, which an ordinary definition never is
        return rule
    body = list(rule.body)
    for number in range(LONGEST_JOIN):
        place = next((i for i, c in enumerate(body) if isinstance(c, Literal) and _plain(c, definitions)), None)
        if place is None:
            break
        literal = body[place]
        assert isinstance(literal, Literal)
        longer = [*body[:place], *_instance(literal, definitions[literal.relation], number), *body[place + 1 :]]
        if sum(isinstance(condition, Literal) for condition in longer) > LONGEST_JOIN:
            break
        body = longer
    return Rule(rule.id, rule.head, tuple(dict.fromkeys(body)), rule.kind)


def _plain(literal: Literal, definitions: dict[str, Rule]) -> bool:
    return literal.positive and literal.relation in definitions


def _instance(literal: Literal, definition: Rule, number: int) -> Iterator[Condition]:
    """The body of *definition* where its head is *literal*."""
    heads = (term.name for term in definition.head.terms if isinstance(term, Var))
    replaced = dict(zip(heads, literal.terms, strict=True))

    def term(inner: Term) -> Term:
        if isinstance(inner, Var):
            return replaced.setdefault(inner.name, Var(f"_{inner.name}~{number}"))
        return inner

    for condition in definition.body:
        if isinstance(condition, Literal):
            yield Literal(condition.relation, tuple(term(t) for t in condition.terms), condition.positive)
    for condition in definition.body:
        if isinstance(condition, Comparison):
            right = condition.right if isinstance(condition.right, tuple) else term(condition.right)
            yield Comparison(condition.op, term(condition.left), right)


def names(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The named variables that the relations among *conditions* bind, in order."""
    found = dict.fromkeys(n for c in conditions if isinstance(c, Literal) for n in variables(c))
    return tuple(name for name in found if not name.startswith("_"))
