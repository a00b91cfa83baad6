"""The terminal program: which commands there are, and what happens when one fails."""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity import __version__
from comity_cli.guard import Guarded

app = typer.Typer(
    name="comity",
    cls=Guarded,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Which state leads a cross-border cybercrime case, and how each item of data is lawfully obtained.",
    epilog="Exit codes: 0 done; 1 a check, scenario or proof failed; 2 wrong input or rules; 3 a fault of the program itself; "
    "70 the readings disagree; 130 interrupted.",
)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"'{text}' is no date: write year-month-day, such as 2026-08-18"
        raise typer.BadParameter(message) from None


CaseFile = Annotated[Path, typer.Argument(metavar="FILE", help="A case or scenario in YAML or JSON; - reads stdin.")]
AsOf = Annotated[
    date | None, typer.Option("--as-of", metavar="DATE", parser=_day, help="The day whose law is applied.")
]
Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="DIR", envvar="COMITY_RULES", help="Rules that replace or extend the shipped ones."
    ),
]
Suppose = Annotated[
    list[str] | None,
    typer.Option(
        "--suppose",
        metavar="INSTRUMENT=DATE",
        help="As if the treaty were in force from that day for all who signed it, such as uncc=2027-01-01; repeatable.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"comity {__version__}")
        raise typer.Exit


@app.callback()
def comity(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Which state leads a cross-border cybercrime case, and how each item of data is lawfully obtained."""


@app.command()
def decide(
    file: CaseFile, as_of: AsOf = None, json: Json = False, suppose: Suppose = None, rules: Rules = None
) -> None:
    """Advise on a case: who leads, and how to get the data."""
    from comity_cli import decide as command

    raise typer.Exit(command.run(file, as_of, rules, json, suppose or []))


@app.command()
def wizard(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Where the case is written.")] = None,
    as_of: AsOf = None,
    rules: Rules = None,
) -> None:
    """Ask for the facts of a case, and advise."""
    from comity_cli import wizard as command

    raise typer.Exit(command.run(file, rules, as_of))


@app.command()
def why(
    file: CaseFile,
    topic: Annotated[str, typer.Argument(help="Such as lead, claim.US, mail, mail.mla.IE, or the id of a rule.")],
    as_of: AsOf = None,
    suppose: Suppose = None,
    rules: Rules = None,
) -> None:
    """Show the proof of a conclusion."""
    from comity_cli import explain

    raise typer.Exit(explain.why(file, topic, as_of, rules, suppose or []))


@app.command(name="why-not")
def why_not(
    file: CaseFile,
    topic: Annotated[str, typer.Argument(help="Such as mail.production-order or claim.CN.")],
    as_of: AsOf = None,
    suppose: Suppose = None,
    rules: Rules = None,
) -> None:
    """Show what came nearest to a conclusion, and why it failed."""
    from comity_cli import explain

    raise typer.Exit(explain.why_not(file, topic, as_of, rules, suppose or []))


@app.command(name="what-if")
def what_if(
    file: CaseFile,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Such as data.mail.stored_in=IE; repeatable."),
    ] = None,
    unknowns: Annotated[bool, typer.Option("--unknowns", help="Which unknown facts would change the advice.")] = False,
    as_of: AsOf = None,
    suppose: Suppose = None,
    rules: Rules = None,
) -> None:
    """Show how the advice changes with the facts, or with a treaty that enters into force."""
    from comity_cli import whatif

    raise typer.Exit(whatif.run(file, set_ or [], unknowns, as_of, rules, suppose or []))


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder of rules; default: the shipped.")
    ] = None,
    stale: Annotated[
        int | None,
        typer.Option("--stale", metavar="DAYS", min=0, help="Also name what nobody has verified within so many days."),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about", metavar="NAME", help="With --stale: only of this state or instrument; may be repeated."
        ),
    ] = None,
) -> None:
    """Check rules and tables: exit code 2 where they are wrong, 1 where --stale finds something."""
    from comity_cli import check as command

    raise typer.Exit(command.run(folder, stale, about or []))


@app.command()
def test(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]", help="Scenario files or folders.")] = None,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write a JUnit report.")] = None,
    rules: Rules = None,
) -> None:
    """Run scenarios: cases with the decision they must get."""
    from comity_cli import scenarios

    raise typer.Exit(scenarios.run(paths or [], junit, rules))


@app.command()
def show(
    what: Annotated[
        str, typer.Argument(help="rule, state, instrument, channels, sources, offences, vocabulary or schema.")
    ],
    names: Annotated[list[str] | None, typer.Argument(help="Which one; for channels two states.")] = None,
    as_of: AsOf = None,
    rules: Rules = None,
) -> None:
    """Show a rule, a state, an instrument, channels, words."""
    from comity_cli import show as command

    raise typer.Exit(command.run(what, names or [], as_of, rules))


@app.command()
def prove(
    only: Annotated[
        list[str] | None, typer.Option("--property", metavar="ID", help="Only this one; repeatable.")
    ] = None,
    axioms: Annotated[
        bool, typer.Option("--axioms", help="Only say what proofs take for granted, and check it.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where cases that break a property are written.")
    ] = None,
    as_of: AsOf = None,
    rules: Rules = None,
) -> None:
    """Prove what holds of every possible case, or show a case that breaks it."""
    from comity_cli import prove as command

    raise typer.Exit(command.run(only or [], axioms, out, rules, as_of))


@app.command()
def selfcheck(
    cases: Annotated[int, typer.Option(min=1, help="How many random cases.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same cases.")] = 0,
    rules: Rules = None,
) -> None:
    """Compare the two readings of the rules on random cases."""
    from comity_cli import selfcheck as command

    raise typer.Exit(command.run(cases, seed, rules))


def main() -> None:
    """Run the program; :mod:`comity_cli.guard` says with which code it exits."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app(prog_name="comity")
