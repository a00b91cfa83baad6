"""``comity show``: rules, states, instruments, channels, and the words that rules are made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from comity.decision.model import Decision
from comity.decision.opinion import decide
from comity.law.case import Case
from comity.law.facts import standing
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.law.state import State
from comity.law.terms import DataCategory
from comity.law.vocabulary import RELATIONS
from comity_cli import inputs
from comity_cli.render.console import console, line


def run(what: str, names: list[str], as_of: date | None, rules: Path | None) -> int:
    """Show one thing of the rulebook."""
    shown = _SHOWN.get(what)
    if shown is None:
        raise _unknown(what, one_of(what, _SHOWN))
    wanted, function = shown
    if len(names) < wanted:
        raise _unknown(what, f"'comity show {what}' needs {'two states' if wanted == 2 else 'the id of one'}")
    function(names, as_of or date.today(), inputs.rulebook(rules), console())
    return 0


def _unknown(what: str, hint: str) -> InputError:
    return InputError([Finding(Place("show"), "Q004", f"'{what}' cannot be shown like this", hint)])


def _rule(names: list[str], as_of: date, rulebook: Rulebook, out: Console) -> None:
    rule = rulebook.by_id.get(names[0])
    if rule is None:
        raise _unknown(names[0], one_of(names[0], rulebook.by_id))
    out.print(Text(f"{rule.id}: {rule.title}", style="bold"))
    out.print(f"{rule.place}", style="dim")
    lines = Path(rule.place.file).read_text(encoding="utf-8").splitlines()[rule.place.line - 1 :]
    text = [lines[0]]
    for following in lines[1:]:
        if following.startswith(("- ", "#")):
            break
        text.append(following)
    out.print("\n".join(text).rstrip())
    for cite in rule.cites:
        id_, _, article = cite.partition("/")
        authority = rulebook.authorities[id_]
        found = authority.articles.get(article)
        out.print(Text(f"{cite}: {authority.title} ({authority.citation})"))
        if found:
            line(out, f"{found.says} (verified: {found.verified})", 2, "dim")
    beaten = [other.id for other in rulebook.rules if any(id_ == rule.id for id_, _ in other.overrides)]
    if beaten:
        out.print(f"gives way to {', '.join(beaten)}")


def _state(names: list[str], as_of: date, rulebook: Rulebook, out: Console) -> None:
    state = _code(names[0])
    out.print(Text(f"{state}: {state.label}, as of {as_of}", style="bold"))
    words = {"party": "party", "pending": "not in force for it", "unclear": "no source shows since when"}
    for instrument, rows in sorted(rulebook.tables.parties.items()):
        for row in rows:
            known = rulebook.tables.instruments.get(instrument)
            status = standing(row, as_of, known)
            if row["state"] == state and status != "none":
                since = f" since {row['in_force']}" if status == "party" else ""
                out.print(f"  {instrument}: {words[status]}{since} (verified: {row['verified'] or 'no'})")
    for row in rulebook.tables.bilateral:
        if state in (row["a"], row["b"]) and (status := standing(row, as_of)) != "none":
            other = row["b"] if row["a"] == state else row["a"]
            since = f" since {row['in_force']}" if status == "party" else ""
            out.print(f"  {row['kind']} with {other}: {words[status]}{since} (verified: {row['verified'] or 'no'})")
    for row in rulebook.tables.states:
        if row["state"] == state:
            since = f" since {row['since']}" if row["since"] else ""
            mark = "" if row["verified"] == "yes" else " (to be verified)"
            out.print(f"  {row['attribute']}: {row['value']}{since}; {row['citation']}{mark}")


def _instrument(names: list[str], as_of: date, rulebook: Rulebook, out: Console) -> None:
    row = rulebook.tables.instruments.get(names[0])
    if row is None:
        raise _unknown(names[0], one_of(names[0], rulebook.tables.instruments))
    force = f"in force {row['in_force']}" if row["in_force"] else "not in force"
    out.print(Text(f"{row['id']}: {row['title']}", style="bold"))
    out.print(f"{row['citation']}; {force}")
    groups: dict[str, list[str]] = {"party": [], "pending": [], "unclear": []}
    for party in rulebook.tables.parties.get(names[0], ()):
        groups.setdefault(standing(party, as_of, row), []).append(party["state"])
    labels = {"party": "in force for", "pending": "signed or ratified, not in force for", "unclear": "unclear for"}
    for status, label in labels.items():
        if groups[status]:
            out.print(f"{label} ({len(groups[status])}): {' '.join(groups[status])}")
    used = [rule.id for rule in rulebook.rules if any(c.split("/")[0] == names[0] for c in rule.cites)]
    if used:
        out.print(f"rules: {', '.join(used)}")


def _channels(names: list[str], as_of: date, rulebook: Rulebook, out: Console) -> None:
    here, there = _code(names[0]), _code(names[1])
    decision = _sample(here, there, as_of, rulebook)
    out.print(Text(f"Channels from {here} to {there} as of {as_of}", style="bold"))
    note = f"for data stored in {there} with a provider there; offence, consent and urgency unknown"
    out.print(Text(note, style="dim"))
    for status in ("offered", "undecided"):
        told: dict[tuple[str, str], list[str]] = {}
        for item in decision.data:
            for channel in item.channels:
                if channel.state == there and channel.status == status:
                    reasons = [b.reason for b in channel.bases] or [*channel.reasons, *channel.against]
                    text = "; ".join(dict.fromkeys(f"{r.rule} [{', '.join(r.cites)}]" for r in reasons))
                    told.setdefault((str(channel.kind), text), []).append(item.item)
        if told:
            out.print(status)
        for (kind, text), items in told.items():
            which = "" if len(items) == len(decision.data) else f" ({', '.join(items)})"
            line(out, f"{kind}{which}: {text}", 2)
    direct = {item.item: item.direct_access.status for item in decision.data}
    out.print(f"direct access: {', '.join(f'{name} {status}' for name, status in direct.items())}")


def _sample(here: State, there: State, as_of: date, rulebook: Rulebook) -> Decision:
    categories = [c for c in DataCategory if c not in (DataCategory.UNKNOWN, DataCategory.OTHER)]
    data = [{"id": str(c), "category": str(c), "stored_in": there, "custodian": "provider"} for c in categories]
    facts = {
        "case": "channels",
        "forum": here,
        "custodians": [{"id": "provider", "kind": "provider", "seat": there}],
        "data": data,
    }
    return decide(Case.from_text(json.dumps(facts)), rulebook, as_of)


def _offences(names: list[str], as_of: date, rulebook: Rulebook, out: Console) -> None:
    for row in rulebook.tables.offences.values():
        out.print(Text(f"{row['offence']}: {row['title']}"))


def _vocabulary(names: list[str], as_of: date, rulebook: Rulebook, out: Console) -> None:
    for relation in RELATIONS.values():
        out.print(Text(f"{relation.name} ({relation.origin.value}): {relation.doc}", style="bold"))
        for field in (*relation.fields, *relation.terms):
            words = field.type if isinstance(field.type, str) else " | ".join(field.type)
            unknown = " or unknown" if field.may_be_unknown and "unknown" not in words else ""
            line(out, f"{field.name}: {words}{unknown}; {field.doc}", 2)


def _schema(names: list[str], as_of: date, rulebook: Rulebook, out: Console) -> None:
    model = Case if names[:1] == ["case"] else Decision
    typer.echo(json.dumps(model.model_json_schema(), indent=2))


def _code(name: str) -> State:
    try:
        return State(name)
    except ValueError as error:
        raise InputError([Finding(Place("show"), "F105", str(error))]) from None


_Shown = Callable[[list[str], date, Rulebook, Console], None]
_SHOWN: dict[str, tuple[int, _Shown]] = {
    "rule": (1, _rule),
    "state": (1, _state),
    "instrument": (1, _instrument),
    "channels": (2, _channels),
    "offences": (0, _offences),
    "vocabulary": (0, _vocabulary),
    "schema": (0, _schema),
}
