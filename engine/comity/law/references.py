"""Who refers to whom in a rulebook: rules to authorities, instruments, states, networks, and to one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.law.state import titles
from comity.law.vocabulary import RELATIONS
from comity.logic.terms import Absent, Comparison, Literal

Rules = tuple[LawRule, ...]


@dataclass(frozen=True)
class References:
    """The rules behind each name, in the order of the rulebook; a name that no rule refers to is missing.

    ``citing`` goes by citation (``budapest/27``), ``citing_authority`` by authority; ``naming`` by type and word,
    such as ``("instrument", "budapest")``, ``("state", "CN")`` or ``("offence", "online-extortion")``; ``asking`` and
    ``concluding`` by relation. ``prevails`` and ``yields`` go by the id of a rule: what it beats by ``overrides``,
    and what beats it so.
    """

    citing: Mapping[str, Rules]
    citing_authority: Mapping[str, Rules]
    naming: Mapping[tuple[str, str], Rules]
    asking: Mapping[str, Rules]
    concluding: Mapping[str, Rules]
    prevails: Mapping[str, Rules]
    yields: Mapping[str, Rules]

    @classmethod
    def of(cls, rulebook: Rulebook) -> References:
        """The references of *rulebook*."""
        found: dict[str, dict[object, dict[str, LawRule]]] = defaultdict(lambda: defaultdict(dict))
        for rule in rulebook.rules:
            for cited in rule.cites:
                found["citing"][cited][rule.id] = rule
                found["citing_authority"][cited.partition("/")[0]][rule.id] = rule
            for literal in _asked(rule):
                found["asking"][literal.relation][rule.id] = rule
            for literal, _ in rule.heads:
                found["concluding"][literal.relation][rule.id] = rule
            for word in named(rule):
                found["naming"][word][rule.id] = rule
            for other, _ in rule.overrides:
                found["prevails"][rule.id][other] = rulebook.by_id[other]
                found["yields"][other][rule.id] = rule
        return cls(
            **{  # type: ignore[arg-type]
                name: {key: tuple(rules.values()) for key, rules in found[name].items()}
                for name in cls.__dataclass_fields__
            }
        )


def named(rule: LawRule) -> Iterator[tuple[str, str]]:
    """Every word of a list that a rule names: the type of the list (or of an enumeration) and the word."""
    comparisons = [condition for condition, _ in rule.conditions if isinstance(condition, Comparison)]
    listed = {c.left: c.right for c in comparisons if isinstance(c.right, tuple)}
    for literal in (*_asked(rule), *(head for head, _ in rule.heads)):
        for field, term in zip(RELATIONS[literal.relation].fields, literal.terms, strict=True):
            for value in (term,) if isinstance(term, str | int) else listed.get(term, ()):
                type_ = field.type if isinstance(field.type, str) else field.type.__name__
                if type_ == "id-or-state":
                    type_ = "state" if value in titles() else "id"
                if type_ not in ("id", "word", "number", "date"):
                    yield type_, str(value)
    for comparison in comparisons:
        right = comparison.right if isinstance(comparison.right, tuple) else (comparison.right,)
        yield from (("state", str(value)) for value in (comparison.left, *right) if value in titles())


def _asked(rule: LawRule) -> Iterator[Literal]:
    for condition, _ in rule.conditions:
        literal = condition.literal if isinstance(condition, Absent) else condition
        if isinstance(literal, Literal):
            yield literal
