"""Whether a changed program says the same as before on every possible set of facts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from comity.logic.axiom import Setting
from comity.logic.program import Program, Rule
from comity.logic.prove import Impossible, Open, Questions
from comity.logic.terms import Absent, Literal, Term, Var


def equivalent(program: Program, mutant: Program, setting: Setting, timeout: float = 10.0) -> bool | None:
    """Whether every rule applies to the same literals in both programs, and every literal has the same verdict.

    Rules are told by their ids; what a rule is called in one program only would have to apply never. ``True`` is
    proved for all facts that *setting* allows, ``False`` has facts that show the difference, and ``None`` means that
    neither was found within *timeout* seconds, or that a changed rule reads what it concludes.
    """
    until = time.monotonic() + timeout
    changed = [id_ for id_ in {**program.by_id, **mutant.by_id} if program.by_id.get(id_) != mutant.by_id.get(id_)]
    old = [program.by_id[id_] for id_ in changed if id_ in program.by_id]
    new = [mutant.by_id[id_] for id_ in changed if id_ in mutant.by_id]
    if any(_reads_itself(rule, one) for one, rules in ((program, old), (mutant, new)) for rule in rules):
        return None
    differences = [*_applying(old, new), *_applying(new, old)]
    reweighed = program.superiority ^ mutant.superiority
    weight = [pair for pair in reweighed if pair[0] in program.by_id and pair[1] in program.by_id]
    kinds = [rule for rule in old if rule.id in mutant.by_id and mutant.by_id[rule.id].kind is not rule.kind]
    heads = [program.by_id[id_].head for pair in weight for id_ in pair[:1]] + [rule.head for rule in kinds]
    verdicts, copies, superiority = _verdicts(program, mutant, heads)
    found: bool | None = True
    combined = Program((*program.rules, *copies, *differences, *verdicts), program.superiority | superiority)
    questions = Questions(combined, setting)
    for goal in dict.fromkeys(rule.head for rule in (*differences, *verdicts) if rule.head.relation.startswith("!only")):
        answer = questions.ask(goal, max(0.01, until - time.monotonic()))
        if isinstance(answer, Open):
            found = None
        elif not isinstance(answer, Impossible):
            return False
    return found


def _reads_itself(rule: Rule, program: Program) -> bool:
    from comity.logic.slicing import needed

    read = {c.relation for c in rule.body if isinstance(c, Literal)}
    read |= {c.literal.relation for c in rule.body if isinstance(c, Absent)}
    return rule.head.relation in needed(program.rules, read)


def _applying(rules: list[Rule], others: list[Rule]) -> Iterator[Rule]:
    """Rules that conclude ``!only …`` where one of *rules* applies to what its namesake among *others* does not."""
    by_id = {rule.id: rule for rule in others}
    for rule in rules:
        other = by_id.get(rule.id)
        sign = "" if rule.head.positive else "~"
        side = "old" if rules is not others and other is not None else "alone"
        mine = Literal(f"!mine {id(rules)} {rule.id}", rule.head.terms)
        yield Rule(f"{mine.relation}", mine, rule.body)
        goal = Literal(f"!only {id(rules)} {sign}{rule.id} {side}", rule.head.terms)
        bound = tuple(Var(f"a{n}") for n in range(len(rule.head.terms)))
        pattern = Literal(mine.relation, bound)
        if other is None or other.head != rule.head:
            yield Rule(goal.relation, replace(goal, terms=bound), (pattern,))
            continue
        theirs = Literal(f"!theirs {id(rules)} {rule.id}", other.head.terms)
        yield Rule(theirs.relation, theirs, other.body)
        yield Rule(goal.relation, replace(goal, terms=bound), (pattern, Absent(replace(theirs, terms=bound))))


def _verdicts(
    program: Program, mutant: Program, heads: list[Literal]
) -> tuple[list[Rule], list[Rule], frozenset[tuple[str, str]]]:
    """Rules that conclude ``!only …`` where a literal is held in one program only, and the mutant's rules, renamed."""
    relations = {head.relation for head in heads}
    copies = [
        replace(rule, id=f"{rule.id}'", head=replace(rule.head, relation=f"{rule.head.relation}'"))
        for rule in mutant.rules
        if rule.head.relation in relations
    ]
    known = {rule.id for rule in copies}
    superiority = frozenset(
        (f"{a}'", f"{b}'") for a, b in mutant.superiority if f"{a}'" in known and f"{b}'" in known
    )
    found = []
    for number, head in enumerate(dict.fromkeys(heads)):
        terms: tuple[Term, ...] = tuple(
            Var(f"a{n}") if isinstance(term, Var) else term for n, term in enumerate(head.terms)
        )
        named = tuple(term for term in terms if isinstance(term, Var))
        for positive in (True, False):
            mine = Literal(head.relation, terms, positive)
            theirs = Literal(f"{head.relation}'", terms, positive)
            for side, (has, lacks) in enumerate(((mine, theirs), (theirs, mine))):
                goal = Literal(f"!only verdict {number} {positive} {side}", named)
                found.append(Rule(goal.relation, goal, (has, Absent(lacks))))
    return found, copies, superiority
