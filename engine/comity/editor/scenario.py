"""The JSON Schema of a scenario file: the case, and what is expected of the decision on it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Final

from comity import scenario as model
from comity.editor import case, words
from comity.editor.words import Schema
from comity.law.names import Names
from comity.law.terms import Basis, ChannelKind, RequestElement

OF_THE_PROGRAM: Final = {
    ("warning", "code"): ("too-late", "unverified"),
    ("must_not", "act"): ("direct-access",),
}
"""Words of a decision that no rule concludes."""

_STATE: Final = {"$ref": "#/$defs/State"}
_KEY: Final = {"$ref": "#/$defs/StateKey"}
_NONE: Final = {"const": "none", "title": "none"}


_NEVER_SAID: Final = "No rule ever says this."


def schema(names: Names) -> Schema:
    """The schema of a scenario file."""
    definitions = case.definitions_of(names)
    whole = copy.deepcopy(model.Expectation.model_json_schema())
    definitions |= whole.pop("$defs")
    for part in (whole, definitions["ItemExpectation"], definitions["ReplyExpectation"]):
        _improve(part, names)
    made = _keys()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario",
        "description": "A case with the decision that the law requires.",
        "type": "object",
        "additionalProperties": False,
        "required": [key for key in model.KEYS if key not in ("note",)],
        "properties": {key: made.get(key, {}) for key in model.KEYS},
        "$defs": definitions | {"Expectation": whole},
    }


def _keys() -> dict[str, Schema]:
    def of(doc: str, schema: Schema) -> Schema:
        return {"markdownDescription": doc} | schema

    kinds = {
        "documented": "It happened: it stands in court files, reports or press releases.",
        "hypothetical": "The facts are invented, the law is real.",
    }
    return {
        "title": of("What is special here, in a few words.", words.TEXT),
        "source": of("Where anyone can look up the law, and the facts if they happened.", words.TEXT),
        "kind": of("Whether the facts happened.", words.one_of(kinds)),
        "as_of": of("The law of this day is applied.", words.DATE),
        "note": of("What is special here, in one or two sentences.", words.TEXT),
        "case": of("The facts, as in a case file.", {"$ref": "#/$defs/Case"}),
        "expect": of(
            "What the law requires of the decision; what is left out is not judged.", {"$ref": "#/$defs/Expectation"}
        ),
    }


def _improve(part: Schema, names: Names) -> None:
    """Give the fields of an expectation the words that they may hold."""
    for field, of in part["properties"].items():
        for inner in words.inside(of):
            inner.pop("default", None)
            if inner.get("format") == "date":
                inner.clear()
                inner.update(words.DATE)
        if "anyOf" in of:
            [choice] = [choice for choice in of.pop("anyOf") if choice != {"type": "null"}]
            of |= choice
        of["title"] = field
        if field in _DOCS:
            of["markdownDescription"] = _DOCS[field]
        if field in _SHAPES:
            _SHAPES[field](of, names)


def _words(*keys: tuple[str, str]) -> Callable[[Schema, Names], None]:
    """A list of words that rules conclude, or that the program itself says."""

    def improve(of: Schema, names: Names) -> None:
        found = {word for key in keys for word in (*names.words.get(key, ()), *OF_THE_PROGRAM.get(key, ()))}
        if of["type"] == "array":
            of["items"] = words.known([(word, "", "") for word in sorted(found)], _NEVER_SAID)
        else:
            of["propertyNames"] = {"enum": sorted(found), "errorMessage": _NEVER_SAID}

    return improve


def _routes(also: Iterable[str] = (), steps: bool = False) -> Callable[[Schema, Names], None]:
    """Channels, written ``kind STATE``; with *steps* also other steps of a plan, by their ids."""

    def improve(of: Schema, names: Names) -> None:
        kinds = "|".join(map(str, ChannelKind))
        pattern = rf"^({kinds}) [A-Z]{{2}}$" + (r"|^[a-z0-9-]+$" if steps else "")
        told = "A kind of channel and the state that is asked, such as 'mla IE'."
        choices = [{"type": "string", "pattern": pattern, "errorMessage": told}]
        target = of.setdefault("items", {}) if of.get("type") == "array" else of
        target.clear()
        target["anyOf"] = [*choices, *({"const": word, "title": word} for word in also)]
        target["defaultSnippets"] = [
            {"label": str(kind), "body": f"{kind} ${{1:IE}}", "markdownDescription": kind.explanation}
            for kind in ChannelKind
        ]

    return improve


def _by_state(of: Schema, names: Names) -> None:
    of["propertyNames"] = _KEY


def _bases(of: Schema, names: Names) -> None:
    of["propertyNames"] = _KEY
    of["additionalProperties"]["items"] = words.of_enum(Basis)


def _ways_out(of: Schema, names: Names) -> None:
    of["items"] = {
        "type": "string",
        "pattern": r"^(qualification|channel|offence|lead) \S+ [A-Z]{2}$",
        "patternErrorMessage": "A way out, its name and a state, such as 'qualification computer-fraud IE'.",
    }


def _pairs(of: Schema, names: Names) -> None:
    of["items"] = {"type": "array", "minItems": 2, "maxItems": 2, "items": _STATE}


_SHAPES: Final[dict[str, Callable[[Schema, Names], None]]] = {
    "lead": lambda of, names: of.update(anyOf=[_STATE, _NONE]),
    "claims": _by_state,
    "bases": _bases,
    "consult": _pairs,
    "warnings": _words(("warning", "code")),
    "prevention": _words(("prevention", "measure")),
    "offered": _routes(),
    "refused": _routes(),
    "undecided": _routes(),
    "recommended": _routes(also=("none",)),
    "plan": _routes(steps=True),
    "grounds": _words(("refusal_ground", "ground")),
    "no_grounds": _words(("refusal_ground", "ground")),
    "safeguards": _words(("safeguard", "safeguard")),
    "must_not": _words(("must_not", "act")),
    "not_forbidden": _words(("must_not", "act")),
    "dual_criminality": _by_state,
    "ways_out": _ways_out,
    "no_way_out": _ways_out,
    "ways": lambda of, names: of.update(items=words.of_enum(ChannelKind)),
    "missing": lambda of, names: of.update(items=words.of_enum(RequestElement)),
    "unchecked": lambda of, names: of.update(items=words.of_enum(RequestElement)),
    "conditions": _words(("safeguard", "safeguard")),
    "due": _words(("time_limit", "step")),
    "time_limits": _words(("time_limit", "step")),
}
"""What the fields of an expectation may hold; a field that is not named here holds what the model says."""

_DOCS: Final = {
    "lead": "The state that should lead, or none.",
    "conflict": "Whether several states claim jurisdiction (positive), or none does (negative).",
    "claims": "The claims of states to jurisdiction.",
    "bases": "The bases of jurisdiction that are held, by state.",
    "consult": "The pairs of states that have to consult.",
    "items": "What is expected for each item, by its id.",
    "replies": "What is expected of the replies, by request and item.",
    "plan": "Steps in this order; others may stand between.",
    "warnings": "Warnings that the officer must see.",
    "prevention": "Preventive measures that the law offers.",
    "direct_access": "Whether the forum may take the item directly.",
    "offered": "Channels that are open, such as `mla IE`.",
    "refused": "Channels that are not open.",
    "undecided": "Channels of which it is undecided.",
    "recommended": "The channel that is recommended, or none.",
    "in_time": "Whether it delivers before the item is deleted.",
    "grounds": "Grounds on which it may be refused.",
    "no_grounds": "Grounds on which it may not be refused.",
    "safeguards": "What the request must carry.",
    "must_not": "What must not be done.",
    "dual_criminality": "Whether the act is an offence in both states, by the state that is asked.",
    "ways_out": "Ways on, such as `qualification computer-fraud IE`.",
    "no_way_out": "Ways on that must not be shown.",
    "reply": "What is answered.",
    "ways": "Channels to which the state that asks is redirected.",
    "missing": "What the request has to state and does not.",
    "unchecked": "What nobody has looked for.",
    "conditions": "What binds the state that asks.",
    "due": "The last day, by step.",
    "time_limits": "Steps that have a time limit.",
    "not_forbidden": "What must not be among what is forbidden.",
}
