"""Scenarios: worked cases with the decision that the law requires of them.

A scenario file has ``title``, ``source``, ``kind`` (documented or hypothetical), ``as_of`` (the date of law), ``case``
(the facts, as in a case file) and ``expect``; it may ``suppose`` that an instrument is in force from a day.
"""

from __future__ import annotations

import time
import xml.etree.ElementTree as Xml
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from typing import Literal as Word

from pydantic import BaseModel, ConfigDict, ValidationError

from comity.decision.model import Decision, ItemAdvice, RequestReply, WaysOut
from comity.decision.opinion import Counsel, Opinion
from comity.law import source
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.law.supposition import suppose


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemExpectation(_Shape):
    """What is expected for one item; channels are written ``kind STATE``, such as ``mla IE``.

    Ways out are written ``way name STATE``: ``qualification computer-fraud ES``, ``channel mla ES``, ``lead US ES``.
    """

    direct_access: Word["permitted", "refused", "undecided"] | None = None
    offered: list[str] = []
    refused: list[str] = []
    undecided: list[str] = []
    recommended: str | None = None
    in_time: Word["yes", "if-preserved", "no", "unknown"] | None = None
    grounds: list[str] = []
    no_grounds: list[str] = []
    safeguards: list[str] = []
    must_not: list[str] = []
    dual_criminality: dict[str, Word["held", "missing", "undecided", "unknown", "by-conduct"]] = {}
    ways_out: list[str] = []
    no_way_out: list[str] = []


class ReplyExpectation(_Shape):
    """What is expected of the reply to a request on one item.

    ``reply`` may be ``undecided``; ``due`` has the last day by step, ``ways`` the channels to which we redirect.
    ``not_forbidden`` are acts that may not be among the prohibitions.
    """

    reply: Word["refuse", "redirect", "ask-for-more", "comply-in-part", "comply", "undecided"] | None = None
    ways: list[str] = []
    missing: list[str] = []
    unchecked: list[str] = []
    grounds: list[str] = []
    conditions: list[str] = []
    due: dict[str, date] = {}
    time_limits: list[str] = []
    must_not: list[str] = []
    not_forbidden: list[str] = []


class Expectation(_Shape):
    """What is expected of a decision; what is left out is not judged."""

    lead: str | None = None
    conflict: Word["positive", "negative", "none", "undecided"] | None = None
    claims: dict[str, Word["held", "barred", "undecided", "none"]] = {}
    bases: dict[str, list[str]] = {}
    consult: list[list[str]] = []
    items: dict[str, ItemExpectation] = {}
    replies: dict[str, dict[str, ReplyExpectation]] = {}
    plan: list[str] = []
    warnings: list[str] = []
    prevention: list[str] = []


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as read; ``as_of`` is the date of law, ``suppose`` the instruments that are taken to be in force."""

    path: Path
    title: str
    source: str
    kind: Word["documented", "hypothetical"]
    as_of: date
    case: Case
    expect: Expectation
    suppose: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scenario: it passed where ``failures`` is empty; an unreadable one has no ``decision``."""

    path: Path
    title: str
    failures: tuple[str, ...]
    seconds: float
    decision: Decision | None


_KEYS: Final = ("title", "source", "kind", "as_of", "case", "expect", "note", "suppose")
_NEEDED: Final = _KEYS[:6]


def read(path: Path) -> Scenario:
    """The scenario in a file.

    Raises:
        InputError: with every fault of the file.
    """
    node = source.read(path)
    if not isinstance(node, source.Mapping):
        raise InputError([Finding(node.place, "S001", "a scenario has the keys " + ", ".join(_KEYS))])
    faults = [
        Finding(key.place, "S002", f"unknown key '{key.value}'", one_of(str(key.value), _KEYS))
        for key, _ in node.pairs
        if key.value not in _KEYS
    ]
    text = {key: source.plain(value) if (value := node.get(key)) else None for key in _KEYS}
    faults += [Finding(node.place, "S003", f"'{key}' is missing") for key in _NEEDED if text[key] is None]
    if text["kind"] not in (None, "documented", "hypothetical"):
        faults.append(Finding(source.place_of(node, ("kind",)), "S004", "kind is documented or hypothetical"))
    day = None
    try:
        day = date.fromisoformat(str(text["as_of"]))
    except ValueError:
        faults.append(Finding(source.place_of(node, ("as_of",)), "S005", f"'{text['as_of']}' is no date"))
    supposed, unsound = _suppositions(node)
    faults += unsound
    if faults or day is None:
        raise InputError(faults)
    case_node = node.get("case")
    assert case_node is not None
    try:
        expect = Expectation.model_validate(text["expect"])
    except ValidationError as error:
        raise InputError(_expectation_faults(error, node)) from None
    kind: Word["documented", "hypothetical"] = "documented" if text["kind"] == "documented" else "hypothetical"
    return Scenario(
        path, str(text["title"]), str(text["source"]), kind, day, Case.from_node(case_node), expect, supposed
    )


def suppositions(path: Path) -> dict[str, date]:
    """What a scenario file takes to be in force, by instrument; a file of another kind supposes nothing.

    Raises:
        InputError: what it supposes cannot be understood.
    """
    node = source.read(path)
    supposed, faults = _suppositions(node) if isinstance(node, source.Mapping) else ({}, [])
    if faults:
        raise InputError(faults)
    return supposed


def _suppositions(node: source.Mapping) -> tuple[dict[str, date], list[Finding]]:
    told = node.get("suppose")
    if told is None:
        return {}, []
    if not isinstance(told, source.Mapping):
        hint = "write suppose: {uncc: 2027-01-01}"
        return {}, [Finding(told.place, "S008", "suppose names instruments and days", hint)]
    supposed: dict[str, date] = {}
    faults = []
    for key, since in told.pairs:
        try:
            supposed[str(key.value)] = date.fromisoformat(str(source.plain(since)))
        except ValueError:
            faults.append(Finding(since.place, "S005", f"'{source.plain(since)}' is no date"))
    return supposed, faults


def _expectation_faults(error: ValidationError, node: source.Node) -> Iterator[Finding]:
    for detail in error.errors():
        place = source.place_of(node, ("expect", *detail["loc"]))
        yield Finding(place, "S006", f"'{detail['loc'][-1]}' is not understood: {detail['msg'].lower()}")


def find(paths: Iterable[Path]) -> list[Path]:
    """The scenario files among *paths*, folders searched through.

    Raises:
        InputError: a path does not exist, or no scenario is found.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError([Finding(Place(str(path)), "F001", "there is no such file or folder")])
        found += sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not found:
        raise InputError([Finding(Place(", ".join(map(str, paths))), "S007", "no scenario is found here")])
    return found


def run(paths: Iterable[Path], rulebook: Rulebook) -> Iterator[Outcome]:
    """The outcome of each scenario under *paths*, one after the other.

    Raises:
        InputError: as :func:`find`; a scenario that cannot be read is an outcome that failed.
    """
    counsel = Counsel(rulebook)
    for path in find(list(paths)):
        begun = time.perf_counter()
        try:
            scenario = read(path)
            decision = opinion(counsel, scenario).decision
        except InputError as error:
            yield Outcome(path, path.stem, tuple(map(str, error.findings)), time.perf_counter() - begun, None)
            continue
        failures = tuple(judge(scenario.expect, decision))
        yield Outcome(path, scenario.title, failures, time.perf_counter() - begun, decision)


def opinion(counsel: Counsel, scenario: Scenario, as_of: date | None = None) -> Opinion:
    """The opinion on the case of a scenario, under the law of its own day or of another, with what it supposes.

    Raises:
        InputError: as :meth:`Counsel.opinion`, or what the scenario supposes is nothing of the rulebook.
    """
    if scenario.suppose:
        counsel = Counsel(suppose(counsel.rulebook, scenario.suppose))
    return counsel.opinion(scenario.case, as_of or scenario.as_of)


def judge(expect: Expectation, decision: Decision) -> Iterator[str]:
    """How *decision* falls short of what is expected, one sentence each."""
    if expect.lead is not None:
        lead = decision.lead.state or "none"
        if lead != expect.lead:
            yield f"lead: {expect.lead} is expected, {lead} is recommended ({decision.lead.text})"
    if expect.conflict is not None and decision.conflict.kind != expect.conflict:
        yield f"conflict: {expect.conflict} is expected, it is {decision.conflict.kind} ({decision.conflict.text})"
    claims = {claim.state: claim for claim in decision.claims}
    for state, wanted in expect.claims.items():
        status = claims[state].status if state in claims else "none"
        if status != wanted:
            yield f"claim of {state}: {wanted} is expected, it is {status}"
    for state, bases in expect.bases.items():
        held = {b.basis for b in claims[state].bases if b.status == "held"} if state in claims else set()
        yield from (
            f"claim of {state}: the basis {b} is expected, held are {sorted(held)}" for b in bases if b not in held
        )
    consult = [set(c.states) for c in decision.conflict.consult]
    yield from (f"{' and '.join(p)}: a duty to consult is expected" for p in expect.consult if set(p) not in consult)
    for item, wanted_item in expect.items.items():
        try:
            advice = decision.item(item)
        except KeyError:
            yield f"{item}: the decision has no such item"
            continue
        yield from (f"{item}: {failure}" for failure in _judge_item(wanted_item, advice))
        ways = [found for found in decision.ways_out if found.item == item]
        yield from (f"{item}: {failure}" for failure in _judge_ways(wanted_item, ways))
    replies = {(reply.request, reply.item): reply for reply in decision.replies}
    for request, of_items in expect.replies.items():
        for item, wanted_reply in of_items.items():
            if (request, item) not in replies:
                yield f"{request}: nothing is replied on {item}"
                continue
            found = _judge_reply(wanted_reply, replies[request, item])
            yield from (f"reply to {request} on {item}: {failure}" for failure in found)
    yield from _judge_plan(expect.plan, decision)
    codes = {warning.code for warning in decision.warnings}
    yield from (
        f"warning {code} is expected, there are {sorted(codes)}" for code in expect.warnings if code not in codes
    )
    measures = {measure.measure for measure in decision.prevention}
    yield from (
        f"measure {m} is expected, there are {sorted(measures)}" for m in expect.prevention if m not in measures
    )


def _judge_item(expect: ItemExpectation, advice: ItemAdvice) -> Iterator[str]:
    status = advice.direct_access.status
    if expect.direct_access is not None and status != expect.direct_access:
        yield f"direct access: {expect.direct_access} is expected, it is {status}"
    channels = {f"{channel.kind} {channel.state}": channel.status for channel in advice.channels}
    for wanted, names in (("offered", expect.offered), ("refused", expect.refused), ("undecided", expect.undecided)):
        for name in names:
            if name not in channels:
                yield f"{name}: nothing is said of it; addressees are {', '.join(advice.addressees) or 'none'}"
            elif channels[name] != wanted:
                yield f"{name}: {wanted} is expected, it is {channels[name]}"
    best = advice.recommended
    name = f"{best.kind} {best.state}" if best else "none"
    if expect.recommended is not None and name != expect.recommended:
        yield f"{expect.recommended} is expected to be recommended, {name} is"
    if expect.in_time is not None and (best is None or best.in_time != expect.in_time):
        yield f"in time: {expect.in_time} is expected, it is {best.in_time if best else 'no route'}"
    grounds = {g.ground for route in advice.routes for g in route.grounds}
    yield from (
        f"refusal ground {g} is expected, there are {sorted(grounds)}" for g in expect.grounds if g not in grounds
    )
    yield from (f"refusal ground {g} is not expected, but stands" for g in expect.no_grounds if g in grounds)
    guards = {s.safeguard for route in advice.routes for s in route.safeguards}
    yield from (f"safeguard {s} is expected, there are {sorted(guards)}" for s in expect.safeguards if s not in guards)
    acts = {p.act for p in advice.must_not}
    yield from (f"prohibition {a} is expected, there are {sorted(acts)}" for a in expect.must_not if a not in acts)


def _judge_reply(expect: ReplyExpectation, found: RequestReply) -> Iterator[str]:
    given = str(found.reply or "undecided")
    if expect.reply is not None and given != expect.reply:
        why = "; ".join(reason.text for reason in found.reasons)
        yield f"{expect.reply} is expected, it is {given} ({why})"
    due = {limit.step: limit.due for limit in found.time_limits}
    for step, day in expect.due.items():
        if due.get(step) != day:
            yield f"{step} is expected by {day}, it is due {due.get(step) or 'on no known day'}"
    for word, wanted, told in (
        ("way", expect.ways, [str(way.kind) for way in found.ways]),
        ("missing element", expect.missing, [element.element for element in found.missing]),
        ("unchecked element", expect.unchecked, [element.element for element in found.unchecked]),
        ("refusal ground", expect.grounds, [ground.ground for ground in found.grounds]),
        ("condition", expect.conditions, [condition.safeguard for condition in found.conditions]),
        ("time limit", expect.time_limits, list(due)),
        ("prohibition", expect.must_not, [act.act for act in found.must_not]),
    ):
        yield from (f"{word} {name} is expected, there are {sorted(told)}" for name in wanted if name not in told)
    acts = {act.act for act in found.must_not}
    yield from (f"{act} is expected not to be forbidden, it is" for act in expect.not_forbidden if act in acts)


def _judge_ways(expect: ItemExpectation, ways: list[WaysOut]) -> Iterator[str]:
    for state, wanted in expect.dual_criminality.items():
        found: set[str] = {entry.dual_criminality for entry in ways if entry.state == state}
        found = found or {"held"}
        if wanted not in found:
            yield f"dual criminality with {state}: {wanted} is expected, it is {' or '.join(sorted(found))}"
    names = sorted({f"{way.way} {way.name} {entry.state}" for entry in ways for way in entry.ways})
    yield from (f"way out {w} is expected, there are {names}" for w in expect.ways_out if w not in names)
    yield from (f"way out {w} is not expected" for w in expect.no_way_out if w in names)


def _judge_plan(expect: list[str], decision: Decision) -> Iterator[str]:
    planned = [f"{step.kind} {step.state}" if step.kind else step.id for step in decision.plan]
    rest = iter(planned)
    for wanted in expect:
        if wanted not in rest:
            yield f"plan: {wanted} is expected in this order, planned are {', '.join(planned) or 'no steps'}"
            return


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
