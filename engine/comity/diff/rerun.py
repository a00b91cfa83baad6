"""Scenarios run again after a change of rules: what it cannot touch passes as before and is not decided again.

Of a scenario that passed all is remembered that held in its case, and for those who ask. It passes under other rules
too where its facts are the same and no rule that differs can apply to that. (A rule that does not apply neither
supports nor attacks anything, so by induction over the strata the same holds.) Where preferences change, or what has
been verified, everything is decided.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from array import array
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import comity
from comity import kept, scenario
from comity.decision.opinion import counterparts
from comity.diff.impact import RulebookDiff
from comity.law import compiled
from comity.law.facts import facts
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook, shipped_folder
from comity.law.supposition import suppose
from comity.law.tables import Tables
from comity.logic.reference import Facts, fire
from comity.logic.rule import Rule
from comity.logic.terms import Literal, Var
from comity.scenario import Outcome, Scenario, Text

FOLDERS: Final = 6
"""For how many folders of rules it is remembered what passed under them."""

MOST: Final = 5_000
"""How many scenarios are remembered beside those of a run."""


def rerun(
    paths: Iterable[Path], rulebook: Rulebook, folder: Path | None, fresh: bool = False
) -> Generator[Outcome, None, None]:
    """The outcomes of scenarios, as :func:`comity.scenario.run` has them, under the *rulebook* in *folder*.

    What passes is remembered, also where the run is broken off; with *fresh* nothing of what was remembered counts.

    Raises:
        InputError, BrokenProcessPool: as that.
    """
    path = _path(folder)
    if path is None or rulebook.beneath is not None:
        # What an agency departs from is seen by deciding under both rulebooks.
        yield from scenario.run(paths, rulebook)
        return
    key = compiled.key(folder)
    before = (None if fresh else _load(path)) or _Memory("")
    known = _known(before, rulebook, key)
    now = _Memory(key)
    still: set[Text] = set()
    try:
        with closing(scenario.run(paths, rulebook, passed=known)) as outcomes:
            for outcome in outcomes:
                if outcome.text is not None and not outcome.failures:
                    if not outcome.decided:
                        still.add(outcome.text)
                    elif outcome.rests_on is not None:
                        now.add(outcome.text, outcome.rests_on)
                yield replace(outcome, rests_on=None)
    finally:
        if now.texts or before.rules != key:
            others = frozenset() if known.tables_differ else known.texts - still
            now.take(before, [*still, *sorted(others)[:MOST]])
            _save(path, now)


@dataclass(frozen=True)
class _Known:
    """The scenarios that pass under the *new* rulebook as under the *old* one, if their facts are the same."""

    texts: frozenset[Text] = frozenset()
    books: tuple[Rulebook, Rulebook] | None = None
    tables_differ: bool = False
    _supposed: dict[tuple[tuple[str, date], ...], list[Tables]] = field(default_factory=dict)

    def still(self, text: Text, scenario: Scenario) -> bool:
        """Whether the scenario passes as before."""
        return text in self.texts and (not self.tables_differ or self._facts_alike(scenario))

    def _facts_alike(self, scenario: Scenario) -> bool:
        try:
            one, other = self._tables(scenario.suppose)
            cases = (scenario.case, *counterparts(scenario.case).values())
            return all(facts(case, one, scenario.as_of) == facts(case, other, scenario.as_of) for case in cases)
        except InputError:
            return False

    def _tables(self, supposed: Mapping[str, date]) -> list[Tables]:
        """The tables of the two rulebooks, as if what is *supposed* were in force.

        Raises:
            InputError: one of them does not know it.
        """
        assert self.books is not None
        key = tuple(sorted(supposed.items()))
        if key not in self._supposed:
            self._supposed[key] = [(suppose(book, supposed) if supposed else book).tables for book in self.books]
        return self._supposed[key]


def _known(memory: _Memory, rulebook: Rulebook, key: str) -> _Known:
    if memory.rules == key:
        return _Known(frozenset(memory.texts))
    before = compiled.known(memory.rules) if memory.rules else None
    if before is None:
        return _Known()
    diff = RulebookDiff.of(before, rulebook)
    if diff.concerns_all:
        return _Known()
    books = before, rulebook
    differing = [rule for book in books for law in book.rules if law.id in diff.changed for rule in law.kernel]
    texts = frozenset(memory.texts).difference(memory.touched(differing))
    return _Known(texts, books, any(record.group.startswith("tables/") for record in diff.records))


class _Memory:
    """What holds in the cases of scenarios that passed under one rulebook, which is called *rules*.

    ``where`` has, of each thing that holds somewhere, the numbers of the scenarios.
    """

    def __init__(self, rules: str) -> None:
        self.rules = rules
        self.texts: dict[Text, int] = {}
        self.where: dict[Literal, array[int]] = defaultdict(lambda: array("I"))

    def add(self, text: Text, held: Iterable[Literal]) -> None:
        """Remember a scenario."""
        if text not in self.texts:
            number = self.texts[text] = len(self.texts)
            for literal in held:
                self.where[literal].append(number)

    def take(self, other: _Memory, texts: Iterable[Text]) -> None:
        """Remember *texts* as *other* does."""
        wanted = [text for text in texts if text not in self.texts]
        numbers = {other.texts[text]: len(self.texts) + place for place, text in enumerate(wanted)}
        self.texts.update((text, numbers[other.texts[text]]) for text in wanted)
        for literal, places in other.where.items():
            taken = [numbers[place] for place in places if place in numbers]
            if taken:
                self.where[literal].extend(taken)

    def touched(self, rules: Iterable[Rule]) -> Iterator[Text]:
        """The scenarios in which one of *rules* may apply.

        What is remembered holds in the case or in that of a state which asks, so that nothing is known to be absent.
        """
        absent = Facts(())
        may = [(rule, mask) for rule in rules if (mask := self._may_apply(rule))]
        relations = {read for rule, _ in may for read in rule.needs}
        concerned = 0
        for _, mask in may:
            concerned |= mask
        held: dict[int, list[Literal]] = {n: [] for n in self.texts.values() if _at(concerned, n)}
        for literal, places in self.where.items():
            if literal[::2] in relations:
                for number in places:
                    if number in held:
                        held[number].append(literal)
        for text, number in self.texts.items():
            if number in held:
                known = Facts(held.pop(number))
                if any(next(iter(fire(rule, known, absent)), None) for rule, mask in may if _at(mask, number)):
                    yield text

    def _may_apply(self, rule: Rule) -> int:
        """A number with a byte for each scenario, which is odd where of each condition something holds."""
        found = -1
        for condition in rule.body:
            if isinstance(condition, Literal) and found:
                found &= self._met(condition)
        return found

    def _met(self, condition: Literal) -> int:
        """The same for one condition: where something holds that has its fixed terms."""
        fixed = tuple((place, term) for place, term in enumerate(condition.terms) if not isinstance(term, Var))
        sign = condition.relation, condition.positive
        key = *sign, fixed
        if key not in self._found:
            marks = bytearray(len(self.texts))
            for terms, places in self._of.get(sign, ()):
                if all(terms[place] == term for place, term in fixed):
                    for number in places:
                        marks[number] = 1
            self._found[key] = int.from_bytes(marks, "little")
        return self._found[key]

    @cached_property
    def _found(self) -> dict[object, int]:
        return {}

    @cached_property
    def _of(self) -> dict[tuple[str, bool], list[tuple[tuple[Any, ...], array[int]]]]:
        found: dict[tuple[str, bool], list[tuple[tuple[Any, ...], array[int]]]] = defaultdict(list)
        for literal, places in self.where.items():
            found[literal.relation, literal.positive].append((literal.terms, places))
        return found


def _at(mask: int, number: int) -> bool:
    """Whether the byte of a scenario is odd."""
    return bool(mask >> 8 * number & 1)


def _path(folder: Path | None) -> Path | None:
    cache = kept.folder()
    place = str((folder or shipped_folder()).resolve())
    return None if cache is None else cache / f"{hashlib.sha256(place.encode()).hexdigest()[:32]}.passed"


def _program() -> str:
    """What changes when the program does."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(comity.__file__).parent.rglob("*.py")):
        stat = path.stat()
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()


class _Unpickler(pickle.Unpickler):
    """Makes nothing but lists, tuples, texts and numbers."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse.

        Raises:
            pickle.UnpicklingError: always; nothing of the kind is written.
        """
        raise pickle.UnpicklingError(f"{module}.{name}")


def _load(path: Path) -> _Memory | None:
    content = kept.read(path)
    if content is None:
        return None
    try:
        program, rules, texts, literals, counts, places = _Unpickler(io.BytesIO(content)).load()
        if program != _program():
            return None
        memory = _Memory(rules)
        memory.texts = {Text(*text): number for number, text in enumerate(texts)}
        numbers = array("I", places)
        begin = 0
        for literal, count in zip(literals, counts, strict=True):
            memory.where[Literal(*literal)] = numbers[begin : begin + count]
            begin += count
    except Exception:  # whatever is wrong with it, everything can be decided
        return None
    return memory


def _save(path: Path, memory: _Memory) -> None:
    places = array("I")
    for numbers in memory.where.values():
        places.extend(numbers)
    content = (
        _program(),
        memory.rules,
        [tuple(text) for text in memory.texts],
        [tuple(literal) for literal in memory.where],
        [len(numbers) for numbers in memory.where.values()],
        places.tobytes(),
    )
    kept.write(path, pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL), FOLDERS)
