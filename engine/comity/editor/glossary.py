"""The JSON Schema of glossary.yaml."""

from __future__ import annotations

from comity.editor import words
from comity.editor.words import Schema
from comity.law.glossary import KEYS
from comity.law.names import Names


def schema(names: Names) -> Schema:
    """The schema of the file that says what words mean."""
    told: dict[str, Schema] = {
        "says": {"markdownDescription": "What it means, in one or two sentences."} | words.TEXT,
        "cites": {
            "markdownDescription": "The law that defines it, where one does.",
            "type": "array",
            "items": {"$ref": "rule.schema.json#/$defs/citation"},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Glossary",
        "description": "What words mean.",
        "type": "object",
        "additionalProperties": {
            "title": "Word",
            "type": "object",
            "additionalProperties": False,
            "required": ["says"],
            "properties": {key: told[key] for key in KEYS},
        },
    }
