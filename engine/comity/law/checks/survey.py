"""What checks look at: a rulebook with the indexes that several of them need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from comity.law import source
from comity.law.finding import Finding, Place
from comity.law.reasoning.contradiction import contradiction
from comity.law.reasoning.knowledge import Knowledge
from comity.law.rule import TODAY, Acceptance, LawRule
from comity.law.rulebook import Rulebook
from comity.law.superiority import can_meet
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.rule import Kind, Rule
from comity.logic.terms import Absent, Comparison, Literal


@dataclass(frozen=True)
class Survey:
    """A rulebook to be checked, as of the day *today*; ``stale`` asks what was not verified within so many days.

    ``about`` narrows that to states and instruments, if it names any; ``used`` are the acceptances that have kept a
    finding from being told.
    """

    rulebook: Rulebook
    today: date
    stale: int | None = None
    about: frozenset[str] = frozenset()
    used: set[Acceptance] = field(default_factory=set, repr=False)
    _never: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def knowledge(self) -> Knowledge:
        """What holds of every case with the tables as they are."""
        return Knowledge(self.rulebook)

    @cached_property
    def any_tables(self) -> Knowledge:
        """What holds of every case whatever the tables say."""
        return Knowledge(self.rulebook, any_tables=True)

    @cached_property
    def heads(self) -> dict[tuple[str, bool], list[Rule]]:
        """The rules of the kernel by the relation and the sign of what they conclude, defeaters included."""
        found: dict[tuple[str, bool], list[Rule]] = defaultdict(list)
        for rule in self.rulebook.program.rules:
            found[rule.head.relation, rule.head.positive].append(rule)
        return found

    @cached_property
    def stronger_than(self) -> dict[str, frozenset[str]]:
        """For each kernel rule the ids of those that go before it."""
        found: dict[str, set[str]] = defaultdict(set)
        for stronger, weaker in self.rulebook.program.superiority:
            found[weaker].add(stronger)
        return {weaker: frozenset(stronger) for weaker, stronger in found.items()}

    @cached_property
    def citations(self) -> frozenset[str]:
        """Everything that a rule, a factor or the glossary cites."""
        book = self.rulebook
        cites = [*(rule.cites for rule in book.rules), *(factor.cites for factor in book.preferences.factors)]
        defined = [cited for entry in book.glossary for cited, _ in entry.citations]
        return frozenset([*defined, *(cited for part in cites for cited in part)])

    @cached_property
    def readings(self) -> dict[tuple[str, bool], list[Literal]]:
        """What the conditions of rules read, by relation and sign; absences included."""
        found: dict[tuple[str, bool], list[Literal]] = defaultdict(list)
        for rule in self.rulebook.rules:
            for condition, _ in rule.conditions:
                literal = condition.literal if isinstance(condition, Absent) else condition
                if isinstance(literal, Literal):
                    found[literal.relation, literal.positive].append(literal)
        return found

    def never(self, rule: LawRule) -> str:
        """Why a rule cannot apply with the tables as they are; empty where it may, as far as that can be told."""
        if rule.id not in self._never:
            self._never[rule.id] = contradiction(self.knowledge, rule.kernel[0])
        return self._never[rule.id]

    def only_on_other_days(self, rule: LawRule) -> bool:
        """Whether a rule could apply if it were not for the days on which it is law."""
        if not (rule.effective_from or rule.effective_until) or not self.never(rule):
            return False
        compiled = rule.kernel[0]
        days = [c for c in compiled.body if isinstance(c, Comparison) and c.left == TODAY]
        body = tuple(c for c in compiled.body if c not in days)
        return not contradiction(self.knowledge, replace(compiled, body=body))

    def unconcluded(self, rule: LawRule) -> Iterator[tuple[Literal, Place]]:
        """The conditions of a rule that read what no rule concludes, with their places."""
        for condition, place in rule.conditions:
            if isinstance(condition, Literal) and RELATIONS[condition.relation].origin is Origin.RULES:
                concluding = self.knowledge.concluding.get((condition.relation, condition.positive), ())
                if not any(can_meet(condition, other.head) for other in concluding):
                    yield condition, place

    def accepts(self, finding: Finding) -> bool:
        """Whether a rule that the finding speaks of says that it is meant to be so."""
        accepting = {
            acceptance
            for id_ in finding.rules
            for acceptance in self.rulebook.by_id[id_].accepts
            if acceptance.check == finding.code and acceptance.other in ("", *finding.rules)
        }
        self.used.update(accepting)
        return bool(accepting)

    def law_rule(self, rule: Rule) -> LawRule:
        """The rule of the rulebook that a kernel rule comes from."""
        return self.rulebook.law_rule(rule)

    def head_place(self, rule: Rule) -> Place:
        """Where the conclusion of a kernel rule is written."""
        written = list(conclusions(self.law_rule(rule)))
        number = int(rule.id.split("/")[1].rstrip("+-"))
        return written[number][0].place if number < len(written) else self.law_rule(rule).place


def conclusions(rule: LawRule) -> Iterator[tuple[source.Scalar, source.Node]]:
    """The conclusions of a rule as they are written, in the order of its heads."""
    for key in ("conclude", "rule_out", "unsettle"):
        listed = rule.node.get(key)
        if isinstance(listed, source.Sequence):
            for item in listed.items:
                if isinstance(item, source.Mapping):
                    yield item.pairs[0]


def is_defeater(rule: Rule) -> bool:
    """Whether a rule only keeps others from concluding."""
    return rule.kind is Kind.DEFEATER
