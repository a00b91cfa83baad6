"""The JSON Schemas of an agency's own choices: preferences/lead.yaml and preferences/routes.yaml."""

from __future__ import annotations

from comity.editor import words
from comity.editor.words import Schema
from comity.law.names import Names
from comity.law.terms import ChannelKind


def lead(names: Names) -> Schema:
    """The schema of the factors for the choice of the lead."""
    factor = {
        "title": "Factor",
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "title", "weight"],
        "properties": {
            "id": {"markdownDescription": "the word by which rules name it"} | words.TEXT,
            "title": {"markdownDescription": "what people call it"} | words.TEXT,
            "weight": {
                "markdownDescription": "not larger than the one before: the list runs from the weightiest down",
                "type": "integer",
                "minimum": 0,
            },
            "cites": {"type": "array", "items": {"$ref": "rule.schema.json#/$defs/citation"}},
        },
    }
    return _file("Factors for the lead", "factors", factor)


def routes(names: Names) -> Schema:
    """The schema of the order in which lawful routes are preferred."""
    return _file("Order of routes", "order", words.of_enum(ChannelKind))


def _file(title: str, key: str, item: Schema) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": [key],
        "properties": {key: {"type": "array", "minItems": 1, "items": item}},
    }
