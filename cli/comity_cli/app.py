from typing import Annotated

import typer

from comity import __version__

app = typer.Typer(name="comity", no_args_is_help=True, add_completion=False)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"comity {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def comity(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Which state leads a cross-border cybercrime case, and how each item of data is lawfully obtained."""


def main() -> None:
    """Run the program; exits with 0 done, 1 a check failed, 2 wrong input or rules, 70 readings disagree."""
    app(prog_name="comity")
