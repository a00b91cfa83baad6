"""Rules with one small fault each: what a slip of the pen, or a wrong reading of the law, would make of them.

Source: the operators follow those of mutation testing for logic programs and access-control policies (Martin, Xie,
"A fault model and mutation testing of access control policies", WWW 2007), in the words of the rule language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import yaml

from comity.audit.ruletext import Edit, RuleText
from comity.law.pattern import Lists, is_day
from comity.law.vocabulary import COMPARISONS, RELATIONS, WORD_LISTS, Field


class Fault(StrEnum):
    """The kinds of fault that are tried."""

    DROP_CONDITION = "drop-condition"
    DROP_EXCEPTION = "drop-exception"
    DROP_VALUE = "drop-value"
    DROP_CHOICE = "drop-choice"
    FLIP_COMPARISON = "flip-comparison"
    CHANGE_NUMBER = "change-number"
    SHIFT_DATE = "shift-date"
    SWAP_CONSTANT = "swap-constant"
    DROP_TERM = "drop-term"
    DROP_CONCLUSION = "drop-conclusion"
    FLIP_CONCLUSION = "flip-conclusion"
    DROP_OVERRIDE = "drop-override"
    SWAP_SUPERIORITY = "swap-superiority"
    DROP_STRENGTH = "drop-strength"


TITLES: Final[dict[Fault, str]] = {
    Fault.DROP_CONDITION: "a condition is left out",
    Fault.DROP_EXCEPTION: "an exception is left out",
    Fault.DROP_VALUE: "a value that is asked for is left out",
    Fault.DROP_CHOICE: "one of several values is left out",
    Fault.FLIP_COMPARISON: "a comparison is turned",
    Fault.CHANGE_NUMBER: "a number is another one",
    Fault.SHIFT_DATE: "a date is a day off",
    Fault.SWAP_CONSTANT: "a word is another one of its list",
    Fault.DROP_TERM: "a term of the conclusion is left out",
    Fault.DROP_CONCLUSION: "a conclusion is left out",
    Fault.FLIP_CONCLUSION: "the rule says the opposite",
    Fault.DROP_OVERRIDE: "the rule no longer overrides another",
    Fault.SWAP_SUPERIORITY: "the rule gives way to the one that it overrides",
    Fault.DROP_STRENGTH: "the rule is an ordinary one",
}
"""Each fault in the words of a lawyer."""

_TURNED: Final = {
    "same": "different",
    "different": "same",
    "less_than": "at_most",
    "at_most": "less_than",
    "more_than": "at_least",
    "at_least": "more_than",
    "before": "at_most",
    "not_before": "more_than",
    "one_of": "none_of",
    "none_of": "one_of",
}

_AWAY: Final = {"less_than": -1, "at_most": 1, "more_than": 1, "at_least": -1, "before": -1, "not_before": -1}
"""Which way a bound moves; the other way is what turning the comparison does to it."""


@dataclass(frozen=True)
class Mutant:
    """A rule with one fault: *edits* of its file; *over* is the rule that now overrides it, where superiority swaps.

    ``number`` counts the mutants of a rule; without a text of its own (``gone``) the rule is left out as a whole.
    """

    rule: RuleText
    id: str
    number: int
    fault: Fault
    line: int
    edits: tuple[Edit, ...]
    over: str | None = None
    gone: bool = False

    @property
    def name(self) -> str:
        """What to call it: the rule and the number."""
        return f"{self.id}#{self.number}"

    @property
    def text(self) -> str:
        """The text of the rule with the fault."""
        return "" if self.gone else self.rule.edited(self.edits)

    @property
    def diff(self) -> str:
        """The fault as a unified diff of the rule file."""
        return self.rule.diff(self.edits)


def mutants(id_: str, rule: RuleText, lists: Lists) -> list[Mutant]:
    """The mutants of a rule, in the order of its text; some may be no rules at all."""
    found: list[Mutant] = []
    for fault, node, edits, over, gone in _Faults(rule, lists).all():
        line = node.start_mark.line + 1
        found.append(Mutant(rule, id_, len(found) + 1, fault, line, edits, over, gone))
    return found


_Found = tuple[Fault, yaml.Node, tuple[Edit, ...], str | None, bool]
"""A fault, the part that it concerns, the edits, the rule that now overrides this one, and whether the rule is gone."""


class _Faults:
    def __init__(self, rule: RuleText, lists: Lists) -> None:
        self.rule = rule
        self.lists = lists

    def all(self) -> Iterator[_Found]:
        """Each fault with the part that it concerns."""
        for key, value in self.rule.node.value:
            match key.value:
                case "when":
                    yield from self._when(key, value)
                case "conclude" | "rule_out" | "unsettle":
                    yield from self._conclusions(key, value)
                case "overrides":
                    yield from self._overrides(key, value)
                case "default" | "strict" if value.value == "true":
                    yield self._found(Fault.DROP_STRENGTH, value, self.rule.lines_of(value))
                case "effective":
                    yield from self._dates(value)

    def _found(
        self, fault: Fault, node: yaml.Node, *edits: Edit, over: str | None = None, gone: bool = False
    ) -> _Found:
        return fault, node, edits, over, gone

    def _when(self, key: yaml.Node, conditions: yaml.Node) -> Iterator[_Found]:
        for item in conditions.value:
            ((name, inner),) = item.value
            fault = Fault.DROP_EXCEPTION if name.value == "absent" else Fault.DROP_CONDITION
            yield self._found(fault, item, self._without(key, conditions, item))
            if name.value in COMPARISONS:
                yield from self._comparison(name, inner)
            elif name.value == "denied":
                ((relation, fields),) = inner.value
                yield from self._pattern(relation.value, fields)
            elif name.value != "absent":
                yield from self._pattern(name.value, inner)

    def _comparison(self, name: yaml.Node, terms: yaml.Node) -> Iterator[_Found]:
        yield self._found(Fault.FLIP_COMPARISON, name, _instead(name, _TURNED[name.value]))
        if name.value in ("one_of", "none_of") and len(terms.value) > 2:
            for term in terms.value[1:]:
                yield self._found(Fault.DROP_CHOICE, term, self._out_of(terms, term))
        for term in terms.value if name.value in _AWAY else ():
            moved = _moved(term, _AWAY[name.value])
            if moved is not None:
                fault = Fault.SHIFT_DATE if is_day(term.value) else Fault.CHANGE_NUMBER
                yield self._found(fault, term, _instead(term, moved))

    def _pattern(self, relation: str, fields: yaml.Node) -> Iterator[_Found]:
        known = RELATIONS[relation]
        for key, value in fields.value:
            field = known.field(key.value)
            assert field is not None
            if isinstance(value, yaml.SequenceNode):
                yield self._found(Fault.DROP_VALUE, value, self._out_of(fields, value))
                for choice in value.value if len(value.value) > 1 else ():
                    yield self._found(Fault.DROP_CHOICE, choice, self._out_of(value, choice))
            elif not value.value.startswith("$"):
                yield self._found(Fault.DROP_VALUE, value, self._out_of(fields, value))
                if field.type == "number" and (moved := _moved(value, 1)) is not None:
                    yield self._found(Fault.CHANGE_NUMBER, value, _instead(value, moved))

    def _conclusions(self, key: yaml.Node, listed: yaml.Node) -> Iterator[_Found]:
        other = "rule_out" if key.value == "conclude" else "conclude"
        if self.rule.get(other) is None:
            yield self._found(Fault.FLIP_CONCLUSION, key, _instead(key, other))
        alone = len(listed.value) == 1 and not any(
            name.value in ("conclude", "rule_out", "unsettle") and value is not listed
            for name, value in self.rule.node.value
        )
        for item in listed.value:
            edit = Edit(self.rule.start, self.rule.end) if alone else self._without(key, listed, item)
            yield self._found(Fault.DROP_CONCLUSION, item, edit, gone=alone)
            ((name, fields),) = item.value
            known = RELATIONS[name.value]
            terms = {term.name: term for term in known.terms}
            for field_name, value in fields.value:
                if field_name.value in terms:
                    yield from self._term(fields, value, terms[field_name.value])
                elif not value.value.startswith("$"):
                    yield from self._swapped(value, known.field(field_name.value))

    def _term(self, fields: yaml.Node, value: yaml.Node, field: Field) -> Iterator[_Found]:
        if isinstance(value, yaml.SequenceNode):
            low, high = value.value
            down = low.value == high.value
            yield self._found(Fault.CHANGE_NUMBER, low, _instead(low, str(int(low.value) + (-1 if down else 1))))
            yield self._found(Fault.CHANGE_NUMBER, high, _instead(high, str(int(high.value) + 1)))
        elif (moved := _moved(value, 1)) is not None:
            yield self._found(Fault.CHANGE_NUMBER, value, _instead(value, moved))
        elif self._closed(field):
            yield from self._swapped(value, field)
        else:
            yield self._found(Fault.DROP_TERM, value, self._out_of(fields, value))

    def _swapped(self, value: yaml.Node, field: Field | None) -> Iterator[_Found]:
        words = self._closed(field)
        if value.value in words and len(words) > 1:
            following = words[(words.index(value.value) + 1) % len(words)]
            yield self._found(Fault.SWAP_CONSTANT, value, _instead(value, following))

    def _closed(self, field: Field | None) -> list[str]:
        """The words of the closed list that a field draws from; none for states, ids and free words."""
        if field is None:
            return []
        if not isinstance(field.type, str):
            return [str(member.value) for member in field.type]
        return sorted(self.lists.words.get(field.type, WORD_LISTS.get(field.type, ())))

    def _overrides(self, key: yaml.Node, listed: yaml.Node) -> Iterator[_Found]:
        for item in listed.value:
            edit = self._without(key, listed, item)
            yield self._found(Fault.DROP_OVERRIDE, item, edit)
            yield self._found(Fault.SWAP_SUPERIORITY, item, edit, over=item.value)

    def _dates(self, days: yaml.Node) -> Iterator[_Found]:
        for _, value in days.value:
            for by in (-1, 1):
                moved = _moved(value, by)
                if moved is not None:
                    yield self._found(Fault.SHIFT_DATE, value, _instead(value, moved))

    def _without(self, key: yaml.Node, listed: yaml.Node, item: yaml.Node) -> Edit:
        """The removal of one entry of a list, and of the list where it was the only one."""
        if len(listed.value) == 1:
            return self.rule.lines_of(listed, key.start_mark.index)
        in_brackets = isinstance(listed, yaml.CollectionNode) and listed.flow_style
        return self._out_of(listed, item) if in_brackets else self.rule.lines_of(item)

    def _out_of(self, holder: yaml.Node, part: yaml.Node) -> Edit:
        """The removal of one entry, or field, of something in brackets or braces, with its comma."""
        entries = [entry if isinstance(entry, tuple) else (entry, entry) for entry in holder.value]
        at = next(number for number, (_, value) in enumerate(entries) if value is part)
        if at + 1 < len(entries):
            return Edit(entries[at][0].start_mark.index, entries[at + 1][0].start_mark.index)
        start = entries[at - 1][1].end_mark.index if at else entries[at][0].start_mark.index
        return Edit(start, part.end_mark.index)


def _instead(node: yaml.Node, text: str) -> Edit:
    return Edit(node.start_mark.index, node.end_mark.index, text)


def _moved(node: yaml.Node, by: int) -> str | None:
    """A number or a day moved by one step; ``None`` for anything else."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    if is_day(node.value):
        return (date.fromisoformat(node.value) + timedelta(days=by)).isoformat()
    return str(int(node.value) + by) if node.value.isdecimal() else None


def count(found: Iterable[Mutant]) -> dict[Fault, int]:
    """How many there are of each kind."""
    counted = dict.fromkeys(Fault, 0)
    for mutant in found:
        counted[mutant.fault] += 1
    return counted
