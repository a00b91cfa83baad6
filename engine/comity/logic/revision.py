"""What a model becomes when a few rules, or a few facts, are otherwise: worked out from the model that is known.

A relation is worked out anew only where one of its rules is another one, reads a relation that came out differently,
or stands in another superiority. Everything else is taken over: a rule that reads only what stayed the same fires as
before, and a literal whose firings, on either side, and whose superiority stayed the same keeps its verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from comity.logic import reference
from comity.logic.join import Bound, Step
from comity.logic.model import Firing, Model, order
from comity.logic.program import Program, Rule, Stratum
from comity.logic.reference import Facts
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
        """The model of *program*, amended from that of this model, over *facts* (default: the same facts).

        *changed* has the ids of all rules that only one of the programs has, that differ, or whose superiority over
        a rule, or below one, differs.
        """
        return _Revision(self, program, changed, self.model.facts if facts is None else facts).model()


def _what(firing: Firing) -> tuple[object, ...]:
    return firing.rule.kind, firing.head, firing.bindings, firing.premises


def changed_heads(before: Model, after: Model, changed: frozenset[str]) -> frozenset[Literal]:
    """The heads, with their opposites, for or against which something else speaks than before.

    *after* was worked out from *before*; what the rules with the ids *changed* speak for counts as well.
    """
    old, new = before.firings, after.firings
    heads = {head for head, group in new.items() if old.get(head) is not group}
    heads.update(head for head in old if head not in new)
    heads.update(head for head, group in new.items() if any(firing.rule.id in changed for firing in group))
    return frozenset(heads.union(~head for head in heads))


class _Revision:
    def __init__(self, base: Settled, program: Program, changed: frozenset[str], facts: frozenset[Literal]) -> None:
        self.base, self.program, self.changed, self.facts = base, program, changed, facts
        self.definite, self.held = _Overlay(base.definite), _Overlay(base.held)
        self.firings = dict(base.model.firings)
        self.differs = {literal.relation for literal in facts ^ base.model.facts}
        for overlay in (self.definite, self.held):
            overlay.renew(self.differs, facts)

    def model(self) -> Model:
        before = self.base.model.program
        gone = {before.by_id[id_].head.relation for id_ in self.changed if id_ in before.by_id}
        self._empty(gone.difference(*(stratum.relations for stratum in self.program.strata)))
        for stratum in self.program.strata:
            rules, relations = self._concerned(stratum, gone)
            if relations:
                self._work_out(rules, relations)
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
        by_id, readers = self.program.by_id, self.base.model.program.readers
        relations = set(stratum.relations & (gone | self.differs))
        ids = set(self.changed)
        todo = relations | self.differs
        while True:
            ids.update(*(readers.get(relation, ()) for relation in todo))
            rules = [by_id[id_] for id_ in ids if id_ in by_id and by_id[id_].head.relation in stratum.relations]
            todo = {rule.head.relation for rule in rules} - relations
            if not todo:
                return rules, relations
            relations |= todo

    def _work_out(self, rules: Sequence[Rule], relations: set[str]) -> None:
        before = {relation: self._content(relation) for relation in relations}
        for overlay in (self.definite, self.held):
            overlay.renew(relations, self.facts)
        strict = [rule for rule in self.program.strict if rule.head.relation in relations]
        reference.settle_strictly(strict, self.definite, self.held)
        old = self.base.model.firings
        anew = self.changed.union(rule.id for rule in rules)
        concerned = [group for head, group in old.items() if head.relation in relations]
        fired = reference.settle(
            rules,
            self.held,
            self.held,
            lambda head, fired: reference.wins(self.program, head, fired, self.definite),
            [firing for group in concerned for firing in group if firing.rule.id not in anew],
        )
        self.firings = {head: group for head, group in self.firings.items() if head.relation not in relations}
        for head, group in fired.items():
            made = order(group)
            # One and the same object where nothing differs, so that whoever asks sees it at a glance.
            self.firings[head] = old[head] if old.get(head) == made else made
        self.differs |= {relation for relation in relations if self._content(relation) != before[relation]}

    def _content(self, relation: str) -> tuple[set[Literal], set[Literal]]:
        return self.definite.of(relation), self.held.of(relation)


class _Overlay:
    """The literals of a base, except for some relations, of which it has its own."""

    def __init__(self, base: Facts) -> None:
        self.base = base
        self.own = Facts(())
        self.renewed: set[str] = set()
        self.relations = base.relations

    def renew(self, relations: set[str], facts: Iterable[Literal]) -> None:
        """Have of *relations* only what is among *facts*."""
        kept = [literal for literal in self.own.all if literal.relation not in relations] if self.own.all else []
        self.own = Facts([*kept, *(fact for fact in facts if fact.relation in relations)])
        self.renewed |= relations
        self._see()

    def _see(self) -> None:
        kept = {known for known in self.base.relations if known[0] not in self.renewed}
        self.relations = kept | self.own.relations

    def __contains__(self, literal: object) -> bool:
        assert isinstance(literal, Literal)
        return literal in (self.own if literal.relation in self.renewed else self.base)

    def add(self, literals: Iterable[Literal]) -> set[Literal]:
        new = self.own.add(literals)
        self._see()
        return new

    def match(self, step: Step, bindings: Bound) -> Sequence[Literal]:
        return (self.own if step.relation[0] in self.renewed else self.base).match(step, bindings)

    def of(self, relation: str) -> set[Literal]:
        return (self.own if relation in self.renewed else self.base).of(relation)

    def literals(self, base: frozenset[Literal]) -> frozenset[Literal]:
        return frozenset(literal for literal in base if literal.relation not in self.renewed) | self.own.all
