"""A page for each state: what is known of its law, what binds it since when, and the rules about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from comity.law.facts import states_named
from comity.law.table_facts import standing
from comity.law.tables import UNION, Row
from comity_cli.site.book import Book
from comity_cli.site.instruments import STANDING, reservations, state_link, state_name
from comity_cli.site.markup import Marked, escaped, ref
from comity_cli.site.pages import Page


def pages(book: Book) -> Iterator[Page]:
    """The pages of all states that the tables know something of, and their index."""
    codes = sorted(known(book), key=state_name)
    values = {code: _values(code, book) for code in codes}
    for code in codes:
        yield Page(f"states/{code.lower()}", "state.md", values[code])
    listed = [(code, state_link(code), values[code]) for code in codes]
    yield Page("states/index", "states.md", {"states": listed, "as_of": book.as_of})


def known(book: Book) -> set[str]:
    """The codes of the states that tables or rules name."""
    tables = book.rulebook.tables
    rows = [row for rows in (*tables.parties.values(), tables.states, tables.networks, tables.statutes) for row in rows]
    ends = [end for row in tables.bilateral for end in (row["a"], row["b"])]
    named = {word for type_, word in book.references.naming if type_ == "state"}
    return {row["state"] for row in rows} | set(ends) | named


def _values(code: str, book: Book) -> dict[str, Any]:
    tables = book.rulebook.tables
    bound = list(_instruments(code, book))
    involving = [one for one in book.scenarios if code in states_named(one.scenario.case)]
    return {
        "code": code,
        "name": state_name(code),
        "as_of": book.as_of,
        "is_union": code == UNION,
        "facts": [
            (_attribute(row, book), row, _since(row), _age(row, book.as_of))
            for row in tables.states
            if row["state"] == code
        ],
        "statutes": [
            (ref("offence", r["category"], _offence(r, book)), r) for r in tables.statutes if r["state"] == code
        ],
        "instruments": bound,
        "ends": any(row["until"] for _, row, _, _ in bound),
        "in_force": sum(status == "party" for _, _, status, _ in bound),
        "bilateral": list(_bilateral(code, book)),
        "networks": [ref("network", r["network"], r["network"]) for r in tables.networks if r["state"] == code],
        "rules": book.references.naming.get(("state", code), ()),
        "scenarios": list(dict.fromkeys(book.scenario_link(one) for one in involving)),
        "standing": STANDING,
        "reservations": reservations,
    }


def _instruments(code: str, book: Book) -> Iterator[tuple[Marked, Row, str, Row | None]]:
    """The rows of instruments on a state, those first that are in force."""
    tables = book.rulebook.tables
    order = list(STANDING)
    found = []
    for name, rows in tables.parties.items():
        known = tables.instruments.get(name)
        for row in rows:
            if row["state"] == code and known is not None:
                link = ref("instrument", name, known["title"])
                found.append((link, row, standing(row, book.as_of, known), known))
    yield from sorted(found, key=lambda entry: (order.index(entry[2]), entry[0]))


def _bilateral(code: str, book: Book) -> Iterator[tuple[Marked, Row, str]]:
    for row in book.rulebook.tables.bilateral:
        if code in (row["a"], row["b"]):
            other = row["b"] if row["a"] == code else row["a"]
            yield state_link(other), row, standing(row, book.as_of)


def _offence(row: Row, book: Book) -> str:
    return book.rulebook.tables.offences[row["category"]]["title"]


def _attribute(row: Row, book: Book) -> Marked:
    """What a fact is about, explained in the glossary where that knows it."""
    name = row["attribute"]
    words = name.replace("_", " ")
    return ref("term", name, words) if any(entry.word == name for entry in book.rulebook.glossary) else escaped(words)


def _since(row: Row) -> str:
    return f"since {row['since']}" if row["since"] else ""


def _age(row: Row, as_of: date) -> str:
    """How old the source of a fact is, in words."""
    try:
        day = row.day("as_of", first=True)
    except ValueError:
        day = None
    if day is None:
        return "source of no known day"
    years = (as_of - day).days // 365
    return f"source of {row['as_of']}" + (f", {years} {'year' if years == 1 else 'years'} old" if years else "")
