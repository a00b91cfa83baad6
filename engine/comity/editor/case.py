"""The JSON Schema of a case file: the model of a case with the lists of the tables and the words that explain them."""

from __future__ import annotations

import copy
import inspect
from typing import Final

from comity.editor import words
from comity.editor.words import Schema
from comity.law import case as model
from comity.law import terms
from comity.law.names import Names
from comity.law.vocabulary import RELATIONS

_RELATION_OF: Final = {
    "Case": "case",
    "Offence": "offence",
    "Person": "person",
    "System": "system",
    "Custodian": "custodian",
    "Data": "data",
    "Asset": "asset",
    "Proceedings": "proceedings",
    "Request": "request",
}
"""The relation whose fields say what the fields of a part of the case are."""

_OF_OTHER_RELATIONS: Final = {
    ("Offence", "conduct_in"): "conduct",
    ("Offence", "effects_in"): "effect",
    ("Offence", "flag_states"): "flag",
    ("Offence", "max_penalty_years"): "penalty",
    ("Offence", "punishable_in"): "punishable",
    ("Person", "nationality"): "nationality",
    ("Custodian", "establishments"): "established",
    ("Custodian", "offers_services_in"): "offers_services",
    ("Data", "account_of"): "account_of",
    ("Request", "items"): "request_item",
}
"""Fields that become rows of a relation of their own."""

_OWN: Final = {
    ("Case", "case"): "the id of the case",
    ("Case", "title"): "what people call it",
    ("Case", "as_of"): "the day whose law is applied; without it, today's",
    ("Custodian", "name"): "what people call it",
    ("Data", "description"): "what it is, for people",
    ("Data", "expires_on"): "the day on which it is deleted",
    ("Asset", "description"): "what it is, for people",
    ("Step", "kind"): "the kind of channel",
    ("Step", "item"): "a data item, an asset or a person of the case",
    ("Step", "state"): "the state that was asked",
    ("Step", "on"): "the day on which it was taken",
    ("Request", "stage"): "how far the proceedings of the state that asks have come",
    ("Request", "contains"): "what it states",
    ("Request", "lacks"): "what somebody has looked for and not found",
    ("Request", "received_on"): "the day on which it was received",
}
"""What no relation says of a field."""

_UNKNOWN: Final = {"$ref": "#/$defs/Unknown"}
_CODE: Final = "^[A-Z]{2}$"
_STATE: Final = {"$ref": "#/$defs/State"}


def schema(names: Names) -> Schema:
    """The schema of a case file."""
    definitions = definitions_of(names)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **definitions.pop("Case"), "$defs": definitions}


def definitions_of(names: Names) -> dict[str, Schema]:
    """The definitions of a case, its parts, and the lists that they use, by name; the whole case is ``Case``."""
    whole = copy.deepcopy(model.Case.model_json_schema())
    found: dict[str, Schema] = whole.pop("$defs")
    found["Case"] = whole
    for name, part in found.items():
        if name in _RELATION_OF or name == "Step":
            _describe(name, part)
        else:
            found[name] = _listed(name)
    found["State"], found["StateKey"] = words.states(), words.state_keys()
    offences = words.known(words.offences(names), "tables/offences.csv has no such category of offence.")
    instruments = words.known(words.instruments(names), "tables/instruments.csv has no such instrument.")
    found["Offence"]["properties"]["category"] |= offences
    named = found["Request"]["properties"]["instrument"]
    named["anyOf"] = [*instruments["anyOf"], _UNKNOWN]
    return found


def _listed(name: str) -> Schema:
    if name == "Unknown":
        return words.unknown()
    return words.of_enum(getattr(terms, name))


def _describe(name: str, part: Schema) -> None:
    """Say what each field is, and give states and days the schemas that an editor has words for."""
    part["title"] = name
    part["description"] = (inspect.getdoc(getattr(model, name)) or "").split("\n")[0].split(";")[0]
    for field, of in part["properties"].items():
        told = _doc(name, field)
        _improve(of)
        of["title"] = f"{name.lower()}.{field}" if name != "Case" else field
        if told:
            of["markdownDescription"] = told


def _doc(name: str, field: str) -> str:
    if (name, field) in _OWN:
        return _OWN[name, field]
    if (name, field) in _OF_OTHER_RELATIONS:
        return RELATIONS[_OF_OTHER_RELATIONS[name, field]].doc
    found = RELATIONS[_RELATION_OF[name]].field(field) if name in _RELATION_OF else None
    return found.doc if found else ""


def _improve(of: Schema) -> None:
    for inner in words.inside(of):
        inner.pop("default", None)
        if inner.get("format") == "date":
            inner.clear()
            inner.update(words.DATE)
        elif inner.get("pattern") == _CODE:
            inner.clear()
            inner.update(_STATE)
        elif "patternProperties" in inner:
            inner["propertyNames"] = {"$ref": "#/$defs/StateKey"}
            inner["additionalProperties"] = inner.pop("patternProperties")[_CODE]
    if "anyOf" in of:
        # The word for what nobody knows comes last, so that a message tells of the value that was meant.
        chosen = [choice for choice in of["anyOf"] if choice != {"type": "null"}]
        of["anyOf"] = sorted(chosen, key=lambda choice: bool(choice == _UNKNOWN))
