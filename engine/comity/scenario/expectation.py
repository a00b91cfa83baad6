"""What may be expected of a decision. Whatever is left out is not judged.

A list says what must be among what the decision has, its twin with ``no`` or ``not`` what must not. An entry is the
name of a thing, and may go on with what is said of it: ``dual-criminality must CN`` is that ground as one on which CN
must refuse, ``decide 30 days`` a time limit of that length.
"""

from __future__ import annotations

from datetime import date
from typing import Literal as Word

from pydantic import BaseModel, ConfigDict


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TermsExpectation(_Shape):
    """The terms of an offered channel; all of them have to stand together in one rule that opens it.

    ``none`` says that the rule gives no such term.
    """

    days: tuple[int, int] | Word["none"] | None = None
    urgent_hours: int | Word["none"] | None = None
    keeps_days: int | Word["none"] | None = None
    follow_up_days: int | Word["none"] | None = None
    through: str | None = None
    yields: Word["evidence", "information"] | None = None


class ItemExpectation(_Shape):
    """What is expected for one item; channels are written ``kind STATE``, such as ``mla IE``.

    Ways out are written ``way name STATE``: ``qualification computer-fraud ES``, ``channel mla ES``, ``lead US ES``.
    """

    direct_access: Word["permitted", "refused", "undecided"] | None = None
    addressees: list[str] = []
    no_addressees: list[str] = []
    offered: list[str] = []
    refused: list[str] = []
    undecided: list[str] = []
    terms: dict[str, TermsExpectation] = {}
    recommended: str | None = None
    in_time: Word["yes", "if-preserved", "no", "unknown"] | None = None
    grounds: list[str] = []
    no_grounds: list[str] = []
    safeguards: list[str] = []
    no_safeguards: list[str] = []
    must_not: list[str] = []
    not_forbidden: list[str] = []
    dual_criminality: dict[str, Word["held", "missing", "undecided", "unknown", "by-conduct"]] = {}
    ways_out: list[str] = []
    no_way_out: list[str] = []


class ReplyExpectation(_Shape):
    """What is expected of the reply to a request on one item.

    ``reply`` may be ``undecided``, with the replies in question under ``open``; ``due`` has the last day by step,
    ``ways`` the channels to which we redirect.
    """

    reply: Word["refuse", "redirect", "ask-for-more", "comply-in-part", "comply", "undecided"] | None = None
    open: list[str] = []
    not_open: list[str] = []
    ways: list[str] = []
    no_ways: list[str] = []
    missing: list[str] = []
    not_missing: list[str] = []
    unchecked: list[str] = []
    not_unchecked: list[str] = []
    grounds: list[str] = []
    no_grounds: list[str] = []
    conditions: list[str] = []
    no_conditions: list[str] = []
    due: dict[str, date] = {}
    time_limits: list[str] = []
    no_time_limits: list[str] = []
    must_not: list[str] = []
    not_forbidden: list[str] = []


class Expectation(_Shape):
    """What is expected of a decision.

    ``reasons`` names, by a topic as ``comity why`` takes it, rules that must be among the reasons, ``against`` those
    that speak against it and are outweighed, or stand against it; ``undecided`` has such topics. ``applied`` has rules
    whose conditions are met, whether they prevail or not, such as ``cn-blocked-data mail``.
    """

    lead: str | None = None
    conflict: Word["positive", "negative", "none", "undecided"] | None = None
    claims: dict[str, Word["held", "barred", "undecided", "none"]] = {}
    bases: dict[str, list[str]] = {}
    undecided_bases: dict[str, list[str]] = {}
    no_bases: dict[str, list[str]] = {}
    factors: dict[str, dict[str, Word["yes", "no", "undecided"]]] = {}
    consult: list[list[str]] = []
    no_consult: list[list[str]] = []
    items: dict[str, ItemExpectation] = {}
    replies: dict[str, dict[str, ReplyExpectation]] = {}
    plan: list[str] = []
    not_planned: list[str] = []
    warnings: list[str] = []
    no_warnings: list[str] = []
    prevention: list[str] = []
    no_prevention: list[str] = []
    undecided: list[str] = []
    not_undecided: list[str] = []
    reasons: dict[str, list[str]] = {}
    no_reasons: dict[str, list[str]] = {}
    against: dict[str, list[str]] = {}
    no_against: dict[str, list[str]] = {}
    applied: list[str] = []
    not_applied: list[str] = []


def names(path: tuple[str | int, ...]) -> list[str]:
    """What may be expected at a path such as ``("items", "mail")``: the names that stand there."""
    match path:
        case ("items", _):
            return list(ItemExpectation.model_fields)
        case ("items", _, "terms", _):
            return list(TermsExpectation.model_fields)
        case ("replies", _, _):
            return list(ReplyExpectation.model_fields)
        case _:
            return list(Expectation.model_fields)
