"""From the tables to the ground literals that rules read: what they say on a day of states and of offences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from comity.law.case import Case, Unknown
from comity.law.fact import fact
from comity.law.tables import Row, Tables, articles
from comity.law.terms import Answer
from comity.logic.terms import Literal

RETENTION: Final = "log_retention_days"
"""The attribute of a state that says how long its law makes providers keep logs."""


def table_facts(tables: Tables, states: set[str], categories: set[str], as_of: date) -> Iterator[Literal]:
    """What the tables say on a day of *states* and of offences of the *categories*."""
    others = {row["as"] for row in tables.qualifications if row["category"] in categories}
    for state in states & tables.of_state.keys():
        yield from _of_state(tables, state, as_of)
        rows = tables.of_state[state]
        for row in rows.bilateral:
            if row["a"] in states and row["b"] in states:
                yield from _bilateral(row, as_of)
        for row in rows.statutes:
            since = row.day("since")
            if row["category"] in categories | others and since is not None:
                yield fact("statute", state=state, category=row["category"], since=since)
    for category in categories & tables.offences.keys():
        yield from _offence_kind(tables.offences[category])
    for category in (categories | others) & tables.offences.keys():
        yield from _covered(tables.offences[category])
    for row in tables.qualifications:
        if row["category"] in categories:
            yield fact("qualification", **{"category": row["category"], "as": row["as"], "fit": row["fit"]})


def _of_state(tables: Tables, state: str, as_of: date) -> tuple[Literal, ...]:
    """What concerns one state alone, which is most of all: worked out once for a day."""
    return tables.once((state, as_of), lambda: tuple(_of_state_anew(tables, state, as_of)))


def _of_state_anew(tables: Tables, state: str, as_of: date) -> Iterator[Literal]:
    rows = tables.of_state[state]
    for instrument, row in rows.parties:
        yield from _standing(instrument, row, tables.instruments.get(instrument), as_of)
    for row in rows.networks:
        if (row.day("since") or as_of) <= as_of:
            yield fact("member", network=row["network"], state=state)
    yield from _profiles(rows.attributes, as_of)


def _bilateral(row: Row, as_of: date) -> Iterator[Literal]:
    relation = {"party": "bilateral", "unclear": "bilateral_unclear"}.get(standing(row, as_of))
    if relation:
        yield fact(relation, kind=row["kind"], state=row["a"], other=row["b"])
        yield fact(relation, kind=row["kind"], state=row["b"], other=row["a"])


def standing(row: Row, as_of: date, instrument: Row | None = None) -> str:
    """Whether a row of a treaty table binds on the day: ``party``, ``pending``, ``unclear``, or ``none``."""
    in_force, until = row.day("in_force"), row.day("until")
    if until and until < as_of:
        return "none"
    begun = instrument is None or (instrument["in_force"] and instrument["in_force"] <= as_of.isoformat())
    step = next((row[name] for name in ("signed", "bound") if row.day(name)), "")
    taken_part = not step or step <= as_of.isoformat()
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


def _profiles(rows: Iterable[Row], as_of: date) -> Iterator[Literal]:
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


def kept_by_law(case: Case, tables: Tables, as_of: date) -> Iterator[Literal]:
    """For each item whose place is known the shortest period of retention in effect there, the latest law first."""
    acts = [offence.committed_on for offence in case.offences if isinstance(offence.committed_on, date)]
    for item in case.data:
        if isinstance(item.stored_in, Unknown) or item.stored_in not in tables.of_state:
            continue
        rows = [r for r in tables.of_state[item.stored_in].attributes if r["attribute"] == RETENTION]
        dated = [(since, r) for r in rows if (since := r.day("since")) is not None and since <= as_of]
        newest = max((since for since, _ in dated), default=None)
        latest = [r for since, r in dated if since == newest]
        undated = [r for r in rows if not r["since"]]
        law = min([*latest, *undated], key=lambda r: int(r["value"]), default=None)
        if law is None:
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
