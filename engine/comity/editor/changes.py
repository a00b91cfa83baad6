"""The JSON Schema of changes.yaml: where an agency departs from the shipped rules."""

from __future__ import annotations

from comity.editor import words
from comity.editor.words import Schema
from comity.law import overlay
from comity.law.names import Names


def schema(names: Names) -> Schema:
    """The schema of the list of changes; what may be changed are the rules and files of a rulebook."""
    rules = ((rule.id, rule.title, rule.because) for rule in names.rules.values())
    files = [*(f"tables/{name}" for name in names.tables.files), *overlay.PREFERENCES, overlay.AUTHORITIES]
    target = words.known([*rules, *((file, file, "") for file in sorted(files))], "There is no such rule or file.")
    told: dict[str, Schema] = {
        "disable": {"markdownDescription": "A shipped rule, or rows of a shipped table, that this agency switches off."}
        | target,
        "replace": {
            "markdownDescription": "A shipped rule or file whose place one of this folder takes, under its id or name."
        }
        | target,
        "entries": {
            "markdownDescription": "The rows that are meant, by their first columns, or the authorities, as cited.",
            "type": "array",
            "minItems": 1,
            "items": {"type": ["string", "integer"]},
        },
        "reason": {"markdownDescription": "Why. The advice repeats it wherever it makes a difference."} | words.TEXT,
        "cites": {
            "markdownDescription": "The authorities on which the change rests.",
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "rule.schema.json#/$defs/citation"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Changes",
        "description": "Where this agency departs from the rules that come with comity, and why.",
        "type": ["array", "null"],
        "items": {
            "title": "Change",
            "type": "object",
            "additionalProperties": False,
            "required": ["reason"],
            "oneOf": [{"required": ["disable"]}, {"required": ["replace"]}],
            "properties": {key: told[key] for key in overlay.KEYS},
        },
    }
