"""Programs: checked rules with their superiority, in strata."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from comity.logic.rule import Kind, Rule, relations_read
from comity.logic.soundness import check_arity, check_ids, check_safety, check_superiority
from comity.logic.strata import Stratum, stratify
from comity.logic.terms import Absent, Comparison


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
        check_ids(self.rules)
        check_arity(self.rules)
        for rule in self.rules:
            check_safety(rule)
        check_superiority(self.rules, self.superiority)
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
        return {rule.id: relations_read(rule) for rule in self.rules}

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
            check_superiority(rules, superiority)
        for rule in new:
            check_safety(rule)
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
        return stratify(self.rules)


def _dependences(rule: Rule) -> Iterable[tuple[str, bool]]:
    """What the rule reads, and whether as an absence."""
    for condition in rule.body:
        if not isinstance(condition, Comparison):
            absent = isinstance(condition, Absent)
            yield (condition.literal if isinstance(condition, Absent) else condition).relation, absent
