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
_GAP: Final = 10_000
_MORE: Final = 1_000_000

INVENTED: Final = r"[^\s,(]*\x00\d+"
"""The pattern of words that a proof has made up."""


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
    """A whole number for each value, in an order that keeps that of numbers and that of days, a day before any word.

    The order of words is kept where *ordered*: rules compare them by it. Otherwise the words of each of the *lists* are
    kept together, so that a closed list is a range or a few. Where places may hold words that nobody has written
    (*invent*), there is room for them between those that somebody has. Where nothing is said of a place, it may hold
    any day if *days* occur at all.
    """

    def __init__(
        self,
        words: Iterable[Value],
        lists: Iterable[tuple[Value, ...]] = (),
        *,
        ordered: bool = True,
        invent: bool = True,
        days: bool = False,
    ) -> None:
        listed = [
            word for words_of_one in sorted(lists, key=len, reverse=True) for word in sorted(map(str, words_of_one))
        ]
        written = ["", *(word for word in words if isinstance(word, str))]
        known = sorted({*listed, *written}) if ordered else list(dict.fromkeys((*listed, *sorted(set(written)))))
        self._days = tuple(word for word in known if day_of(word) is not None)
        self._any_day = (date.min, date.max) if days else None
        gap = _GAP if invent else 1
        self._code = {word: _WORDS + gap * n for n, word in enumerate(w for w in known if day_of(w) is None)}
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
        day = day_of(value)
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
        return f"{self._word[below]}\x00{code - below:07}"

    def ranges(self, domain: Domain | None) -> Iterator[tuple[int, int]]:
        """The numbers of a domain, as ranges with both ends; ``None`` stands for any value."""
        if domain is None:
            domain = Domain(self._days, any_word=True, days=self._any_day, numbers=ANY_NUMBER)
        if domain.any_word:
            yield _WORDS, self._known[-1] + _MORE
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


def day_of(word: str) -> int | None:
    """The number of a day in ISO 8601, counted from the first day of the first year; ``None`` for another word."""
    if len(word) != 10 or word[4] != "-":
        return None
    try:
        return date.fromisoformat(word).toordinal()
    except ValueError:
        return None
