"""Random programs that are safe and stratified by construction, so that most of them conclude, with random facts."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from comity.logic.program import Program
from comity.logic.rule import Kind, Rule
from comity.logic.soundness import ProgramError
from comity.logic.terms import COMPARISONS, Absent, Comparison, Literal, Var, variables

VALUES = ["a", "b", 1, 2, "1", "", 'say "$x"']
ARITY = {"r0": 1, "r1": 2, "r2": 2, "r3": 1, "r4": 2, "r5": 3, "r6": 0}
KINDS = [Kind.ORDINARY] * 3 + [Kind.STRICT, Kind.DEFEATER]
DRAWN = st.randoms(use_true_random=False)


def literal(draw: Random, number: int, names: list[str], open_to: float = 0.7) -> Literal:
    terms = [Var(draw.choice(names)) if names and draw.random() < open_to else draw.choice(VALUES) for _ in range(3)]
    return Literal(f"r{number}", tuple(terms[: ARITY[f"r{number}"]]), draw.random() < 0.75)


def rule(draw: Random, id_: str) -> Rule:
    """A rule that concludes r3 to r6 from lower relations, or at times from its own, bound as safety asks."""
    head = draw.randint(3, 6)
    reads = [draw.randint(0, head if draw.random() < 0.15 else head - 1) for _ in range(draw.choice([0, 1, 2, 2, 3]))]
    positive = [literal(draw, number, ["x", "y", "z"], 0.85) for number in reads]
    bound = sorted({name for condition in positive for name in variables(condition)})
    body: list[Literal | Absent | Comparison] = list(positive)
    if draw.random() < 0.3:
        body.append(Absent(literal(draw, draw.randint(0, head - 1), [*bound, "_any"])))
    if bound and draw.random() < 0.4:
        other = draw.choice([Var(draw.choice(bound)), draw.choice(VALUES)])
        body.append(Comparison(draw.choice([op for op in COMPARISONS if "in" not in op]), Var(bound[0]), other))
    draw.shuffle(body)
    return Rule(id_, literal(draw, head, bound, 0.8), tuple(body), draw.choice(KINDS))


def program(draw: Random) -> Program | None:
    rules = tuple(rule(draw, f"rule{number}") for number in range(draw.randint(3, 12)))
    pairs = [sorted(draw.sample(range(len(rules)), 2)) for _ in range(draw.randint(0, 8))]
    try:
        return Program(rules, frozenset((rules[a].id, rules[b].id) for a, b in pairs))
    except ProgramError:  # the few that read a contested relation of their own
        return None


def facts(draw: Random) -> set[Literal]:
    return {literal(draw, draw.choice([0, 0, 1, 1, 2, 3, 4]), []) for _ in range(draw.randint(4, 25))}
