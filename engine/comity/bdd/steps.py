"""Everything that a feature needs, for pytest: the steps, and the fixtures that they share."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.bdd import advice, agency, criminality, facts, jurisdiction, proofs, requests, rulefiles
from comity.bdd.fields import FIELDS
from comity.bdd.matter import Matter
from comity.bdd.words import CATALOGUE
from comity.decision.opinion import Counsel
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook

MODULES = (facts, advice, criminality, requests, jurisdiction, rulefiles, agency, proofs)
"""The modules that hold steps."""


@pytest.fixture(scope="session")
def comity_counsel(pytestconfig: pytest.Config) -> Callable[[], Counsel]:
    """Counsel under the rules of the repository; read once, when the first case is decided."""

    @cache
    def counsel() -> Counsel:
        named = pytestconfig.getini("comity_rules") or os.environ.get("COMITY_RULES")
        return _counsel(pytestconfig.rootpath / str(named) if named else None)

    return counsel


@pytest.fixture
def comity_folder(tmp_path: Path) -> Path:
    """The folder of rules that a scenario writes."""
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


@pytest.fixture
def comity_matter(comity_counsel: Callable[[], Counsel], comity_folder: Path) -> Matter:
    """The matter of one scenario."""
    return Matter(lambda: _counsel(comity_folder) if any(comity_folder.iterdir()) else comity_counsel())


@pytest.fixture
def comity_proofs() -> dict[str, Any]:
    """What was put to the proof last, under the word ``last``."""
    return {}


def _counsel(folder: Path | None) -> Counsel:
    try:
        return Counsel(Rulebook.from_folder(folder) if folder else Rulebook.shipped())
    except InputError as error:
        pytest.fail("the rules cannot be used:\n" + str(error), pytrace=False)


def listing() -> str:
    """All steps and what may be filled into them, as tables in Markdown; ``features/README.md`` ends with them."""
    lines: list[str] = []
    for kind, title in (("given", "the facts"), ("when", "the decision"), ("then", "what must hold")):
        lines += [f"## {kind.capitalize()}: {title}", "| step | meaning |", "| --- | --- |"]
        lines += [f"| `{step.template}` | {step.meaning} |" for step in CATALOGUE if step.kind == kind]
        lines.append("")
    lines += ["## What may be filled in", "| words | |", "| --- | --- |"]
    return "\n".join(lines + [f"| `{{{name}}}` | {field.explanation} |" for name, field in FIELDS.items()]) + "\n"
