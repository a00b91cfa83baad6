"""What values a place of a fact may take, and the whole numbers that stand for them in a proof."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.logic.terms import Value

NUMBERS_END: Final = 10_000_000
"""Numbers lie between minus and plus this, so that every number from here on stands for a word."""

ANY_NUMBER: Final = 1 - NUMBERS_END, NUMBERS_END - 1

_DAYS: Final = 20_000_000
_WORDS: Final = 40_000_000
_GAP: Final = 1000


@dataclass(frozen=True, slots=True)
class Domain:
    """The values of one place: the *words* of a closed list, or *any_word*, and days and numbers from one to another.

    A domain of names that may be invented, such as ids, is a long list of words that no rule mentions.
    """

    words: tuple[Value, ...] = ()
    any_word: bool = False
    days: tuple[date, date] | None = None
    numbers: tuple[int, int] | None = None


class Codes:
    """A whole number for each value, in an order that keeps that of words and that of numbers.

    Where places may hold words that nobody has written (*invent*), there is room for them between those that somebody
    has; otherwise neighbouring words have neighbouring numbers, and a closed list is a few ranges. An ISO day stands
    before all other words: days are ordered among each other and against words that begin with a letter, which is
    what rules compare them with. Where nothing is said of a place, it may hold any day if *days* occur at all.
    """

    def __init__(self, words: Iterable[Value], invent: bool = True, days: bool = False) -> None:
        written = {"", *(word for word in words if isinstance(word, str))}
        self._days = tuple(sorted(word for word in written if _day(word) is not None))
        self._any_day = (date.min, date.max) if days else None
        gap = _GAP if invent else 1
        ordered = sorted(word for word in written if _day(word) is None)
        self._code = {word: _WORDS + gap * number for number, word in enumerate(ordered)}
        self._word = {code: word for word, code in self._code.items()}
        self._known = sorted(self._word)

    def code(self, value: Value) -> int:
        """The number that stands for *value*.

        Raises:
            KeyError: the word is none of those that the codes were made for.
            ValueError: the number is too large to be told from a word.
        """
        if isinstance(value, int):
            if abs(value) >= NUMBERS_END:
                raise ValueError(f"{value} is too large a number")
            return value
        day = _day(value)
        return _DAYS + day if day is not None else self._code[value]

    def value(self, code: int) -> Value:
        """The value that a number stands for; a word is made up where none is known."""
        if abs(code) < NUMBERS_END:
            return code
        if code < _WORDS:
            return date.fromordinal(min(max(code - _DAYS, 1), date.max.toordinal())).isoformat()
        if code in self._word:
            return self._word[code]
        below = self._known[bisect_left(self._known, code) - 1]
        return f"{self._word[below]}\x00" + "\x01" * (code - below)

    def ranges(self, domain: Domain | None) -> Iterator[tuple[int, int]]:
        """The numbers of a domain, as ranges with both ends; ``None`` stands for any value."""
        if domain is None:
            domain = Domain(self._days, any_word=True, days=self._any_day, numbers=ANY_NUMBER)
        if domain.any_word:
            yield _WORDS, self._known[-1] + _GAP
        codes = sorted({self.code(word) for word in domain.words})
        start = 0
        for place, code in enumerate(codes):
            if place + 1 == len(codes) or codes[place + 1] != code + 1:
                yield codes[start], code
                start = place + 1
        if domain.days:
            yield _DAYS + domain.days[0].toordinal(), _DAYS + domain.days[1].toordinal()
        if domain.numbers:
            yield domain.numbers


def _day(word: str) -> int | None:
    if len(word) != 10 or word[4] != "-":
        return None
    try:
        return date.fromisoformat(word).toordinal()
    except ValueError:
        return None
