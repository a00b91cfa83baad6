"""``comity check --stale``: what nobody has verified for long, by the table it stands in and the source to open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from rich.table import Table

from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.provenance import Entry, Reason, entries
from comity.law.rulebook import Rulebook
from comity_cli.render.console import console, line


def report(rulebook: Rulebook, days: int, about: Iterable[str], today: date) -> int:
    """Name what nobody has verified within so many *days*, with *about* only what concerns what it names.

    One source stands above the facts that rest on it, so that it is opened once for all of them. Answers with 1 where
    something was found, else 0.

    Raises:
        InputError: no fact is about what is named.
    """
    known = list(entries(rulebook))
    names = set(about)
    for name in sorted(names - {each for entry in known for each in entry.about}):
        hint = one_of(name, {each for entry in known for each in entry.about})
        raise InputError([Finding(Place("--about"), "Q006", f"no fact of the rulebook is about '{name}'", hint)])
    asked = [entry for entry in known if not names or names & set(entry.about)]
    found = [(entry, reason) for entry in asked if (reason := entry.stale(days, today))]
    out = console()
    tables: dict[str, dict[tuple[Reason, str, date | None], list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry, reason in found:
        tables[entry.table][reason, entry.source, entry.as_of].append(entry)
    for sources in tables.values():
        members = [entry for group in sources.values() for entry in group]
        out.print()
        line(out, f"{members[0].place.file}: {len(members)}", style="bold")
        for (reason, source, as_of), group in sorted(sources.items(), key=lambda item: -len(item[1])):
            why = f"{reason}: last known to say so on {as_of}" if reason is Reason.OLD else f"{reason}"
            line(out, f"- {source} ({why})", 1, hang=2)
            for entry in group:
                line(out, f"{entry.table}:{entry.place.line}  {' '.join(entry.about)}, {entry.what}", 3, "dim", hang=4)
    if found:
        out.print()
        out.print(_summary(asked, found))
    line(out, f"{len(found)} of {len(asked)} facts have not been verified within {days} days.")
    return 1 if found else 0


def _summary(asked: list[Entry], found: list[tuple[Entry, Reason]]) -> Table:
    table = Table("table", "facts", *(f"{reason}" for reason in Reason), box=None)
    facts = Counter(entry.table for entry in asked)
    told = Counter((entry.table, reason) for entry, reason in found)
    for name, count in facts.items():
        if any(told[name, reason] for reason in Reason):
            table.add_row(name, str(count), *(str(told[name, reason]) for reason in Reason))
    return table
