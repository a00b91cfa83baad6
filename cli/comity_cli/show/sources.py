"""``comity show sources``: every fact of the rulebook with its source and its age."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from rich.table import Table

from comity.law.finding import one_of
from comity.law.provenance import Entry, entries
from comity_cli.render.console import line
from comity_cli.show import Wanted, unknown


def show(wanted: Wanted) -> None:
    """A summary, then every fact, or those about the state or instrument that is named.

    Raises:
        InputError: no fact concerns what is named.
    """
    found = list(entries(wanted.rulebook))
    if wanted.names:
        [name] = wanted.names
        kept = [entry for entry in found if name in entry.about]
        if not kept:
            known = {about for entry in found for about in entry.about}
            raise unknown(f"no fact of the rulebook is about '{name}'", one_of(name, known))
        found = kept
    _summary(found, wanted)
    for group, members in groupby(found, lambda entry: entry.group):
        wanted.out.print()
        line(wanted.out, group.upper(), style="bold")
        for entry in members:
            age = entry.age(wanted.as_of)
            since = "no day given" if age is None else f"{age} days old"
            verified = f"verified: {entry.verified or 'not said'}"
            line(wanted.out, f"- {' '.join(entry.about)}: {entry.what} ({verified}, {since})", 1, hang=2)
            line(wanted.out, entry.source, 3, "dim")


def _summary(found: list[Entry], wanted: Wanted) -> None:
    table = Table("facts", "all", "verified", "partly", "not", "without a day", box=None)
    for group in dict.fromkeys(entry.group for entry in found):
        members = [entry for entry in found if entry.group == group]
        said = Counter(entry.verified for entry in members)
        undated = sum(entry.as_of is None for entry in members)
        counts = [len(members), said["yes"], said["partly"], said["no"] + said[""], undated]
        table.add_row(group, *map(str, counts))
    wanted.out.print(table)
