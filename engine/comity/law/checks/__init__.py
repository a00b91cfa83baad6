"""What can be known of a rulebook without a case, beyond what reading it tells.

Each check is a module named after its code, such as ``u001_unused_variable``, with a constant ``CODE``, a constant
``SEVERITY`` and a function ``check(survey)`` that yields findings. To add one, write the module, its test
``tests/law/checks/test_u001_unused_variable.py`` and its page ``docs/checks/U001.md``; nothing else has to be touched.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from comity.law.checks.survey import Survey
from comity.law.finding import Finding, Severity
from comity.law.property import read_properties
from comity.law.rulebook import Rulebook, read


@dataclass(frozen=True, slots=True)
class Check:
    """One check with its code; ``last`` says that it looks at what the others have found."""

    code: str
    severity: Severity
    check: Callable[[Survey], Iterable[Finding]]
    last: bool


@cache
def checks() -> tuple[Check, ...]:
    """Every check, in the order in which they run."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if re.match(r"[a-z]\d{3}_", m.name))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    known = [Check(m.CODE, m.SEVERITY, m.check, getattr(m, "LAST", False)) for m in modules]
    return tuple(sorted(known, key=lambda check: (check.last, check.code)))


def examine(
    folder: Path, today: date, stale: int | None = None, about: frozenset[str] = frozenset()
) -> tuple[Rulebook | None, list[Finding]]:
    """The rulebook in *folder*, if it can be used, and everything that is wrong or worth knowing, by place.

    Where files cannot be used that is all that is told: the checks need the whole rulebook.
    """
    rulebook, found = read(folder)
    if rulebook is not None:
        found = [*read_properties(rulebook)[1], *findings(rulebook, today, stale, about)]
    return rulebook, sorted(found, key=lambda f: (f.place, f.code, f.message))


def findings(
    rulebook: Rulebook, today: date, stale: int | None = None, about: frozenset[str] = frozenset()
) -> list[Finding]:
    """What the checks find in a rulebook that can be read, without what its rules accept.

    ``stale`` asks what has not been verified within so many days, ``about`` only of these states and instruments. Under
    an agency's rules, what is found in the shipped ones alone is left out.
    """
    survey = Survey(rulebook, today, stale, about)
    known = set(findings(rulebook.beneath, today)) if rulebook.beneath is not None else set()
    return [f for check in checks() for f in check.check(survey) if not survey.accepts(f) and f not in known]
