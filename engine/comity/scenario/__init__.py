"""Scenarios: worked cases with the decision that the law requires of them.

A scenario file has ``title``, ``source``, ``kind`` (documented or hypothetical), ``as_of`` (the date of law), ``case``
(the facts, as in a case file), ``expect``, and may have ``variants``: the same case with some facts changed, each with
what is expected of it. It may ``suppose`` that an instrument is in force from a day.
"""

from comity.scenario.expectation import Expectation, ItemExpectation, ReplyExpectation
from comity.scenario.judging import judge
from comity.scenario.junit import junit
from comity.scenario.reading import Scenario, find, read
from comity.scenario.running import Outcome, Text, opinion, run

__all__ = [
    "Expectation",
    "ItemExpectation",
    "Outcome",
    "ReplyExpectation",
    "Scenario",
    "Text",
    "find",
    "judge",
    "junit",
    "opinion",
    "read",
    "run",
]
