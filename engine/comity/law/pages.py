"""The page of each code: what is wrong, an example of it, how to mend it."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from comity.law.finding import Finding, InputError, Place, one_of


def pages_folder() -> Path:
    """The folder of the pages that come with the program."""
    packaged = Path(str(importlib.resources.files("comity"))) / "docs" / "checks"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "docs" / "checks"


def codes() -> list[str]:
    """Every code that has a page."""
    return sorted(path.stem for path in pages_folder().glob("[A-Z][0-9][0-9][0-9].md"))


def page(code: str) -> str:
    """The page of a code, in Markdown; small letters will do.

    Raises:
        InputError: there is no such code; the nearest is offered.
    """
    known = codes()
    if code.upper() not in known:
        hint = one_of(code.upper(), known) or "--explain all lists them"
        raise InputError([Finding(Place("--explain"), "Q005", f"there is no code '{code}'", hint)])
    return (pages_folder() / f"{code.upper()}.md").read_text(encoding="utf-8")


def title(code: str) -> str:
    """What a code means, in the words of its page's heading; the code itself where it has no page."""
    try:
        heading = (pages_folder() / f"{code}.md").read_text(encoding="utf-8").partition("\n")[0]
    except OSError:
        return code
    return heading.partition(": ")[2] or code
