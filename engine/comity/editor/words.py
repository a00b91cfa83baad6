"""Closed lists as JSON Schema: what may stand somewhere, and what an editor says of it.

A list that fits on a screen is an ``enum``, of which an editor shows every value when it is asked about one. A long
list is made of single values with a title each, so that only the one that is meant is shown; its first alternative,
which nothing fits, carries the message for everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from comity.law.authority import Authority
from comity.law.names import Names
from comity.law.state import titles
from comity.law.terms import UNKNOWN, Term

Schema = dict[str, Any]

VARIABLE: Final = r"^\$[a-z][a-z0-9_]*$"
DAY: Final = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
DATE: Final[Schema] = {
    "type": "string",
    "pattern": DAY,
    "patternErrorMessage": "This is no date: write year-month-day, such as 2026-08-18.",
}
TEXT: Final[Schema] = {"type": "string"}

NO_STATE: Final = "This is no state: two capital letters of ISO 3166, such as IE."

VERIFIED: Final = {
    "yes": "The text was read.",
    "partly": "A summary, a translation or another source confirms it; the text was not read.",
    "no": "Nobody has read the text yet: it has to be read before anyone relies on it.",
}


def one_of(words: Mapping[str, str], message: str = "") -> Schema:
    """A short list: words with their explanations."""
    schema: Schema = {"enum": list(words)}
    if any(words.values()):
        schema["markdownEnumDescriptions"] = list(words.values())
    if message:
        schema["errorMessage"] = message
    return schema


def of_enum(type_: type[StrEnum]) -> Schema:
    """The words of an enumeration."""
    return one_of({str(m.value): m.explanation if isinstance(m, Term) else "" for m in type_})


def known(values: Iterable[tuple[str, str, str]], message: str = "") -> Schema:
    """A long list: values with title and description, and the *message* for everything else."""
    # Twice, because about a value that is wrong an editor tells of all alternatives if no two of them are alike.
    found: list[Schema] = [never(message), never(message)] if message else []
    for value, title, description in values:
        entry = {"const": value, "title": title or value}
        found.append(entry | {"markdownDescription": description} if description else entry)
    return {"anyOf": found}


def phrases(values: Iterable[tuple[str, str, str]], message: str) -> Schema:
    """A long list whose values may each go on with further words."""
    listed = [(value, title, description) for value, title, description in values]
    begun = rf"^({'|'.join(value for value, _, _ in listed)})( \S+)+$"
    return {"anyOf": [*known(listed, message)["anyOf"], {"type": "string", "pattern": begun}]}


def never(message: str) -> Schema:
    """What nothing fits, with the message for everything that fits none of the alternatives to it."""
    return {"description": message, "type": "string", "pattern": "(?!)", "errorMessage": message}


def states() -> Schema:
    """All states by their codes, which are found by their names as well.

    The codes are only compared where something looks like one: most fields that hold a state hold a variable, and an
    editor tries every alternative.
    """
    named = sorted(titles().items())
    return {
        "title": "State",
        "description": "a state by its ISO 3166 code",
        "type": "string",
        "errorMessage": NO_STATE,
        "if": {"pattern": "^[A-Z]{2}$"},
        "then": known(((code, "", title) for code, title in named), NO_STATE),
        "else": {"pattern": "(?!)", "errorMessage": NO_STATE},
        "defaultSnippets": [{"label": f"{code} {title}", "body": code} for code, title in named],
    }


def state_keys() -> Schema:
    """The codes of states as keys."""
    return {"enum": sorted(titles()), "errorMessage": NO_STATE}


def unknown() -> Schema:
    """The word for what nobody knows yet."""
    return {
        "const": UNKNOWN,
        "title": UNKNOWN,
        "markdownDescription": "Nobody knows yet; never read as *no* or *here*.",
    }


def offences(names: Names) -> list[tuple[str, str, str]]:
    """The categories of offences."""
    return [(row["offence"], row["title"], row["note"]) for row in names.tables.offences.values()]


def instruments(names: Names) -> list[tuple[str, str, str]]:
    """The treaties, regulations and agreements of the tables."""
    return [
        (
            row["id"],
            row["title"],
            f"{row['citation']}; {'in force since ' + row['in_force'] if row['in_force'] else 'not in force'}",
        )
        for row in names.tables.instruments.values()
    ]


def rules(names: Names) -> list[tuple[str, str, str]]:
    """The rules by id, with the reason that an officer reads."""
    return [(rule.id, rule.title, rule.because) for rule in names.rules.values()]


def citations(names: Names) -> list[tuple[str, str, str]]:
    """What rules may cite: each authority, and each of its articles with what it says."""
    return [entry for authority in names.authorities.values() for entry in _citations(authority)]


def _citations(authority: Authority) -> Iterable[tuple[str, str, str]]:
    yield authority.id, authority.title, f"{authority.citation}\n\n{VERIFIED.get(authority.verified, '')}"
    for article, text in authority.articles.items():
        told = f"{text.says}\n\n{VERIFIED.get(text.verified, '')}"
        yield f"{authority.id}/{article}", f"{authority.title}, {article}", told


def inside(schema: Schema) -> Iterator[Schema]:
    """Every schema inside one, itself included; definitions are left out."""
    yield schema
    for name in ("properties", "patternProperties"):
        for inner in list(schema.get(name, {}).values()):
            yield from inside(inner)
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            yield from inside(schema[name])
    for inner in list(schema.get("anyOf", ())):
        yield from inside(inner)
