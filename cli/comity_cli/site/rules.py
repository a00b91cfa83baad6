"""A page for each file of rules, each rule with its text, its authority, its rivals, and the scenarios that show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from comity.decision.why import Citation, citations
from comity.law.rule import LawRule
from comity.law.rulebook import LAYERS
from comity.shown import Decided
from comity_cli.site.book import Book, introduction, written
from comity_cli.site.markup import Marked, ref, source_link
from comity_cli.site.pages import Page

LAYER_TITLES: Final = {
    "principles": "Principles",
    "jurisdiction": "Jurisdiction",
    "instruments": "Treaties, acts of the Union, and networks",
    "domestic": "The law of single states",
    "safeguards": "Grounds of refusal, conditions and assurances",
    "incoming": "We are asked",
    "prevention": "Prevention",
}
FEW: Final = 6
"""How many of the scenarios that show a rule are listed."""

TITLE_LIMIT: Final = 110


def pages(book: Book) -> Iterator[Page]:
    """The pages of the rules, and an index of each layer."""
    for layer in LAYERS:
        files = {name: rules for name, rules in book.rule_files.items() if rules[0].layer == layer}
        if not files:
            continue
        for name, rules in files.items():
            title, text = heading(name, introduction(rules))
            told = [_rule(rule, book) for rule in rules]
            yield Page(f"rules/{name}", "rules.md", {"title": title, "text": text, "rules": told})
        listed = [(name, len(rules)) for name, rules in files.items()]
        values = {"title": LAYER_TITLES.get(layer, layer), "files": listed, "layer": layer}
        yield Page(f"rules/{layer}/index", "layer.md", values)
    layers = [layer for layer in LAYERS if any(rules[0].layer == layer for rules in book.rule_files.values())]
    yield Page("rules/index", "rules-index.md", {"layers": layers})


def heading(name: str, introduced: str) -> tuple[str, str]:
    """The title of a file and what is said below it, both from its first comment."""
    for end in (": ", ". "):
        head, _, rest = introduced.partition(end)
        if introduced and len(head) <= TITLE_LIMIT:
            return head.rstrip("."), rest[:1].upper() + rest[1:]
    return Path(name).name.replace("-", " ").capitalize(), introduced


def _rule(rule: LawRule, book: Book) -> dict[str, Any]:
    references = book.references
    showing = book.showings.get(rule.id)
    return {
        "rule": rule,
        "place": f"{book.path(rule).as_posix()}, line {rule.place.line}",
        "marks": list(_marks(rule, book)),
        "text": Marked(written(rule.place)),
        "cites": [_cited(citation, book) for citation in citations(rule, book.rulebook)],
        "prevails": references.prevails.get(rule.id, ()),
        "yields": references.yields.get(rule.id, ()),
        "stands": _scenarios(book, showing.stands[:FEW] if showing else ()),
        "stands_count": len(showing.stands) if showing else 0,
        "gives_way": _scenarios(book, showing.yields[:FEW] if showing else ()),
        "fails": _failing(book, rule),
        "decided": len(book.scenarios),
    }


def _marks(rule: LawRule, book: Book) -> Iterator[str]:
    """What sets a rule apart from an ordinary one that is shipped and always in effect."""
    if rule.id in book.rulebook.own:
        replaces = book.rulebook.change_of(rule.id) is not None
        yield "the agency's own, in place of the shipped one" if replaces else "the agency's own"
    if rule.effective_from:
        yield f"from {rule.effective_from}"
    if rule.effective_until:
        yield f"until {rule.effective_until}"
    if rule.default:
        yield "default: gives way to every rule that says the opposite"
    if rule.kind.value == "strict":
        yield "strict: no other rule can defeat it"


def _cited(citation: Citation, book: Book) -> dict[str, Any]:
    authority = book.rulebook.authorities[citation.id.partition("/")[0]]
    title = f"{authority.title}, {citation.article}" if citation.article else authority.title
    return {
        "link": ref("authority", citation.id, title),
        "says": citation.says,
        "verified": citation.verified,
        "source": source_link(authority.source),
    }


def _scenarios(book: Book, found: tuple[Decided, ...]) -> list[Marked]:
    return [book.scenario_link(one) for one in found]


def _failing(book: Book, rule: LawRule) -> dict[str, Any] | None:
    showing = book.showings.get(rule.id)
    if showing is None or showing.fails is None:
        return None
    one, attempt = showing.fails
    return {"scenario": _scenarios(book, (one,))[0], "failures": attempt.failures}
