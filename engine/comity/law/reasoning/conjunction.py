"""Conditions that are to be met together, and what follows for their variables."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from comity.law.reasoning.knowledge import Knowledge, shape
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS, Origin
from comity.logic.rule import Rule
from comity.logic.terms import Absent, Arithmetic, Comparison, Literal, Term, Value, Var

AS_OF: Final = [field.name for field in RELATIONS["case"].fields].index("as_of")
"""Where the day of decision stands in the relation ``case``."""


class Contradiction(Exception):
    """The conditions cannot be met together; the message says why, in words for a reader of rules."""


class NoRow(Contradiction):
    """No row of the tables says what a *pattern* asks."""

    def __init__(self, pattern: Pattern) -> None:
        super().__init__(f"no row of the tables says '{pattern}'")
        self.pattern = pattern


class Unknown:
    """A value that is not known yet; two of them are the same only if they are one."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return f"${self.name}"


Entry = Unknown | str | int
"""What stands in a field: a value, or a variable."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A literal with the variables of a conjunction."""

    relation: str
    entries: tuple[Entry, ...]
    positive: bool = True

    def __str__(self) -> str:
        fields = RELATIONS[self.relation].fields
        named = [
            f"{field.name}: {entry}"
            for field, entry in zip(fields, self.entries, strict=True)
            if not (isinstance(entry, Unknown) and entry.name.startswith("_"))
        ]
        told = f"{self.relation}: {{{', '.join(named)}}}"
        return told if self.positive else f"denied: {{{told}}}"


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of two entries, or of an entry with a list of values."""

    op: str
    left: Entry
    right: Entry | frozenset[Value]


class Conjunction:
    """Conditions to be met together, with what follows for their variables."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.same: dict[Unknown, Entry] = {}
        self.among: dict[Unknown, frozenset[Value]] = {}
        self.patterns: list[Pattern] = []
        self.absences: list[Pattern] = []
        self.tests: list[Test] = []
        self.read: list[Pattern] = []

    def copy(self) -> Conjunction:
        """A conjunction of its own with the same conditions."""
        other = Conjunction(self.knowledge)
        other.same, other.among = self.same.copy(), self.among.copy()
        other.patterns, other.absences, other.tests = self.patterns.copy(), self.absences.copy(), self.tests.copy()
        other.read = self.read.copy()
        return other

    def add(self, rule: Rule) -> Pattern:
        """Add the conditions of a rule, with variables of their own, and return its head.

        Raises:
            Contradiction: the conditions cannot be met.
        """
        names: dict[str, Unknown] = {}

        def entry(term: Term) -> Entry:
            if not isinstance(term, Var):
                assert not isinstance(term, Arithmetic)
                return term
            if term.name not in names:
                names[term.name] = Unknown(term.name)
            return names[term.name]

        def pattern(literal: Literal) -> Pattern:
            return Pattern(literal.relation, tuple(map(entry, literal.terms)), literal.positive)

        for condition in rule.body:
            match condition:
                case Literal():
                    self._add(pattern(condition))
                case Absent(literal):
                    self.absences.append(pattern(literal))
                case Comparison(op, left, right):
                    other = frozenset(right) if isinstance(right, tuple) else entry(right)
                    self.tests.append(Test(op, entry(left), other))
        return pattern(rule.head)

    def _add(self, pattern: Pattern) -> None:
        self.patterns.append(pattern)
        known = shape(pattern.relation)
        for position, words in known.words:
            entry = pattern.entries[position]
            if isinstance(entry, Unknown):
                self.limit(entry, words)
        if known.origin is Origin.RULES:
            self.read.append(pattern)

    def take_read(self) -> list[Pattern]:
        """The conclusions that the conditions read and that are not traced yet; they count as traced from now on."""
        taken, self.read = self.read, []
        return taken

    def concluding(self, read: Pattern) -> list[Rule]:
        """The rules that conclude something of the relation and sign that is read."""
        return self.knowledge.concluding.get((read.relation, read.positive), [])

    def shown(self, pattern: Pattern) -> str:
        """A pattern with the values that are known by now."""
        return str(Pattern(pattern.relation, tuple(map(self.find, pattern.entries)), pattern.positive))

    def agrees(self, pattern: Pattern, head: Literal) -> bool:
        """Whether no value of a head rules out that it speaks of what the pattern speaks of."""
        for entry, term in zip(pattern.entries, head.terms, strict=True):
            if not isinstance(term, Var):
                found = self.find(entry)
                if found != term and (not isinstance(found, Unknown) or term not in self.among.get(found, (term,))):
                    return False
        return True

    def find(self, entry: Entry) -> Entry:
        """The value of an entry, or the variable that stands for all that are the same."""
        same = self.same
        while entry.__class__ is Unknown and entry in same:
            entry = same[entry]
        return entry

    def equate_all(self, one: Pattern, other: Pattern) -> None:
        """Let two patterns speak of the same thing.

        Raises:
            Contradiction: they do not.
        """
        for a, b in zip(one.entries, other.entries, strict=True):
            self.equate(a, b)

    def equate(self, one: Entry, other: Entry) -> bool:
        """Let two entries be the same; whether that was new.

        Raises:
            Contradiction: they differ.
        """
        a, b = self.find(one), self.find(other)
        if a == b:
            return False
        if not isinstance(a, Unknown) and not isinstance(b, Unknown):
            raise Contradiction(f"'{a}' and '{b}' would have to be the same")
        if not isinstance(a, Unknown):
            a, b = b, a
        assert isinstance(a, Unknown)
        self.same[a] = b
        words = self.among.pop(a, None)
        if words is not None:
            self.limit(b, words)
        return True

    def limit(self, entry: Entry, words: frozenset[Value]) -> bool:
        """Let an entry be one of *words*; whether that was new.

        Raises:
            Contradiction: it is none of them.
        """
        found = self.find(entry)
        if not isinstance(found, Unknown):
            if found in words:
                return False
            raise Contradiction(f"'{found}' is none of {_listed(words)}")
        before = self.among.get(found)
        after = words if before is None else before & words
        if not after:
            raise Contradiction(f"nothing is both one of {_listed(before or ())} and one of {_listed(words)}")
        if len(after) == 1:
            self.among.pop(found, None)
            self.same[found] = next(iter(after))
            return True
        self.among[found] = after
        return before != after

    def settle(self) -> None:
        """Draw what follows.

        Raises:
            Contradiction: the conditions cannot be met together.
        """
        changed = True
        while changed:
            changed = self._rows_with_one_key()
            if not self.knowledge.any_tables:
                changed |= self._rows_of_tables()
            changed |= self._compared()
        self._parts()
        self._bounds()
        self._denied_and_absent()

    def _rows_with_one_key(self) -> bool:
        changed = False
        first: dict[tuple[object, ...], Pattern] = {}
        for pattern in self.patterns:
            key = shape(pattern.relation).key
            if key is None:
                continue
            values = [self.find(pattern.entries[position]) for position in key]
            known = first.setdefault((pattern.relation, *values), pattern)
            if known is not pattern:
                for a, b in zip(known.entries, pattern.entries, strict=True):
                    changed |= self.equate(a, b)
        return changed

    def _days(self) -> tuple[str, str]:
        """The first and the last day of decision that the tests leave; empty where there is no limit."""
        since = until = ""
        order = [test for test in self.tests if test.op in ORDER]
        days = {self.find(p.entries[AS_OF]) for p in self.patterns if p.relation == "case"} if order else ()
        for test in order:
            day = self.find(test.right) if not isinstance(test.right, frozenset) else ""
            if isinstance(day, str) and self.find(test.left) in days:
                if test.op in (">", ">="):
                    since = max(since, day)
                else:
                    until = min(until or day, day)
        return since, until

    def _rows_of_tables(self) -> bool:
        changed = False
        since, until = self._days()
        for pattern in self.patterns:
            if shape(pattern.relation).origin is not Origin.TABLE:
                continue
            entries = [self.find(entry) for entry in pattern.entries]
            known = tuple(self.among.get(e) if isinstance(e, Unknown) else e for e in entries)
            columns = self.knowledge.columns(pattern.relation, known, since, until)
            if columns is None:
                raise NoRow(Pattern(pattern.relation, tuple(entries)))
            for entry, values in zip(entries, columns, strict=True):
                if values is not None and isinstance(entry, Unknown):
                    changed |= self.limit(entry, values)
        return changed

    def _compared(self) -> bool:
        changed = False
        for test in self.tests:
            left = self.find(test.left)
            if isinstance(test.right, frozenset):
                if test.op == "in":
                    changed |= self.limit(left, test.right)
                else:
                    changed |= self._exclude(left, test.right)
                continue
            right = self.find(test.right)
            if test.op == "==":
                changed |= self.equate(left, right)
            elif test.op == "!=":
                if left == right:
                    raise Contradiction(f"{left} would have to differ from itself")
                if not isinstance(right, Unknown):
                    changed |= self._exclude(left, frozenset((right,)))
                elif not isinstance(left, Unknown):
                    changed |= self._exclude(right, frozenset((left,)))
        return changed

    def _exclude(self, entry: Entry, words: frozenset[Value]) -> bool:
        if not isinstance(entry, Unknown):
            if entry in words:
                raise Contradiction(f"'{entry}' is excluded")
            return False
        among = self.among.get(entry)
        if among is None or among.isdisjoint(words):
            return False
        if among <= words:
            raise Contradiction(f"all of {_listed(among)} are excluded")
        return self.limit(entry, among - words)

    def _parts(self) -> None:
        kinds: dict[Entry, str] = {}
        for pattern in self.patterns:
            for position, part in shape(pattern.relation).parts:
                found = self.find(pattern.entries[position])
                known = kinds.setdefault(found, part)
                if known != part and found != UNKNOWN:
                    raise Contradiction(f"one thing would have to be both a {known} and a {part}")

    def _bounds(self) -> None:
        """See whether values can stand in the order asked; a bound is a value, and whether it is excluded itself."""
        compared = [(t.left, t.op, t.right) for t in self.tests if not isinstance(t.right, frozenset)]
        order = list({(self.find(a), op, self.find(b)) for a, op, b in compared if op in ORDER})
        if not order:
            return
        order += [(b, _TURNED[op], a) for a, op, b in order]
        lowest: dict[Unknown, tuple[Value, bool]] = {}
        for _ in range(4):
            for a, op, b in order:
                floor = lowest.get(a) if isinstance(a, Unknown) else (a, False)
                if op in ("<", "<=") and isinstance(b, Unknown) and floor is not None:
                    _raise(lowest, b, floor[0], floor[1] or op == "<")
        for a, op, b in order:
            if isinstance(b, Unknown):
                if a == b and op in ("<", ">"):
                    raise Contradiction(f"{a} would have to come before itself")
            elif not isinstance(a, Unknown):
                if type(a) is not type(b) or not ORDER[op](a, b):
                    raise Contradiction(f"'{a}' is not {_SAID[op]} '{b}'")
            else:
                self._stays_below(lowest.get(a), a, op, b)

    def _stays_below(self, floor: tuple[Value, bool] | None, entry: Unknown, op: str, limit: Value) -> None:
        if entry in self.among and not any(type(v) is type(limit) and ORDER[op](v, limit) for v in self.among[entry]):
            raise Contradiction(f"none of {_listed(self.among[entry])} is {_SAID[op]} '{limit}'")
        if op not in ("<", "<=") or floor is None or type(floor[0]) is not type(limit):
            return
        if ORDER[">"](floor[0], limit) or (floor[0] == limit and (op == "<" or floor[1])):
            above = f"{'after' if floor[1] else 'at least'} '{floor[0]}'"
            raise Contradiction(f"{entry} would have to be both {above} and {_SAID[op]} '{limit}'")

    def _denied_and_absent(self) -> None:
        held = {self._found(pattern) for pattern in self.patterns}
        for relation, entries, positive in held:
            if positive and (relation, entries, False) in held:
                raise Contradiction(f"'{Pattern(relation, entries)}' would have to hold and to be denied")
        if not self.absences:
            return
        bound = {entry for _, entries, _ in held for entry in entries if isinstance(entry, Unknown)}
        for absent in map(self._found, self.absences):
            for there in held:
                if absent[0] == there[0] and absent[2] is there[2] and _covers(absent[1], there[1], bound):
                    raise Contradiction(f"'{Pattern(*there)}' would have to hold and to be absent")

    def _found(self, pattern: Pattern) -> tuple[str, tuple[Entry, ...], bool]:
        return pattern.relation, tuple(map(self.find, pattern.entries)), pattern.positive


def _covers(absent: tuple[Entry, ...], there: tuple[Entry, ...], bound: set[Unknown]) -> bool:
    """Whether what is absent for no value at all covers what is there."""
    free: dict[Unknown, Entry] = {}
    for a, b in zip(absent, there, strict=True):
        if isinstance(a, Unknown) and a not in bound:
            if free.setdefault(a, b) != b:
                return False
        elif a != b:
            return False
    return True


ORDER: Final[dict[str, Callable[..., bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SAID: Final = {"<": "before", "<=": "at most", ">": "after", ">=": "at least"}


def _raise(lowest: dict[Unknown, tuple[Value, bool]], entry: Unknown, value: Value, excluded: bool) -> None:
    known = lowest.get(entry)
    if known is None or (type(known[0]) is type(value) and (value, excluded) > known):
        lowest[entry] = value, excluded


def _listed(words: Iterable[Value]) -> str:
    known = sorted(map(str, words))
    return ", ".join(known[:5]) + (f" and {len(known) - 5} more" if len(known) > 5 else "")
