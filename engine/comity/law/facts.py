"""From a case and the tables to the ground literals that rules read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import Enum
from typing import Final

from comity.law.case import Case, Request, Unknown
from comity.law.state import State
from comity.law.tables import Row, Tables, articles
from comity.law.terms import UNKNOWN, Answer, RequestElement
from comity.law.vocabulary import RELATIONS
from comity.logic.terms import Literal, Value

RETENTION: Final = "log_retention_days"
"""The attribute of a state that says how long its law makes providers keep logs."""


def facts(case: Case, tables: Tables, as_of: date) -> frozenset[Literal]:
    """All facts about *case* under the law of the day *as_of*."""
    stated = frozenset(_case_facts(case, as_of))
    states = {str(literal.terms[0]) for literal in stated if literal.relation == "involved"}
    categories = {offence.category for offence in case.offences}
    return stated | frozenset(table_facts(tables, states, categories, as_of)) | frozenset(_kept(case, tables, as_of))


def fact(relation: str, **values: object) -> Literal:
    """A ground literal with its fields in the order of the vocabulary; what is unknown becomes ``unknown``.

    Raises:
        KeyError: the relation, or one of its fields, is not given.
    """
    return Literal(relation, tuple(_value(values[field.name]) for field in RELATIONS[relation].fields))


def _value(value: object) -> Value:
    if value is Unknown.UNKNOWN or value is None:
        return UNKNOWN
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return value
    return str(value)


def _some(states: Iterable[State] | Unknown) -> list[str]:
    """The states, or the one word ``unknown`` where nobody knows them."""
    return [UNKNOWN] if isinstance(states, Unknown) else list(states)


def states_named(case: Case) -> frozenset[str]:
    """The states that the case names anywhere, the forum included."""
    named: set[object] = {case.forum}
    for offence in case.offences:
        named.update([*_some(offence.conduct_in), *_some(offence.effects_in), *offence.flag_states])
        named.update([*offence.max_penalty_years, *offence.punishable_in])
    for person in case.persons:
        named.update([*_some(person.nationality), person.residence, person.whereabouts])
    named.update(system.located_in for system in case.systems)
    for custodian in case.custodians:
        named.update([custodian.seat, *custodian.establishments, *custodian.offers_services_in])
    named.update(item.stored_in for item in case.data)
    named.update(asset.located_in for asset in case.assets)
    named.update(proceedings.state for proceedings in case.proceedings)
    named.update(step.state for step in case.steps)
    named.update(request.asked_by for request in case.requests)
    return frozenset(str(state) for state in named - {Unknown.UNKNOWN, UNKNOWN})


def _case_facts(case: Case, as_of: date) -> Iterator[Literal]:
    yield fact(
        "case",
        forum=case.forum,
        authority=case.authority,
        direction=case.direction,
        stage=case.stage,
        urgency=case.urgency,
        as_of=as_of,
    )
    for state in states_named(case):
        yield fact("involved", state=state)
    for offence in case.offences:
        yield fact("offence", **{name: getattr(offence, name) for name in _fields("offence")})
        for state in _some(offence.conduct_in):
            yield fact("conduct", offence=offence.id, state=state)
        for state in _some(offence.effects_in):
            yield fact("effect", offence=offence.id, state=state)
        for flag in offence.flag_states:
            yield fact("flag", offence=offence.id, state=flag)
        for state, years in offence.max_penalty_years.items():
            yield fact("penalty", offence=offence.id, state=state, years=years)
        for state, answer in offence.punishable_in.items():
            yield fact("punishable", offence=offence.id, state=state, answer=answer)
    for person in case.persons:
        yield fact("person", **{name: getattr(person, name) for name in _fields("person")})
        for state in _some(person.nationality):
            yield fact("nationality", person=person.id, state=state)
    for system in case.systems:
        yield fact("system", **{name: getattr(system, name) for name in _fields("system")})
    for custodian in case.custodians:
        yield fact("custodian", **{name: getattr(custodian, name) for name in _fields("custodian")})
        seat = [] if isinstance(custodian.seat, Unknown) else [custodian.seat]
        for state in {*seat, *custodian.establishments}:
            yield fact("established", custodian=custodian.id, state=state)
        for state in custodian.offers_services_in:
            yield fact("offers_services", custodian=custodian.id, state=state)
    for item in case.data:
        yield fact("data", **{name: getattr(item, name) for name in _fields("data")})
        days = item.expires_on if isinstance(item.expires_on, Unknown) else (item.expires_on - as_of).days
        yield fact("expires", item=item.id, days=days)
        yield fact("account_of", item=item.id, person=item.account_of)
    for asset in case.assets:
        yield fact("asset", **{name: getattr(asset, name) for name in _fields("asset")})
    for proceedings in case.proceedings:
        yield fact("proceedings", **{name: getattr(proceedings, name) for name in _fields("proceedings")})
    for step in case.steps:
        yield fact("step_taken", kind=step.kind, item=step.item, state=step.state)
    for request in case.requests:
        yield from _request_facts(request, as_of)


def _request_facts(request: Request, as_of: date) -> Iterator[Literal]:
    received = request.received_on
    days = received if isinstance(received, Unknown) else (as_of - received).days
    known = {name: getattr(request, name) for name in _fields("request") if name != "days"}
    yield fact("request", **known, days=days)
    for item in request.items:
        yield fact("request_item", request=request.id, item=item)
    for element in RequestElement:
        yield fact("contains", request=request.id, element=element, answer=request.answer(element))


def _fields(relation: str) -> list[str]:
    return [field.name for field in RELATIONS[relation].fields]


def table_facts(tables: Tables, states: set[str], categories: set[str], as_of: date) -> Iterator[Literal]:
    """What the tables say on a day of *states* and of offences of the *categories*."""
    for instrument, rows in tables.parties.items():
        for row in rows:
            if row["state"] in states:
                yield from _standing(instrument, row, tables.instruments.get(instrument), as_of)
    for row in tables.bilateral:
        if row["a"] in states and row["b"] in states:
            relation = {"party": "bilateral", "unclear": "bilateral_unclear"}.get(standing(row, as_of))
            if relation:
                yield fact(relation, kind=row["kind"], state=row["a"], other=row["b"])
                yield fact(relation, kind=row["kind"], state=row["b"], other=row["a"])
    for row in tables.networks:
        if row["state"] in states and (row.day("since") or as_of) <= as_of:
            yield fact("member", network=row["network"], state=row["state"])
    yield from _profiles([row for row in tables.states if row["state"] in states], as_of)
    for category in categories & tables.offences.keys():
        yield from _offence_kind(tables.offences[category])
    others = {row["as"] for row in tables.qualifications if row["category"] in categories}
    for category in (categories | others) & tables.offences.keys():
        yield from _covered(tables.offences[category])
    for row in tables.qualifications:
        if row["category"] in categories:
            yield fact("qualification", **{"category": row["category"], "as": row["as"], "fit": row["fit"]})
    for row in tables.statutes:
        since = row.day("since")
        if row["state"] in states and row["category"] in categories | others and since is not None:
            yield fact("statute", state=row["state"], category=row["category"], since=since)


def standing(row: Row, as_of: date, instrument: Row | None = None) -> str:
    """Whether a row of a treaty table binds on the day: ``party``, ``pending``, ``unclear``, or ``none``."""
    in_force, until = row.day("in_force"), row.day("until")
    if until and until < as_of:
        return "none"
    begun = instrument is None or (instrument["in_force"] and instrument["in_force"] <= as_of.isoformat())
    taken_part = not row.day("signed") or row["signed"] <= as_of.isoformat()
    match row["status"]:
        case "party" if in_force:
            if in_force <= as_of:
                return "party"
            return "pending" if taken_part and (row["signed"] or row["bound"]) else "none"
        case "party" | "party-date-unknown" | "uncertain":
            return ("unclear" if begun else "pending") if taken_part else "none"
        case "signed" | "ratified-not-in-force":
            return "pending" if taken_part else "none"
    return "none"


def _standing(instrument: str, row: Row, known: Row | None, as_of: date) -> Iterator[Literal]:
    match standing(row, as_of, known):
        case "party":
            yield fact("party", instrument=instrument, state=row["state"])
            yield fact("party_since", instrument=instrument, state=row["state"], since=row["in_force"])
            for article in filter(None, row["reservations"].split(";")):
                yield fact("reservation", instrument=instrument, state=row["state"], article=article.strip())
        case "pending":
            yield fact("not_in_force", instrument=instrument, state=row["state"])
        case "unclear":
            yield fact("status_unclear", instrument=instrument, state=row["state"])


def _profiles(rows: list[Row], as_of: date) -> Iterator[Literal]:
    first: dict[tuple[str, str], tuple[date, Row]] = {}
    for row in rows:
        since = row.day("since")
        if since is None or since <= as_of:
            yield fact("profile", state=row["state"], attribute=row["attribute"], value=row["value"])
            if row["attribute"].endswith("_days"):
                told = {"state": row["state"], "attribute": row["attribute"], "law": row["citation"]}
                yield fact("period", **told, days=int(row["value"]), verified=row["verified"] or "no")
        begun = row.day("since", first=True)
        if begun is not None:
            key = row["state"], row["attribute"]
            if key not in first or begun < first[key][0]:
                first[key] = begun, row
    for (state, attribute), (begun, row) in first.items():
        yield fact("profile_first", state=state, attribute=attribute, since=begun, verified=row["verified"])


def _kept(case: Case, tables: Tables, as_of: date) -> Iterator[Literal]:
    """For each item whose place is known the shortest period of retention in effect there, the latest law first."""
    acts = [offence.committed_on for offence in case.offences if isinstance(offence.committed_on, date)]
    for item in case.data:
        rows = [r for r in tables.states if (r["state"], r["attribute"]) == (item.stored_in, RETENTION)]
        dated = [(since, r) for r in rows if (since := r.day("since")) is not None and since <= as_of]
        newest = max((since for since, _ in dated), default=None)
        latest = [r for since, r in dated if since == newest]
        undated = [r for r in rows if not r["since"]]
        law = min([*latest, *undated], key=lambda r: int(r["value"]), default=None)
        if law is None or isinstance(item.stored_in, Unknown):
            continue
        days = int(law["value"])
        until = min(acts) + timedelta(days=days) if acts and days else None
        verified = law["verified"] or "no"
        yield fact(
            "kept_by_law",
            item=item.id,
            state=item.stored_in,
            days=days,
            until=until,
            law=law["citation"],
            verified=verified,
        )


def _offence_kind(row: Row) -> Iterator[Literal]:
    answer = {"yes": Answer.YES, "no": Answer.NO}
    yield fact(
        "offence_kind",
        category=row["offence"],
        family=row["family"],
        cyber_dependent=answer.get(row["cyber_dependent"], Answer.UNKNOWN),
        initiative=answer.get(row["initiative"], Answer.NO),
        untoc=row["untoc"],
    )


def _covered(row: Row) -> Iterator[Literal]:
    for instrument, article in articles(row):
        yield fact("covered", category=row["offence"], instrument=instrument, article=article)
