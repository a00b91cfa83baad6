"""What the fields of an expectation mean and what they may hold, beyond what their model says.

A field that is not named here has the schema that its model gives it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from comity.editor import words
from comity.editor.words import Schema
from comity.law.names import Names
from comity.law.terms import Basis, ChannelKind, Reply, RequestElement
from comity.scenario.words import OF_THE_PROGRAM

Shape = Callable[[Schema, Names], None]
"""Changes the schema of a field, with the names of a rulebook."""

_STATE: Final = {"$ref": "#/$defs/State"}
_KEY: Final = {"$ref": "#/$defs/StateKey"}
_NONE: Final = {"const": "none", "title": "none"}
_RULE: Final = {"$ref": "rule.schema.json#/$defs/rule-id"}
_NEVER_SAID: Final = "No rule ever says this."
_ROUTE: Final = rf"({'|'.join(map(str, ChannelKind))}) [A-Z]{{2}}"


def _said(*key: str) -> Shape:
    """A list of words that rules conclude, or the program itself; each may go on with what is said of it."""

    def improve(of: Schema, names: Names) -> None:
        found = sorted({*names.words.get((key[0], key[1]), ()), *OF_THE_PROGRAM.get((key[0], key[1]), ())})
        if of["type"] == "array":
            of["items"] = words.phrases([(word, "", "") for word in found], _NEVER_SAID)
        else:
            of["propertyNames"] = {"enum": found, "errorMessage": _NEVER_SAID}

    return improve


def _listed(type_: type[StrEnum]) -> Shape:
    def improve(of: Schema, names: Names) -> None:
        of["items"] = words.of_enum(type_)

    return improve


def _routes(*others: str) -> Shape:
    """Channels, written ``kind STATE``, or what one of the patterns *others* fits."""

    def improve(of: Schema, names: Names) -> None:
        target = of.setdefault("items", {}) if of.get("type") == "array" else of
        target.clear()
        target["type"] = "string"
        target["pattern"] = f"^({'|'.join([_ROUTE, *others])})$"
        target["errorMessage"] = "A kind of channel and the state that is asked, such as 'mla IE'."
        target["defaultSnippets"] = [
            {"label": str(kind), "body": f"{kind} ${{1:IE}}", "markdownDescription": kind.explanation}
            for kind in ChannelKind
        ]

    return improve


def _by_route(of: Schema, names: Names) -> None:
    told = "A kind of channel and the state that is asked, such as 'mla IE'."
    of["propertyNames"] = {"pattern": f"^{_ROUTE}$", "errorMessage": told}


def _by_state(of: Schema, names: Names) -> None:
    of["propertyNames"] = _KEY


def _rules(of: Schema, names: Names) -> None:
    of["additionalProperties"]["items"] = _RULE


def _applied(of: Schema, names: Names) -> None:
    of["items"] = words.phrases([(rule, "", "") for rule in sorted(names.rules)], "There is no such rule.")


def _bases(of: Schema, names: Names) -> None:
    of["propertyNames"] = _KEY
    of["additionalProperties"]["items"] = words.of_enum(Basis)


def _factors(of: Schema, names: Names) -> None:
    factors = [factor.id for factor in names.preferences.factors]
    of["propertyNames"] = _KEY
    of["additionalProperties"]["propertyNames"] = {"enum": factors, "errorMessage": "There is no such factor."}


def _ways_out(of: Schema, names: Names) -> None:
    of["items"] = {
        "type": "string",
        "pattern": r"^(qualification|channel|offence|lead) \S+ [A-Z]{2}$",
        "errorMessage": "A way out, its name and a state, such as 'qualification computer-fraud IE'.",
    }


def _pairs(of: Schema, names: Names) -> None:
    of["items"] = {"type": "array", "minItems": 2, "maxItems": 2, "items": _STATE}


SHAPES: Final[dict[tuple[str, str], Shape]] = {
    ("", "lead"): lambda of, names: of.update(anyOf=[_STATE, _NONE]),
    ("", "claims"): _by_state,
    ("", "bases"): _bases,
    ("", "undecided_bases"): _bases,
    ("", "no_bases"): _bases,
    ("", "factors"): _factors,
    ("", "consult"): _pairs,
    ("", "no_consult"): _pairs,
    ("", "plan"): _routes("[a-z0-9-]+"),
    ("", "not_planned"): _routes("[a-z0-9-]+"),
    ("", "warnings"): _said("warning", "code"),
    ("", "no_warnings"): _said("warning", "code"),
    ("", "prevention"): _said("prevention", "measure"),
    ("", "no_prevention"): _said("prevention", "measure"),
    ("", "reasons"): _rules,
    ("", "no_reasons"): _rules,
    ("", "against"): _rules,
    ("", "no_against"): _rules,
    ("", "applied"): _applied,
    ("", "not_applied"): _applied,
    ("", "addressees"): lambda of, names: of.update(items=_STATE),
    ("", "no_addressees"): lambda of, names: of.update(items=_STATE),
    ("", "offered"): _routes(),
    ("", "refused"): _routes(),
    ("ItemExpectation", "undecided"): _routes(),
    ("", "terms"): _by_route,
    ("", "recommended"): _routes("none"),
    ("", "grounds"): _said("refusal_ground", "ground"),
    ("", "no_grounds"): _said("refusal_ground", "ground"),
    ("", "safeguards"): _said("safeguard", "safeguard"),
    ("", "no_safeguards"): _said("safeguard", "safeguard"),
    ("", "must_not"): _said("must_not", "act"),
    ("", "not_forbidden"): _said("must_not", "act"),
    ("", "dual_criminality"): _by_state,
    ("", "ways_out"): _ways_out,
    ("", "no_way_out"): _ways_out,
    ("", "open"): _listed(Reply),
    ("", "not_open"): _listed(Reply),
    ("", "ways"): _listed(ChannelKind),
    ("", "no_ways"): _listed(ChannelKind),
    ("", "missing"): _listed(RequestElement),
    ("", "not_missing"): _listed(RequestElement),
    ("", "unchecked"): _listed(RequestElement),
    ("", "not_unchecked"): _listed(RequestElement),
    ("", "conditions"): _said("safeguard", "safeguard"),
    ("", "no_conditions"): _said("safeguard", "safeguard"),
    ("", "due"): _said("time_limit", "step"),
    ("", "time_limits"): _said("time_limit", "step"),
    ("", "no_time_limits"): _said("time_limit", "step"),
}
"""By model and field; without a model, for the field in whichever model has no shape of its own."""

DOCS: Final = {
    ("", "lead"): "The state that should lead, or none.",
    ("", "conflict"): "Whether several states claim jurisdiction (positive), or none does (negative).",
    ("", "claims"): "The claims of states to jurisdiction.",
    ("", "bases"): "The bases of jurisdiction that are held, by state.",
    ("", "undecided_bases"): "The bases of jurisdiction that are undecided, by state.",
    ("", "no_bases"): "The bases of jurisdiction that are neither held nor undecided, by state.",
    ("", "factors"): "What speaks for a state as the lead, by state and factor.",
    ("", "consult"): "The pairs of states that have to consult.",
    ("", "no_consult"): "The pairs of states that need not consult.",
    ("", "items"): "What is expected for each item, by its id.",
    ("", "replies"): "What is expected of the replies, by request and item.",
    ("", "plan"): "Steps in this order; others may stand between.",
    ("", "not_planned"): "Steps that must not be planned.",
    ("", "warnings"): "What the officer must be warned of, such as `unverified mail`.",
    ("", "no_warnings"): "What the officer must not be warned of.",
    ("", "prevention"): "Preventive measures that the law offers.",
    ("", "no_prevention"): "Preventive measures that must not be offered.",
    ("", "undecided"): "Topics for counsel, such as `mail.mla.IE`.",
    ("", "not_undecided"): "Topics that must not be undecided.",
    ("", "reasons"): "Rules that must be among the reasons, by topic.",
    ("", "no_reasons"): "Rules that must not be among the reasons, by topic.",
    ("", "against"): "Rules that speak against it, outweighed or not, by topic.",
    ("", "no_against"): "Rules that must not be among those that speak against it, by topic.",
    ("", "applied"): "Rules whose conditions are met, whether they prevail or not, such as `cn-blocked-data mail`.",
    ("", "not_applied"): "Rules of which some condition is not met.",
    ("", "direct_access"): "Whether the forum may take the item directly.",
    ("", "addressees"): "The states that may be asked for it.",
    ("", "no_addressees"): "States that may not be asked for it.",
    ("", "offered"): "Channels that are open, such as `mla IE`.",
    ("", "refused"): "Channels that are not open.",
    ("ItemExpectation", "undecided"): "Channels of which it is undecided whether they are open.",
    ("", "terms"): "The terms of an offered channel, all of them in one rule that opens it.",
    ("", "recommended"): "The channel that is recommended, or none.",
    ("", "in_time"): "Whether it delivers before the item is deleted.",
    ("", "grounds"): "Grounds of refusal, such as `dual-criminality must IE`.",
    ("", "no_grounds"): "Grounds on which it may not be refused.",
    ("", "safeguards"): "What the request must carry, such as `speciality IE`.",
    ("", "no_safeguards"): "What the request need not carry.",
    ("", "must_not"): "What must not be done.",
    ("", "not_forbidden"): "What must not be among what is forbidden.",
    ("", "dual_criminality"): "Whether the act is an offence in both states, by the state that is asked.",
    ("", "ways_out"): "Ways on, such as `qualification computer-fraud IE`.",
    ("", "no_way_out"): "Ways on that must not be shown.",
    ("", "reply"): "What is answered.",
    ("", "open"): "The replies that come into question, where it is undecided.",
    ("", "not_open"): "Replies that do not come into question.",
    ("", "ways"): "Channels to which the state that asks is redirected.",
    ("", "no_ways"): "Channels to which it must not be redirected.",
    ("", "missing"): "What the request has to state and does not.",
    ("", "not_missing"): "What the request states, or need not state.",
    ("", "unchecked"): "What nobody has looked for.",
    ("", "not_unchecked"): "What somebody has looked for, or what is not needed.",
    ("", "conditions"): "What binds the state that asks.",
    ("", "no_conditions"): "What does not bind it.",
    ("", "due"): "The last day, by step.",
    ("", "time_limits"): "Steps with their time limits, such as `acknowledge 7 days`.",
    ("", "no_time_limits"): "Steps, or limits, that there must not be.",
}
"""What a field means, by model and field, as in :data:`SHAPES`."""
