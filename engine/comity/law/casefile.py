"""From facts to the case file that has them: the other way round from ``facts``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from comity.law.case import Case
from comity.law.terms import UNKNOWN, Answer
from comity.law.vocabulary import RELATIONS
from comity.logic.terms import Literal

_Row = dict[str, Any]

_GROUPS = {
    "offence": "offences",
    "person": "persons",
    "system": "systems",
    "custodian": "custodians",
    "data": "data",
    "asset": "assets",
    "proceedings": "proceedings",
    "request": "requests",
}


def case_of(facts: Iterable[Literal], name: str) -> Case:
    """The smallest case, called *name*, with these facts of the case; facts of tables are passed over.

    Of an offence or a person of which no states are told, none are written. A state that is involved and that no part
    of the case names becomes the place of a system.

    Raises:
        StopIteration: there is no fact about the case itself.
        pydantic.ValidationError: no case has these facts.
    """
    rows: dict[str, list[_Row]] = defaultdict(list)
    for fact in sorted(facts, key=str):
        fields = RELATIONS[fact.relation].fields
        rows[fact.relation].append({f.name: value for f, value in zip(fields, fact.terms, strict=True)})
    head = next(iter(rows["case"]))
    made: dict[str, Any] = {"case": name, **head}
    day = date.fromisoformat(str(head["as_of"]))
    for relation, group in _GROUPS.items():
        made[group] = [_PART.get(relation, _plain)(row, rows, day) for row in rows[relation]]
    made["steps"] = rows["step_taken"]
    made["systems"] += [
        {"id": f"in-{str(row['state']).lower()}", "located_in": row["state"]}
        for row in rows["involved"]
        if row["state"] not in _values(made)
    ]
    return Case.model_validate_json(json.dumps(made))


def _values(node: object) -> set[object]:
    if isinstance(node, Mapping):
        return {value for key in node for value in ({key} | _values(node[key]))}
    if isinstance(node, list):
        return {value for item in node for value in _values(item)}
    return {node}


def _plain(row: _Row, rows: Mapping[str, list[_Row]], day: date) -> _Row:
    return row


def _of(rows: Mapping[str, list[_Row]], relation: str, whose: str, id_: object) -> list[_Row]:
    return [row for row in rows[relation] if row[whose] == id_]


def _states(rows: Mapping[str, list[_Row]], relation: str, whose: str, id_: object) -> list[object] | str:
    found = [row["state"] for row in _of(rows, relation, whose, id_)]
    return UNKNOWN if found == [UNKNOWN] else found


def _offence(row: _Row, rows: Mapping[str, list[_Row]], day: date) -> _Row:
    id_ = row["id"]
    return {
        **row,
        "conduct_in": _states(rows, "conduct", "offence", id_),
        "effects_in": _states(rows, "effect", "offence", id_),
        "flag_states": _states(rows, "flag", "offence", id_),
        "max_penalty_years": {r["state"]: r["years"] for r in _of(rows, "penalty", "offence", id_)},
        "punishable_in": {r["state"]: r["answer"] for r in _of(rows, "punishable", "offence", id_)},
    }


def _person(row: _Row, rows: Mapping[str, list[_Row]], day: date) -> _Row:
    return {**row, "nationality": _states(rows, "nationality", "person", row["id"])}


def _custodian(row: _Row, rows: Mapping[str, list[_Row]], day: date) -> _Row:
    established = [r["state"] for r in _of(rows, "established", "custodian", row["id"])]
    return {
        **row,
        "establishments": [state for state in established if state != row.get("seat")],
        "offers_services_in": [r["state"] for r in _of(rows, "offers_services", "custodian", row["id"])],
    }


def _data(row: _Row, rows: Mapping[str, list[_Row]], day: date) -> _Row:
    days = next((r["days"] for r in _of(rows, "expires", "item", row["id"])), UNKNOWN)
    return {
        **row,
        "expires_on": days if days == UNKNOWN else _shifted(day, int(days)),
        "account_of": next((r["person"] for r in _of(rows, "account_of", "item", row["id"])), UNKNOWN),
    }


def _request(row: _Row, rows: Mapping[str, list[_Row]], day: date) -> _Row:
    answers = _of(rows, "contains", "request", row["id"])
    days = row["days"]
    told = {key: value for key, value in row.items() if key != "days"}
    return {
        **told,
        "items": [r["item"] for r in _of(rows, "request_item", "request", row["id"])],
        "contains": [r["element"] for r in answers if r["answer"] == Answer.YES],
        "lacks": [r["element"] for r in answers if r["answer"] == Answer.NO],
        "received_on": days if days == UNKNOWN else _shifted(day, -int(days)),
    }


def _shifted(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


_PART = {"offence": _offence, "person": _person, "custodian": _custodian, "data": _data, "request": _request}
