"""The JSON Schema of a file of properties: what is claimed of every possible case, in the patterns of rules."""

from __future__ import annotations

from typing import Final

from comity.editor import rule, words
from comity.editor.words import Schema
from comity.law.names import Names
from comity.law.property import EVERY_RULE, KEYS, LISTS, UNLESS_KEYS
from comity.law.vocabulary import RELATIONS, Origin

_OF_RULES: Final = ("rule", "conclusion", "then.")
"""Definitions of a rule that no condition needs."""


def schema(names: Names) -> Schema:
    """The schema of a file of properties.

    It repeats the definitions of conditions, for the language server searches without end where one schema refers to
    another that refers to itself.
    """
    shared = {name: of for name, of in rule.definitions(names).items() if not name.startswith(_OF_RULES)}
    conditions = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}}
    cites = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/citation"}}
    every = {"const": EVERY_RULE, "title": EVERY_RULE}
    told = {
        "id": ("Lower-case words and numbers, joined by hyphens.", {"type": "string", "pattern": rule.ID}),
        "title": ("What is claimed, in a few words.", words.TEXT),
        "cites": ("The authorities that require it.", cites),
        "never": ("No possible case meets all of these.", conditions),
        "unless": ("What excuses a case that does.", {"type": "array", "items": {"$ref": "#/$defs/alternative"}}),
        "possible": ("Some possible case meets all of these.", {"anyOf": [conditions, every]}),
        "tables_never": ("No rows of the tables meet all of these.", conditions),
        "because": ("What is wrong with a case against it; `{name}` stands for the value of `$name`.", words.TEXT),
        "note": ("For colleagues.", words.TEXT),
        "when": ("All of these are met.", conditions),
    }
    made = {key: {"markdownDescription": doc} | of for key, (doc, of) in told.items()}
    claims = [{"required": [key]} for key in ("never", "possible", "tables_never")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Properties",
        "description": "What `comity prove` is to prove of every possible case.",
        "type": "array",
        "items": {"$ref": "#/$defs/property"},
        "$defs": shared
        | {
            "property": _object("Property", KEYS, ("id", "title", "cites", "because"), made) | {"oneOf": claims},
            "alternative": _object("Alternative", UNLESS_KEYS, ("title", "cites", "when"), made),
            "condition": rule.condition(_own()),
        },
    }


def _object(title: str, keys: tuple[str, ...], needed: tuple[str, ...], made: dict[str, Schema]) -> Schema:
    return {
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": list(needed),
        "properties": {key: made[key] for key in keys},
    }


def _own() -> dict[str, Schema]:
    """The two conditions that only properties have."""
    concluded = [name for name, relation in RELATIONS.items() if relation.origin is Origin.RULES]
    unspoken = {name: {"$ref": f"#/$defs/when.{name}"} for name in concluded}
    return {
        "word": {
            "markdownDescription": "Goes through a closed list.",
            "type": "object",
            "additionalProperties": False,
            "required": ["is", "of"],
            "properties": {"is": words.TEXT, "of": {"enum": sorted(LISTS)}},
        },
        "unspoken": {
            "markdownDescription": "No rule speaks for it or against it.",
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
            "properties": unspoken,
        },
    }
