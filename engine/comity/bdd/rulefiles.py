"""The steps that write and check files of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.bdd.fields import WordError
from comity.bdd.matter import Matter, fail
from comity.bdd.words import step
from comity.law.property import FOLDER, read_properties
from comity.law.rulebook import LAYERS, read


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
    """As 'comity check' does it: all faults at once."""
    rulebook, findings = read(comity_folder)
    comity_matter.findings = findings if rulebook is None else [*findings, *read_properties(rulebook)[1]]


@step("then", "no fault is found")
def no_fault(comity_matter: Matter) -> None:
    """The rules can be used."""
    if comity_matter.findings:
        fail("no fault is found", "\n".join(map(str, comity_matter.findings)))
    _were_checked(comity_matter)


@step("then", "line {number} is faulted: {text}")
def faulted(comity_matter: Matter, number: int, text: str) -> None:
    """A fault in that line of the file whose message, or the hint of what would be right, has these words."""
    _were_checked(comity_matter)
    found = comity_matter.findings or []
    if not any(f.place.line == number and text in f"{f.message} {f.hint}" for f in found):
        fail(f"line {number} is faulted: {text}", "\n".join(map(str, found)) or "no fault is found")


@step("then", "{number} fault[s] {are} found")
def how_many(comity_matter: Matter, number: int) -> None:
    """All faults are told at once."""
    _were_checked(comity_matter)
    found = comity_matter.findings or []
    if len(found) != number:
        fail(f"{number} faults", "\n".join(map(str, found)) or "no fault is found")


def _were_checked(matter: Matter) -> None:
    if matter.findings is None:
        pytest.fail("nothing is checked yet; write 'When the rules are checked' before", pytrace=False)
