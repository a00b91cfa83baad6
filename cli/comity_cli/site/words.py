"""The words: the vocabulary of rules, the categories of offences, the glossary, and the documents of the project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from comity.law.pages import codes, page, pages_folder
from comity.law.property import read_properties
from comity.law.rulebook import shipped_folder
from comity.law.tables import Row
from comity.law.terms import Term
from comity.law.vocabulary import COMPARISONS, RELATIONS, Field, Origin, Relation
from comity_cli.site.book import Book, written
from comity_cli.site.instruments import state_link
from comity_cli.site.markup import Marked, joined, ref
from comity_cli.site.pages import Page

ORIGINS: Final = {
    Origin.CASE: ("case", "Facts of the case"),
    Origin.TABLE: ("tables", "Facts of the tables"),
    Origin.COUNTERPART: ("counterpart", "What holds for the state that asks"),
    Origin.RULES: ("conclusions", "Conclusions of rules"),
}
FEW: Final = 12
"""How many rules are listed before they are folded away."""


def pages(book: Book) -> Iterator[Page]:
    """The pages of words."""
    for origin, (name, title) in ORIGINS.items():
        found = [_relation(relation, book) for relation in RELATIONS.values() if relation.origin is origin]
        yield Page(f"vocabulary/{name}", "relations.md", {"title": title, "relations": found, "few": FEW})
    comparisons = [(word, meaning) for word, (_, meaning) in COMPARISONS.items()]
    names = [name for name, _ in ORIGINS.values()]
    yield Page("vocabulary/index", "vocabulary.md", {"names": names, "comparisons": comparisons})
    offences = [_offence(row, book) for row in book.rulebook.tables.offences.values()]
    yield Page("offences", "offences.md", {"offences": offences})
    entries = [(entry, [_cited(cited, book) for cited, _ in entry.citations]) for entry in book.rulebook.glossary]
    of_states = [one for one in entries if one[0].word in book.rulebook.tables.attributes]
    others = [one for one in entries if one not in of_states]
    yield Page("glossary", "glossary.md", {"words": others, "facts": of_states})
    properties, _ = read_properties(book.rulebook)
    if properties:
        claimed = [
            (one, Marked(written(one.place)), [_cited(cited, book) for cited in one.cites]) for one in properties
        ]
        yield Page("properties", "properties.md", {"properties": claimed})
    if book.rulebook.changes:
        changes = [(change, [_cited(cited, book) for cited in change.cites]) for change in book.rulebook.changes]
        yield Page("changes", "changes.md", {"changes": changes, "rules": book.rulebook.by_id})
    yield from _documents()


def _relation(relation: Relation, book: Book) -> dict[str, Any]:
    return {
        "relation": relation,
        "fields": [(field, _holds(field)) for field in relation.fields],
        "terms": [(field, _holds(field)) for field in relation.terms],
        "asking": book.references.asking.get(relation.name, ()),
        "concluding": book.references.concluding.get(relation.name, ()),
    }


def _holds(field: Field) -> Marked:
    """What a field may hold, in words."""
    if isinstance(field.type, str):
        words = field.type.replace("-", " ")
    else:
        words = ", ".join(str(word.value) for word in field.type if isinstance(word, Term))
    also = ", or unknown" if field.may_be_unknown and "unknown" not in words else ""
    return joined([f"{words}{also}"])


def _offence(row: Row, book: Book) -> dict[str, Any]:
    tables = book.rulebook.tables
    treaties = [
        (
            ref(
                "instrument",
                column.removesuffix("_article"),
                tables.instruments[column.removesuffix("_article")]["title"],
            ),
            articles,
        )
        for column, articles in row.values.items()
        if column.endswith("_article") and articles and column.removesuffix("_article") in tables.instruments
    ]
    return {
        "row": row,
        "treaties": [(link, ", ".join(part.strip() for part in articles.split(";"))) for link, articles in treaties],
        "also": [
            (ref("offence", other["as"], tables.offences[other["as"]]["title"]), other)
            for other in tables.qualifications
            if other["category"] == row["offence"]
        ],
        "statutes": [
            (state_link(statute["state"]), statute)
            for statute in tables.statutes
            if statute["category"] == row["offence"]
        ],
        "rules": book.references.naming.get(("offence", row["offence"]), ()),
    }


def _cited(cited: str, book: Book) -> Marked:
    id_, _, article = cited.partition("/")
    authority = book.rulebook.authorities[id_]
    return ref("authority", cited, f"{authority.title}, {article}" if article else authority.title)


def _documents() -> Iterator[Page]:
    """The pages on what checks find, and, in a checkout, the records of decisions."""
    checks = pages_folder()
    for code in codes():
        yield Page(f"checks/{code}", "document.md", {"text": Marked(page(code))})
    contents = Marked((checks / "README.md").read_text(encoding="utf-8"))
    yield Page("checks/index", "documents.md", {"text": contents, "names": codes(), "is_hidden": True})
    records = sorted((shipped_folder().parent / "docs" / "decisions").glob("*.md"))
    for path in records:
        yield Page(f"decisions/{path.stem}", "document.md", {"text": Marked(path.read_text(encoding="utf-8"))})
    if records:
        names = [path.stem for path in records]
        text = Marked("# Why things are as they are")
        yield Page("decisions/index", "documents.md", {"text": text, "names": names, "is_hidden": False})
