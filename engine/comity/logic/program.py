"""Rules and programs: what is checked before any reading runs, and the strata they run in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final

from comity.logic.join import Join, join
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, variables

LONGEST_JOIN: Final = 15
"""How many positive conditions a rule may have: durable-rules joins sixteen facts, and one is its gate."""


class Kind(Enum):
    """How firmly a rule's conclusion follows from its conditions."""

    STRICT = "strict"
    ORDINARY = "ordinary"
    DEFEATER = "defeater"


@dataclass(frozen=True)
class Rule:
    """*head* follows from all of *body*; a defeater only stands against the opposite of its head."""

    id: str
    head: Literal
    body: tuple[Condition, ...] = ()
    kind: Kind = Kind.ORDINARY

    @cached_property
    def needs(self) -> tuple[tuple[str, bool], ...]:
        """The relations and signs that the positive conditions read, in their order."""
        return tuple((read.relation, read.positive) for read in self.body if isinstance(read, Literal))

    @cached_property
    def join(self) -> Join:
        """How the conditions are matched."""
        return join(self.body, self.head)

    def __str__(self) -> str:
        arrow = {Kind.STRICT: "<-", Kind.ORDINARY: "<=", Kind.DEFEATER: "<~"}[self.kind]
        return f"{self.id}: {self.head} {arrow} {', '.join(map(str, self.body))}"


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


class NotStratified(ProgramError):
    """Relations depend on themselves through negation or through a contest; ``cycle`` lists them in order."""

    code = "cyclic_negation"

    def __init__(self, cycle: tuple[str, ...]) -> None:
        super().__init__(
            "the rules go in a circle through a negation: " + " -> ".join((*cycle, cycle[0])),
        )
        self.cycle = cycle


@dataclass(frozen=True)
class Stratum:
    """Relations that can be worked out together once all lower strata are known.

    ``recursive`` says that some rule of the stratum reads a relation of the same stratum.
    """

    relations: frozenset[str]
    rules: tuple[Rule, ...]
    recursive: bool

    @cached_property
    def readers(self) -> dict[str, dict[str, Rule]]:
        """For each relation the rules of the stratum that read it, by id."""
        found: dict[str, dict[str, Rule]] = defaultdict(dict)
        for rule in self.rules:
            for relation in _relations_read(rule):
                found[relation][rule.id] = rule
        return dict(found)

    @cached_property
    def parts(self) -> tuple[Stratum, ...]:
        """The same from the lowest up, as finely divided as it can be: relations stay together that read each other."""
        reach: dict[str, set[str]] = {relation: set() for relation in self.relations}
        for rule in self.rules:
            reach[rule.head.relation] |= _relations_read(rule) & self.relations
        for middle in reach:
            for read in reach.values():
                if middle in read:
                    read |= reach[middle]
        together = {frozenset({one} | {other for other in reach[one] if one in reach[other]}) for one in reach}
        parts = sorted(together, key=lambda part: (len(part.union(*(reach[one] for one in part))), sorted(part)))
        return tuple(
            Stratum(
                part,
                tuple(rule for rule in self.rules if rule.head.relation in part),
                any(not part.isdisjoint(reach[relation]) for relation in part),
            )
            for part in parts
        )


@dataclass(frozen=True)
class Program:
    """Checked rules with their superiority (pairs *stronger*, *weaker* of rule ids).

    ``written`` has rules, by id, in the form in which a reading last wanted them.

    Raises:
        ProgramError: one of its subclasses, on construction.
    """

    rules: tuple[Rule, ...]
    superiority: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    written: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return hash(tuple([rule.id for rule in self.rules]))

    def __post_init__(self) -> None:
        _check_ids(self.rules)
        _check_arity(self.rules)
        for rule in self.rules:
            _check_safety(rule)
        _check_superiority(self.rules, self.superiority)
        _ = self.strata

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def weaker_than(self) -> dict[str, frozenset[str]]:
        """For each rule id the ids that it beats."""
        beaten: dict[str, set[str]] = defaultdict(set)
        for stronger, weaker in self.superiority:
            beaten[stronger].add(weaker)
        return {stronger: frozenset(weaker) for stronger, weaker in beaten.items()}

    def beats(self, stronger: Rule, weaker: Rule) -> bool:
        """Whether the first rule is superior to the second."""
        return weaker.id in self.weaker_than.get(stronger.id, frozenset())

    @cached_property
    def reads(self) -> dict[str, frozenset[str]]:
        """For each rule id the relations that it reads, absent ones included."""
        return {rule.id: _relations_read(rule) for rule in self.rules}

    @cached_property
    def readers(self) -> dict[str, frozenset[str]]:
        """For each relation the ids of the rules that read it."""
        found: dict[str, set[str]] = defaultdict(set)
        for id_, relations in self.reads.items():
            for relation in relations:
                found[relation].add(id_)
        return {relation: frozenset(ids) for relation, ids in found.items()}

    @cached_property
    def strict(self) -> tuple[Rule, ...]:
        """The strict rules."""
        return tuple(rule for rule in self.rules if rule.kind is Kind.STRICT)

    @cached_property
    def _signs(self) -> frozenset[tuple[str, bool]]:
        return frozenset((rule.head.relation, rule.head.positive) for rule in self.rules)

    def amended(
        self, without: Iterable[str], added: Iterable[Rule], superiority: frozenset[tuple[str, str]]
    ) -> Program:
        """The program with other rules in the place of those called *without*, and another *superiority*.

        Where nothing reads or contests more than before, the strata stay as they are and only what is new is checked,
        which is much quicker than a new program.

        Raises:
            ProgramError: as for a new program.
        """
        gone, new = frozenset(without), tuple(added)
        rules = (*(rule for rule in self.rules if rule.id not in gone), *new)
        before = [self.by_id[id_] for id_ in gone]
        known = {(rule.head.relation, read, apart) for rule in before for read, apart in _dependences(rule)}
        asked = {(rule.head.relation, read, apart) for rule in new for read, apart in _dependences(rule)}
        if not asked <= known or any((rule.head.relation, rule.head.positive) not in self._signs for rule in new):
            return Program(rules, superiority)
        if not superiority <= self.superiority:
            _check_superiority(rules, superiority)
        for rule in new:
            _check_safety(rule)
        by_id = {id_: rule for id_, rule in self.by_id.items() if id_ not in gone} | {rule.id: rule for rule in new}
        strata = tuple(
            Stratum(
                stratum.relations,
                (
                    *(rule for rule in stratum.rules if rule.id not in gone),
                    *(rule for rule in new if rule.head.relation in stratum.relations),
                ),
                stratum.recursive,
            )
            if any(rule.head.relation in stratum.relations for rule in (*before, *new))
            else stratum
            for stratum in self.strata
        )
        made = object.__new__(Program)
        made.__dict__.update(
            rules=rules,
            superiority=superiority,
            written={},
            by_id=by_id,
            strata=strata,
        )
        return made

    @cached_property
    def strata(self) -> tuple[Stratum, ...]:
        """The strata from the lowest up.

        A relation that some rule affirms and another denies is *contested*: whether it holds is not monotone in
        what its rules read, so it stands strictly above that, like a relation that reads an absence.
        """
        return _stratify(self.rules)


def _check_ids(rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise DuplicateRule(f"two rules are called {rule.id}", rule.id)
        seen.add(rule.id)


def _check_arity(rules: Iterable[Rule]) -> None:
    arity: dict[str, int] = {}
    for rule in rules:
        for literal in (rule.head, *_literals(rule.body)):
            known = arity.setdefault(literal.relation, len(literal.terms))
            if known != len(literal.terms):
                raise ArityMismatch(
                    f"{literal.relation} has {len(literal.terms)} terms in {rule.id} and {known} elsewhere", rule.id
                )


def _literals(body: Iterable[Condition]) -> Iterable[Literal]:
    for condition in body:
        if isinstance(condition, Literal):
            yield condition
        elif isinstance(condition, Absent):
            yield condition.literal


def _dependences(rule: Rule) -> Iterable[tuple[str, bool]]:
    """What the rule reads, and whether as an absence."""
    for condition in rule.body:
        if not isinstance(condition, Comparison):
            absent = isinstance(condition, Absent)
            yield (condition.literal if isinstance(condition, Absent) else condition).relation, absent


def _relations_read(rule: Rule) -> frozenset[str]:
    return frozenset(literal.relation for literal in _literals(rule.body))


def _check_safety(rule: Rule) -> None:
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


def _check_superiority(rules: Iterable[Rule], superiority: Iterable[tuple[str, str]]) -> None:
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


def _stratify(rules: tuple[Rule, ...]) -> tuple[Stratum, ...]:
    signs: dict[str, set[bool]] = defaultdict(set)
    for rule in rules:
        signs[rule.head.relation].add(rule.head.positive)
    contested = {relation for relation, seen in signs.items() if len(seen) == 2}
    edges: dict[str, dict[str, bool]] = defaultdict(dict)
    for rule in rules:
        head = rule.head.relation
        for condition in rule.body:
            if isinstance(condition, Comparison):
                continue
            read = condition.literal if isinstance(condition, Absent) else condition
            apart = isinstance(condition, Absent) or head in contested or read.relation in contested
            edges[head][read.relation] = edges[head].get(read.relation, False) or apart

    level = dict.fromkeys(signs, 0)
    for _ in range(len(level) + 1):
        raised = False
        for head, reads in edges.items():
            for source, apart in reads.items():
                needed = level.get(source, -1) + apart
                if level[head] < needed:
                    level[head], raised = needed, True
        if not raised:
            break
    else:
        raise NotStratified(_negative_cycle(edges))

    strata = []
    for number in sorted(set(level.values())):
        relations = frozenset(r for r in level if level[r] == number)
        members = tuple(rule for rule in rules if rule.head.relation in relations)
        recursive = any(literal.relation in relations for rule in members for literal in _literals(rule.body))
        strata.append(Stratum(relations, members, recursive))
    return tuple(strata)


def _negative_cycle(edges: dict[str, dict[str, bool]]) -> tuple[str, ...]:
    for head in sorted(edges):
        for read, apart in sorted(edges[head].items()):
            if apart:
                back = _path(edges, read, head)
                if back is not None:
                    return (head, *back[:-1])
    raise AssertionError("levels rise without end only through a cycle")


def _path(edges: dict[str, dict[str, bool]], start: str, goal: str) -> tuple[str, ...] | None:
    came: dict[str, str | None] = {start: None}
    todo = [start]
    while todo:
        node = todo.pop(0)
        if node == goal:
            path: list[str] = []
            step: str | None = node
            while step is not None:
                path.append(step)
                step = came[step]
            return tuple(reversed(path))
        for following in sorted(edges.get(node, {})):
            if following not in came:
                came[following] = node
                todo.append(following)
    return None
