"""A page for each instrument: its status, who is bound since when, what it obliges to punish, and its rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from comity.law.state import titles
from comity.law.table_facts import standing
from comity.law.tables import UNION, Row
from comity_cli.site.book import Book
from comity_cli.site.markup import Marked, joined, ref
from comity_cli.site.pages import Page

STANDING: Final = {
    "party": "in force",
    "pending": "signed or ratified, not in force",
    "unclear": "bound, but no source says since when",
    "none": "not bound",
}
"""What the tables say of a state on a day."""

UNION_NAME: Final = "European Union"


def pages(book: Book) -> Iterator[Page]:
    """The pages of the instruments and networks, and their indexes."""
    tables = book.rulebook.tables
    for row in tables.instruments.values():
        yield Page(f"instruments/{row['id']}", "instrument.md", _values(row, book))
    listed = [(row, _in_force(row), len(_bound(row, book))) for row in tables.instruments.values()]
    yield Page("instruments/index", "instruments.md", {"instruments": listed, "as_of": book.as_of})
    yield Page("networks", "networks.md", {"networks": [_network(name, book) for name in sorted(tables.network_names)]})


def state_name(code: str) -> str:
    """The name of a state, or of the Union, by its code."""
    return UNION_NAME if code == UNION else titles().get(code, code)


def state_link(code: str) -> Marked:
    """A link to the page of a state."""
    return ref("state", code, state_name(code))


def reservations(row: Row) -> str:
    """The articles that a party has reserved or declared upon."""
    text = row["reservations"]
    return "unread" if text == "unread" else ", ".join(part.strip() for part in text.split(";"))


def _in_force(row: Row) -> str:
    return f"in force since {row['in_force']}" if row["in_force"] else "not in force"


def _bound(row: Row, book: Book) -> list[Row]:
    parties = book.rulebook.tables.parties.get(row["id"], ())
    return [party for party in parties if standing(party, book.as_of, row) == "party"]


def _values(row: Row, book: Book) -> dict[str, Any]:
    tables = book.rulebook.tables
    parties = sorted(tables.parties.get(row["id"], ()), key=lambda party: state_name(party["state"]))
    file = f"instruments/{row['id']}"
    written = book.rule_files.get(file, ())
    asking = [rule for rule in book.references.naming.get(("instrument", row["id"]), ()) if rule not in written]
    return {
        "row": row,
        "force": _in_force(row),
        "as_of": book.as_of,
        "bound": len(_bound(row, book)),
        "ends": any(party["until"] for party in parties),
        "parties": [(party, STANDING[standing(party, book.as_of, row)]) for party in parties],
        "reservations": reservations,
        "unread": any(party["reservations"] == "unread" for party in parties),
        "state_link": state_link,
        "offences": _punished(row["id"], book),
        "written": written,
        "asking": asking,
        "authority": row["id"] if row["id"] in book.rulebook.authorities else "",
    }


def _punished(instrument: str, book: Book) -> list[tuple[Marked, Marked]]:
    """The categories that an instrument obliges its parties to punish, with the articles."""
    found = []
    for offence in book.rulebook.tables.offences.values():
        articles = [part.strip() for part in offence[f"{instrument}_article"].split(";") if part.strip()]
        if articles:
            found.append((ref("offence", offence["offence"], offence["title"]), joined(articles)))
    return found


def _network(name: str, book: Book) -> dict[str, Any]:
    rows = [row for row in book.rulebook.tables.networks if row["network"] == name]
    members = sorted(rows, key=lambda row: state_name(row["state"]))
    return {
        "name": name,
        "members": joined(state_link(row["state"]) for row in members),
        "count": len(rows),
        "notes": list(dict.fromkeys(row["note"] for row in rows if row["note"])),
        "sources": list(dict.fromkeys(row["source"] for row in rows if row["source"])),
        "rules": book.references.naming.get(("network", name), ()),
    }
