"""The JSON Schema of authorities.yaml."""

from __future__ import annotations

from comity.editor import words
from comity.editor.words import Schema
from comity.law import authority as model
from comity.law.names import Names


def schema(names: Names) -> Schema:
    """The schema of the file of authorities; that of an agency may add to an authority which is shipped."""
    verified = words.one_of(words.VERIFIED)
    article = {
        "title": "Article",
        "type": "object",
        "additionalProperties": False,
        "required": ["says"],
        "properties": {
            "says": {"markdownDescription": "What it gives or limits, in one sentence of our own."} | words.TEXT,
            "verified": {"markdownDescription": "How well that was checked."} | verified,
        },
    }
    told = {
        "title": "what people call it",
        "citation": "how it is cited: series, number, place, day",
        "kind": "what it is",
        "source": "where the text can be read",
        "as_of": "the day up to which the source is known to be current",
        "verified": "how well it was checked, where its articles do not say",
        "articles": "its articles by the names under which rules cite them",
        "note": "for colleagues; not shown in advice",
    }
    made: dict[str, Schema] = {
        "kind": words.one_of(dict.fromkeys(model.KINDS, "")),
        "as_of": {"anyOf": [{"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}, {"type": "integer"}]},
        "verified": verified,
        "articles": {"type": "object", "additionalProperties": article},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Authorities",
        "description": "What rules may cite, by id.",
        "type": "object",
        "additionalProperties": {
            "title": "Authority",
            "type": "object",
            "additionalProperties": False,
            "required": [] if names.beneath else ["title", "citation", "kind", "source"],
            "properties": {key: {"markdownDescription": told[key]} | made.get(key, words.TEXT) for key in model.KEYS},
        },
    }
