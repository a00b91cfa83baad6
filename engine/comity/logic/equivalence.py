"""Whether a changed program says the same as before on every possible set of facts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from comity.logic.axiom import Setting
from comity.logic.program import Program
from comity.logic.prove import Impossible, Open, Questions, World
from comity.logic.rule import Rule
from comity.logic.slicing import literals, needed
from comity.logic.soundness import LONGEST_JOIN
from comity.logic.terms import Absent, Arithmetic, Comparison, Condition, Literal, Term, Var


def equivalent(
    program: Program, mutant: Program, setting: Setting, timeout: float = 10.0, world: World | None = None
) -> bool | None:
    """Whether in both programs every rule applies to the same literals, and every literal has the same verdict.

    Rules are told by their ids; one that stands in a single program would never have to apply. ``True`` is proved for
    all facts that *setting* allows, in *world* if one is given. ``False`` has facts that show a difference. ``None``
    means that neither was found within *timeout* seconds, or that a changed rule reads what it concludes.
    """
    until = time.monotonic() + timeout
    ids = [id_ for id_ in {**program.by_id, **mutant.by_id} if program.by_id.get(id_) != mutant.by_id.get(id_)]
    old = {id_: program.by_id[id_] for id_ in ids if id_ in program.by_id}
    new = {id_: mutant.by_id[id_] for id_ in ids if id_ in mutant.by_id}
    if any(_reads_itself(rule, program) for rule in (*old.values(), *new.values())):
        return None
    in_question = [*_applying("old", old, new), *_applying("new", new, old)]
    weighed = dict.fromkeys(rule.head for rule in _weighed_otherwise(program, mutant))
    copies, superiority = _renamed(mutant, {head.relation for head in weighed})
    in_question += [rule for number, head in enumerate(weighed) for rule in _verdicts(number, head)]
    both = Program((*program.rules, *copies, *in_question), program.superiority | superiority)
    questions = Questions(both, setting, world)
    same: bool | None = True
    for rule in in_question:
        if rule.head.relation.startswith("!differs"):
            answer = questions.ask(rule.head, until - time.monotonic())
            if isinstance(answer, Open):
                same = None
            elif not isinstance(answer, Impossible):
                return False
    return same


def never_meet(
    program: Program,
    pairs: Iterable[tuple[str, str]],
    setting: Setting,
    timeout: float = 10.0,
    world: World | None = None,
) -> bool | None:
    """Whether in none of *pairs* both rules ever apply, one for and one against the same literal.

    Superiority between two such rules makes no difference. ``True`` is proved for all facts that *setting* allows, in
    *world* if one is given; ``None`` means that no answer was found within *timeout* seconds.
    """
    until = time.monotonic() + timeout
    meetings = [
        meeting
        for number, (one, other) in enumerate(sorted(pairs))
        if (meeting := _meeting(f"!meet {number}", program.by_id[one], program.by_id[other])) is not None
    ]
    if any(sum(isinstance(condition, Literal) for condition in rule.body) > LONGEST_JOIN for rule in meetings):
        return None
    questions = Questions(Program((*program.rules, *meetings), program.superiority), setting, world)
    answers = [questions.ask(rule.head, until - time.monotonic()) for rule in meetings]
    if all(isinstance(answer, Impossible) for answer in answers):
        return True
    return None if any(isinstance(answer, Open) for answer in answers) else False


def _meeting(name: str, one: Rule, other: Rule) -> Rule | None:
    """A rule that applies where both rules do, to the same; none where their heads cannot be the same."""
    if (one.head.relation, one.head.positive) != (other.head.relation, not other.head.positive):
        return None
    bound: dict[str, Term] = {}
    tests: list[Condition] = []
    for mine, theirs in zip(one.head.terms, other.head.terms, strict=True):
        if isinstance(theirs, Var) and theirs.name not in bound:
            bound[theirs.name] = mine
            continue
        known = bound[theirs.name] if isinstance(theirs, Var) else theirs
        if isinstance(mine, Var) or isinstance(known, Var):
            tests.append(Comparison("==", mine, known))
        elif mine != known:
            return None
    body = (*one.body, *(_under(bound, condition) for condition in other.body), *tests)
    return Rule(name, Literal(name, ()), tuple(dict.fromkeys(body)))


def _under(bound: dict[str, Term], condition: Condition) -> Condition:
    """A condition with *bound* variables replaced, and all others under names of their own."""

    def term(known: Term) -> Term:
        if isinstance(known, Var):
            anonymous = known.name.startswith("_")
            return bound.get(known.name, Var(f"_other{known.name}" if anonymous else f"other {known.name}"))
        if isinstance(known, Arithmetic):
            return replace(known, left=term(known.left), right=term(known.right))
        return known

    if isinstance(condition, Literal):
        return condition._replace(terms=tuple(map(term, condition.terms)))
    if isinstance(condition, Absent):
        literal = condition.literal
        return replace(condition, literal=literal._replace(terms=tuple(map(term, literal.terms))))
    right = condition.right if isinstance(condition.right, tuple) else term(condition.right)
    return replace(condition, left=term(condition.left), right=right)


def _reads_itself(rule: Rule, program: Program) -> bool:
    read = [literal.relation for literal in list(literals(rule))[1:]]
    return rule.head.relation in needed(program.rules, read)


def _applying(side: str, rules: dict[str, Rule], others: dict[str, Rule]) -> Iterator[Rule]:
    """Rules by which ``!differs`` holds where one of *rules* applies to what its namesake does not apply to."""
    for id_, rule in rules.items():
        terms = tuple(Var(f"a{number}") for number in range(len(rule.head.terms)))
        mine = Literal(f"!{side} {id_}", rule.head.terms)
        yield Rule(mine.relation, mine, rule.body)
        differs = Literal(f"!differs {side} {id_}", terms)
        other = others.get(id_)
        speaks_of_the_same = other is not None and (other.head.relation, other.head.positive) == (
            rule.head.relation,
            rule.head.positive,
        )
        absent = (Absent(Literal(f"!{'new' if side == 'old' else 'old'} {id_}", terms)),) if speaks_of_the_same else ()
        yield Rule(differs.relation, differs, (Literal(mine.relation, terms), *absent))


def _weighed_otherwise(program: Program, mutant: Program) -> Iterator[Rule]:
    """The rules of both programs that another beats, or that bind, in one of them only."""
    for _, weaker in sorted(program.superiority ^ mutant.superiority):
        if weaker in program.by_id and weaker in mutant.by_id:
            yield program.by_id[weaker]
    for id_, rule in program.by_id.items():
        if id_ in mutant.by_id and mutant.by_id[id_].kind is not rule.kind:
            yield rule


def _renamed(mutant: Program, relations: set[str]) -> tuple[list[Rule], frozenset[tuple[str, str]]]:
    """The rules of *mutant* for *relations*, under other names, so that they stand beside the old ones.

    What they read goes by its old name: it is the same in both programs, or a difference is found there.
    """
    copies = [
        replace(rule, id=f"{rule.id}'", head=rule.head._replace(relation=f"{rule.head.relation}'"))
        for rule in mutant.rules
        if rule.head.relation in relations
    ]
    known = {rule.id for rule in copies}
    pairs = ((f"{stronger}'", f"{weaker}'") for stronger, weaker in mutant.superiority)
    return copies, frozenset(pair for pair in pairs if known.issuperset(pair))


def _verdicts(number: int, head: Literal) -> Iterator[Rule]:
    """Rules by which ``!differs`` holds where something that *head* may speak of is held in one program only."""
    terms = tuple(Var(f"a{place}") if isinstance(term, Var) else term for place, term in enumerate(head.terms))
    named = tuple(term for term in terms if isinstance(term, Var))
    for positive in (True, False):
        old, new = Literal(head.relation, terms, positive), Literal(f"{head.relation}'", terms, positive)
        for side, (has, lacks) in enumerate(((old, new), (new, old))):
            differs = Literal(f"!differs verdict {number} {positive} {side}", named)
            yield Rule(differs.relation, differs, (has, Absent(lacks)))
