"""``comity fmt``: rule files in the one layout."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer

from comity.law import source
from comity.law.finding import Finding, InputError, Place
from comity.law.layout import is_rule_file, laid_out
from comity.law.mending import write
from comity_cli import stdin

DEFAULT: Final = Path("rules")


def run(paths: list[Path], check: bool, diff: bool) -> int:
    """Lay the files out; with *check* or *diff* nothing is written, and 1 says that something would be.

    Raises:
        InputError: files cannot be read or laid out, or there are none; all others are done nevertheless.
    """
    if [str(path) for path in paths] == ["-"]:
        typer.echo(laid_out(stdin.text(), stdin.NAME), nl=False)
        return 0
    if not paths and not DEFAULT.is_dir():
        hint = "name files or folders: comity fmt PATH"
        raise InputError([Finding(Place(str(DEFAULT)), "F001", "there is no folder of rules here", hint)])
    findings: list[Finding] = []
    changed = same = 0
    for path, named in _files(paths or [DEFAULT]):
        try:
            text = source.text_of(path)
            if not named and not is_rule_file(text, str(path)):
                continue
            after = laid_out(text, str(path))
        except InputError as error:
            findings += error.findings
            continue
        if path.read_bytes() == after.encode():
            same += 1
            continue
        changed += 1
        if diff:
            typer.echo("".join(_difference(path, text, after)), nl=False)
        if not check and not diff:
            write(path, after)
        typer.echo(f"{'would lay out' if check or diff else 'laid out'} {path}", err=diff)
    told = f"{changed} {'would change' if check or diff else 'changed'}, {same} as they should be"
    typer.echo(told, err=diff)
    if findings:
        raise InputError(findings)
    return 1 if changed and (check or diff) else 0


def _files(paths: list[Path]) -> Iterator[tuple[Path, bool]]:
    """The files, each with whether it was named itself; in folders files that hold no list are passed over."""
    for path in paths:
        if path.is_dir():
            yield from ((file, False) for file in sorted(path.rglob("*.yaml")))
        else:
            yield path, True


def _difference(path: Path, before: str, after: str) -> Iterator[str]:
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(*lines, f"{path}", f"{path} laid out"):
        yield line if line.endswith("\n") else f"{line}\n\\ no newline at the end\n"
