"""What policy staff claim of every possible case, read from ``properties/`` and made into questions for a proof."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from string import Formatter
from typing import Final

from comity.law import source, terms
from comity.law.authority import Authority
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.pattern import Lists, Patterns
from comity.law.rulebook import Rulebook
from comity.law.vocabulary import RELATIONS, Field, Origin
from comity.logic.axiom import Axiom
from comity.logic.rule import Rule
from comity.logic.slicing import names
from comity.logic.terms import Absent, Comparison, Condition, Literal, Var, variables

FOLDER: Final = "properties"
KEYS: Final = ("id", "title", "cites", "never", "unless", "possible", "tables_never", "because", "note")
UNLESS_KEYS: Final = ("title", "cites", "when", "note")
"""The keys that a property may have, and those of an alternative under ``unless``."""

EVERY_RULE: Final = "every-rule"

LISTS: Final[dict[str, type[StrEnum]]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower(): kind
    for name, kind in vars(terms).items()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not terms.Term and len(list(kind))
}
"""The closed lists that ``word`` can go through, by name."""


class Claim(Enum):
    """What a property claims of its situation."""

    NEVER = "never"
    POSSIBLE = "possible"
    EVERY_RULE = "every-rule"
    TABLES_NEVER = "tables_never"


@dataclass(frozen=True)
class Property:
    """A claim about every possible case.

    ``goal`` is held where the situation is met, by the kernel's ``rules``; the claim that every rule can apply has
    none. A claim about the tables alone has an ``axiom``: proofs take it for granted, and the tables are checked.
    """

    id: str
    title: str
    cites: tuple[str, ...]
    because: str
    note: str
    claim: Claim
    place: Place
    goal: Literal | None = None
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    axiom: Axiom | None = None


def read_properties(rulebook: Rulebook) -> tuple[list[Property], list[Finding]]:
    """The properties in the folders of a rulebook, and what is wrong with them."""
    reader = _Reader(rulebook.lists, rulebook.authorities)
    for folder in rulebook.folders:
        for path in sorted((folder / FOLDER).rglob("*.yaml")):
            try:
                reader.read(source.read(path))
            except InputError as error:
                reader.findings += error.findings
    return reader.found, reader.findings


class _Reader:
    def __init__(self, words: Lists, authorities: dict[str, Authority]) -> None:
        self.words = words
        self.authorities = authorities
        self.found: list[Property] = []
        self.findings: list[Finding] = []

    def fault(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(place, code, message, hint))

    def read(self, node: source.Node) -> None:
        if not isinstance(node, source.Sequence):
            self.fault(node.place, "K001", "a file of properties holds a list", "begin each with '- id: …'")
            return
        for item in node.items:
            if not isinstance(item, source.Mapping):
                self.fault(item.place, "K001", "a property is a set of keys with values", "begin it with '- id: …'")
                continue
            before = len(self.findings)
            made = _OneProperty(self, item).read()
            taken = next((other for other in self.found if made and other.id == made.id), None)
            if taken is not None:
                self.fault(item.place, "K003", f"the id '{taken.id}' is taken", f"see {taken.place}")
            if made is not None and len(self.findings) == before:
                self.found.append(made)


class _OneProperty:
    def __init__(self, reader: _Reader, node: source.Mapping) -> None:
        self.reader = reader
        self.fault = reader.fault
        self.node = node

    def read(self) -> Property | None:
        self._keys(self.node, KEYS)
        id_, title, because = (self._text(self.node, key) for key in ("id", "title", "because"))
        if id_ and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_):
            self.fault(self._place("id"), "K003", f"'{id_}' is no id", "lower-case words and numbers with hyphens")
        cites = self._cites(self.node)
        note = self._text(self.node, "note", needed=False)
        keys = (Claim.NEVER, Claim.POSSIBLE, Claim.TABLES_NEVER)
        claimed = [claim for claim in keys if self.node.get(claim.value) is not None]
        if len(claimed) != 1:
            hint = "what must never be met, what must be possible, or what the tables never say"
            message = "a property has one of the keys 'never', 'possible' and 'tables_never'"
            self.fault(self.node.place, "K004", message, hint)
            return None
        claim = claimed[0]
        wanted = self.node.get(claim.value)
        if claim is Claim.POSSIBLE and isinstance(wanted, source.Scalar) and wanted.value == EVERY_RULE:
            return Property(id_, title, cites, because, note, Claim.EVERY_RULE, self.node.place)
        patterns = _PropertyPatterns(self.reader.words, self.fault)
        body = tuple(condition for condition, _ in patterns.conditions(wanted))
        guards = tuple(patterns.guards())
        if claim is Claim.TABLES_NEVER:
            self._check_because(because, patterns.known | patterns.lost)
            axiom = self._axiom(title, (*body, *guards))
            return Property(id_, title, cites, because, note, claim, self.node.place, axiom=axiom)
        excused = [*self._alternatives(patterns, id_, (*body, *guards))] if claim is Claim.NEVER else []
        self._check_because(because, patterns.known | patterns.lost)
        goal = Literal(f"!met {id_}", tuple(Var(name) for name in names(body)))
        absences = tuple(Absent(rule.head) for rule in excused)
        met = _split(in_a_case((*body, *guards, *absences)))
        rules = (*(Rule(f"!met {id_} {number}", goal, one) for number, one in enumerate(met)), *excused)
        return Property(id_, title, cites, because, note, claim, self.node.place, goal, rules)

    def _axiom(self, title: str, body: tuple[Condition, ...]) -> Axiom:
        conditions = tuple(c for c in body if isinstance(c, Literal | Comparison))
        heads = tuple((c.literal,) for c in body if isinstance(c, Absent))
        for condition in (*conditions, *(literal for (literal,) in heads)):
            relation = RELATIONS.get(condition.relation) if isinstance(condition, Literal) else None
            if relation is not None and relation.origin is not Origin.TABLE and not _only_the_day(condition):
                message = f"'tables_never' speaks of '{relation.name}', which is no table"
                self.fault(self._place("tables_never"), "K008", message, "of a case only the day: case: {as_of: $day}")
        return Axiom(title, conditions, heads)

    def _alternatives(self, patterns: _PropertyPatterns, id_: str, body: tuple[Condition, ...]) -> Iterator[Rule]:
        node = self.node.get("unless")
        if node is None:
            return
        if not isinstance(node, source.Sequence):
            self.fault(node.place, "K005", "'unless' is a list of alternatives", "each with title, cites and when")
            return
        for number, item in enumerate(node.items):
            if not isinstance(item, source.Mapping):
                self.fault(item.place, "K005", "an alternative has the keys title, cites and when")
                continue
            self._keys(item, UNLESS_KEYS)
            self._text(item, "title")
            self._cites(item)
            inner = patterns.further()
            conditions = [condition for condition, _ in inner.conditions(item.get("when"))]
            if not conditions:
                self.fault(item.place, "K005", "the key 'when' is missing or empty")
                continue
            conditions += inner.guards()
            shared = [name for name in names(body) if any(name in variables(c) for c in conditions)]
            bound = set(names(conditions))
            binding = [c for c in body if isinstance(c, Literal) and not bound.issuperset(_named(c))]
            needed = [c for c in binding if any(name in shared and name not in bound for name in _named(c))]
            head = Literal(f"!excused {id_} {number}", tuple(Var(name) for name in shared))
            yield Rule(f"!excused {id_} {number}", head, tuple(dict.fromkeys((*needed, *conditions))))

    def _keys(self, node: source.Mapping, known: tuple[str, ...]) -> None:
        for key, _ in node.pairs:
            if key.value not in known:
                self.fault(key.place, "K002", f"unknown key '{key.value}'", one_of(str(key.value), known))

    def _place(self, key: str) -> Place:
        return source.place_of(self.node, (key,))

    def _text(self, node: source.Mapping, key: str, needed: bool = True) -> str:
        value = node.get(key)
        if isinstance(value, source.Scalar) and value.value is not None:
            return str(value.value)
        if value is not None and not isinstance(value, source.Scalar):
            self.fault(value.place, "K006", f"'{key}' must be a text")
        elif needed:
            self.fault(node.place, "K006", f"the key '{key}' is missing")
        return ""

    def _cites(self, node: source.Mapping) -> tuple[str, ...]:
        listed = node.get("cites")
        items = listed.items if isinstance(listed, source.Sequence) else ()
        cited = [(str(item.value), item.place) for item in items if isinstance(item, source.Scalar)]
        if not cited:
            self.fault(node.place, "K006", "'cites' is missing or empty", "say which authority requires this")
        for text, place in cited:
            id_, _, article = text.partition("/")
            authority = self.reader.authorities.get(id_)
            if authority is None:
                hint = one_of(id_, self.reader.authorities)
                self.fault(place, "C001", f"'{text}' is cited: there is no such authority", hint)
            elif article and article not in authority.articles:
                hint = one_of(article, authority.articles)
                self.fault(place, "C002", f"'{text}' is cited: {id_} has no article '{article}'", hint)
        return tuple(text for text, _ in cited)

    def _check_because(self, because: str, known: Iterable[str]) -> None:
        try:
            used = [name for _, name, _, _ in Formatter().parse(because) if name is not None]
        except ValueError as error:
            self.fault(self._place("because"), "R010", f"'because' has a stray brace: {error}", "write {name}")
            return
        for name in used:
            if name not in known:
                hint = one_of(name, known)
                message = f"'because' uses {{{name}}}, but the conditions have no ${name}"
                self.fault(self._place("because"), "R010", message, hint)


def _only_the_day(condition: Condition) -> bool:
    """Whether a condition asks nothing of the case but its day."""
    if not isinstance(condition, Literal) or condition.relation != "case":
        return False
    return all(isinstance(term, Var) and term.name.startswith("_") for term in condition.terms[:-1])


def _split(body: tuple[Condition, ...]) -> Iterator[tuple[Condition, ...]]:
    """*body* once for each choice among listed values, so that each is a question about constants."""
    listed = {c.left: c for c in body if isinstance(c, Comparison) and c.op == "in" and _is_anonymous(c.left)}
    for chosen in itertools.product(*(c.right for c in listed.values() if isinstance(c.right, tuple))):
        value = dict(zip(listed, chosen, strict=True))
        yield tuple(
            Literal(c.relation, tuple(value.get(t, t) for t in c.terms), c.positive) if isinstance(c, Literal) else c
            for c in body
            if c not in listed.values()
        )


def _is_anonymous(term: object) -> bool:
    return isinstance(term, Var) and term.name.startswith("_")


def _named(literal: Literal) -> set[str]:
    return {name for name in variables(literal) if not name.startswith("_")}


class _PropertyPatterns(Patterns):
    """The patterns of rules, and two more: ``word`` goes through a closed list, ``unspoken`` looks for silence."""

    def conditions(self, node: source.Node | None) -> Iterator[tuple[Condition, Place]]:
        """The conditions in *node*; see :meth:`Patterns.conditions`."""
        if not isinstance(node, source.Sequence):
            yield from super().conditions(node)
            return
        own = {"word": self._word, "unspoken": self._unspoken}
        items = [(item, self._first(item)) for item in node.items]
        for word in ("word", None, "unspoken"):
            if word is None:
                rest = tuple(item for item, key in items if key not in own)
                yield from super().conditions(source.Sequence(rest, node.place))
                continue
            for item, key in items:
                if key == word and isinstance(item, source.Mapping):
                    for condition in own[word](item.pairs[0][1]):
                        yield condition, item.place

    def further(self) -> _PropertyPatterns:
        """Patterns that go on from what these have bound."""
        inner = _PropertyPatterns(self.lists, self.fault)
        inner.fresh, inner.types, inner.maybe_unknown = self.fresh, dict(self.types), dict(self.maybe_unknown)
        return inner

    def _first(self, item: source.Node) -> object:
        return item.pairs[0][0].value if isinstance(item, source.Mapping) and item.pairs else None

    def _word(self, node: source.Node) -> Iterator[Condition]:
        given = source.plain(node)
        if not isinstance(given, dict) or set(given) != {"is", "of"}:
            self.fault(node.place, "K007", "'word' goes through a closed list", "{is: $kind, of: channel-kind}")
            return
        kind = LISTS.get(str(given["of"]))
        if kind is None:
            self.fault(node.place, "K007", f"'{given['of']}' is no closed list", one_of(str(given["of"]), LISTS))
            return
        assert isinstance(node, source.Mapping)
        term = self._term(Field("is", kind, "a word of the list"), node.get("is") or node)
        yield Literal(word_relation(kind), (term,))

    def _unspoken(self, node: source.Node) -> Iterator[Condition]:
        inner = self._single(node)
        if inner is not None:
            for condition in self._pattern(*inner, loose=True):
                if isinstance(condition, Literal):
                    yield Absent(Literal(spoken_relation(condition.relation), condition.terms))


def word_relation(kind: type[StrEnum]) -> str:
    """The relation that holds of every word of a closed list."""
    return f"!word {kind.__name__}"


def spoken_relation(relation: str) -> str:
    """The relation that holds where some rule speaks for or against a conclusion."""
    return f"!spoken {relation}"


def support(rulebook: Rulebook) -> Iterator[Rule]:
    """The rules by which the relations of ``word`` and ``unspoken`` hold."""
    for kind in LISTS.values():
        for word in kind:
            yield Rule(f"{word_relation(kind)} {word}", Literal(word_relation(kind), (str(word.value),)))
    for rule in rulebook.program.rules:
        yield Rule(f"!spoken {rule.id}", Literal(spoken_relation(rule.head.relation), rule.head.terms), rule.body)


def applies(rule: Rule) -> Rule:
    """A rule whose head holds where *rule* applies."""
    bound = tuple(Var(name) for name in names(rule.body))
    return Rule(f"!applies {rule.id}", Literal(f"!applies {rule.id}", bound), in_a_case(rule.body))


def in_a_case(body: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """*body* in some case, if it does not speak of one: without a case there is nothing."""
    if any(isinstance(condition, Literal) and condition.relation == "case" for condition in body):
        return body
    fields = RELATIONS["case"].fields
    return (Literal("case", tuple(Var(f"_case {field.name}") for field in fields)), *body)
