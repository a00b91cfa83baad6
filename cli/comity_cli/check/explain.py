"""``comity check --explain CODE``: the page of a code."""

from __future__ import annotations

import typer

from comity.law.pages import page
from comity_cli.render.console import console, paged


def run(code: str) -> int:
    """Show the page: laid out on a terminal, as it is written where it is piped.

    Raises:
        InputError: there is no such code.
    """
    text = page(code)
    out = console()
    if not out.is_terminal:
        typer.echo(text.rstrip("\n"))
        return 0
    from rich.markdown import Markdown

    with paged(out):
        out.print(Markdown(text, code_theme="ansi_dark"))
    return 0
