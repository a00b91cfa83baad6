"""The statements of a rule (its conditions and conclusions) in a form in which two rules can be compared.

Two statements are alike where they say the same, however they are written: a list of one value is that value, the sides
of *same* and *different* may be swapped, and the names of variables do not count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from comity.law.rule import LawRule
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS
from comity.logic.rule import Kind
from comity.logic.terms import Absent, Comparison, Condition, Literal, Term, Value, Var, variables

_SWAPPED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_WORDS: Final = {
    "==": "same",
    "!=": "different",
    "<": "less_than",
    "<=": "at_most",
    ">": "more_than",
    ">=": "at_least",
    "in": "one_of",
    "not in": "none_of",
}
_OF_DAYS: Final = {"<": "before", ">=": "not_before"}
_PLAIN: Final = re.compile(r"[A-Za-z0-9$][A-Za-z0-9_./-]*$")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a statement: a variable (by its name), one of some values, or nothing in particular."""

    variable: str | None = None
    values: frozenset[Value] | None = None

    def renamed(self, names: Mapping[str, str]) -> Slot:
        """The slot with its variable called otherwise."""
        return Slot(names.get(self.variable, self.variable), self.values) if self.variable else self

    def __str__(self) -> str:
        if self.variable:
            return f"${self.variable}"
        words = [_word(value) for value in sorted(self.values or (), key=str)]
        return words[0] if len(words) == 1 else f"[{', '.join(words)}]"


@dataclass(frozen=True, slots=True)
class Statement:
    """A condition or conclusion: ``section`` is the key under which it stands, ``word`` its relation or comparison.

    ``terms`` are those that a conclusion carries beside its arguments.
    """

    section: str
    word: str
    slots: tuple[Slot, ...]
    wrapped: str = ""
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def shape(self) -> tuple[object, ...]:
        """What two statements must share to be alike under some renaming of variables."""
        slots = tuple("$" if slot.variable else slot.values for slot in self.slots)
        return self.section, self.word, self.wrapped, self.terms, slots

    @property
    def symmetric(self) -> bool:
        """Whether the two sides may be swapped."""
        return self.word in ("same", "different") and all(slot.variable for slot in self.slots)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of its variables, in order."""
        return tuple(slot.variable for slot in self.slots if slot.variable)

    def renamed(self, names: Mapping[str, str]) -> Statement:
        """The statement with variables called otherwise."""
        slots = tuple(slot.renamed(names) for slot in self.slots)
        return Statement(self.section, self.word, slots, self.wrapped, self.terms)

    def __str__(self) -> str:
        if self.word not in RELATIONS:
            words = [str(slot) for slot in self.slots[:1]]
            for slot in self.slots[1:]:
                words += (
                    [str(slot)] if slot.variable else [_word(value) for value in sorted(slot.values or (), key=str)]
                )
            return f"{self.word}: [{', '.join(words)}]"
        named = zip(RELATIONS[self.word].fields, self.slots, strict=True)
        fields = [f"{field.name}: {slot}" for field, slot in named if slot != Slot()]
        fields += [f"{name}: {value}" for name, value in self.terms]
        text = f"{self.word}: {{{', '.join(fields)}}}"
        for wrapper in filter(None, reversed(self.wrapped.split(" "))):
            text = f"{wrapper}: {{{text}}}"
        return text


def statements(rule: LawRule) -> list[Statement]:
    """The conditions and conclusions of *rule*, without its days, and without saying that values are known."""
    choices = {
        c.left.name: frozenset(c.right)
        for c, _ in rule.conditions
        if isinstance(c, Comparison) and isinstance(c.left, Var) and isinstance(c.right, tuple) and _is_fresh(c.left)
        if c.op == "in"
    }
    found = [s for condition, _ in rule.conditions for s in _condition(condition, choices)]
    return [*dict.fromkeys(found), *_heads(rule)]


def _condition(condition: Condition, choices: Mapping[str, frozenset[Value]]) -> Iterator[Statement]:
    names = set(variables(condition))
    if "_today" in names:
        return
    match condition:
        case Literal():
            wrapped = "" if condition.positive else "denied"
            yield Statement("when", condition.relation, _slots(condition, choices), wrapped)
        case Absent(literal):
            wrapped = "absent" if literal.positive else "absent denied"
            yield Statement("when", literal.relation, _slots(literal, choices), wrapped)
        case Comparison() if not _goes_without_saying(condition):
            yield _comparison(condition)


def _goes_without_saying(comparison: Comparison) -> bool:
    """Whether it is the guard that a variable is known, or belongs to a list of values."""
    left = comparison.left
    return (comparison.op == "!=" and comparison.right == UNKNOWN) or (isinstance(left, Var) and _is_fresh(left))


def _comparison(comparison: Comparison) -> Statement:
    op, left, right = comparison.op, comparison.left, comparison.right
    if isinstance(right, tuple):
        return Statement("when", _WORDS[op], (_slot(left, {}), Slot(values=frozenset(right))))
    if (op in (">", ">=") and isinstance(right, Var)) or not isinstance(left, Var):
        op, left, right = _SWAPPED[op], right, left
    is_day = isinstance(right, str) and re.match(r"\d{4}-\d\d-\d\d$", right) is not None
    word = _OF_DAYS.get(op, _WORDS[op]) if is_day else _WORDS[op]
    return Statement("when", word, (_slot(left, {}), _slot(right, {})))


def _heads(rule: LawRule) -> Iterator[Statement]:
    kinds = {r.id.split("/")[1].rstrip("+-"): r for r in rule.kernel}
    for number, (literal, terms) in enumerate(rule.heads):
        compiled = kinds[str(number)]
        settled = "conclude" if compiled.head.positive else "rule_out"
        section = "unsettle" if compiled.kind is Kind.DEFEATER else settled
        carried = tuple(sorted((name, _term(value)) for name, value in terms.items()))
        yield Statement(section, literal.relation, _slots(literal, {}), "", carried)


def _slots(literal: Literal, choices: Mapping[str, frozenset[Value]]) -> tuple[Slot, ...]:
    return tuple(_slot(term, choices) for term in literal.terms)


def _slot(term: Term, choices: Mapping[str, frozenset[Value]]) -> Slot:
    if isinstance(term, Var):
        if _is_fresh(term):
            return Slot(values=choices[term.name]) if term.name in choices else Slot()
        return Slot(variable=term.name)
    return Slot(values=frozenset([term if isinstance(term, str | int) else str(term)]))


def _is_fresh(variable: Var) -> bool:
    return variable.name.startswith("_")


def _word(value: Value) -> str:
    text = str(value)
    return text if _PLAIN.match(text) else json.dumps(text, ensure_ascii=False)


def _term(value: str | int | tuple[int, int]) -> str:
    return f"[{value[0]}, {value[1]}]" if isinstance(value, tuple) else _word(value)
