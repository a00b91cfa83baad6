"""What every command reads: the case and the rulebook."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from comity.decision.opinion import Counsel, Opinion
from comity.law import compiled
from comity.law.case import Case
from comity.law.rulebook import Rulebook
from comity.law.supposition import last_day, of_file, parse, suppose
from comity_cli import stdin


def rulebook(folder: Path | None, supposed: Sequence[str] = ()) -> Rulebook:
    """The rulebook in *folder*, or the shipped one, as if what is *supposed* were in force."""
    known = compiled.rulebook(folder)
    if not gc.get_freeze_count():
        # It stays as long as the program runs: it is not looked through for garbage again and again.
        gc.freeze()
    return suppose(known, dict(map(parse, supposed))) if supposed else known


def written(folder: Path | None) -> Rulebook:
    """The rulebook in *folder*, or the shipped one, with each rule as it is written in its file."""
    return Rulebook.from_folder(folder) if folder else Rulebook.shipped()


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
    return Case.from_text(stdin.text(), stdin.NAME)


def opinion(file: Path, as_of: date | None, rules: Path | None, supposed: Sequence[str] = ()) -> Opinion:
    """The opinion on the case in *file*, with what is *supposed* and what a scenario file supposes itself."""
    facts = case(file)
    known = {} if str(file) == "-" else of_file(file)
    told = [*(f"{instrument}={since}" for instrument, since in known.items()), *supposed]
    return Counsel(rulebook(rules, told)).opinion(facts, day(as_of, supposed))
