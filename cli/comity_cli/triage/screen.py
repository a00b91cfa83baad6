"""What a caseload came to, on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table as Shown

from comity.law.state import titles
from comity.triage.comparison import CHANGED, Comparison
from comity.triage.summary import Table
from comity_cli.render.console import clean, heading, line
from comity_cli.triage.report import Report, share

LINES_SHOWN: Final = 5
RULES_SHOWN: Final = 12

_BLOCKS: Final = "▁▂▃▄▅▆▇█"
_PLAIN: Final = "_.-=+*%#"


def show(told: Report, out: Console, html: Path | None) -> None:
    """Print the numbers, then a table for each of the questions, then what has changed."""
    numbers = told.summary
    out.print(heading(f"{numbers.cases:,} cases decided"))
    for text in told.sentences():
        line(out, text, 1)
    for table in numbers.tables:
        out.print(_table(table))
    if told.compared is not None:
        out.print()
        _changed(told.compared, told.folder, out)
    out.print()
    line(out, f"Decisions: {told.folder / 'decisions'}")
    if numbers.refused:
        line(out, f"Rows that are no case, with reasons: {told.folder / 'refused.csv'}")
    if html is not None:
        line(out, f"Report: {html}")


def _table(table: Table) -> Shown:
    shown = Shown(box=box.SIMPLE_HEAD, padding=(0, 1))
    shown.add_column(table.title, overflow="fold", min_width=36)
    shown.add_column(table.about, justify="right", min_width=9)
    shown.add_column("share", justify="right", min_width=8)
    shown.add_column("along the caseload", no_wrap=True)
    for each in table.lines[:LINES_SHOWN]:
        shown.add_row(clean(_name(each.name)), f"{each.count:,}", share(each.count, table.of), sparkline(each.along))
    others = table.others + max(0, len(table.lines) - LINES_SHOWN)
    if others:
        shown.add_row(f"and {others:,} more", "", "", "")
    return shown


def _name(name: str) -> str:
    """A code of a state with its name."""
    return f"{name} {titles()[name]}" if name in titles() else name


def sparkline(values: tuple[int, ...]) -> str:
    """A line of bars, one for each value, of which the highest is the greatest value; a space is none."""
    marks = _BLOCKS if (sys.stdout.encoding or "").lower().startswith("utf") else _PLAIN
    most = max(values, default=0)
    return "".join(" " if not v else marks[min(len(marks) - 1, v * len(marks) // (most + 1))] for v in values)


def _changed(compared: Comparison, folder: Path, out: Console) -> None:
    out.print(heading("what has changed"))
    line(out, f"Of {compared.both:,} cases that both runs have, {compared.changed:,} are decided otherwise.", 1)
    for says, count in compared.by_what:
        if count:
            line(out, f"- {count:,} with {says}", 1)
    if compared.only_old or compared.only_new:
        line(
            out, f"{compared.only_old:,} cases are only in the earlier run, {compared.only_new:,} only in this one.", 1
        )
    if compared.changed:
        shown = Shown(box=box.SIMPLE_HEAD, padding=(0, 1))
        shown.add_column("rule", overflow="fold")
        shown.add_column("now in", justify="right")
        shown.add_column("no longer in", justify="right")
        for rule, gained, lost in compared.by_rule[:RULES_SHOWN]:
            shown.add_row(rule, f"{gained:,}", f"{lost:,}")
        if len(compared.by_rule) > RULES_SHOWN:
            shown.add_row(f"and {len(compared.by_rule) - RULES_SHOWN} more", "", "")
        out.print(shown)
        line(out, f"Which they are: {folder / CHANGED}", 1)
