"""The outcomes of scenarios as a JUnit XML report."""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Iterable
from typing import Any

from comity.scenario.running import Outcome


def junit(outcomes: Iterable[Outcome]) -> str:
    """The outcomes as a JUnit XML report."""
    done = list(outcomes)
    suite = Xml.Element(
        "testsuite",
        name="comity scenarios",
        tests=str(len(done)),
        failures=str(sum(bool(outcome.failures) for outcome in done)),
        time=f"{sum(outcome.seconds for outcome in done):.3f}",
    )
    for outcome in done:
        attributes: dict[str, Any] = {"name": outcome.title, "classname": outcome.path.stem, "file": str(outcome.path)}
        test = Xml.SubElement(suite, "testcase", time=f"{outcome.seconds:.3f}", **attributes)
        if outcome.failures:
            Xml.SubElement(test, "failure", message=outcome.failures[0]).text = "\n".join(outcome.failures)
    return Xml.tostring(suite, encoding="unicode", xml_declaration=True)
