"""What every command reads: the case and the rulebook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from comity.decision.opinion import Counsel, Opinion
from comity.law import source
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place
from comity.law.rulebook import Rulebook
from comity.law.supposition import last_day, parse, suppose
from comity.scenario import suppositions

STDIN = "standard input"


def rulebook(folder: Path | None, supposed: Sequence[str] = ()) -> Rulebook:
    """The rulebook in *folder*, or the shipped one, as if what is *supposed* were in force."""
    known = Rulebook.from_folder(folder) if folder else Rulebook.shipped()
    return suppose(known, dict(map(parse, supposed))) if supposed else known


def day(as_of: date | None, supposed: Sequence[str]) -> date | None:
    """The day whose law is asked for: where none is named, the day on which all that is *supposed* is in force."""
    return as_of or last_day(since for _, since in map(parse, supposed))


def case(file: Path) -> Case:
    """The case in *file*; ``-`` reads the standard input.

    Raises:
        InputError: there is no usable case.
    """
    if str(file) != "-":
        return Case.from_file(file)
    content = sys.stdin.buffer.read(source.LARGEST + 1)
    if len(content) > source.LARGEST:
        message = f"more than {source.LARGEST / 1e6:.0f} MB, the most that is read"
        raise InputError([Finding(Place(STDIN), "F002", message)])
    try:
        return Case.from_text(content.decode("utf-8-sig"), STDIN)
    except UnicodeDecodeError as error:
        raise InputError([Finding(Place(STDIN), "F003", f"is not UTF-8 text (byte {error.start})")]) from None


def opinion(file: Path, as_of: date | None, rules: Path | None, supposed: Sequence[str] = ()) -> Opinion:
    """The opinion on the case in *file*, with what is *supposed* and what a scenario file supposes itself."""
    facts = case(file)
    known = {} if str(file) == "-" else suppositions(file)
    told = [*(f"{instrument}={since}" for instrument, since in known.items()), *supposed]
    return Counsel(rulebook(rules, told)).opinion(facts, day(as_of, supposed))
