"""A page for each scenario: the facts, what the law requires, and what comity makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from comity.decision.model import Decision
from comity.law.rule import LawRule
from comity.shown import Decided
from comity_cli.render.console import sentence
from comity_cli.site.book import Book
from comity_cli.site.markup import Marked
from comity_cli.site.pages import Page

COMMON: Final = 0.3
"""The share of scenarios beyond which a rule that decides in them is nothing special."""

KINDS: Final = {"documented": "it happened", "hypothetical": "invented facts, real law"}


def pages(book: Book) -> Iterator[Page]:
    """The pages of the scenarios, an index of each folder, and one of all."""
    files: dict[str, list[Decided]] = {}
    for one in book.scenarios:
        files.setdefault(book.scenario_name(one), []).append(one)
    folders: dict[str, list[Decided]] = {}
    for name, (whole, *variants) in files.items():
        folders.setdefault(name.split("/")[0], []).append(whole)
        yield Page(f"scenarios/{name}", "scenario.md", _values(whole, variants, book))
    for folder, found in folders.items():
        listed = [(book.scenario_name(one).split("/")[1], one.scenario) for one in found]
        yield Page(f"scenarios/{folder}/index", "scenario-folder.md", {"title": folder.capitalize(), "listed": listed})
    if folders:
        counts = {folder: len(found) for folder, found in folders.items()}
        yield Page("scenarios/index", "scenarios.md", {"folders": counts, "count": len(files)})


def _values(one: Decided, variants: list[Decided], book: Book) -> dict[str, Any]:
    return {
        "name": book.scenario_name(one),
        "scenario": one.scenario,
        "kind": KINDS[one.scenario.kind],
        "note": _note(one.scenario.path),
        "text": Marked(_facts(one.scenario.path)),
        "advice": _told(one),
        "variants": [(each.scenario.title, each.scenario.as_of, _told(each)) for each in variants],
        "supposed": dict(one.scenario.suppose),
        "stands": _special(one.stands, book),
        "gives_way": _special(one.yields, book),
    }


def _told(one: Decided) -> list[str]:
    return [sentence(line) for line in _advice(one.opinion.decision)]


def _special(names: frozenset[str], book: Book) -> list[LawRule]:
    """The rules of those names, without what decides in most cases."""
    most = len(book.scenarios) * COMMON
    return [rule for rule in book.rulebook.rules if rule.id in names and len(book.showings[rule.id].stands) <= most]


def _advice(decision: Decision) -> Iterator[str]:
    """The advice in a few sentences: who leads, what is done about each item, what must not be done."""
    yield decision.lead.text
    for reply in decision.replies:
        yield f"{reply.item}: {reply.reply or 'undecided'}"
    for item in (*decision.data, *decision.assets, *decision.persons):
        if item.recommended is not None:
            yield item.recommended.steps[-1].action
        yield from (prohibition.text for prohibition in item.must_not)


def _note(path: Path) -> str:
    """What the file says of itself."""
    from comity.law import source

    node = source.plain(source.read(path))
    return str(node.get("note") or "") if isinstance(node, dict) else ""


def _facts(path: Path) -> str:
    """The file from the case on: what stands above it is told in other words."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith("case:")), 0)
    return "\n".join(lines[start:]).rstrip()
