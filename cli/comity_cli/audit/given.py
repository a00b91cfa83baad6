"""What an audit is given: some of the rules, and scenarios with their variants."""

from __future__ import annotations

import os
from pathlib import Path

from comity import scenario
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.scenario import Scenario

DEFAULT = Path("scenarios")


def scenarios(paths: list[Path]) -> list[Scenario]:
    """The scenarios under *paths*, or in the folder ``scenarios``, each variant as one of its own.

    Raises:
        InputError: there are none, or one cannot be read.
    """
    if not paths and not DEFAULT.is_dir():
        raise InputError(
            [
                Finding(
                    Place(str(DEFAULT)), "F001", "there is no folder of scenarios here", "name some: --scenarios PATH"
                )
            ]
        )
    read = [scenario.read(path) for path in scenario.find(paths or [DEFAULT])]
    return [each for one in read for each in (one, *one.variants)]


def rules(rulebook: Rulebook, paths: list[Path], ids: list[str]) -> list[str]:
    """The ids of the rules in the files or folders *paths*, or anywhere; of these only those called *ids*, if any.

    Raises:
        InputError: there are no such rules.
    """
    faults = []
    chosen: set[str] = set()
    for path in paths:
        whole = path.resolve()
        inside = {r.id for r in rulebook.rules if Path(r.place.file).resolve().is_relative_to(whole)}
        if not inside:
            what = "has no rules of this rulebook" if path.exists() else "there is no such file or folder"
            faults.append(Finding(Place(str(path)), "F001", what))
        chosen |= inside
    known = chosen if paths and not faults else set(rulebook.by_id)
    where = f" in {', '.join(map(str, paths))}" if paths else ""
    faults += [
        Finding(Place(id_), "R012", f"there is no rule '{id_}'{where}", one_of(id_, known))
        for id_ in ids
        if id_ not in known
    ]
    if faults:
        raise InputError(faults)
    return [rule.id for rule in rulebook.rules if rule.id in (set(ids) or known)]


def near(path: str) -> str:
    """A path as it is said from here."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return path
