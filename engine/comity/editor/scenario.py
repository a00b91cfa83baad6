"""The JSON Schema of a scenario file: the case, and what is expected of the decision on it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable

from comity.editor import case, words
from comity.editor.expectation import DOCS, SHAPES
from comity.editor.words import Schema
from comity.law.names import Names
from comity.scenario.expectation import Expectation
from comity.scenario.reading import KEYS, MAY, VARIANT_KEYS, VARIANT_MAY


def schema(names: Names) -> Schema:
    """The schema of a scenario file."""
    definitions = case.definitions_of(names)
    whole = copy.deepcopy(Expectation.model_json_schema())
    parts = whole.pop("$defs") | {"Expectation": whole}
    for name, part in parts.items():
        _improve(name, part, names)
    instruments = {"enum": sorted(names.tables.instruments), "errorMessage": "There is no such instrument."}
    made = _keys(instruments)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": "A case with the decision that the law requires.",
        **_object("Scenario", KEYS, MAY, made),
        "$defs": definitions | parts | {"Variant": _object("Variant", VARIANT_KEYS, VARIANT_MAY, made)},
    }


def _object(title: str, needed: Iterable[str], allowed: Iterable[str], made: dict[str, Schema]) -> Schema:
    return {
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": list(needed),
        "properties": {key: made[key] for key in (*needed, *allowed)},
    }


def _keys(instruments: Schema) -> dict[str, Schema]:
    of: Callable[[str, Schema], Schema] = lambda doc, schema: {"markdownDescription": doc} | schema  # noqa: E731
    kinds = {
        "documented": "It happened: it stands in court files, reports or press releases.",
        "hypothetical": "The facts are invented, the law is real.",
    }
    supposed = {"type": "object", "propertyNames": instruments, "additionalProperties": words.DATE}
    return {
        "title": of("What is special here, in a few words.", words.TEXT),
        "source": of("Where anyone can look up the law, and the facts if they happened.", words.TEXT),
        "kind": of("Whether the facts happened.", words.one_of(kinds)),
        "as_of": of("The law of this day is applied.", words.DATE),
        "note": of("What is special here, in one or two sentences.", words.TEXT),
        "suppose": of("Instruments that are taken to be in force though they are not, each from a day.", supposed),
        "case": of("The facts, as in a case file.", {"$ref": "#/$defs/Case"}),
        "expect": of("What the law requires; what is left out is not judged.", {"$ref": "#/$defs/Expectation"}),
        "set": of("The facts that are otherwise, such as `data.mail.stored_in: IE`.", {"type": "object"}),
        "variants": of(
            "The same case with some facts changed, each with what is expected of it.",
            {"type": "array", "items": {"$ref": "#/$defs/Variant"}},
        ),
    }


def _improve(name: str, part: Schema, names: Names) -> None:
    """Give the fields of an expectation the words that they may hold."""
    part["title"] = name
    for field, of in part["properties"].items():
        for inner in words.inside(of):
            inner.pop("default", None)
            if inner.get("format") == "date":
                inner.clear()
                inner.update(words.DATE)
        choices = [choice for choice in of.pop("anyOf", ()) if choice != {"type": "null"}]
        of |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
        of["title"] = field
        told = DOCS.get((name, field)) or DOCS.get(("", field))
        if told:
            of["markdownDescription"] = told
        shape = SHAPES.get((name, field)) or SHAPES.get(("", field))
        if shape:
            shape(of, names)
