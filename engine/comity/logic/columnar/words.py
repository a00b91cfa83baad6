"""Constants as whole numbers, so that sets of them are columns of one type."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from comity.logic.terms import Value

GAP: Final = 40
"""Between two words that the program names, there is room for two to this many words of a batch."""

LARGEST: Final = 2**61
"""Numbers are smaller than this in absolute value, so that the sum of two of them is still a column's number."""


class Words:
    """Codes for constants, which stand in the order of what they stand for.

    A number *n* is 2n. A word is an odd code; the words that the program names have the same codes in every batch, so
    that the text of a query stays the same, and the words of a batch find room between them.
    """

    def __init__(self, named: Iterable[str]) -> None:
        self.named = sorted(set(named))
        self._fixed = {word: 2 * ((place + 1) << GAP) + 1 for place, word in enumerate(self.named)}
        self._codes: dict[str, int] = {}
        self._words: dict[int, str] = {}
        self.learn(())

    def learn(self, words: Iterable[str]) -> None:
        """Take *words*, in any order, for those of the batch at hand, in the place of those of the batch before."""
        self._codes = dict(self._fixed)
        place, rank = -1, 0
        for word in sorted(set(words) - self._fixed.keys()):
            before = bisect_right(self.named, word)
            place, rank = (place, rank + 1) if before == place else (before, 1)
            self._codes[word] = 2 * ((place << GAP) + rank) + 1
        self._words = {code: word for word, code in self._codes.items()}

    def code(self, value: Value) -> int:
        """The code of a number, or of a word of the program or the batch.

        Raises:
            OverflowError: the number is too large for a column.
        """
        if isinstance(value, str):
            return self._codes[value]
        if not -LARGEST < value < LARGEST:
            raise OverflowError(f"{value} is too large for the columnar reading: numbers end at 2 to the power of 61")
        return 2 * int(value)

    def value(self, code: int) -> Value:
        """What *code* stands for."""
        return self._words[code] if code & 1 else code >> 1
