"""One rule as policy staff write it: read, checked against the vocabulary, and turned into rules of the kernel."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Final

from comity.law import source
from comity.law.finding import Finding, Place, one_of
from comity.law.state import titles
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import COMPARISONS, RELATIONS, WORD_LISTS, Field, Origin, Relation
from comity.logic import program as kernel
from comity.logic.terms import Absent, Comparison, Condition, Literal, Value, Var

KEYS: Final = (
    "id",
    "title",
    "cites",
    "when",
    "conclude",
    "rule_out",
    "unsettle",
    "overrides",
    "default",
    "strict",
    "effective",
    "because",
    "note",
)
"""The keys that a rule may have."""

TermValue = str | int | tuple[int, int]


@dataclass(frozen=True)
class LawRule:
    """A checked rule of the rulebook.

    ``heads`` are its conclusions with the terms that each carries; ``kernel`` the rules they become; ``conditions``
    pairs each kernel condition of ``when`` with the place where it is written.
    """

    id: str
    title: str
    cites: tuple[str, ...]
    because: str
    place: Place
    layer: str
    kind: kernel.Kind
    default: bool
    overrides: tuple[tuple[str, Place], ...]
    effective_from: date | None
    effective_until: date | None
    note: str
    conditions: tuple[tuple[Condition, Place], ...]
    heads: tuple[tuple[Literal, Mapping[str, TermValue]], ...]
    kernel: tuple[kernel.Rule, ...] = field(repr=False)


@dataclass(frozen=True)
class Lists:
    """The closed lists that come from tables: instruments, offences, attributes and the like, by type name."""

    words: Mapping[str, frozenset[str]]


class RuleReader:
    """Reads the rules of one file; ``findings`` collects what is wrong with them."""

    def __init__(self, lists: Lists, layer: str) -> None:
        self.lists = lists
        self.layer = layer
        self.findings: list[Finding] = []

    def read(self, node: source.Node) -> list[LawRule]:
        """The rules in a file that could be understood."""
        if not isinstance(node, source.Sequence):
            self._fault(node.place, "R001", "a rule file holds a list of rules", "begin each rule with '- id: …'")
            return []
        return [rule for item in node.items if (rule := _OneRule(self, item).read()) is not None]

    def _fault(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(place, code, message, hint))


class _OneRule:
    def __init__(self, reader: RuleReader, node: source.Node) -> None:
        self.node = node
        self.lists = reader.lists
        self.layer = reader.layer
        self.fault = reader._fault
        self.findings = reader.findings
        self.types: dict[str, str] = {}
        self.maybe_unknown: dict[str, bool] = {}
        self.fresh = itertools.count()

    def read(self) -> LawRule | None:
        before = len(self.findings)
        if not isinstance(self.node, source.Mapping):
            self.fault(self.node.place, "R001", "a rule is a set of keys with values", "begin it with '- id: …'")
            return None
        for key, _ in self.node.pairs:
            if key.value not in KEYS:
                self.fault(key.place, "R002", f"unknown key '{key.value}'", one_of(str(key.value), KEYS))
        id_ = self._text("id", needed=True)
        if id_ and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_):
            self.fault(self._place("id"), "R003", f"'{id_}' is no id", "lower-case words and numbers with hyphens")
        title, because = self._text("title", needed=True), self._text("because", needed=True)
        cites = self._texts("cites", needed=True)
        conditions = tuple(self._when())
        guards = tuple((guard, self.node.place) for guard in self._guards())
        since, until = self._effective()
        effective = tuple((c, self._place("effective")) for c in self._effective_conditions(since, until))
        heads = [
            (sign, literal, terms)
            for key, sign in (("conclude", True), ("rule_out", False), ("unsettle", None))
            for literal, terms in self._heads(key)
        ]
        if not heads and len(self.findings) == before:
            self.fault(
                self.node.place, "R004", "the rule concludes nothing", "add 'conclude', 'rule_out' or 'unsettle'"
            )
        self._check_because(because)
        strict, default = self._flag("strict"), self._flag("default")
        if strict and (default or self.node.get("unsettle")):
            self.fault(self._place("strict"), "R005", "a strict rule can neither be a default nor unsettle")
        overrides = tuple((str(s.value), s.place) for s in self._scalars("overrides"))
        if len(self.findings) > before:
            return None
        kind = kernel.Kind.STRICT if strict else kernel.Kind.ORDINARY
        where = (*conditions, *guards, *effective)
        return LawRule(
            id_,
            title,
            cites,
            because,
            self.node.place,
            self.layer,
            kind,
            default,
            overrides,
            since,
            until,
            self._text("note"),
            where,
            tuple((literal, terms) for _, literal, terms in heads),
            tuple(_kernel_rules(id_, kind, tuple(c for c, _ in where), heads)),
        )

    def _place(self, key: str) -> Place:
        return source.place_of(self.node, (key,))

    def _text(self, key: str, needed: bool = False) -> str:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get(key)
        if node is None or (isinstance(node, source.Scalar) and node.value is None):
            if needed:
                self.fault(self.node.place, "R006", f"the key '{key}' is missing")
            return ""
        if not isinstance(node, source.Scalar):
            self.fault(node.place, "R007", f"'{key}' must be a text")
            return ""
        return str(node.value)

    def _scalars(self, key: str) -> list[source.Scalar]:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get(key)
        if node is None:
            return []
        if not isinstance(node, source.Sequence):
            self.fault(node.place, "R007", f"'{key}' must be a list", "write it in square brackets")
            return []
        for item in node.items:
            if not isinstance(item, source.Scalar) or item.value is None:
                self.fault(item.place, "R007", f"an entry of '{key}' must be a single word")
        return [item for item in node.items if isinstance(item, source.Scalar)]

    def _texts(self, key: str, needed: bool = False) -> tuple[str, ...]:
        assert isinstance(self.node, source.Mapping)
        found = tuple(str(item.value) for item in self._scalars(key))
        if needed and not found:
            self.fault(self.node.place, "R006", f"'{key}' is missing or empty", "every rule cites an authority")
        return found

    def _flag(self, key: str) -> bool:
        text = self._text(key)
        if text not in ("", "true", "false"):
            self.fault(self._place(key), "R007", f"'{text}' is neither true nor false")
        return text == "true"

    def _effective(self) -> tuple[date | None, date | None]:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get("effective")
        if node is None:
            return None, None
        if not isinstance(node, source.Mapping):
            self.fault(node.place, "R007", "'effective' has the keys from and until", "{from: 2026-08-18}")
            return None, None
        days: dict[str, date] = {}
        for key, value in node.pairs:
            if key.value not in ("from", "until"):
                self.fault(key.place, "R002", f"unknown key '{key.value}'", "from or until")
            elif not isinstance(value, source.Scalar) or not _is_day(value.value):
                self.fault(value.place, "R008", "this is no date", "write year-month-day, such as 2026-08-18")
            else:
                days[str(key.value)] = date.fromisoformat(str(value.value))
        since, until = days.get("from"), days.get("until")
        if since and until and since > until:
            self.fault(node.place, "R008", "'until' is before 'from'")
        return since, until

    def _effective_conditions(self, since: date | None, until: date | None) -> Iterator[Condition]:
        if since or until:
            fields = RELATIONS["case"].fields
            yield Literal("case", tuple(Var("_today" if f.name == "as_of" else f"_e{i}") for i, f in enumerate(fields)))
        if since:
            yield Comparison(">=", Var("_today"), since.isoformat())
        if until:
            yield Comparison("<=", Var("_today"), until.isoformat())

    def _guards(self) -> Iterator[Condition]:
        for name, maybe in self.maybe_unknown.items():
            if maybe:
                yield Comparison("!=", Var(name), UNKNOWN)

    def _when(self) -> Iterator[tuple[Condition, Place]]:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get("when")
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

    def _single(self, node: source.Node) -> tuple[source.Scalar, source.Node] | None:
        if isinstance(node, source.Mapping) and len(node.pairs) == 1:
            return node.pairs[0]
        self.fault(node.place, "R009", "one relation with its fields is wanted here", "{data: {id: $item}}")
        return None

    def _relation(self, key: source.Scalar, fields: source.Node) -> tuple[Relation, source.Mapping] | None:
        relation = RELATIONS.get(str(key.value))
        if relation is None:
            known = [*RELATIONS, *COMPARISONS, "absent", "denied"]
            self.fault(key.place, "V001", f"unknown relation '{key.value}'", one_of(str(key.value), known))
            return None
        if not isinstance(fields, source.Mapping):
            self.fault(fields.place, "V002", f"'{relation.name}' needs its fields in braces", f"{relation.name}: {{…}}")
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
                values = [v for item in node.items if isinstance(v := self._term(field_, item, loose), str | int)]
                choices.append(Comparison("in", chosen, tuple(values)))
                terms.append(chosen)
            else:
                terms.append(self._term(field_, node, loose))
        yield Literal(relation.name, tuple(terms), positive)
        yield from choices

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
            return None if _is_day(value) else "year-month-day, such as 2026-08-18"
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
                hint = one_of(name, self.maybe_unknown)
                self.fault(node.place, "V010", f"${name} stands in no relation of 'when'", hint)
            return Var(name)
        return node.value

    def _heads(self, key: str) -> Iterator[tuple[Literal, Mapping[str, TermValue]]]:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get(key)
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

    def _argument(self, field_: Field, node: source.Node | None, place: Place) -> Var | Value:
        if node is None:
            self.fault(place, "V012", f"the conclusion does not say '{field_.name}'", field_.doc)
            return UNKNOWN
        term = self._term(field_, node, loose=True)
        if isinstance(term, Var) and term.name.startswith("_"):
            hint = one_of(term.name[1:], self.maybe_unknown)
            self.fault(node.place, "V010", f"${term.name[1:]} stands in no relation of 'when'", hint)
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
        problem = self._value_problem(field_.type, node.value)
        if problem is not None:
            self.fault(node.place, "V006", f"'{node.value}' is no {field_.name}", problem)
        return node.value

    def _check_because(self, because: str) -> None:
        try:
            named = [name for _, name, _, _ in Formatter().parse(because) if name is not None]
        except ValueError as error:
            self.fault(self._place("because"), "R010", f"'because' has a stray brace: {error}", "write {name}")
            return
        for name in named:
            if name not in self.maybe_unknown:
                hint = one_of(name, self.maybe_unknown)
                self.fault(
                    self._place("because"), "R010", f"'because' uses {{{name}}}, but 'when' has no ${name}", hint
                )


def _kernel_rules(
    id_: str,
    kind: kernel.Kind,
    body: tuple[Condition, ...],
    heads: list[tuple[bool | None, Literal, Mapping[str, TermValue]]],
) -> Iterator[kernel.Rule]:
    for number, (sign, literal, _) in enumerate(heads):
        name = f"{id_}/{number}"
        if sign is None:
            yield kernel.Rule(f"{name}+", literal, body, kernel.Kind.DEFEATER)
            yield kernel.Rule(f"{name}-", ~literal, body, kernel.Kind.DEFEATER)
        else:
            yield kernel.Rule(name, literal if sign else ~literal, body, kind)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _type_name(type_: str | type[StrEnum]) -> str:
    return type_ if isinstance(type_, str) else re.sub(r"(?<!^)(?=[A-Z])", "-", type_.__name__).lower()


def _compatible(a: str, b: str) -> bool:
    return a == b or {a, b} in ({"id", "id-or-state"}, {"state", "id-or-state"}) or "word" in (a, b)
