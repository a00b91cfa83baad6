"""What a model becomes when a few rules, or a few facts, are otherwise: worked out from the model that is known.

A relation is worked out anew only where one of its rules is another one, reads a relation that came out differently,
or stands in another superiority. Everything else is taken over: a rule that reads only what stayed the same fires as
before, and a literal whose firings, on either side, and whose superiority stayed the same keeps its verdict. A rule
that reads something else than before, but no absence of it, loses the firings that rest on what holds no longer and
gains those that match something new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from comity.logic import reference
from comity.logic.join import Bound, Step
from comity.logic.model import Firing, Model, Since, order
from comity.logic.program import Program
from comity.logic.reference import Facts
from comity.logic.rule import Kind, Rule
from comity.logic.strata import Stratum
from comity.logic.terms import Absent, Literal


class Settled:
    """A model whose facts are found quickly, and from which the models of similar programs are worked out."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.held = Facts(model.held)
        self.definite = Facts(model.definite)
        self.by_rule: dict[str, list[Firing]] = defaultdict(list)
        self.heads: dict[str, list[Literal]] = defaultdict(list)
        for head, group in model.firings.items():
            self.heads[head.relation].append(head)
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
        gone, come = self.otherwise(old, new)
        return not (gone or come)

    def otherwise(self, old: Iterable[Rule], new: Iterable[Rule]) -> tuple[set[Literal], set[Literal]]:
        """The heads for which *old* rules fire on this model as *new* ones do not, and the other way round."""
        before = {_what(firing) for rule in old for firing in self.by_rule.get(rule.id, ())}
        after = {_what(firing) for rule in new for firing in reference.fire(rule, self.held, self.held)}
        return {head for _, head, *_ in before - after}, {head for _, head, *_ in after - before}

    def revised(self, program: Program, changed: frozenset[str], facts: frozenset[Literal] | None = None) -> Model:
        """The model of *program*, amended from that of this model, over *facts* (default: the same facts).

        *changed* has the ids of all rules that only one of the programs has, that differ, or whose superiority over
        a rule, or below one, differs.
        """
        return _Revision(self, program, changed, self.model.facts if facts is None else facts).model()


def _what(firing: Firing) -> tuple[Kind, Literal, object, object]:
    return firing.rule.kind, firing.head, firing.bindings, firing.premises


def changed_heads(before: Settled, after: Model, changed: Iterable[str]) -> frozenset[Literal]:
    """The heads, with their opposites, for or against which something else speaks than before.

    *after* was worked out from *before*; what the rules with the ids *changed* speak for counts as well.
    """
    assert after.since is not None
    heads = set(after.since.heads)
    heads.update(firing.head for id_ in changed for firing in before.by_rule.get(id_, ()))
    return frozenset(heads.union(~head for head in heads))


class _Revision:
    """``lost`` and ``gained`` are the literals, by relation, that hold in one of the models only."""

    def __init__(self, base: Settled, program: Program, changed: frozenset[str], facts: frozenset[Literal]) -> None:
        self.base, self.program, self.changed, self.facts = base, program, changed, facts
        self.definite, self.held = _Overlay(base.definite), _Overlay(base.held)
        self.firings = dict(base.model.firings)
        self.heads: set[Literal] = set()
        self.lost: dict[str, set[Literal]] = {}
        self.gained: dict[str, set[Literal]] = {}
        self.differs = {literal.relation for literal in facts ^ base.model.facts}
        self.stirred = frozenset(self.differs)
        self._renew(self.differs)

    def model(self) -> Model:
        before = self.base.model
        gone = {before.program.by_id[id_].head.relation for id_ in self.changed if id_ in before.program.by_id}
        self._empty(gone.difference(*(stratum.relations for stratum in self.program.strata)))
        changed = {self.program.by_id[id_].head.relation for id_ in self.changed if id_ in self.program.by_id}
        for part in (part for stratum in self.program.strata for part in stratum.parts):
            if part.relations.isdisjoint(self.differs | gone | changed) and self.differs.isdisjoint(part.readers):
                continue
            rules, relations = self._concerned(part, gone)
            if not relations:
                continue
            contents = {relation: self._content(relation) for relation in relations}
            if not part.recursive and self._as_before(relations):
                self._mend(rules, relations)
            else:
                self._work_out(rules, relations)
            self._note(contents)
        lost, gained = (set().union(*by_relation.values()) for by_relation in (self.lost, self.gained))
        self.heads |= lost | gained
        return Model(
            self.program,
            self.facts,
            self.definite.literals(before.definite),
            (before.held - lost) | gained if lost or gained else before.held,
            self.firings,
            Since(before, frozenset(self.heads)),
        )

    def _renew(self, relations: Iterable[str]) -> None:
        """Have of *relations* nothing but facts."""
        contents = {relation: self._content(relation) for relation in relations}
        for overlay in (self.definite, self.held):
            overlay.renew({relation: [] for relation in contents}, self.facts)
        self._note(contents)

    def _note(self, contents: dict[str, tuple[set[Literal], set[Literal]]]) -> None:
        """Note what differs of relations from their *contents* before."""
        for relation, before in contents.items():
            after = self._content(relation)
            if after != before:
                self.differs.add(relation)
                held = self.base.held.of(relation)
                self.lost[relation], self.gained[relation] = held - after[1], after[1] - held

    def _empty(self, relations: set[str]) -> None:
        """Take away what was concluded of relations that no rule speaks of any more."""
        self._renew(relations)
        for head in self._spoken(relations):
            del self.firings[head]
            self.heads.add(head)
        self.differs |= relations

    def _spoken(self, relations: Iterable[str]) -> list[Literal]:
        """The heads of *relations* for which something speaks in the model that is known."""
        return [head for relation in relations for head in self.base.heads.get(relation, ())]

    def _concerned(self, stratum: Stratum, gone: set[str]) -> tuple[list[Rule], set[str]]:
        """The rules of a stratum that have to fire anew, and the relations that may come out differently."""
        relations = set(stratum.relations & (gone | self.differs))
        changed = (self.program.by_id[id_] for id_ in self.changed if id_ in self.program.by_id)
        rules = {rule.id: rule for rule in changed if rule.head.relation in stratum.relations}
        todo = relations | self.differs
        while True:
            for relation in todo & stratum.readers.keys():
                rules.update(stratum.readers[relation])
            todo = {rule.head.relation for rule in rules.values()} - relations
            if not todo:
                return list(rules.values()), relations
            relations |= todo

    def _as_before(self, relations: set[str]) -> bool:
        """Whether *relations* have the same facts as before, and no strict rules."""
        strict = (*self.base.model.program.strict, *self.program.strict)
        return self.stirred.isdisjoint(relations) and all(rule.head.relation not in relations for rule in strict)

    def _mend(self, rules: Sequence[Rule], relations: set[str]) -> None:
        """Work out *relations* where something else speaks for or against a literal than before."""
        taken = [f for id_ in self.changed for f in self.base.by_rule.get(id_, ()) if f.head.relation in relations]
        added: dict[Literal, list[Firing]] = defaultdict(list)
        lost, gained = set().union(*self.lost.values()), Facts(set().union(*self.gained.values()))
        for rule in rules:
            before = self.base.by_rule.get(rule.id, ())
            if rule.id in self.changed:
                new = list(reference.fire(rule, self.held, self.held))
            elif self._reads_an_absence_of(rule):
                taken += before
                new = list(reference.fire(rule, self.held, self.held))
            else:
                taken += [firing for firing in before if not lost.isdisjoint(firing.premises)] if lost else ()
                if gained.relations.isdisjoint(rule.needs):
                    continue
                new = list(reference.fire(rule, self.held, self.held, gained))
            for firing in new:
                added[firing.head].append(firing)
        spoken = {firing.head for firing in taken}.union(added)
        gone = set(map(id, taken))
        for head in spoken:
            kept = [firing for firing in self.firings.get(head, ()) if id(firing) not in gone]
            self._speak(head, [*kept, *added.get(head, ())])
        held: dict[str, set[Literal]] = {}
        for head in spoken | {~head for head in spoken}:
            if head in self.facts:
                continue
            holds = head in self.firings and self._wins(head, self.firings)
            if holds != (head in self.held):
                own = held.setdefault(head.relation, set(self.held.of(head.relation)))
                (own.add if holds else own.discard)(head)
        if held:
            self.held.renew(held, ())

    def _reads_an_absence_of(self, rule: Rule) -> bool:
        return any(
            isinstance(condition, Absent) and condition.literal.relation in self.differs for condition in rule.body
        )

    def _speak(self, head: Literal, firings: Iterable[Firing]) -> None:
        """Have these *firings* for a head; one and the same object where nothing differs."""
        made, before = order(firings), self.base.model.firings.get(head, ())
        if made == before:
            return
        self.heads.add(head)
        if made:
            self.firings[head] = made
        else:
            self.firings.pop(head, None)

    def _wins(self, head: Literal, fired: Mapping[Literal, Sequence[Firing]]) -> bool:
        return reference.wins(self.program, head, fired, self.definite)

    def _work_out(self, rules: Sequence[Rule], relations: set[str]) -> None:
        """Work out *relations* from the firings that stay and those of *rules*."""
        for overlay in (self.definite, self.held):
            overlay.renew({relation: [] for relation in relations}, self.facts)
        strict = [rule for rule in self.program.strict if rule.head.relation in relations]
        reference.settle_strictly(strict, self.definite, self.held)
        anew = self.changed.union(rule.id for rule in rules)
        spoken = self._spoken(relations)
        concerned = [self.base.model.firings[head] for head in spoken]
        fired = reference.settle(
            rules,
            self.held,
            self.held,
            self._wins,
            [firing for group in concerned for firing in group if firing.rule.id not in anew],
        )
        for head in {*spoken, *fired}:
            self._speak(head, fired.get(head, ()))

    def _content(self, relation: str) -> tuple[set[Literal], set[Literal]]:
        return self.definite.of(relation), self.held.of(relation)


class _Overlay:
    """The literals of a base, except for some relations, of which it has its own."""

    def __init__(self, base: Facts) -> None:
        self.base = base
        self.own = Facts(())
        self.renewed: set[str] = set()
        self.relations = base.relations

    def renew(self, contents: Mapping[str, Iterable[Literal]], facts: Iterable[Literal]) -> None:
        """Have of some relations only their *contents*, and what is among *facts*."""
        kept = [literal for literal in self.own.all if literal.relation not in contents] if self.own.all else []
        new = [literal for literals in contents.values() for literal in literals]
        self.own = Facts([*kept, *new, *(fact for fact in facts if fact.relation in contents)])
        self.renewed |= set(contents)
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
        if not self.renewed:
            return base
        return base.difference(*(self.base.of(relation) for relation in self.renewed)) | self.own.all
