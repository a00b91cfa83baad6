"""``comity show state``: the treaties that bind a state on a day, its networks, and what the tables say of its law."""

from __future__ import annotations

from collections import defaultdict

from comity.law.table_facts import standing
from comity_cli.render.console import heading, line, unverified
from comity_cli.show import Wanted, code

_STANDING = {
    "party": "in force",
    "pending": "signed or ratified, not in force for it",
    "unclear": "reported, but no source says since when",
}


def show(wanted: Wanted) -> None:
    """Show the state of that code."""
    state = code(wanted.names[0])
    line(wanted.out, f"{state}: {state.label}, as of {wanted.as_of}", style="bold")
    _instruments(wanted, state)
    _bilateral(wanted, state)
    _networks(wanted, state)
    _law(wanted, state)
    _statutes(wanted, state)


def _instruments(wanted: Wanted, state: str) -> None:
    tables, out = wanted.rulebook.tables, wanted.out
    out.print()
    out.print(heading("Multilateral instruments"))
    for status, label in _STANDING.items():
        for name, rows in sorted(tables.parties.items()):
            known = tables.instruments.get(name)
            for row in rows:
                if row["state"] == state and standing(row, wanted.as_of, known) == status:
                    when = f" since {row['in_force']}" if status == "party" else f": {label}"
                    title = known["title"] if known is not None else name
                    line(out, f"- {name}{when}: {title}{unverified(row['verified'])}", 1, hang=2)


def _bilateral(wanted: Wanted, state: str) -> None:
    out = wanted.out
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in wanted.rulebook.tables.bilateral:
        status = standing(row, wanted.as_of)
        if state in (row["a"], row["b"]) and status in _STANDING:
            other = row["b"] if row["a"] == state else row["a"]
            found[row["kind"], status].append(other if row["verified"] == "yes" else f"{other}*")
    if found:
        out.print()
        out.print(heading("Bilateral treaties"))
    for (kind, status), others in sorted(found.items()):
        line(out, f"- {kind}, {_STANDING[status]}: {' '.join(sorted(others))}", 1, hang=2)
    if any(other.endswith("*") for others in found.values() for other in others):
        line(out, "* not, or only partly, verified", 1, "dim")


def _networks(wanted: Wanted, state: str) -> None:
    rows = [row for row in wanted.rulebook.tables.networks if row["state"] == state]
    names = [row["network"] for row in rows if (row.day("since") or wanted.as_of) <= wanted.as_of]
    if names:
        wanted.out.print()
        wanted.out.print(heading("Networks"))
        line(wanted.out, f"- {', '.join(sorted(names))}", 1, hang=2)


def _law(wanted: Wanted, state: str) -> None:
    out = wanted.out
    rows = [row for row in wanted.rulebook.tables.states if row["state"] == state]
    if rows:
        out.print()
        out.print(heading("Its law"))
    for row in rows:
        begins = row.day("since")
        since = f" since {row['since']}" if row["since"] else ""
        future = ", not yet" if begins is not None and begins > wanted.as_of else ""
        line(out, f"- {row['attribute']}: {row['value']}{since}{future}{unverified(row['verified'])}", 1, hang=2)
        if row["citation"] not in ("", row["value"]):
            line(out, row["citation"], 3, "dim", 2)


def _statutes(wanted: Wanted, state: str) -> None:
    """What its law is known to punish; the table is silent on most."""
    rows = [row for row in wanted.rulebook.tables.statutes if row["state"] == state]
    if rows:
        wanted.out.print()
        wanted.out.print(heading("What it is known to punish, beside what treaties oblige it to"))
    for row in rows:
        told = f"- {row['category']} since {row['since']}: {row['citation']}{unverified(row['verified'])}"
        line(wanted.out, told, 1, hang=2)
