"""A program of the kernel as a Rego policy with the same conclusions and the same reasons.

Each rule adds to a set of its head's relation: the rule's id, the terms of the head, and the values of its variables,
which determine what it matched. What holds is worked out from these sets as the kernel does it.

Rego has no recursion. Where a rule reads the relation that it concludes, but only such of it as other rules conclude
(they name other constants), the rules are written in layers; where it would need its own conclusions, there is none.
Strict rules, and facts of relations that rules conclude, are not written either, because the rulebook has none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from comity.logic.columnar.plan import components
from comity.logic.model import Model
from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Term, Var, variables


class CannotBeSaid(ValueError):
    """Something of the program has no like in Rego."""


def policy(program: Program) -> str:
    """The policy; its answer is at ``data.rulebook.answer``."""
    by_head: dict[str, set[bool]] = defaultdict(set)
    for rule in program.rules:
        if rule.kind is Kind.STRICT:
            raise CannotBeSaid(f"{rule.id} is strict")
        by_head[rule.head.relation].add(rule.head.positive)
    lines = ["package rulebook", "import rego.v1"]
    concluded = [(relation, sign) for relation, signs in sorted(by_head.items()) for sign in sorted(signs)]
    for head in concluded:
        opposite = head[0], not head[1]
        lines += _holding(_name(*head), _name(*opposite) if opposite in concluded else None)
    layers = _layers(program)
    layered = {rule.head.relation: 0 for rule in program.rules if layers[rule.id]}
    for rule in program.rules:
        if rule.head.relation in layered:
            layered[rule.head.relation] = max(layered[rule.head.relation], layers[rule.id])
    for number, rule in enumerate(program.rules):
        sources = {head: f"held_{_name(*head)}" for head in concluded}
        relation, layer = rule.head.relation, layers[rule.id]
        if relation in layered:
            sources[relation, True] = f"below_{layer}_{relation}"
        into = f"layer_{layer}_{relation}" if relation in layered else f"fires_{_name(relation, rule.head.positive)}"
        lines += _rule(rule, number, sources, into)
    for relation, top in layered.items():
        for layer in range(top + 1):
            lines.append(f"fires_{relation} contains f if {{ some f in layer_{layer}_{relation} }}")
            for below in range(layer):
                source = f"layer_{below}_{relation}"
                lines.append(f"below_{layer}_{relation} contains h if {{ some [_, h, _] in {source} }}")
    held = ", ".join(f"{json.dumps(_name(*head))}: held_{_name(*head)}" for head in concluded)
    fired = ", ".join(f"{json.dumps(_name(*head))}: fires_{_name(*head)}" for head in concluded)
    lines.append(f'answer := {{"held": {{{held}}}, "fires": {{{fired}}}}}')
    return "\n".join(lines) + "\n"


def data(program: Program) -> str:
    """What the policy knows beside a case: for each rule those that beat it, and which are defeaters."""
    beaten: dict[str, list[str]] = defaultdict(list)
    for stronger, weaker in sorted(program.superiority):
        beaten[weaker].append(stronger)
    defeaters = {rule.id: True for rule in program.rules if rule.kind is Kind.DEFEATER}
    return json.dumps({"beats": beaten, "defeater": defeaters})


def case(program: Program, facts: frozenset[Literal]) -> str:
    """A case as input: the rows of each relation that a rule reads."""
    rows: dict[str, list[Sequence[Term]]] = {}
    for rule in program.rules:
        for condition in rule.body:
            if not isinstance(condition, Comparison):
                literal = condition.literal if isinstance(condition, Absent) else condition
                rows.setdefault(_name(literal.relation, literal.positive), [])
    for fact in facts:
        rows.setdefault(_name(fact.relation, fact.positive), []).append(fact.terms)
    return json.dumps(rows)


def answer(result: Mapping[str, Any]) -> tuple[frozenset[Any], frozenset[Any]]:
    """What holds (relation and terms) and what fires (rule, terms of the head, values of the variables)."""
    held = {(name, tuple(terms)) for name, rows in result["held"].items() for terms in rows}
    fires = {(id_, tuple(terms), tuple(values)) for rows in result["fires"].values() for id_, terms, values in rows}
    return frozenset(held), frozenset(fires)


def of_model(program: Program, model: Model) -> tuple[frozenset[Any], frozenset[Any]]:
    """The same of a model of the kernel."""
    concluded = {rule.head.relation for rule in program.rules}
    held = {(_name(x.relation, x.positive), x.terms) for x in model.held if x.relation in concluded}
    fires = set()
    for group in model.firings.values():
        for firing in group:
            bound: dict[str, Term] = {}
            patterns = (condition for condition in firing.rule.body if isinstance(condition, Literal))
            for pattern, premise in zip(patterns, firing.premises, strict=True):
                bound.update(
                    (t.name, v) for t, v in zip(pattern.terms, premise.terms, strict=True) if isinstance(t, Var)
                )
            fires.add((firing.rule.id, firing.head.terms, tuple(bound[name] for name in _names(firing.rule))))
    return frozenset(held), frozenset(fires)


def _layers(program: Program) -> dict[str, int]:
    """For each rule its layer among those for the same relation: above every rule whose conclusions it may read.

    Raises:
        CannotBeSaid: a rule may read its own conclusions, directly or through others.
    """
    layers = dict.fromkeys((rule.id for rule in program.rules), 0)
    for part in components(program):
        if not part.recursive:
            continue
        if len(part.relations) > 1:
            raise CannotBeSaid(f"{', '.join(part.relations)} need one another")
        rules = [rule for rule in program.rules if rule.head.relation == part.relations[0]]
        reads = {
            rule.id: [other for other in rules if any(_may_be(condition, other.head) for condition in rule.body)]
            for rule in rules
        }
        for _ in rules:
            for rule in rules:
                layers[rule.id] = max((layers[other.id] + 1 for other in reads[rule.id]), default=0)
                if layers[rule.id] > len(rules):
                    raise CannotBeSaid(f"{rule.id} needs its own conclusions")
    return layers


def _may_be(condition: Condition, head: Literal) -> bool:
    """Whether a condition may be met by what a rule concludes, as far as their constants show."""
    return (
        isinstance(condition, Literal)
        and (condition.relation, condition.positive) == (head.relation, head.positive)
        and all(
            isinstance(one, Var) or isinstance(other, Var | Arithmetic) or one == other
            for one, other in zip(condition.terms, head.terms, strict=True)
        )
    )


def _name(relation: str, positive: bool) -> str:
    return relation if positive else f"not_{relation}"


def _names(rule: Rule) -> list[str]:
    return sorted({name for c in rule.body if isinstance(c, Literal) for name in variables(c)})


def _holding(name: str, opposite: str | None) -> Iterator[str]:
    """What holds of a relation and sign: what is supported, and attacked only by what a supporting rule beats."""
    if opposite is None:
        yield f"held_{name} contains h if {{ some [r, h, _] in fires_{name}; not data.defeater[r] }}"
        return
    yield f"support_{name}[h] contains r if {{ some [r, h, _] in fires_{name}; not data.defeater[r] }}"
    yield f"beaten_{name}(a, h) if {{ some b in data.beats[a]; b in support_{name}[h] }}"
    yield f"blocked_{name} contains h if {{ some [a, h, _] in fires_{opposite}; not beaten_{name}(a, h) }}"
    yield f"held_{name} contains h if {{ some h, _ in support_{name}; not h in blocked_{name} }}"


def _rule(rule: Rule, number: int, sources: Mapping[tuple[str, bool], str], into: str) -> Iterator[str]:
    body: list[str] = []
    bound: set[str] = set()
    positive = [condition for condition in rule.body if isinstance(condition, Literal)]
    tests = [condition for condition in rule.body if isinstance(condition, Comparison)]
    order = [rule.join.first.step(number).position for number in range(len(positive))]
    for place in order:
        body += _match(positive[place], bound, place, sources)
        bound |= set(variables(positive[place]))
        ready = [test for test in tests if bound.issuperset(variables(test))]
        tests = [test for test in tests if test not in ready]
        for test in ready:
            body += _test(test)
    for place, absent in enumerate(condition.literal for condition in rule.body if isinstance(condition, Absent)):
        names = sorted(set(variables(absent)) & bound)
        helper = f"found_{number}_{place}"
        given = ", ".join(_variable(name) for name in names) or "_"
        inner = "; ".join(_match(absent, set(names), place, sources))
        yield f"{helper}({given}) if {{ {inner} }}"
        body.append(f"not {helper}({given if names else 'true'})")
    head = ", ".join(_term(term) for term in rule.head.terms)
    values = ", ".join(_variable(name) for name in _names(rule))
    yield f"{into} contains [{json.dumps(rule.id)}, [{head}], [{values}]] if {{ {'; '.join(body)} }}"


def _match(literal: Literal, bound: set[str], place: int, sources: Mapping[tuple[str, bool], str]) -> Iterator[str]:
    """One condition: a row is taken apart, and what is known already is compared."""
    name = _name(literal.relation, literal.positive)
    source = sources.get((literal.relation, literal.positive), f"input[{json.dumps(name)}]")
    seen = set(bound)
    shown: list[str] = []
    same: list[str] = []
    for position, term in enumerate(literal.terms):
        if isinstance(term, Var) and term.name not in seen:
            seen.add(term.name)
            shown.append(_variable(term.name))
        else:  # a constant in the pattern would be an error where a row has a word for a number
            shown.append(f"k{place}_{position}")
            same.append(f"k{place}_{position} == {_term(term)}")
    yield f"some [{', '.join(shown)}] in {source}"
    yield from same


def _test(test: Comparison) -> Iterator[str]:
    left = _term(test.left)
    if isinstance(test.right, tuple):
        among = f"{left} in {{{', '.join(json.dumps(value) for value in test.right)}}}"
        yield among if test.op == "in" else f"not {among}"
        return
    right = _term(test.right)
    if test.op not in ("==", "!="):
        yield f"type_name({left}) == type_name({right})"
    yield f"{left} {test.op} {right}"


def _term(term: Term) -> str:
    if isinstance(term, Var):
        return _variable(term.name)
    if isinstance(term, Arithmetic):
        return f"({_term(term.left)} {term.op} {_term(term.right)})"
    return json.dumps(term)


def _variable(name: str) -> str:
    return f"v_{name.replace('-', '_')}"
