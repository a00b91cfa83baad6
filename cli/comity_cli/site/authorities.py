"""A page for each authority: what its articles say, how well that was checked, and the rules that rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comity.law.authority import KINDS, Authority
from comity_cli.site.book import Book
from comity_cli.site.pages import Page

KIND_TITLES: Final = {
    "treaty": "Treaties",
    "regulation": "Acts of the Union",
    "statute": "Statutes",
    "agreement": "Agreements",
    "guideline": "Guidelines and model laws",
    "case": "Decisions of courts",
    "report": "Reports and practice",
    "initiative": "Initiatives",
}


def pages(book: Book) -> Iterator[Page]:
    """The pages of the authorities, and their index by kind."""
    for authority in book.rulebook.authorities.values():
        yield Page(f"authorities/{authority.id}", "authority.md", _values(authority, book))
    kinds = [
        (KIND_TITLES.get(kind, kind), found)
        for kind in KINDS
        if (found := [a for a in book.rulebook.authorities.values() if a.kind == kind])
    ]
    yield Page("authorities/index", "authorities.md", {"kinds": kinds, "citing": book.references.citing_authority})


def _values(authority: Authority, book: Book) -> dict[str, object]:
    citing = book.references.citing
    articles = [(name, text, citing.get(f"{authority.id}/{name}", ())) for name, text in authority.articles.items()]
    return {
        "authority": authority,
        "kind": KIND_TITLES.get(authority.kind, authority.kind),
        "articles": articles,
        "whole": citing.get(authority.id, ()),
        "age": _age(authority, book),
        "instrument": authority.id if authority.id in book.rulebook.tables.instruments else "",
    }


def _age(authority: Authority, book: Book) -> str:
    return f"current as of {authority.as_of}" if authority.as_of else "of no known day"
