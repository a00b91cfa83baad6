"""The page that commands write on: plain when piped, without colour when asked, readable on narrow terminals."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from comity.decision.model import Reason
from comity.law.finding import Place
from comity_cli.guard import READER_GONE

PLAIN_WIDTH = 100
"""The columns of tables where the output is no terminal and ``COLUMNS`` is not set."""


class Page(Console):
    """A console whose reader may leave early, as ``head`` does: the program then ends quietly."""

    def on_broken_pipe(self) -> None:
        """End with the code of a program that was stopped by the closing of its pipe."""
        try:
            super().on_broken_pipe()
        except SystemExit:
            raise SystemExit(READER_GONE) from None


def console() -> Console:
    """A console on the standard output; rich itself respects ``NO_COLOR``, ``COLUMNS`` and ``TERM``."""
    plain = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Page(highlight=False, emoji=False, markup=False, width=PLAIN_WIDTH if plain else None)


@contextmanager
def paged(out: Console) -> Iterator[None]:
    """Show what is printed inside from its beginning: through a pager if it is longer than the terminal is high.

    ``PAGER=cat`` turns that off.
    """
    interactive = out.is_terminal and sys.stdin.isatty() and os.environ.get("TERM") not in ("dumb", "unknown", "")
    if not interactive or os.environ.get("PAGER") in ("", "cat"):
        yield
        return
    import pydoc

    with out.capture() as capture:
        yield
    text = capture.get()
    if text.count("\n") < out.height:
        sys.stdout.write(text)
        return
    # As git does: leave at once where one screen is enough, keep colours, and leave the text on the screen.
    os.environ.setdefault("LESS", "FRX")
    pydoc.pager(text)


def line(out: Console, text: Text | str, indent: int = 0, style: str = "", hang: int = 0) -> None:
    """Print *text* indented, further lines by *hang* more; on a terminal it wraps, piped it stays one line."""
    words = (
        Text(clean(text.plain), spans=text.spans, style=text.style)
        if isinstance(text, Text)
        else Text(clean(text), style=style)
    )
    if not out.is_terminal:
        out.print(Text(" " * indent) + words, soft_wrap=True)
        return
    first, *rest = words.wrap(out, max(16, out.width - indent - hang)) or [words]
    out.print(Padding(first, (0, 0, 0, indent), expand=False))
    for more in rest:
        out.print(Padding(more, (0, 0, 0, indent + hang), expand=False))


def clean(text: str) -> str:
    """*text* without what could steer a terminal."""
    return "".join(c if c == "\t" or unicodedata.category(c)[0] != "C" else "?" for c in text)


def heading(text: str) -> Text:
    """A line that opens a part."""
    return Text(text.upper(), style="bold")


def sentence(text: str) -> str:
    """*text* with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


def cited(reason: Reason) -> str:
    """A reason with what it cites; unread sources are marked."""
    return f"{reason.text} [{', '.join(reason.cites)}]{unverified(reason.verified)}"


def unverified(word: str) -> str:
    """The mark of a source that nobody has checked in full."""
    return {"yes": "", "partly": " (partly verified)"}.get(word, " (not verified)")


def place(spot: Place) -> str:
    """A place in a file, as short as it can be said from here."""
    try:
        file = str(Path(spot.file).relative_to(Path.cwd()))
    except ValueError:
        file = spot.file
    return f"{file}:{spot.line}" if spot.line else file
