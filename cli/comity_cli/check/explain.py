"""``comity check --explain CODE``: the page of a code; ``all`` lists the codes."""

from __future__ import annotations

import typer

from comity.law.pages import codes, page, title
from comity_cli.render.console import console, paged


def run(code: str) -> int:
    """Show the page: laid out on a terminal, as it is written where it is piped.

    Raises:
        InputError: there is no such code.
    """
    if code == "all":
        typer.echo("\n".join(f"{each}  {title(each)}" for each in codes()))
        return 0
    text = page(code)
    out = console()
    if not out.is_terminal:
        typer.echo(text.rstrip("\n"))
        return 0
    from rich.markdown import Markdown

    with paged(out):
        out.print(Markdown(text, code_theme="ansi_dark"))
    return 0
