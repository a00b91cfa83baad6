"""Mutation testing of the rules: which small faults would no scenario notice."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from comity.audit.bench import Amendment, Bench
from comity.audit.equivalence import ALWAYS, Proof, Prover, Shown
from comity.audit.mutants import Mutant, mutants
from comity.audit.ruletext import RuleFile
from comity.law import source
from comity.law.finding import InputError
from comity.law.rule import LawRule, RuleReader
from comity.law.rulebook import Rulebook
from comity.logic.soundness import ProgramError


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"
    INVALID = "invalid"


@dataclass(frozen=True)
class Verdict:
    """What became of the mutant called *name*.

    ``by`` is the scenario that noticed it, and ``how`` what it noticed; or for which cases it is proved equivalent, and
    why; or the scenario that would notice it if it expected more, and ``how`` what. A survivor may be ``shown`` by a
    case that would notice it. To look into it took so many ``seconds``.
    """

    name: str
    fate: Fate
    by: str = ""
    how: str = ""
    shown: Shown | None = None
    seconds: float = 0.0


def mutants_of(rulebook: Rulebook, rules: Iterable[str]) -> Iterator[Mutant]:
    """The mutants of the rules with these ids, in the order of the rulebook."""
    wanted = set(rules)
    files: dict[str, RuleFile] = {}
    for rule in rulebook.rules:
        if rule.id in wanted:
            file = files.setdefault(rule.place.file, RuleFile(Path(rule.place.file)))
            yield from mutants(rule.id, file.rules[rule.id], rulebook.lists)


def amendment(rulebook: Rulebook, mutant: Mutant) -> Amendment | None:
    """The rulebook with the mutant in the place of its rule; ``None`` where that is no rulebook."""
    changes: dict[str, LawRule | None] = {}
    try:
        if mutant.gone:
            changes[mutant.id] = None
        else:
            changes[mutant.id] = _rule(rulebook, mutant)
        if mutant.over is not None and mutant.over != mutant.id:
            other = rulebook.by_id[mutant.over]
            changes[other.id] = replace(other, overrides=(*other.overrides, (mutant.id, other.place)))
        return Amendment.of(rulebook, changes)
    except (InputError, ProgramError):
        return None


def _rule(rulebook: Rulebook, mutant: Mutant) -> LawRule:
    original = rulebook.by_id[mutant.id]
    reader = RuleReader(rulebook.lists, original.layer)
    read = reader.read(source.parse(mutant.text, str(mutant.rule.path)))
    if reader.findings or len(read) != 1:
        raise InputError(reader.findings)
    return read[0]


def tried(bench: Bench, found: Iterable[Mutant], prover: Prover | None = None, show: bool = False) -> Iterator[Verdict]:
    """The verdict on each mutant; survivors are looked into by a *prover*, and with *show* shown by a case."""
    for mutant in found:
        changed = amendment(bench.rulebook, mutant)
        if changed is None:
            yield Verdict(mutant.name, Fate.INVALID)
        elif changed.nothing:
            yield Verdict(mutant.name, Fate.EQUIVALENT, ALWAYS, "it comes to the same rule")
        elif noticed := bench.noticed_by(changed):
            yield Verdict(mutant.name, Fate.KILLED, noticed[0].title, noticed[1])
        else:
            yield _looked_into(bench, mutant, changed, prover, show)


def _looked_into(bench: Bench, mutant: Mutant, changed: Amendment, prover: Prover | None, show: bool) -> Verdict:
    if prover is None:
        return Verdict(mutant.name, Fate.SURVIVED)
    begun = time.perf_counter()
    found = prover.compare(mutant, changed)
    took = time.perf_counter() - begun
    if isinstance(found, Proof):
        return Verdict(mutant.name, Fate.EQUIVALENT, found.by, found.text, seconds=took)
    shown = prover.shown(mutant, changed, found) if found is not None and show else None
    for scenario, lines in bench.nearly(changed):
        return Verdict(mutant.name, Fate.SURVIVED, scenario.title, str(lines[0]), shown, took)
    return Verdict(mutant.name, Fate.SURVIVED, shown=shown, seconds=took)
