"""What is wrong with an input: where, what, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

EXCERPT: Final = 200
"""How much of a long line is shown, with the place in the middle."""


class Place(NamedTuple):
    """A spot in a file; lines and columns count from 1, 0 means that the file, or the line, as a whole is meant."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The files cannot be used: no decision is made with them."""
    WARNING = "warning"
    """The files can be used, but something in them is probably not what was meant."""
    NOTE = "note"
    """Worth knowing; nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a file: what stands at *place* becomes *new*; where that is ``None`` it goes, with its comma."""

    place: Place
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a finding; *says* tells what it does, and what it changes in the meaning of a rule, if anything."""

    says: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its *code* names the kind, *hint* says what would be right (may be empty).

    ``rules`` are the ids of the rules that a warning speaks of: each of them may accept it.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    fix: Fix | None = None
    rules: tuple[str, ...] = ()

    def __str__(self) -> str:
        label = self.code if self.severity is Severity.ERROR else f"{self.severity} {self.code}"
        head = f"{self.place}  {label}  {self.message}"
        line = _line(self.place)
        if line is None:
            return f"{head}\n  {self.hint}" if self.hint else head
        width = len(str(self.place.line))
        before = self.place.column - 1
        if len(line) > EXCERPT:
            cut = max(0, min(before - EXCERPT // 2, len(line) - EXCERPT))
            line, before = ("… " if cut else "") + line[cut : cut + EXCERPT], before - cut + 2 * bool(cut)
        marks = "^" * max(1, min(self.place.length, len(line) - before))
        below = f"{' ' * before}{marks} {self.hint}".rstrip()
        return f"{head}\n  {self.place.line} | {line}\n  {' ' * width} | {below}"


def _line(place: Place) -> str | None:
    if not place.column:
        return None
    try:
        with Path(place.file).open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if number == place.line:
                    return line.rstrip("\n")
    except OSError:
        pass
    return None


class InputError(Exception):
    """An input that cannot be used; ``findings`` says why, all faults at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda f: (f.place, f.code, f.message)))
        super().__init__("\n".join(map(str, self.findings)))


class Nearest(str):
    """A hint that offers a word; ``only`` says that it is quite near, and no other known word is."""

    word: str
    only: bool

    def __new__(cls, word: str, only: bool) -> Nearest:
        """Put the word into a question."""
        hint = super().__new__(cls, f"did you mean '{word}'?")
        hint.word, hint.only = word, only
        return hint


def one_of(word: str, known: Iterable[str]) -> str:
    """A hint that offers the closest known word, or lists the known ones where they are few."""
    options = sorted(known)
    small = [o.lower() for o in options]
    close = difflib.get_close_matches(word.lower(), small, n=1, cutoff=0.6)
    if close:
        only = len(difflib.get_close_matches(word.lower(), small, n=2, cutoff=0.76)) == 1
        return Nearest(next(o for o in options if o.lower() == close[0]), only)
    if 0 < len(options) <= 12:
        return "one of: " + ", ".join(options)
    return ""
