"""What every command reads: the case and the rulebook."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from comity.decision.opinion import Counsel, Opinion, check
from comity.law import compiled, source
from comity.law.case import Case, node_of
from comity.law.rulebook import Rulebook
from comity.law.supposition import last_day, of_root, parse, suppose
from comity_cli import stdin


def rulebook(folder: Path | None, supposed: Sequence[str] = ()) -> Rulebook:
    """The rulebook in *folder*, or the shipped one, as if what is *supposed* were in force."""
    known = compiled.rulebook(folder)
    if not gc.get_freeze_count():
        # It stays as long as the program runs: it is not looked through for garbage again and again.
        gc.freeze()
    return supposing(known, supposed)


def written(folder: Path | None) -> Rulebook:
    """The rulebook in *folder*, or the shipped one, with each rule as it is written in its file."""
    return Rulebook.from_folder(folder) if folder else Rulebook.shipped()


def day(as_of: date | None, supposed: Sequence[str]) -> date | None:
    """The day whose law is asked for: where none is named, the day on which all that is *supposed* is in force."""
    return as_of or last_day(since for _, since in map(parse, supposed))


def supposing(known: Rulebook, supposed: Sequence[str]) -> Rulebook:
    """A rulebook as if what is *supposed* were in force; of what is supposed twice the last day counts."""
    return suppose(known, dict(map(parse, supposed))) if supposed else known


def case(file: Path, known: Rulebook) -> tuple[Case, list[str]]:
    """The case in *file*, and what a scenario file supposes itself; ``-`` reads the standard input.

    Raises:
        InputError: there is no usable case, or it uses words that the rulebook has not.
    """
    root = source.parse(stdin.text(), stdin.NAME) if str(file) == "-" else source.read(file)
    node = node_of(root)
    found = Case.from_node(node)
    check(found, known, node)
    return found, [f"{instrument}={since}" for instrument, since in of_root(root).items()]


def opinion(file: Path, as_of: date | None, rules: Path | None, supposed: Sequence[str] = ()) -> Opinion:
    """The opinion on the case in *file*, with what is *supposed* and what a scenario file supposes itself."""
    known = rulebook(rules)
    facts, own = case(file, known)
    return Counsel(supposing(known, [*own, *supposed])).opinion(facts, day(as_of, supposed))
