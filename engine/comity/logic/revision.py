"""What a model becomes when a few rules, or a few facts, are otherwise: worked out from the model that is known.

A relation is worked out anew only where one of its rules is another one, reads a relation that came out differently,
or stands in another superiority. Everything else is taken over: a rule that reads only what stayed the same fires as
before, and a literal whose firings, on either side, and whose superiority stayed the same keeps its verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from comity.logic import reference
from comity.logic.join import Step
from comity.logic.model import Firing, Model, order
from comity.logic.program import Program, Rule, Stratum
from comity.logic.reference import Bindings, Facts
from comity.logic.terms import Literal


class Settled:
    """A model whose facts are found quickly, and from which the models of similar programs are worked out."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.held = Facts(model.held)
        self.definite = Facts(model.definite)
        self.by_rule: dict[str, list[Firing]] = defaultdict(list)
        for group in model.firings.values():
            for firing in group:
                self.by_rule[firing.rule.id].append(firing)

    def fires_alike(self, old: Iterable[Rule], new: Iterable[Rule]) -> bool:
        """Whether *new* rules in the place of *old* ones fire on this model exactly as those did.

        If they do, and their superiority is the same, this model is also the model of the changed program. By
        induction over the strata, with everything below already alike, absences are judged alike. A contested
        relation reads lower strata only, so all of its firings are alike, and so are its verdicts. In a stratum that
        reads itself all rules are monotone: whatever this model derives by an old rule a new one derives from the
        same premises, round by round, so the changed program has no less; and since every firing of a new rule on
        this model is one of an old rule, the model is closed under the changed program, which thus has no more.
        """
        before = {_what(firing) for rule in old for firing in self.by_rule.get(rule.id, ())}
        after = {_what(firing) for rule in new for firing in reference.fire(rule, self.held, self.held)}
        return before == after

    def revised(self, program: Program, changed: frozenset[str], facts: frozenset[Literal] | None = None) -> Model:
        """The model of *program* over *facts* (default: the same facts).

        *changed* has the ids of all rules that only one of the programs has, that differ, or whose superiority over
        a rule, or below one, differs.
        """
        return _Revision(self, program, changed, self.model.facts if facts is None else facts).model()


def _what(firing: Firing) -> tuple[object, ...]:
    return firing.rule.kind, firing.head, firing.bindings, firing.premises


class _Revision:
    def __init__(self, base: Settled, program: Program, changed: frozenset[str], facts: frozenset[Literal]) -> None:
        self.base, self.program, self.changed, self.facts = base, program, changed, facts
        self.definite, self.held = _Overlay(base.definite), _Overlay(base.held)
        self.firings = dict(base.model.firings)
        self.differs = {literal.relation for literal in facts ^ base.model.facts}
        for overlay in (self.definite, self.held):
            overlay.renew(self.differs, facts)

    def model(self) -> Model:
        old = self.base.model.program.by_id
        gone = {old[id_].head.relation for id_ in self.changed if id_ in old}
        self._empty(gone.difference(*(stratum.relations for stratum in self.program.strata)))
        for stratum in self.program.strata:
            rules, relations = self._concerned(stratum, gone)
            if relations:
                self._work_out(stratum, rules, relations)
        return Model(
            self.program,
            self.facts,
            self.definite.literals(self.base.model.definite),
            self.held.literals(self.base.model.held),
            self.firings,
        )

    def _empty(self, relations: set[str]) -> None:
        """Take away what was concluded of relations that no rule speaks of any more."""
        for overlay in (self.definite, self.held):
            overlay.renew(relations, self.facts)
        self.firings = {head: group for head, group in self.firings.items() if head.relation not in relations}
        self.differs |= relations

    def _concerned(self, stratum: Stratum, gone: set[str]) -> tuple[list[Rule], set[str]]:
        """The rules of a stratum that have to fire anew, and the relations that may come out differently."""
        reads = self.program.reads
        relations = stratum.relations & (gone | self.differs)
        relations |= {rule.head.relation for rule in stratum.rules if rule.id in self.changed}
        while True:
            unlike = relations | self.differs
            rules = [r for r in stratum.rules if r.id in self.changed or not unlike.isdisjoint(reads[r.id])]
            more = {rule.head.relation for rule in rules} - relations
            if not more:
                return rules, set(relations)
            relations |= more

    def _work_out(self, stratum: Stratum, rules: Sequence[Rule], relations: set[str]) -> None:
        before = {relation: self._content(relation) for relation in relations}
        for overlay in (self.definite, self.held):
            overlay.renew(relations, self.facts)
        of_relations = [rule for rule in stratum.rules if rule.head.relation in relations]
        reference.settle_strictly(of_relations, self.definite, self.held)
        anew = {rule.id for rule in rules}
        same = [f for r in of_relations if r.id not in anew for f in self.base.by_rule.get(r.id, ())]
        fired = reference.settle(
            rules,
            self.held,
            self.held,
            lambda head, fired: reference.wins(self.program, head, fired, self.definite),
            same,
        )
        self.firings = {head: group for head, group in self.firings.items() if head.relation not in relations}
        self.firings.update((head, order(group)) for head, group in fired.items())
        self.differs |= {relation for relation in relations if self._content(relation) != before[relation]}

    def _content(self, relation: str) -> tuple[set[Literal], set[Literal]]:
        return self.definite.of(relation), self.held.of(relation)


class _Overlay:
    """The literals of a base, except for some relations, of which it has its own."""

    def __init__(self, base: Facts) -> None:
        self.base = base
        self.own = Facts(())
        self.renewed: set[str] = set()

    def renew(self, relations: set[str], facts: Iterable[Literal]) -> None:
        """Have of *relations* only what is among *facts*."""
        kept = [literal for literal in self.own.all if literal.relation not in relations] if self.own.all else []
        self.own = Facts([*kept, *(fact for fact in facts if fact.relation in relations)])
        self.renewed |= relations

    def __contains__(self, literal: object) -> bool:
        assert isinstance(literal, Literal)
        return literal in (self.own if literal.relation in self.renewed else self.base)

    def add(self, literals: Iterable[Literal]) -> set[Literal]:
        return self.own.add(literals)

    def has(self, relation: tuple[str, bool]) -> bool:
        return (self.own if relation[0] in self.renewed else self.base).has(relation)

    def match(self, step: Step, bindings: Bindings) -> Sequence[Literal]:
        return (self.own if step.relation[0] in self.renewed else self.base).match(step, bindings)

    def of(self, relation: str) -> set[Literal]:
        return (self.own if relation in self.renewed else self.base).of(relation)

    def literals(self, base: frozenset[Literal]) -> frozenset[Literal]:
        return frozenset(literal for literal in base if literal.relation not in self.renewed) | self.own.all
