"""Whether a mutant can make a difference in any case at all: proved that it cannot, or shown by a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.audit.bench import Amendment, Basis
from comity.audit.mutants import Mutant
from comity.decision.counterexample import readable
from comity.decision.proving import told
from comity.law.case import Case
from comity.law.possible import any_case
from comity.law.real import Real, setting
from comity.law.rulebook import Rulebook
from comity.logic.equivalence import equivalent, never_meet
from comity.logic.program import Program
from comity.logic.rule import Rule
from comity.logic.terms import Literal
from comity.scenario.expectable import Line, plainness, would_tell_apart

ALWAYS: Final = "every case, whatever the tables say"
UNDER_THE_TABLES: Final = "every case under the tables as they are"

_OF_A_WAY: Final = ("refusal_ground", "safeguard")
"""What is shown with a route only where its rule reads a channel on that route."""


@dataclass(frozen=True)
class Proof:
    """Why a mutant and its rule come to the same: ``by`` says for which cases, ``text`` why."""

    by: str
    text: str


@dataclass(frozen=True)
class Shown:
    """A case in which the mutant concludes something else, and what a scenario could expect of it to notice."""

    case: Case
    lines: tuple[Line, ...]


class Prover:
    """Compares amended rulebooks with the one that they come from, over all possible cases.

    *timeout*, in seconds, is for each comparison, of which there are at most two: whatever the tables say, and under
    the tables as they are.
    """

    def __init__(self, rulebook: Rulebook, timeout: float = 5.0, today: date | None = None) -> None:
        self.rulebook = rulebook
        self.timeout = timeout
        self.anything = any_case(rulebook)
        self.setting = setting(rulebook)
        self.world = Real(rulebook.tables, today or date.today(), lambda case, day: told(rulebook, case, day))

    def compare(self, mutant: Mutant, amendment: Amendment) -> Proof | Case | None:
        """A proof that nothing differs, or a case in which something does; ``None`` where neither is found.

        Nothing differs where rules of which another goes before the other never apply to the same thing, and otherwise
        where every rule applies to the same things and every conclusion has the same verdict. Another
        term of a conclusion, or other channels that a ground is read from, differ wherever the rule applies at all.
        """
        if amendment.reworded or _other_ways(amendment):
            without = self.rulebook.amended({mutant.id: None}).program
            return self._compare(without, "the rule can never apply")
        if not (amendment.old or amendment.new):
            return self._meeting(amendment)
        return self._compare(amendment.rulebook.program, "it applies to the same, and is beaten by the same")

    def _meeting(self, amendment: Amendment) -> Proof | Case | None:
        """Whether rules, of which another goes before the other than it did, are ever both in question."""
        pairs = {(min(pair), max(pair)) for pair in amendment.pairs}
        match never_meet(self.rulebook.program, pairs, self.setting, self.timeout, self.world):
            case True:
                return Proof(UNDER_THE_TABLES, "the two rules never apply to the same thing")
            case False:
                return self.world.case
        return None

    def _compare(self, program: Program, text: str) -> Proof | Case | None:
        before = self.rulebook.program
        if equivalent(before, program, self.anything, self.timeout):
            return Proof(ALWAYS, text)
        match equivalent(before, program, self.setting, self.timeout, self.world):
            case True:
                return Proof(UNDER_THE_TABLES, text)
            case False:
                return self.world.case
        return None

    def shown(self, mutant: Mutant, amendment: Amendment, case: Case) -> Shown:
        """A *case* in which something differs, made small as long as what differs is as plain."""

        def lines(tried: Case) -> list[Line]:
            assert tried.as_of is not None
            basis = Basis(tried, tried.as_of, self.rulebook)
            return would_tell_apart(basis.draft, basis.amended(amendment))

        found = lines(case)
        if not found:
            return Shown(case, ())

        def as_plain(tried: Case) -> bool:
            return any(plainness(line) <= plainness(found[0]) for line in lines(tried)[:1])

        small = readable(case, as_plain, mutant.id[:40], mutant.name)
        return Shown(small, tuple(lines(small)))


def _other_ways(amendment: Amendment) -> bool:
    return _ways(amendment.old) != _ways(amendment.new)


def _ways(rules: tuple[Rule, ...]) -> set[tuple[str, frozenset[Literal]]]:
    """By the rules that speak of a way, the channels and grounds that they are read from."""
    return {
        (rule.id, frozenset(c for c in rule.body if isinstance(c, Literal) and c.relation in ("channel", *_OF_A_WAY)))
        for rule in rules
        if rule.head.relation in _OF_A_WAY
    }
