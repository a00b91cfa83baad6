"""Which facts there may be: the shape of every fact relation, and what holds of every case file whatever it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from comity.law.case import TO_AUTHORITY
from comity.law.rulebook import Rulebook
from comity.law.state import titles
from comity.law.terms import UNKNOWN, ChannelKind, RequestElement
from comity.law.vocabulary import RELATIONS, WORD_LISTS, Field, Origin, Relation
from comity.logic.axiom import Axiom, Setting, Shape
from comity.logic.domain import Domain
from comity.logic.terms import Comparison, Literal, Value, Var

IDS: Final = tuple(f"n{number}" for number in range(1, 401))
"""Ids for the parts of a case that is looked for under the tables as they are; a proof counts on any word."""

_KEYS: Final[dict[str, int]] = {
    "case": 0,
    "offence": 1,
    "penalty": 2,
    "punishable": 2,
    "person": 1,
    "system": 1,
    "custodian": 1,
    "data": 1,
    "expires": 1,
    "account_of": 1,
    "asset": 1,
    "proceedings": 1,
    "request": 1,
    "contains": 2,
    "open_to_asker": 3,
    "may_refuse": 3,
    "kept_by_law": 1,
    "offence_kind": 1,
    "party_since": 2,
    "profile_first": 2,
    "qualification": 2,
    "statute": 2,
}
"""How many of the first fields of a relation determine the others: a case has one row, a data item has one."""

_PARTS: Final = ("offence", "person", "system", "custodian", "data", "asset", "proceedings", "request")
"""The parts of a case that have an id of their own."""


ANY_DAY: Final = date.min, date.max


def shapes(rulebook: Rulebook, days: tuple[date, date] = ANY_DAY) -> dict[str, Shape]:
    """The shape of each fact relation under a rulebook, with dates between two *days*.

    Instruments, offences and the like are those of the rulebook's tables.
    """
    tables = rulebook.tables
    lists = {
        "instrument": tuple(sorted(tables.instruments)),
        "offence": tuple(sorted(tables.offences)),
        "attribute": tuple(sorted(tables.attributes)),
        "network": tuple(sorted(tables.network_names)),
    }
    return {
        relation.name: Shape(
            len(relation.fields),
            _KEYS.get(relation.name),
            tuple(_domain(relation, field, lists, days) for field in relation.fields),
        )
        for relation in RELATIONS.values()
        if relation.origin is not Origin.RULES
    }


def _domain(relation: Relation, field: Field, words: dict[str, tuple[str, ...]], days: tuple[date, date]) -> Domain:
    unknown: tuple[Value, ...] = (UNKNOWN,) if field.may_be_unknown else ()
    kind = field.type
    if not isinstance(kind, str):
        return Domain(tuple(dict.fromkeys((*_enum(kind), *unknown))))
    match kind:
        case "id":
            also = (TO_AUTHORITY,) if (relation.name, field.name) == ("request", "addressed_to") else ()
            return Domain((*IDS, *also, *unknown), any_word=days == ANY_DAY)
        case "state":
            return Domain((*titles(), *unknown))
        case "date":
            return Domain(unknown, days=days)
        case "number":
            return Domain(unknown, numbers=(0, 200) if field.name == "years" else _span(days))
        case "word":
            return Domain(any_word=True)
        case "verified":
            return Domain((*WORD_LISTS[kind], ""))
        case _:
            return Domain((*words.get(kind, WORD_LISTS.get(kind, ())), *unknown))


class AnyTables:
    """The world of a question under tables of which nothing is known but what is assumed.

    A request from abroad is decided on what is open to the state that asks. That is a case of its own, in which a
    channel that is open in no case at all is not open either: *never_open* says of which kinds that is proved.
    """

    wishes: tuple[Axiom, ...] = ()
    words: frozenset[str] = frozenset()
    whole = False

    def __init__(self, never_open: Callable[[str], bool]) -> None:
        self.never_open = never_open

    def broken(self, proposed: frozenset[Literal]) -> Iterator[tuple[Axiom, tuple[Literal, ...]]]:
        """That the way in which a request comes is not open, where it is never open to anybody."""
        kinds = {fact.terms[0]: fact.terms[3] for fact in proposed if fact.relation == "request"}
        for fact in proposed:
            if fact.relation == "open_to_asker" and fact.terms[3] == "yes":
                kind = fact.terms[2]
                if kinds.get(fact.terms[0]) == kind and self.never_open(str(kind)):
                    says = (
                        f"{kind} to another state is open in no case, as is proved: so it is open to no state that asks"
                    )
                    yield Axiom(says, (pattern("open_to_asker", kind=str(kind), answer="yes"),)), (fact,)

    def facts(self, proposed: frozenset[Literal]) -> frozenset[Literal]:
        """The proposed facts: there may be any."""
        return proposed

    def explain(self, literal: Literal, real: bool) -> tuple[()]:
        """Nothing is there, or not there, but what is proposed."""
        return ()


def _span(days: tuple[date, date]) -> tuple[int, int]:
    """How many days can lie between two days."""
    longest = (days[1] - days[0]).days
    return -longest, longest


def _enum(kind: type[StrEnum]) -> Iterator[str]:
    return (str(member.value) for member in kind)


def any_case(rulebook: Rulebook, assumed: Iterable[Axiom] = ()) -> Setting:
    """The facts of every possible case, under tables of which no more is known than what is *assumed*."""
    return Setting(shapes(rulebook), (*case_axioms(), *assumed))


def case_axioms() -> tuple[Axiom, ...]:
    """What holds of the facts of every case file; the form of case files sees to it."""
    return tuple(_case_axioms())


def pattern(relation: str, **terms: Var | Value) -> Literal:
    """A literal of the vocabulary in which a field that is not named may be anything."""
    fields = RELATIONS[relation].fields
    return Literal(relation, tuple(terms.get(f.name, Var(f"_{relation}_{i}")) for i, f in enumerate(fields)))


def _case_axioms() -> Iterator[Axiom]:
    x, y, z = Var("x"), Var("y"), Var("z")
    yield Axiom("a case has a forum, and a day whose law is applied", (), ((pattern("case"),),))
    for number, one in enumerate(_PARTS):
        for other in _PARTS[number + 1 :]:
            says = f"no {one} has the id of a {other}: each part of a case has an id of its own"
            yield Axiom(says, (pattern(one, id=x), pattern(other, id=x)))
    for relation, field, part in (
        ("data", "custodian", "custodian"),
        ("asset", "custodian", "custodian"),
        ("account_of", "person", "person"),
        ("proceedings", "person", "person"),
    ):
        named = (pattern(relation, **{field: x}), Comparison("!=", x, UNKNOWN))
        yield Axiom(f"the {field} that {relation} names is in the case", named, ((pattern(part, id=x),),))
    for relation, field, parts in (
        ("conduct", "offence", ("offence",)),
        ("effect", "offence", ("offence",)),
        ("flag", "offence", ("offence",)),
        ("penalty", "offence", ("offence",)),
        ("punishable", "offence", ("offence",)),
        ("nationality", "person", ("person",)),
        ("established", "custodian", ("custodian",)),
        ("offers_services", "custodian", ("custodian",)),
        ("expires", "item", ("data",)),
        ("account_of", "item", ("data",)),
        ("kept_by_law", "item", ("data",)),
        ("request_item", "request", ("request",)),
        ("request_item", "item", ("data", "asset", "person")),
        ("step_taken", "item", ("data", "asset", "person")),
        ("contains", "request", ("request",)),
    ):
        parts_named = tuple((pattern(part, id=x),) for part in parts)
        yield Axiom(f"what {relation} calls {field} is in the case", (pattern(relation, **{field: x}),), parts_named)
    asked_of = (pattern("request", addressed_to=x), Comparison("not in", x, (UNKNOWN, TO_AUTHORITY)))
    whom = ((pattern("custodian", id=x),), (pattern("person", id=x),))
    yield Axiom("a request goes to the authorities, a custodian or a person of the case", asked_of, whom)
    for kind in ChannelKind:
        item = pattern("request_item", request=x, item=y)
        answer = pattern("open_to_asker", request=x, item=y, kind=str(kind.value))
        yield Axiom(
            f"whether {kind.value} is open to the state that asks is answered, if with unknown", (item,), ((answer,),)
        )
    for relation in ("open_to_asker", "may_refuse", "withheld"):
        asked = pattern(relation, request=x, item=y)
        yield Axiom(
            f"{relation} speaks of items of requests", (asked,), ((pattern("request_item", request=x, item=y),),)
        )
    for relation in ("conduct", "effect", "nationality"):
        whose = RELATIONS[relation].fields[0].name
        two = (pattern(relation, state=UNKNOWN, **{whose: x}), pattern(relation, state=y, **{whose: x}))
        yield Axiom(f"{relation} is either known or unknown", two, ((Comparison("==", y, UNKNOWN),),))
    yield Axiom(
        "a custodian is established where it has its seat",
        (pattern("custodian", id=x, seat=y), Comparison("!=", y, UNKNOWN)),
        ((pattern("established", custodian=x, state=y),),),
    )
    yield Axiom(
        "only who is asked has requests",
        (pattern("case", direction=x), pattern("request", id=y)),
        ((Comparison("==", x, "incoming"),),),
    )
    yield Axiom(
        "a data item has an account holder, known or unknown",
        (pattern("data", id=x),),
        ((pattern("account_of", item=x),),),
    )
    yield Axiom(
        "a data item expires, on a known day or not", (pattern("data", id=x),), ((pattern("expires", item=x),),)
    )
    for element in RequestElement:
        yield Axiom(
            f"whether a request states {element} is answered, if with unknown",
            (pattern("request", id=x),),
            ((pattern("contains", request=x, element=str(element)),),),
        )
    unasked = pattern("open_to_asker", request=x, answer=y)
    nobody = ((Comparison("==", y, UNKNOWN),),)
    says = "where it is unknown who asks, it is unknown what is open to it"
    yield Axiom(says, (pattern("request", id=x, asked_by=UNKNOWN), unasked), nobody)
    says = "what is open to the forum itself is not asked"
    yield Axiom(says, (pattern("request", id=x, asked_by=z), pattern("case", forum=z), unasked), nobody)
    yield from _named_states(x)


def _named_states(x: Var) -> Iterator[Axiom]:
    """The states that any part of a case names are involved; what tables say is said of these."""
    for relation in RELATIONS.values():
        for field in relation.fields:
            told_of = relation.origin in (Origin.CASE, Origin.TABLE) and relation.name != "involved"
            if told_of and field.type == "state":
                yield Axiom(
                    f"the {field.name} that {relation.name} names is involved",
                    (pattern(relation.name, **{field.name: x}), Comparison("!=", x, UNKNOWN)),
                    ((pattern("involved", state=x),),),
                )
