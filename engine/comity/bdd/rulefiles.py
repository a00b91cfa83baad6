"""The steps that write and check files of rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.bdd.fields import WordError
from comity.bdd.matter import Matter, fail
from comity.bdd.words import step
from comity.law.checks import examine
from comity.law.finding import Finding, Severity
from comity.law.layout import laid_out
from comity.law.mending import mend
from comity.law.property import FOLDER
from comity.law.rulebook import LAYERS


@step("given", "a rule file[ {file}] with")
def rule_file(comity_matter: Matter, comity_folder: Path, file: str | None, docstring: str = "") -> None:
    """A file of rules, between triple quotes, added to the rulebook; the case is decided with it too."""
    if not docstring:
        raise WordError("write the file below the step, between two lines of triple quotes")
    path = comity_folder / (file or "principles/rules.yaml")
    folders = (*LAYERS, FOLDER)
    if path.parent == comity_folder or ".." in path.parts or path.relative_to(comity_folder).parts[0] not in folders:
        raise WordError(f"a rule file lies in one of the folders {', '.join(folders)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(docstring + "\n", encoding="utf-8")


@step("when", "the rules are checked")
def checked(comity_matter: Matter, comity_folder: Path) -> None:
    """As 'comity check' does it: all faults at once, or else all warnings."""
    comity_matter.findings = examine(comity_folder, date.today())[1]


@step("when", "the rules are mended")
def mended(comity_matter: Matter, comity_folder: Path) -> None:
    """As 'comity check --fix' does it: what has no effect goes, a misspelt name becomes the only near one."""
    while mend(examine(comity_folder, date.today())[1], comity_folder):
        pass
    comity_matter.findings = examine(comity_folder, date.today())[1]


@step("when", "the rule file {file} is laid out")
def formatted(comity_folder: Path, file: str) -> None:
    """As 'comity fmt' does it."""
    path = comity_folder / file
    path.write_text(laid_out(path.read_text(encoding="utf-8"), file), encoding="utf-8")


@step("then", "the rule file {file} reads")
def reads(comity_folder: Path, file: str, docstring: str = "") -> None:
    """What stands in a file of rules now, between triple quotes."""
    found = (comity_folder / file).read_text(encoding="utf-8")
    if found.strip() != docstring.strip():
        fail(docstring, found)


@step("then", "no fault is found")
def no_fault(comity_matter: Matter) -> None:
    """The rules can be used."""
    found = _found(comity_matter, Severity.ERROR)
    if found:
        fail("no fault is found", "\n".join(map(str, found)))


@step("then", "line {number} is faulted: {text}")
def faulted(comity_matter: Matter, number: int, text: str) -> None:
    """A fault in that line of the file whose message, or the hint of what would be right, has these words."""
    _in_line(_found(comity_matter, Severity.ERROR), number, text, "faulted")


@step("then", "{number} fault[s] {are} found")
def how_many(comity_matter: Matter, number: int) -> None:
    """All faults are told at once."""
    found = _found(comity_matter, Severity.ERROR)
    if len(found) != number:
        fail(f"{number} faults", "\n".join(map(str, found)) or "no fault is found")


@step("then", "line {number} is warned of: {text}")
def warned(comity_matter: Matter, number: int, text: str) -> None:
    """A warning on that line of the file whose message, or the hint of what would be right, has these words."""
    _in_line(_found(comity_matter, Severity.WARNING), number, text, "warned of")


@step("then", "nothing is warned of")
def not_warned(comity_matter: Matter) -> None:
    """No rule seems to be other than was meant."""
    found = _found(comity_matter, Severity.WARNING)
    if found:
        fail("nothing is warned of", "\n".join(map(str, found)))


def _in_line(found: list[Finding], number: int, text: str, verb: str) -> None:
    if not any(f.place.line == number and text in f"{f.message} {f.hint}" for f in found):
        fail(f"line {number} is {verb}: {text}", "\n".join(map(str, found)) or "nothing is found")


def _found(matter: Matter, severity: Severity) -> list[Finding]:
    if matter.findings is None:
        pytest.fail("nothing is checked yet; write 'When the rules are checked' before", pytrace=False)
    return [finding for finding in matter.findings if finding.severity is severity]
