"""``comity docs``: the rulebook as a site that can be read and searched without a network."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import typer

from comity.law.finding import Finding, InputError, Place
from comity.law.rulebook import Rulebook, shipped_folder
from comity.law.vocabulary import RELATIONS
from comity_cli import inputs
from comity_cli.guard import PROGRAM_FAULT
from comity_cli.render.progress import Progress
from comity_cli.site import authorities, building, instruments, rules, scenarios, states, words
from comity_cli.site.book import Book
from comity_cli.site.pages import Page

TITLE = "The rulebook of comity"


def run(out: Path, folder: Path | None, as_of: date | None) -> int:
    """Build the site of the rules in *folder* into *out*.

    Raises:
        InputError: the rulebook or a scenario is wrong, Sphinx is missing, or *out* is no site's folder.
    """
    building.check_installed()
    _check_place(out)
    begun = time.monotonic()
    rulebook = inputs.written(folder)
    with Progress() as progress:
        book = Book.of(rulebook, _scenario_folders(rulebook), as_of or date.today(), progress.told)
        try:
            count = building.build(pages(book), TITLE, out, progress.told)
        except building.SiteFault as fault:
            typer.echo(f"This is a fault of comity, please report it: the pages do not make a site.\n{fault}", err=True)
            return PROGRAM_FAULT
    typer.echo(f"{count} pages in {out}, made in {time.monotonic() - begun:.0f} s: open {out / 'index.html'}")
    return 0


def _check_place(out: Path) -> None:
    """Only a site that was built before is replaced."""
    if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or (out / "searchindex.js").exists())):
        hint = "name a new folder: comity docs --out DIR"
        raise InputError([Finding(Place(str(out)), "F001", "this is there already, and it is no site", hint)])


def _scenario_folders(rulebook: Rulebook) -> tuple[Path, ...]:
    """The folders of scenarios that stand beside the rules, or here."""
    beside = [folder.resolve().parent / "scenarios" for folder in rulebook.folders]
    here = [Path("scenarios").resolve()] if shipped_folder() in rulebook.folders else []
    return tuple(folder for folder in dict.fromkeys([*beside, *here]) if folder.is_dir())


def pages(book: Book) -> Iterator[Page]:
    """All pages of the site."""
    found = [page for part in (rules, instruments, states, authorities, scenarios, words) for page in part.pages(book)]
    yield from found
    yield Page("index", "index.md", _start(book, {page.name for page in found}))


def _start(book: Book, names: set[str]) -> dict[str, object]:
    rulebook = book.rulebook
    articles = [article for authority in rulebook.authorities.values() for article in authority.articles.values()]
    tables = rulebook.tables
    parts = [
        ("Rules", "/rules/index.md", len(rulebook.rules), "each with its text, its authority and the cases it decides"),
        ("Instruments", "/instruments/index.md", len(tables.instruments), "who is bound by which treaty since when"),
        ("States", "/states/index.md", len(states.known(book)), "what is known of the law of each"),
        ("Networks", "/networks.md", len(tables.network_names), "what carries information and no evidence"),
        ("Offences", "/offences.md", len(tables.offences), "who has to punish what, and under which name"),
        ("Authorities", "/authorities/index.md", len(rulebook.authorities), "what rules rest on, article by article"),
        ("Scenarios", "/scenarios/index.md", len(book.scenarios), "worked cases with the decision of the law"),
        ("Glossary", "/glossary.md", len(book.rulebook.glossary), "what words mean here"),
        ("Vocabulary", "/vocabulary/index.md", len(RELATIONS), "what rules are made of"),
    ]
    return {
        "title": TITLE,
        "as_of": book.as_of,
        "parts": [part for part in parts if part[2]],
        "articles": len(articles),
        "checked": Counter(article.verified for article in articles),
        "scenarios": bool(book.scenarios),
        "changes": "changes" in names,
        "properties": "properties" in names,
        "documents": [name for name in ("checks", "decisions") if f"{name}/index" in names],
    }
