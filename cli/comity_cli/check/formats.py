"""Findings for programs: JSON, SARIF and the annotations of GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from comity.law.finding import Finding, Place, Severity
from comity.law.mending import Mended, fix_of
from comity_cli.check.sarif import sarif


def as_json(findings: Sequence[Finding], mended: Sequence[Mended]) -> str:
    """One object: ``findings`` and ``mended``, each in the order of files and lines, and how many of each severity."""
    told = {
        "findings": [_finding(finding) for finding in findings],
        "mended": [{**_place(done.place), "code": done.code, "says": done.says} for done in mended],
        "count": {str(s): sum(f.severity is s for f in findings) for s in Severity},
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _finding(finding: Finding) -> dict[str, Any]:
    fix = fix_of(finding)
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "hint": finding.hint,
        **_place(finding.place),
        "rules": list(finding.rules),
        "fix": fix.says if fix else None,
    }


def _place(place: Place) -> dict[str, Any]:
    """Where it is; without a line the file as a whole is meant, without a column the whole line."""
    return {
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "end_column": place.column + place.length if place.column else None,
    }


def as_annotations(findings: Sequence[Finding], mended: Sequence[Mended]) -> str:
    """One workflow command of GitHub for each finding."""
    return "\n".join(map(_annotation, findings))


_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def _annotation(finding: Finding) -> str:
    place = finding.place
    where = {"file": place.file, "line": place.line, "col": place.column}
    if place.column:
        where["endColumn"] = place.column + place.length
    named = {name: str(value) for name, value in where.items() if value} | {"title": finding.code}
    properties = ",".join(f"{name}={_property(value)}" for name, value in named.items())
    message = f"{finding.message}: {finding.hint}" if finding.hint else finding.message
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    """Text as it may stand in a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[dict[str, Callable[[Sequence[Finding], Sequence[Mended]], str]]] = {
    "json": as_json,
    "sarif": lambda findings, mended: sarif(findings),
    "github": as_annotations,
}
"""What writes findings, by the name of the format."""
