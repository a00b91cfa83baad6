"""From a case and the tables to the ground literals that rules read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from comity.law.case import Case, Request, Unknown
from comity.law.fact import fact
from comity.law.state import State
from comity.law.table_facts import kept_by_law, table_facts
from comity.law.tables import Tables
from comity.law.terms import UNKNOWN, RequestElement
from comity.law.vocabulary import RELATIONS
from comity.logic.terms import Literal


def facts(case: Case, tables: Tables, as_of: date) -> frozenset[Literal]:
    """All facts about *case* under the law of the day *as_of*."""
    stated = frozenset(_case_facts(case, as_of))
    states = {str(literal.terms[0]) for literal in stated if literal.relation == "involved"}
    categories = {offence.category for offence in case.offences}
    known = table_facts(tables, states, categories, as_of)
    return stated.union(known, kept_by_law(case, tables, as_of))


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
