"""Findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS standard of 27 March 2020)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from comity import __version__
from comity.law import pages
from comity.law.finding import Finding, InputError, Place

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT: Final = "%SRCROOT%"
"""What stands for the folder of the checkout, which whoever reads the file knows."""


def sarif(findings: Sequence[Finding]) -> str:
    """One run with the findings as results and the codes that they have as rules."""
    codes = list(dict.fromkeys(finding.code for finding in findings))
    levels = {finding.code: str(finding.severity) for finding in findings}
    driver = {
        "name": "comity",
        "semanticVersion": __version__,
        "rules": [_rule(code, levels[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(code: str, level: str) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": pages.title(code)},
        "defaultConfiguration": {"level": level},
    }
    try:
        text = pages.page(code)
    except InputError:
        return rule
    return {**rule, "help": {"text": text, "markdown": text}}


def _result(finding: Finding, number: int) -> dict[str, Any]:
    message = f"{finding.message}: {finding.hint}" if finding.hint else finding.message
    return {
        "ruleId": finding.code,
        "ruleIndex": number,
        "level": str(finding.severity),
        "message": {"text": message},
        "locations": [{"physicalLocation": _location(finding.place)}],
    }


def _location(place: Place) -> dict[str, Any]:
    path = Path(place.file)
    artifact = {"uri": path.as_uri()} if path.is_absolute() else {"uri": quote(path.as_posix()), "uriBaseId": ROOT}
    location: dict[str, Any] = {"artifactLocation": artifact}
    if place.line:
        location["region"] = {"startLine": place.line}
    if place.column:
        location["region"] |= {"startColumn": place.column, "endColumn": place.column + place.length}
    return location
