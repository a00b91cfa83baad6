"""What is checked of rules before any reading runs them, and the faults that it finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from comity.logic.rule import Rule, literals_of
from comity.logic.terms import Absent, Arithmetic, Comparison, Literal, variables

LONGEST_JOIN: Final = 15
"""How many positive conditions a rule may have: durable-rules joins sixteen facts, and one is its gate."""


class ProgramError(ValueError):
    """A program that has no meaning; ``code`` names the kind of fault, ``rule`` the rule at fault if one is."""

    code = "program"

    def __init__(self, message: str, rule: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule


class ArityMismatch(ProgramError):
    """One relation is used with different numbers of terms."""

    code = "arity_mismatch"


class UnboundVariable(ProgramError):
    """A variable of the head or of a comparison is bound by no positive condition."""

    code = "unbound_variable"


class UnsafeAbsence(ProgramError):
    """A named variable occurs in an absent literal and nowhere else."""

    code = "unsafe_absence"


class AnonymousHead(ProgramError):
    """The head has an anonymous variable, so it would conclude something of everything."""

    code = "anonymous_head"


class TooManyConditions(ProgramError):
    """A rule has more positive conditions than the rete reading can join."""

    code = "too_many_conditions"


class DuplicateRule(ProgramError):
    """Two rules bear one id."""

    code = "duplicate_rule"


class BadSuperiority(ProgramError):
    """Superiority names a rule that does not exist, or runs in a circle: each of it before a stronger one."""

    code = "bad_superiority"

    def __init__(self, message: str, rule: str, circle: tuple[str, ...] = ()) -> None:
        super().__init__(message, rule)
        self.circle = circle


def check_ids(rules: Iterable[Rule]) -> None:
    """See that no two rules bear one id.

    Raises:
        DuplicateRule: two do.
    """
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise DuplicateRule(f"two rules are called {rule.id}", rule.id)
        seen.add(rule.id)


def check_arity(rules: Iterable[Rule]) -> None:
    """See that each relation has one number of terms throughout.

    Raises:
        ArityMismatch: one has not.
    """
    arity: dict[str, int] = {}
    for rule in rules:
        for literal in (rule.head, *literals_of(rule.body)):
            known = arity.setdefault(literal.relation, len(literal.terms))
            if known != len(literal.terms):
                raise ArityMismatch(
                    f"{literal.relation} has {len(literal.terms)} terms in {rule.id} and {known} elsewhere", rule.id
                )


def check_safety(rule: Rule) -> None:
    """See that the variables of a rule are bound, and that it can be joined.

    Raises:
        TooManyConditions, UnboundVariable, UnsafeAbsence, AnonymousHead: they are not, or it cannot.
    """
    joined = sum(isinstance(condition, Literal) for condition in rule.body)
    if joined > LONGEST_JOIN:
        raise TooManyConditions(f"{rule.id} joins {joined} conditions; {LONGEST_JOIN} is the most", rule.id)
    bound = {name for condition in rule.body if isinstance(condition, Literal) for name in variables(condition)}
    for condition in rule.body:
        if isinstance(condition, Literal) and any(isinstance(term, Arithmetic) for term in condition.terms):
            raise UnboundVariable(f"{rule.id} reads a relation through arithmetic: {condition}", rule.id)
        if isinstance(condition, Absent):
            loose = [n for n in variables(condition) if n not in bound and not n.startswith("_")]
            if loose:
                raise UnsafeAbsence(f"{rule.id}: ${loose[0]} occurs only in '{condition}'", rule.id)
        if isinstance(condition, Comparison):
            loose = [n for n in variables(condition) if n not in bound]
            if loose:
                raise UnboundVariable(f"{rule.id}: ${loose[0]} in '{condition}' is bound nowhere", rule.id)
    for name in variables(rule.head):
        if name.startswith("_"):
            raise AnonymousHead(f"{rule.id}: the head {rule.head} has an anonymous variable", rule.id)
        if name not in bound:
            raise UnboundVariable(f"{rule.id}: ${name} in the head {rule.head} is bound nowhere", rule.id)


def check_superiority(rules: Iterable[Rule], superiority: Iterable[tuple[str, str]]) -> None:
    """See that superiority names rules, and does not run in a circle.

    Raises:
        BadSuperiority: it names what is none, or runs in one.
    """
    ids = {rule.id for rule in rules}
    above: dict[str, list[str]] = defaultdict(list)
    for stronger, weaker in superiority:
        for end in (stronger, weaker):
            if end not in ids:
                raise BadSuperiority(f"superiority names {end}, which is no rule", end)
        above[weaker].append(stronger)
    cycle = _cycle(ids, above)
    if cycle:
        told = "superiority runs in a circle: " + " over ".join((*cycle, cycle[0]))
        raise BadSuperiority(told, cycle[0], cycle)


def _cycle(nodes: Iterable[str], edges: dict[str, list[str]]) -> tuple[str, ...]:
    done: set[str] = set()
    for start in sorted(nodes):
        path: list[str] = []
        todo = [(start, iter(sorted(edges.get(start, ()))))]
        path.append(start)
        while todo:
            node, rest = todo[-1]
            following = next((n for n in rest if n not in done), None)
            if following is None:
                done.add(node)
                todo.pop()
                path.pop()
            elif following in path:
                return tuple(path[path.index(following) :])
            else:
                path.append(following)
                todo.append((following, iter(sorted(edges.get(following, ())))))
    return ()
