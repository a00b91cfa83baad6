"""The console: plain when piped, without colour when asked, readable on narrow terminals."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from comity.decision.model import Reason


def console() -> Console:
    """A console on the standard output; rich itself respects ``NO_COLOR`` and ``COLUMNS``."""
    return Console(highlight=False, emoji=False, markup=False, width=None if sys.stdout.isatty() else 100)


def line(out: Console, text: Text | str, indent: int = 0, style: str = "") -> None:
    """Print *text* indented; on a terminal it wraps under itself, piped it stays one line."""
    words = text if isinstance(text, Text) else Text(text, style=style)
    if out.is_terminal:
        out.print(Padding(words, (0, 0, 0, indent), expand=False))
    else:
        out.print(Text(" " * indent) + words, soft_wrap=True)


def heading(text: str) -> Text:
    """A line that opens a part."""
    return Text(text.upper(), style="bold")


def cited(reason: Reason) -> str:
    """A reason with what it cites; unread sources are marked."""
    mark = {"yes": "", "partly": " (partly verified)", "no": " (source not verified)"}[reason.verified]
    return f"{reason.text} [{', '.join(reason.cites)}]{mark}"
