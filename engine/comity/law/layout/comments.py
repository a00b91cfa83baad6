"""The comments of a YAML text, each with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import yaml

_Loader: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_HASH: Final = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_BLOCK: Final = re.compile(r"[|>][^\n#]*")
"""The head of a text that runs over several lines, up to a comment."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in a *line*, counted from 0; *alone* if nothing stands before it.

    ``after_gap`` and ``before_gap`` say whether an empty line stands above and below it.
    """

    line: int
    text: str
    alone: bool
    after_gap: bool
    before_gap: bool


def comments(text: str) -> list[Comment]:
    """The comments of a text that is valid YAML, in order."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    taken = list(_scalars(text, starts))
    begins = [start for start, _ in taken]
    found = []
    end = 0
    for match in _HASH.finditer(text):
        start = match.start()
        position = bisect_right(begins, start) - 1
        if start < end or (position >= 0 and start < taken[position][1]):
            continue
        number = bisect_right(starts, start) - 1
        end = starts[number] + len(lines[number])
        alone = not text[starts[number] : start].strip()
        above = number > 0 and not lines[number - 1].strip()
        below = number + 1 < len(lines) and not lines[number + 1].strip()
        found.append(Comment(number, text[start:end].rstrip(), alone, above, below))
    return found


def _scalars(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Where values stand, in which a hash is none of a comment."""
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.ScalarToken):
            start = starts[token.start_mark.line] + token.start_mark.column
            end = starts[token.end_mark.line] + token.end_mark.column
            head = _BLOCK.match(text, start) if token.style in ("|", ">") else None
            if head is not None:
                start = min(text.find("\n", start) % (len(text) + 1), end)
            yield start, end
