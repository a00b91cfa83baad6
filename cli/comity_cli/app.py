"""The terminal program: which commands there are, and what happens when one fails."""

from __future__ import annotations

import gc
import io
import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from comity import __version__
from comity_cli.guard import Guarded

NEW_OBJECTS: Final = 100_000
"""After how many new objects Python looks for garbage in circles: hardly any is made, and models are large."""

app = typer.Typer(
    name="comity",
    cls=Guarded,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Which state leads a cross-border cybercrime case, and how each item of data is lawfully obtained.",
    epilog="Exit codes: 0 done; 1 a check, scenario or proof failed; 2 wrong input or rules; "
    "3 a fault of the program itself; 70 the readings disagree; 130 interrupted.",
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


class Form(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


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
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 where there are warnings.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show notes too.")] = False,
    form: Annotated[Form, typer.Option("--format", help="How findings are written.")] = Form.TEXT,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, and say what was done.")] = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", help="Show the page of a code, such as V003; all lists them."),
    ] = None,
) -> None:
    """Check rules and tables: exit code 2 where they are wrong, 1 where --strict or --stale finds something."""
    if explain is not None:
        from comity_cli.check import explain as page

        raise typer.Exit(page.run(explain))
    from comity_cli import check as command

    raise typer.Exit(command.run(folder, stale, about or [], strict, every, form, fix))


@app.command()
def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATHS]", help="Rule files or folders; - reads stdin.")
    ] = None,
    check_only: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit code 1 where a file would change.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Change nothing; show what would change.")] = False,
) -> None:
    """Lay rule files out in the one way, with their comments."""
    from comity_cli import fmt as command

    raise typer.Exit(command.run(paths or [], check_only, diff))


@app.command()
def test(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]", help="Scenario files or folders.")] = None,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write a JUnit report.")] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Decide those too that passed before and that no change since touches.")
    ] = False,
    rules: Rules = None,
) -> None:
    """Run scenarios: cases with the decision they must get."""
    from comity_cli import scenarios

    raise typer.Exit(scenarios.run(paths or [], junit, fresh, rules))


ScenarioPaths = Annotated[
    list[Path] | None,
    typer.Option("--scenarios", metavar="PATH", help="Scenario files or folders; default: scenarios."),
]


@app.command()
def coverage(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]", help="Rule files or folders.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="DIR", help="Write the rule files annotated.")] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="List everything that no scenario exercises.")] = False,
    scenarios: ScenarioPaths = None,
    json: Json = False,
    rules: Rules = None,
) -> None:
    """Show which rules, conditions and exceptions the scenarios exercise."""
    from comity_cli.audit import coverage as command

    raise typer.Exit(command.run(paths or [], html, gaps, scenarios or [], json, rules))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A folder, a git revision, REVISION:FOLDER, or shipped.")],
    new: Annotated[str, typer.Argument(metavar="[NEW]", help="The same; default: the folder rules.")] = "rules",
    cases: Annotated[
        list[Path] | None, typer.Option("--cases", metavar="PATH", help="Cases, folders, or JSON Lines; repeatable.")
    ] = None,
    scenarios: Annotated[
        Path | None, typer.Option("--scenarios", metavar="DIR", help="Default: the folder scenarios, if there is one.")
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Show what a change of rules means: exit code 1 if anything."""
    from comity_cli import diff as command

    raise typer.Exit(command.run(old, new, cases or [], scenarios, as_of, json))


@app.command()
def triage(
    caseload: Annotated[
        Path, typer.Argument(metavar="INPUT", help="Parquet, JSON Lines, a folder of them, or one of CSV tables.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that the decisions are written to.")],
    as_of: AsOf = None,
    processes: Annotated[
        int | None, typer.Option("--processes", metavar="N", min=1, help="Default: one for each processor.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew: remove what an earlier run wrote.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write what it comes to as a page of HTML.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="DIR", help="Say what has changed since an earlier run.")
    ] = None,
    spark: Annotated[
        str | None,
        typer.Option("--spark", metavar="MASTER", help="Work on a Spark cluster, such as spark://host:7077."),
    ] = None,
    suppose: Suppose = None,
    json: Json = False,
    rules: Rules = None,
) -> None:
    """Decide a whole caseload: exit code 1 where a row is no case."""
    from comity_cli import triage as command

    raise typer.Exit(
        command.run(caseload, out, as_of, processes, fresh, report, against, spark, json, rules, suppose or [])
    )


@app.command()
def mutate(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]", help="Rule files or folders.")] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="ID", help="Only this rule of them; repeatable.")
    ] = None,
    scenarios: ScenarioPaths = None,
    sample: Annotated[
        int | None, typer.Option("--sample", metavar="N", min=1, help="Try so many only, drawn at random.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same sample.")] = 0,
    at_least: Annotated[
        float | None,
        typer.Option("--at-least", metavar="PERCENT", min=0, max=100, help="Exit code 1 where fewer are noticed."),
    ] = None,
    proofs: Annotated[
        bool, typer.Option("--proofs/--no-proofs", help="Look for proofs that unnoticed faults make no difference.")
    ] = True,
    cases: Annotated[
        Path | None,
        typer.Option("--cases", metavar="DIR", help="Write case files in which unnoticed faults would show."),
    ] = None,
    json: Json = False,
    rules: Rules = None,
) -> None:
    """Change the rules a little, and show what no scenario notices."""
    from comity_cli.audit import mutate as command

    raise typer.Exit(
        command.run(paths or [], rule or [], scenarios or [], sample, seed, at_least, proofs, cases, json, rules)
    )


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
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one to be completed.")]) -> None:
    """Begin a folder of rules of an agency's own."""
    from comity_cli import init as command

    raise typer.Exit(command.run(folder))


@app.command()
def docs(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to.")] = Path("comity-site"),
    as_of: AsOf = None,
    rules: Rules = None,
) -> None:
    """Write the rulebook as a site to read and search offline."""
    from comity_cli import site as command

    raise typer.Exit(command.run(out, rules, as_of))


@app.command()
def editor(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The folder that is opened in the editor; default: this one.")
    ] = Path(),
    rules: Rules = None,
) -> None:
    """Set up a folder so that editors complete and check its files."""
    from comity_cli import editor as command

    raise typer.Exit(command.run(folder, rules))


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
    """Compare the three readings of the rules on random cases."""
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
    gc.set_threshold(NEW_OBJECTS)
    try:
        app(prog_name="comity")
    finally:
        gc.freeze()  # what is left goes with the process: it is not looked through once more
