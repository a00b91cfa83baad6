"""``comity show instrument``: an instrument, for whom it is in force on a day, and the rules that read it."""

from __future__ import annotations

from collections import defaultdict

from comity.law.finding import one_of
from comity.law.rule import LawRule
from comity.law.table_facts import standing
from comity.law.vocabulary import RELATIONS
from comity.logic.terms import Absent, Literal
from comity_cli.render.console import heading, line
from comity_cli.show import Wanted, unknown

_LABELS = {
    "party": "In force for",
    "pending": "Signed or ratified, not in force for",
    "unclear": "No source says since when for",
}


def show(wanted: Wanted) -> None:
    """Show the instrument of that id; without one, list all instruments."""
    tables, out = wanted.rulebook.tables, wanted.out
    if not wanted.names:
        for row in tables.instruments.values():
            line(out, f"{row['id']}: {row['title']}", hang=2)
        return
    name = wanted.names[0]
    if name not in tables.instruments:
        hint = one_of(name, tables.instruments)
        raise unknown(f"there is no instrument '{name}'", hint or "'comity show instrument' lists them")
    row = tables.instruments[name]
    line(out, f"{name}: {row['title']}", style="bold", hang=2)
    force = f"in force since {row['in_force']}" if row["in_force"] else "not in force"
    line(out, f"{row['citation']}; {force}", hang=2)
    line(out, f"As of {wanted.as_of}:", style="dim")
    groups: dict[str, list[str]] = defaultdict(list)
    for party in tables.parties.get(name, ()):
        mark = "" if party["verified"] == "yes" else "*"
        groups[standing(party, wanted.as_of, row)].append(f"{party['state']}{mark}")
    for status, label in _LABELS.items():
        if groups[status]:
            line(out, f"{label} ({len(groups[status])}): {' '.join(sorted(groups[status]))}", 1, hang=2)
    if any(state.endswith("*") for states in groups.values() for state in states):
        line(out, "* not, or only partly, verified", 1, "dim")
    using = [rule for rule in wanted.rulebook.rules if _reads(rule, name)]
    if using:
        out.print()
        out.print(heading("Rules that ask whether it is in force"))
    for rule in using:
        line(out, f"- {rule.id}: {rule.title}", 1, hang=2)


def _reads(rule: LawRule, instrument: str) -> bool:
    for condition, _ in rule.conditions:
        literal = condition.literal if isinstance(condition, Absent) else condition
        if isinstance(literal, Literal):
            fields = RELATIONS[literal.relation].fields
            pairs = zip(fields, literal.terms, strict=True)
            if any(field.type == "instrument" and term == instrument for field, term in pairs):
                return True
    return False
