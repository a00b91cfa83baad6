"""What a change of rules means, as a plan that is read before it is applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from comity.diff.causes import Cause
from comity.diff.edition import Edition
from comity.diff.groups import Group
from comity.diff.impact import Effect, Impact, RulebookDiff
from comity.diff.records import RecordChange
from comity.diff.rules import SECTIONS, RuleChange
from comity.law.finding import Place
from comity_cli.render.console import heading, line, place

FEW: Final = 3
"""How many cases of a group are named; with --json all are."""

MANY: Final = 12
"""How many states are named with a change, and how many records of a file one by one."""

_SIGN: Final = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow"), "renamed": ("=", "cyan")}


_COLOUR: Final = {"direct-access": "bold red", "lead": "bold", "recommended": "bold", "reply": "bold"}


@dataclass(frozen=True)
class Report:
    """Two editions, what changes between them, and what that means for so many cases."""

    old: Edition
    new: Edition
    diff: RulebookDiff
    impacts: tuple[Impact, ...]
    cases: int
    groups: tuple[tuple[tuple[Cause, ...], list[Group]], ...]

    def place(self, spot: Place) -> Place:
        """A place as whoever asked knows it."""
        return self.old.place(self.new.place(spot))

    def plain(self) -> dict[str, Any]:
        """All of it for a program."""
        return {
            "old": self.old.name,
            "new": self.new.name,
            "passed_over": [str(finding) for edition in (self.old, self.new) for finding in edition.findings],
            "rules": [_plain_rule(change, self.place(change.place)) for change in self.diff.rules],
            "records": [
                {"kind": r.kind, "file": r.group, "key": r.key, "only_source": r.only_source, "fields": _fields(r)}
                for r in self.diff.records
            ],
            "cases": self.cases,
            "compared": len(self.impacts),
            "groups": [
                {
                    "because": [{"what": cause.what, "how": cause.how} for cause in causes],
                    "changes": [_plain_group(group) for group in changes],
                }
                for causes, changes in self.groups
            ],
            "other_advice": {i.name: [_plain_effect(e) for e in i.effects] for i in self.impacts if i.effects},
            "other_reasons": [i.name for i in self.impacts if i.other_reasons],
            "newly_failing": {i.name: list(i.newly_failing) for i in self.impacts if i.newly_failing},
            "not_compared": {i.name: list(map(str, i.findings)) for i in self.impacts if i.findings},
        }


def _plain_rule(change: RuleChange, spot: Place) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.id,
        "former": change.former,
        "title": change.title,
        "place": str(spot),
        "only_wording": change.only_wording,
        "aspects": [{"what": a.what, "before": list(a.before), "after": list(a.after)} for a in change.aspects],
    }


def _fields(record: RecordChange) -> dict[str, dict[str, str]]:
    return {name: {"before": before, "after": after} for name, before, after in record.fields}


def _plain_group(group: Group) -> dict[str, Any]:
    told = {"topic": group.kind.topic, "before": group.kind.before, "after": group.kind.after}
    return {**told, "items": list(group.items), "states": list(group.states), "cases": list(group.cases)}


def _plain_effect(effect: Effect) -> dict[str, Any]:
    change = effect.change
    because = [str(cause) for cause in effect.causes]
    return {"topic": change.topic, "before": change.before, "after": change.after, "because": because}


def report(made: Report, out: Console) -> None:
    """Print the rules and records that change, then what that means for cases."""
    line(out, f"From {made.old.name} to {made.new.name}", style="bold")
    for edition in (made.old, made.new):
        if edition.findings:
            told = f"{_count(len(edition.findings), 'fault')} of tables and authorities passed over"
            line(out, f"{edition.name}: {told}; comity check names them.", style="dim")
    if not made.diff.rules and not made.diff.records:
        line(out, "Nothing changes: the rules, tables and preferences say the same.")
        return
    _rules(made, out)
    _records(made.diff.records, out)
    _advice(made, out)


def _rules(made: Report, out: Console) -> None:
    changes = [change for change in made.diff.rules if not change.only_wording]
    worded = [change for change in made.diff.rules if change.only_wording]
    if changes or worded:
        out.print(heading("Rules"))
    for change in changes:
        sign, colour = _SIGN[change.kind]
        former = f" (before: {change.former})" if change.former else ""
        line(out, f"{sign} {change.id}{former}: {change.title}", 1, colour, 2)
        line(out, place(made.place(change.place)), 5, "dim", 2)
        for aspect in change.aspects:
            if change.kind in ("changed", "renamed") or aspect.what != "title":
                _aspect(aspect.what, aspect.before, aspect.after, out)
    for change in worded:
        line(out, f"~ {change.id}: the same in other words or by other citations", 1, "dim", 2)
        for aspect in change.aspects:
            _aspect(aspect.what, aspect.before, aspect.after, out)


def _aspect(what: str, before: Iterable[str], after: Iterable[str], out: Console) -> None:
    if what in SECTIONS:
        line(out, f"{what}:", 5)
    for sign, said, colour in (("-", before, "red"), ("+", after, "green")):
        if what in SECTIONS:
            for text in said:
                line(out, f"{sign} {text}", 7, colour, 2)
        elif said:
            line(out, f"{sign} {what}: {', '.join(said)}", 5, colour, 2)


def _records(records: Iterable[RecordChange], out: Console) -> None:
    told = list(records)
    if not told:
        return
    out.print(heading("Tables, authorities, preferences"))
    alike: dict[tuple[str, str, tuple[str, ...]], list[RecordChange]] = {}
    for record in told:
        if not record.only_source:
            names = tuple(name for name, _, _ in record.fields) if record.kind == "changed" else ()
            alike.setdefault((record.group, record.kind, names), []).append(record)
    for (group, kind, names), changes in alike.items():
        if len(changes) > MANY:
            sign, colour = _SIGN[kind]
            what = f": {', '.join(names)}" if names else ""
            keys = _few([change.key for change in changes], MANY)
            line(out, f"{sign} {group}, {_count(len(changes), 'entry', 'entries')}{what}", 1, colour, 2)
            line(out, keys, 5, "dim", 2)
        else:
            for change in changes:
                _record(change, out)
    same = sum(record.only_source for record in told)
    if same:
        count = "1 more says" if same == 1 else f"{same} more say"
        line(out, f"{count} the same, with another source, note or title", 1, "dim", 2)


def _record(record: RecordChange, out: Console) -> None:
    sign, colour = _SIGN[record.kind]
    line(out, f"{sign} {record.group}: {record.key}", 1, colour, 2)
    for name, before, after in record.fields:
        if record.kind == "changed":
            line(out, f"{name}: {before or 'nothing'} -> {after or 'nothing'}", 5, hang=2)
        elif before or after:
            line(out, f"{name}: {before or after}", 5, "dim", 2)


def _advice(made: Report, out: Console) -> None:
    if not made.cases:
        line(out, "No cases are compared: name some with --cases, or a folder of scenarios with --scenarios.")
        return
    out.print(heading("Advice"))
    for causes, kinds in made.groups:
        cases = {case for group in kinds for case in group.cases}
        why = f"because {', '.join(map(str, causes))}" if causes else "because of what stands above"
        line(out, Text(f"{_count(len(cases), 'case')} {why}:", style="bold"), 1, hang=2)
        for group in kinds:
            if group.kind.finer is None:
                _group(group, out)
        _finer(kinds, out)
    failing = [impact for impact in made.impacts if impact.newly_failing]
    if failing:
        out.print(heading("Scenarios that fail now"))
    for impact in failing:
        first, *more = impact.newly_failing
        line(out, f"- {impact.name}: {first}{f', and {len(more)} more' if more else ''}", 1, "red", 2)
    broken = [finding for impact in made.impacts for finding in impact.findings]
    if broken:
        out.print(heading("Not compared"))
    for finding in broken:
        line(out, f"- {finding.place}  {finding.code}  {finding.message}", 1, "red", 2)
    other = sum(bool(impact.effects) for impact in made.impacts)
    reasoned = [impact.name for impact in made.impacts if impact.other_reasons]
    if reasoned:
        told = f"{_count(len(reasoned), 'case')} with the same advice for other reasons"
        line(out, f"{told}: {_few(reasoned)}", 1, "dim", 2)
    fail = f"; {_count(len(failing), 'scenario')} that held before fail{'s' if len(failing) == 1 else ''} now"
    get = "gets" if other == 1 else "get"
    told = f"{other} of {_count(len(made.impacts), 'case')} {get} other advice{fail if failing else ''}."
    line(out, told, style="bold")


def _group(group: Group, out: Console) -> None:
    data = [item.removesuffix(" data") for item in group.items if item.endswith(" data")]
    others = [item for item in group.items if not item.endswith(" data")]
    items = [*([f"{', '.join(data)} data"] if data else []), *others]
    about = "; ".join(filter(None, (", ".join(items), _few(group.states, MANY))))
    line(out, f"{group.kind}{f' ({about})' if about else ''}", 3, _COLOUR.get(group.kind.topic, ""), 2)
    line(out, f"{_count(len(group.cases), 'case')}: {_few(group.cases)}", 5, "dim", 2)


def _finer(kinds: Iterable[Group], out: Console) -> None:
    """What comes and goes with all that, a line for each sort."""
    told: dict[str, list[str]] = {}
    for group in kinds:
        if group.kind.finer is not None:
            sort, name = group.kind.finer
            told.setdefault(sort, []).append(f"{name} ({_count(len(group.cases), 'case')})")
    for sort, finer in told.items():
        line(out, f"{sort}: {', '.join(finer)}", 3, hang=2)


def _few(names: Sequence[str], most: int = FEW) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _count(number: int, word: str, several: str = "") -> str:
    return f"{number} {word}" if number == 1 else f"{number} {several or word + 's'}"
