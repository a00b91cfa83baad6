"""The conditions and conclusions of one rule, checked against the vocabulary and made into literals."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.law import source
from comity.law.finding import Place, one_of
from comity.law.state import titles
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import COMPARISONS, RELATIONS, WORD_LISTS, Field, Origin, Relation
from comity.logic.terms import Absent, Comparison, Condition, Literal, Value, Var

TermValue = str | int | tuple[int, int]


@dataclass(frozen=True)
class Lists:
    """The closed lists that come from tables: instruments, offences, attributes and the like, by type name."""

    words: Mapping[str, frozenset[str]]


class Patterns:
    """Reads the conditions and conclusions of one rule; ``known`` are the variables that its conditions bind.

    ``lost`` are those in parts that could not be understood: whether they are bound cannot be said.
    """

    def __init__(self, lists: Lists, fault: Callable[..., None]) -> None:
        self.lists = lists
        self.fault = fault
        self.types: dict[str, str] = {}
        self.maybe_unknown: dict[str, bool] = {}
        self.lost: set[str] = set()
        self.fresh = itertools.count()

    @property
    def known(self) -> frozenset[str]:
        """The variables that stand in a relation of ``when``."""
        return frozenset(self.maybe_unknown)

    def conditions(self, node: source.Node | None) -> Iterator[tuple[Condition, Place]]:
        """The conditions listed under ``when``, those of relations first, each with its place."""
        if node is None:
            return
        if not isinstance(node, source.Sequence):
            self.fault(node.place, "R007", "'when' must be a list of conditions", "begin each with a hyphen")
            return
        later: list[tuple[source.Scalar, source.Node]] = []
        for item in node.items:
            pair = self._single(item)
            if pair is None:
                continue
            word = str(pair[0].value)
            if word in COMPARISONS or word == "absent":
                later.append(pair)
            elif word == "denied":
                inner = self._single(pair[1])
                if inner is not None:
                    for condition in self._pattern(*inner, positive=False):
                        yield condition, pair[0].place
            else:
                for condition in self._pattern(*pair):
                    yield condition, pair[0].place
        for key, value in later:
            if key.value == "absent":
                inner = self._single(value)
                if inner is not None:
                    for condition in self._absent(*inner):
                        yield condition, key.place
            else:
                comparison = self._comparison(key, value)
                if comparison is not None:
                    yield comparison, key.place

    def guards(self) -> Iterator[Condition]:
        """That no variable stands for ``unknown``: one condition for each that otherwise could."""
        for name, maybe in self.maybe_unknown.items():
            if maybe:
                yield Comparison("!=", Var(name), UNKNOWN)

    def conclusions(self, key: str, node: source.Node | None) -> Iterator[tuple[Literal, Mapping[str, TermValue]]]:
        """The conclusions listed under *key* with the terms that each carries."""
        if node is None:
            return
        if not isinstance(node, source.Sequence):
            self.fault(node.place, "R007", f"'{key}' must be a list of conclusions", "begin each with a hyphen")
            return
        for item in node.items:
            pair = self._single(item)
            known = self._relation(*pair) if pair else None
            if pair is None or known is None:
                continue
            relation, mapping = known
            if relation.origin is not Origin.RULES:
                self.fault(pair[0].place, "V011", f"'{relation.name}' is a fact; rules cannot conclude it")
                continue
            term_fields = {t.name: t for t in relation.terms}
            given = self._arguments(relation, mapping, term_fields)
            arguments = [self._argument(f, given.get(f.name), pair[0].place) for f in relation.fields]
            terms = {
                str(k.value): self._term_value(term_fields[str(k.value)], v)
                for k, v in mapping.pairs
                if k.value in term_fields
            }
            yield Literal(relation.name, tuple(arguments)), terms

    def _single(self, node: source.Node) -> tuple[source.Scalar, source.Node] | None:
        if isinstance(node, source.Mapping) and len(node.pairs) == 1:
            return node.pairs[0]
        self.fault(node.place, "R009", "one relation with its fields is wanted here", "{data: {id: $item}}")
        self._lose(node)
        return None

    def _lose(self, node: source.Node) -> None:
        if isinstance(node, source.Scalar):
            if isinstance(node.value, str) and node.value.startswith("$"):
                self.lost.add(node.value[1:])
            return
        for part in node.items if isinstance(node, source.Sequence) else (value for _, value in node.pairs):
            self._lose(part)

    def _unbound(self, name: str, place: Place) -> None:
        if name not in self.lost:
            hint = one_of(name, self.maybe_unknown)
            self.fault(place, "V010", f"${name} stands in no relation of 'when'", hint)

    def _relation(self, key: source.Scalar, fields: source.Node) -> tuple[Relation, source.Mapping] | None:
        relation = RELATIONS.get(str(key.value))
        if relation is None:
            known = [*RELATIONS, *COMPARISONS, "absent", "denied"]
            self.fault(key.place, "V001", f"unknown relation '{key.value}'", one_of(str(key.value), known))
            self._lose(fields)
            return None
        if not isinstance(fields, source.Mapping):
            self.fault(fields.place, "V002", f"'{relation.name}' needs its fields in braces", f"{relation.name}: {{…}}")
            self._lose(fields)
            return None
        return relation, fields

    def _arguments(
        self, relation: Relation, fields: source.Mapping, also: Mapping[str, Field] | None = None
    ) -> dict[str, source.Node]:
        found: dict[str, source.Node] = {}
        names = [f.name for f in relation.fields]
        for key, value in fields.pairs:
            if key.value in names:
                found[str(key.value)] = value
            elif str(key.value) not in (also or {}):
                hint = one_of(str(key.value), [*names, *(also or {})])
                message = f"unknown field '{key.value}' of relation '{relation.name}'"
                self.fault(key.place, "V003", message, hint)
                self._lose(value)
        return found

    def _pattern(
        self, key: source.Scalar, fields: source.Node, positive: bool = True, loose: bool = False
    ) -> Iterator[Condition]:
        known = self._relation(key, fields)
        if known is None:
            return
        relation, mapping = known
        if not positive and relation.origin is not Origin.RULES:
            self.fault(key.place, "V004", f"'{relation.name}' is a fact and is never denied", "ask for a value instead")
        given = self._arguments(relation, mapping)
        terms: list[Var | Value] = []
        choices: list[Comparison] = []
        for field_ in relation.fields:
            node = given.get(field_.name)
            if node is None:
                terms.append(Var(f"_{next(self.fresh)}"))
            elif isinstance(node, source.Sequence):
                chosen = Var(f"_{next(self.fresh)}")
                choices.append(Comparison("in", chosen, tuple(self._listed(field_, node))))
                terms.append(chosen)
            else:
                terms.append(self._term(field_, node, loose))
        yield Literal(relation.name, tuple(terms), positive)
        yield from choices

    def _listed(self, field_: Field, node: source.Sequence) -> Iterator[Value]:
        for item in node.items:
            term = self._term(field_, item, loose=True)
            if isinstance(term, Var):
                self.fault(item.place, "V014", "a list holds values, not variables", "write a condition for each")
            else:
                yield term

    def _absent(self, key: source.Scalar, fields: source.Node) -> Iterator[Condition]:
        """One absence for each combination of listed values: none of them may be established."""
        positive = key.value != "denied"
        if not positive:
            inner = self._single(fields)
            if inner is None:
                return
            key, fields = inner
        conditions = list(self._pattern(key, fields, positive, loose=True))
        literals = [c for c in conditions if isinstance(c, Literal)]
        choices = {c.left: c.right for c in conditions if isinstance(c, Comparison) and isinstance(c.right, tuple)}
        for literal in literals:
            options = [choices.get(term, (term,)) for term in literal.terms]
            for combination in itertools.product(*options):
                yield Absent(Literal(literal.relation, tuple(combination), literal.positive))

    def _term(self, field_: Field, node: source.Node, loose: bool = False) -> Var | Value:
        if not isinstance(node, source.Scalar) or node.value is None:
            self.fault(node.place, "V005", f"'{field_.name}' needs a value or a $variable")
            return UNKNOWN
        if isinstance(node.value, str) and node.value.startswith("$"):
            return self._variable(node.value[1:], field_, node.place, loose)
        if node.value == UNKNOWN and field_.may_be_unknown:
            return UNKNOWN
        problem = self._value_problem(field_.type, node.value)
        if problem is not None:
            self.fault(
                node.place, "V006", f"'{node.value}' is no {_type_name(field_.type)} for '{field_.name}'", problem
            )
        return node.value

    def _variable(self, name: str, field_: Field, place: Place, loose: bool) -> Var:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            self.fault(place, "V007", f"'${name}' is no variable", "a dollar and a lower-case word")
        type_ = _type_name(field_.type)
        seen = self.types.setdefault(name, type_)
        if not _compatible(seen, type_):
            self.fault(place, "V008", f"${name} is a {seen} elsewhere in this rule, and a {type_} here")
        if not loose:
            self.maybe_unknown[name] = self.maybe_unknown.get(name, True) and field_.may_be_unknown
        elif name not in self.maybe_unknown:
            return Var(f"_{name}")
        return Var(name)

    def _value_problem(self, type_: str | type[StrEnum], value: str | int) -> str | None:
        """What would be right, where *value* is not of the type; ``None`` where it is."""
        if not isinstance(type_, str):
            words = [str(member.value) for member in type_]
            return None if value in words else one_of(str(value), words)
        if type_ in ("state", "id-or-state") and (value in titles() or type_ == "id-or-state"):
            return None
        if type_ == "state":
            return one_of(str(value), titles()) or "two capital letters of ISO 3166"
        if type_ == "number":
            return None if isinstance(value, int) else "a whole number"
        if type_ == "date":
            return None if is_day(value) else "year-month-day, such as 2026-08-18"
        listed = self.lists.words.get(type_) or frozenset(WORD_LISTS.get(type_, ()))
        if listed:
            return None if value in listed else one_of(str(value), listed)
        return None

    def _comparison(self, key: source.Scalar, value: source.Node) -> Comparison | None:
        operator = COMPARISONS[str(key.value)][0]
        if not isinstance(value, source.Sequence) or len(value.items) < 2:
            self.fault(value.place, "V009", f"'{key.value}' compares things in a list", f"{key.value}: [$a, $b]")
            return None
        terms = [self._compared(item) for item in value.items]
        if operator in ("in", "not in"):
            constants = tuple(t for t in terms[1:] if isinstance(t, str | int))
            if len(constants) < len(terms) - 1:
                self.fault(value.place, "V009", f"'{key.value}' takes one variable and then values")
            return Comparison(operator, terms[0], constants)
        if len(terms) != 2:
            self.fault(value.place, "V009", f"'{key.value}' compares two things, not {len(terms)}")
            return None
        return Comparison(operator, terms[0], terms[1])

    def _compared(self, node: source.Node) -> Var | Value:
        if not isinstance(node, source.Scalar) or node.value is None:
            self.fault(node.place, "V005", "a value or a $variable is wanted here")
            return UNKNOWN
        if isinstance(node.value, str) and node.value.startswith("$"):
            name = node.value[1:]
            if name not in self.maybe_unknown:
                self._unbound(name, node.place)
            return Var(name)
        return node.value

    def _argument(self, field_: Field, node: source.Node | None, place: Place) -> Var | Value:
        if node is None:
            self.fault(place, "V012", f"the conclusion does not say '{field_.name}'", field_.doc)
            return UNKNOWN
        term = self._term(field_, node, loose=True)
        if isinstance(term, Var) and term.name.startswith("_"):
            self._unbound(term.name[1:], node.place)
        return term

    def _term_value(self, field_: Field, node: source.Node) -> TermValue:
        if field_.type == "range":
            items = node.items if isinstance(node, source.Sequence) else ()
            numbers = [i.value for i in items if isinstance(i, source.Scalar) and isinstance(i.value, int)]
            if len(items) == 2 and len(numbers) == 2 and 0 <= numbers[0] <= numbers[1]:
                return numbers[0], numbers[1]
            self.fault(node.place, "V013", f"'{field_.name}' is a range of days", "[shortest, longest]")
            return 0, 0
        if not isinstance(node, source.Scalar) or node.value is None:
            self.fault(node.place, "V013", f"'{field_.name}' needs a single value")
            return ""
        if str(node.value).startswith("$"):
            self.fault(node.place, "V013", f"'{field_.name}' takes a value, not a variable", field_.doc)
        problem = self._value_problem(field_.type, node.value)
        if problem is not None:
            self.fault(node.place, "V006", f"'{node.value}' is no {field_.name}", problem)
        return node.value


def is_day(value: object) -> bool:
    """Whether *value* is a day in ISO 8601."""
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _type_name(type_: str | type[StrEnum]) -> str:
    return type_ if isinstance(type_, str) else re.sub(r"(?<!^)(?=[A-Z])", "-", type_.__name__).lower()


def _compatible(a: str, b: str) -> bool:
    return a == b or {a, b} in ({"id", "id-or-state"}, {"state", "id-or-state"}) or "word" in (a, b)
