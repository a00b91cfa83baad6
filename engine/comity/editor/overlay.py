"""The JSON Schema of changes.yaml: where an agency departs from the shipped rules, and why."""

from __future__ import annotations

from comity.editor import words
from comity.editor.words import Schema
from comity.law.names import Names
from comity.law.overlay import AUTHORITIES, KEYS


def schema(names: Names) -> Schema:
    """The schema of the changes that *names* of an agency's folder allow, or of those of an agency yet to come."""
    shipped = names.beneath or names.rules
    files = [
        *(f"tables/{name}" for name in sorted(names.tables.files)),
        "preferences/lead.yaml",
        "preferences/routes.yaml",
    ]
    targets = [*((rule.id, rule.title, rule.because) for rule in shipped.values()), *((f, "", "") for f in files)]
    disabled = words.known(targets, "comity ships no such rule or table.")
    replaced = words.known([*targets, (AUTHORITIES, "", "")], "comity ships no such rule, table or file.")
    told = {
        "disable": ("A shipped rule that does not apply here, or a table of which entries are left out.", disabled),
        "replace": ("A shipped rule, row, article or file in whose place our own stands.", replaced),
        "entries": (
            "The rows of a table by their first columns, or articles such as `budapest/32-b`.",
            {"type": "array", "minItems": 1, "items": {"type": ["string", "integer"]}},
        ),
        "reason": ("Why; the advice repeats it where it makes a difference.", {"type": "string", "minLength": 1}),
        "cites": ("What that rests on.", {"type": "array", "items": {"$ref": "rule.schema.json#/$defs/citation"}}),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Changes",
        "description": "Where an agency departs from the shipped rules, and why.",
        "type": ["array", "null"],
        "items": {
            "title": "Change",
            "type": "object",
            "additionalProperties": False,
            "required": ["reason"],
            "oneOf": [{"required": ["disable"]}, {"required": ["replace"]}],
            "properties": {key: {"markdownDescription": told[key][0]} | told[key][1] for key in KEYS},
        },
    }
