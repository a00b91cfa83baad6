"""The steps about what scenarios prove of rules: small faults that are noticed, and what is exercised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity import scenario
from comity.audit.bench import Basis, Bench
from comity.audit.coverage import Probes, nothing
from comity.audit.equivalence import Prover
from comity.audit.mutants import TITLES
from comity.audit.mutation import Fate, mutants_of, tried
from comity.bdd.matter import Matter, fail
from comity.bdd.words import step
from comity.law.finding import InputError


@step("given", "a scenario file {text} with")
def scenario_file(comity_audit: dict[str, Any], comity_folder: Path, text: str, docstring: str = "") -> None:
    """A worked case with the decision that the law requires, between triple quotes."""
    path = comity_folder.parent / "scenarios" / text
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(docstring + "\n", encoding="utf-8")
    try:
        whole = scenario.read(path)
    except InputError as error:
        pytest.fail(str(error), pytrace=False)
    comity_audit.setdefault("scenarios", []).extend([whole, *whole.variants])


@step("when", "small faults are put into the rule {word}")
def tried_out(comity_matter: Matter, comity_audit: dict[str, Any], word: str) -> None:
    """As 'comity mutate' does it: one fault at a time, and all scenarios are decided again."""
    rulebook = comity_matter.counsel().rulebook
    bench = Bench(rulebook, comity_audit.get("scenarios", []))
    if bench.failing:
        told = "; ".join(failing.title for failing in bench.failing)
        pytest.fail(f"the rules as they are do not meet what is expected in: {told}", pytrace=False)
    mutants = list(mutants_of(rulebook, [word]))
    if not mutants:
        pytest.fail(f"there is no rule '{word}'", pytrace=False)
    comity_audit["verdicts"] = list(zip(mutants, tried(bench, mutants, Prover(rulebook)), strict=True))


@step("when", "it is looked at what the scenarios exercise")
def looked_at(comity_matter: Matter, comity_audit: dict[str, Any]) -> None:
    """As 'comity coverage' does it: which rules apply, and which conditions fail while all others are met."""
    rulebook = comity_matter.counsel().rulebook
    probes, found = Probes(rulebook), nothing(rulebook)
    for one in comity_audit.get("scenarios", []):
        for id_, more in probes.exercised(one.title, Basis(one.case, one.as_of, rulebook)).items():
            found[id_].add(more)
    comity_audit["coverage"] = found


@step("then", "no scenario notices in line {number}: {text}")
def unnoticed(comity_audit: dict[str, Any], number: int, text: str) -> None:
    """A fault in that line of the rule file that could be made without anybody seeing it."""
    _fate(comity_audit, number, text, Fate.SURVIVED)


@step("then", "a scenario notices in line {number}: {text}")
def noticed(comity_audit: dict[str, Any], number: int, text: str) -> None:
    """A fault in that line of the rule file after which some scenario comes out otherwise."""
    _fate(comity_audit, number, text, Fate.KILLED)


@step("then", "it is proved to make no difference in line {number}: {text}")
def without_difference(comity_audit: dict[str, Any], number: int, text: str) -> None:
    """A fault after which every possible case comes out as before, so that no scenario could notice it."""
    _fate(comity_audit, number, text, Fate.EQUIVALENT)


@step("then", "every fault that makes a difference is noticed")
def all_noticed(comity_audit: dict[str, Any]) -> None:
    """No fault is left that could be made without anybody seeing it."""
    left = [
        f"line {m.line}: {TITLES[m.fault]}\n{m.diff}" for m, v in _verdicts(comity_audit) if v.fate is Fate.SURVIVED
    ]
    if left:
        fail("every fault that makes a difference is noticed", "\n".join(left))


@step("then", "no scenario meets all conditions of {word} but line {number}")
def never_alone(comity_audit: dict[str, Any], word: str, number: int) -> None:
    """A condition that could be left out without any scenario showing it."""
    if _alone(comity_audit, word, number):
        fail(f"line {number} never fails alone", "; ".join(sorted(_alone(comity_audit, word, number))))


@step("then", "a scenario meets all conditions of {word} but line {number}")
def alone(comity_audit: dict[str, Any], word: str, number: int) -> None:
    """A condition that makes the difference in some scenario."""
    if not _alone(comity_audit, word, number):
        fail(f"line {number} fails alone in some scenario", "in none")


def _alone(audit: dict[str, Any], rule: str, number: int) -> set[str]:
    if "coverage" not in audit:
        pytest.fail("it has not been looked at what the scenarios exercise", pytrace=False)
    found = {place.line: titles for place, titles in audit["coverage"][rule].failed.items()}
    if number not in found:
        pytest.fail(f"no condition of {rule} stands in line {number}", pytrace=False)
    titles: set[str] = found[number]
    return titles


def _verdicts(audit: dict[str, Any]) -> list[Any]:
    if "verdicts" not in audit:
        pytest.fail("no faults have been put into a rule yet", pytrace=False)
    verdicts: list[Any] = audit["verdicts"]
    return verdicts


def _fate(audit: dict[str, Any], number: int, text: str, wanted: Fate) -> None:
    found = [(m, v) for m, v in _verdicts(audit) if m.line == number and TITLES[m.fault] == text]
    if not found:
        lines = "; ".join(sorted({f"line {m.line}: {TITLES[m.fault]}" for m, _ in _verdicts(audit)}))
        pytest.fail(f"no such fault was tried; tried are {lines}", pytrace=False)
    if all(verdict.fate is not wanted for _, verdict in found):
        told = "; ".join(f"{verdict.fate} {verdict.by} {verdict.how}".strip() for _, verdict in found)
        fail(f"line {number}, {text}: {wanted}", told)
