"""The JSON Schema of a file of rules, made from the vocabulary and from what the rulebook names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from comity.editor import words
from comity.editor.words import Schema
from comity.law.checks import checks
from comity.law.names import Names
from comity.law.pages import title
from comity.law.rule import KEYS
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import COMPARISONS, RELATIONS, WORD_LISTS, Field, Origin, Relation

ID: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SHORT: Final = 12
"""How many words of a list are told in a message."""

_ORIGIN: Final = {
    Origin.CASE: "A fact of the case.",
    Origin.TABLE: "A fact of the tables.",
    Origin.COUNTERPART: "What the rules say of the state that asks.",
    Origin.RULES: "A conclusion of rules.",
}
_WORD: Final[Schema] = {"type": "string", "pattern": r"^([^$]|$)"}
_TYPES: Final = {
    "state": "a state (two capital letters)",
    "instrument": "an instrument of tables/instruments.csv",
    "offence": "a category of tables/offences.csv",
    "attribute": "an attribute of tables/states.csv",
    "network": "a network of tables/networks.csv",
    "factor": "a factor of preferences/lead.yaml",
    "id": "an id of the case",
    "id-or-state": "an id of the case, or a state",
    "date": "a day",
    "number": "a whole number",
    "word": "a word",
    "range": "[shortest, longest]",
}
"""How types are called in a message; of the other types the words are told."""


def schema(names: Names) -> Schema:
    """The schema of a file of rules."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules",
        "description": "A list of rules. `comity show vocabulary` lists what they are made of.",
        "type": "array",
        "items": {"$ref": "#/$defs/rule"},
        "$defs": definitions(names),
    }


def definitions(names: Names) -> dict[str, Schema]:
    """Every definition: the rule, its conditions and conclusions, the relations in both, and the lists."""
    return _Definitions(names).all()


def condition(more: Mapping[str, Schema] | None = None) -> Schema:
    """One condition: a relation with its fields, a comparison, or one of *more*."""
    patterns = {name: _ref(f"when.{name}") for name in RELATIONS}
    concluded = {name: pattern for name, pattern in patterns.items() if RELATIONS[name].origin is Origin.RULES}
    denied = _only("Denied", "The opposite is established.", concluded)
    absent = "It is not established: it is denied, undecided, or never mentioned."
    choices = patterns | {"denied": denied, "absent": _only("Absent", absent, patterns | {"denied": denied})}
    compared = {word: _comparison(word, meaning) for word, (_, meaning) in COMPARISONS.items()}
    return _only("Condition", "One relation with its fields, or one comparison.", choices | compared | dict(more or {}))


class _Definitions:
    def __init__(self, names: Names) -> None:
        self.names = names
        # A list is defined once and referred to, however many fields hold one of its words.
        self.lists: dict[str, list[tuple[str, str, str]]] = {
            "offence": words.offences(names),
            "instrument": words.instruments(names),
            "attribute": [(name, "", _said(names, name)) for name in sorted(names.tables.attributes)],
            "network": [(name, "", "") for name in sorted(names.tables.network_names)],
            "factor": [(factor.id, factor.title, "") for factor in names.preferences.factors],
        }

    def all(self) -> dict[str, Schema]:
        concluded = {name: r for name, r in RELATIONS.items() if r.origin is Origin.RULES}
        return {
            "rule": self._rule(),
            "condition": condition(),
            "conclusion": _only(
                "Conclusion", "One relation with its fields.", {name: _ref(f"then.{name}") for name in concluded}
            ),
            **{f"when.{name}": self._pattern(relation) for name, relation in RELATIONS.items()},
            **{f"then.{name}": self._conclusion(relation) for name, relation in concluded.items()},
            "state": words.states(),
            **{name: words.known(values, f"There is no such {name}.") for name, values in self.lists.items()},
            "citation": {"title": "Citation"}
            | words.known(words.citations(self.names), "authorities.yaml has no such authority or article."),
            "rule-id": {"title": "Rule"} | words.known(words.rules(self.names), "There is no rule of that id."),
        }

    def _rule(self) -> Schema:
        made = _keys()
        return {
            "title": "Rule",
            "type": "object",
            "additionalProperties": False,
            "required": ["id", "title", "cites", "because"],
            "anyOf": [{"required": [key]} for key in ("conclude", "rule_out", "unsettle")],
            "properties": {key: made[key] for key in KEYS},
        }

    def _pattern(self, relation: Relation) -> Schema:
        return {
            "title": relation.name,
            "markdownDescription": f"{relation.doc}\n\n{_ORIGIN[relation.origin]}",
            "type": "object",
            "additionalProperties": False,
            "properties": {field.name: self._matched(relation, field) for field in relation.fields},
        }

    def _conclusion(self, relation: Relation) -> Schema:
        fields = {field.name: self._argument(relation, field) for field in relation.fields}
        terms = {field.name: self._term(relation, field) for field in relation.terms}
        return {
            "title": relation.name,
            "markdownDescription": relation.doc,
            "type": "object",
            "additionalProperties": False,
            "required": list(fields),
            "properties": fields | terms,
        }

    def _matched(self, relation: Relation, field: Field) -> Schema:
        """A field of a condition: a value, ``unknown`` where that may be, a variable, or a list of values."""
        value = self._values(relation, field)
        listed = {"anyOf": [words.never(_message(field, may_vary=False)), *value]}
        many = {"title": "One of these", "type": "array", "minItems": 1, "items": listed}
        return _field(relation, field) | {"anyOf": [_variable(field), *value, many]}

    def _argument(self, relation: Relation, field: Field) -> Schema:
        value = self._values(relation, field)
        return _field(relation, field) | {"anyOf": [_variable(field), *value]}

    def _term(self, relation: Relation, field: Field) -> Schema:
        if field.type == "range":
            days = {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "integer", "minimum": 0}}
            return _field(relation, field) | days
        never = words.never(_message(field, may_vary=False))
        return _field(relation, field) | {"anyOf": [never, *self._values(relation, field)]}

    def _values(self, relation: Relation, field: Field) -> list[Schema]:
        found = self._of_type(relation, field)
        is_listed = not isinstance(field.type, str) and UNKNOWN in set(field.type)
        return [*found, words.unknown()] if field.may_be_unknown and not is_listed else found

    def _of_type(self, relation: Relation, field: Field) -> list[Schema]:
        type_ = field.type
        if not isinstance(type_, str):
            return [words.of_enum(type_)]
        if type_ in WORD_LISTS:
            return [words.one_of(dict.fromkeys(WORD_LISTS[type_], ""))]
        if type_ in self.lists or type_ == "state":
            return [_ref(type_)]
        match type_:
            case "number":
                return [{"type": "integer"}]
            case "date":
                return [words.DATE]
            case "word":
                used = sorted(self.names.words.get((relation.name, field.name), ()))
                return [_WORD, *({"const": word, "title": word} for word in used)]
            case _:
                return [_WORD]


def _keys() -> Mapping[str, Schema]:
    conclusions = {"type": "array", "minItems": 1, "items": _ref("conclusion")}
    day = {"type": "object", "additionalProperties": False, "properties": {"from": words.DATE, "until": words.DATE}}
    of: Callable[[str, Schema], Schema] = lambda doc, schema: {"markdownDescription": doc} | schema  # noqa: E731
    return {
        "id": of(
            "Lower-case words and numbers, joined by hyphens; unique in the rulebook.",
            {"type": "string", "pattern": ID, "patternErrorMessage": "Lower-case words and numbers with hyphens."},
        ),
        "title": of("What the rule says, in a few words.", words.TEXT),
        "cites": of(
            "The authorities on which the rule rests: `authority/article`, as in authorities.yaml.",
            {"type": "array", "minItems": 1, "items": _ref("citation")},
        ),
        "when": of(
            "All of these must be met; leave it out if nothing is needed.",
            {"type": "array", "items": _ref("condition")},
        ),
        "conclude": of("What follows.", conclusions),
        "rule_out": of("What is denied.", conclusions),
        "unsettle": of(
            "Neither may be concluded: the result is undecided unless another rule overrides this one.", conclusions
        ),
        "overrides": of(
            "The rules that give way to this one where they conflict.", {"type": "array", "items": _ref("rule-id")}
        ),
        "default": of("This rule gives way to every other rule that says the opposite.", {"type": "boolean"}),
        "strict": of("This follows without exception; no other rule can defeat it.", {"type": "boolean"}),
        "effective": of("The days of decision on which the rule is law; both are included.", day),
        "because": of("The reason that an officer reads; `{name}` stands for the value of `$name`.", words.TEXT),
        "note": of("For colleagues; not shown in advice.", words.TEXT),
        "accept": of("Warnings of `comity check` that are meant to be so, each with its reason.", _acceptances()),
    }


def _acceptances() -> Schema:
    """What a rule accepts of what is found in it."""
    found = [(check.code, title(check.code), "") for check in checks()]
    return {
        "type": "array",
        "items": {
            "title": "Acceptance",
            "type": "object",
            "additionalProperties": False,
            "required": ["check", "reason"],
            "properties": {
                "check": {"markdownDescription": "The code of the warning."}
                | words.known(found, "There is no check of that code that can be accepted."),
                "with": {"markdownDescription": "The other rule, where two are concerned."} | _ref("rule-id"),
                "reason": {"markdownDescription": "Why it is meant to be so."} | words.TEXT,
            },
        },
    }


def _said(names: Names, word: str) -> str:
    """What the glossary says of a word."""
    return names.glossary[word].says if word in names.glossary else ""


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _only(title: str, doc: str, choices: Mapping[str, Schema]) -> Schema:
    """One key with its value, out of several."""
    return {
        "title": title,
        "markdownDescription": doc,
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
        "properties": dict(choices),
    }


def _comparison(word: str, meaning: str) -> Schema:
    thing = {"type": ["string", "integer"]}
    listed = {"type": "array", "minItems": 2, "items": thing}
    length = {} if COMPARISONS[word][0] in ("in", "not in") else {"maxItems": 2}
    return {"title": word, "markdownDescription": meaning} | listed | length


def _field(relation: Relation, field: Field) -> Schema:
    return {"title": f"{relation.name}.{field.name}", "markdownDescription": field.doc}


def _variable(field: Field) -> Schema:
    """A ``$variable``, with the message for everything that is neither one nor a value of the field."""
    told = {"description": field.doc, "errorMessage": _message(field)}
    return {"type": "string", "pattern": words.VARIABLE} | told


def _message(field: Field, may_vary: bool = True) -> str:
    if isinstance(field.type, str) and field.type in _TYPES:
        wanted = _TYPES[field.type]
    else:
        listed = WORD_LISTS[field.type] if isinstance(field.type, str) else tuple(map(str, field.type))
        wanted = f"one of {', '.join(listed)}" if len(listed) <= SHORT else "one of a closed list"
    others = [UNKNOWN] if field.may_be_unknown and UNKNOWN not in wanted else []
    *most, last = [wanted, *others, *(["a $variable"] if may_vary else [])]
    return f"'{field.name}' is {', '.join(most)}{', or ' if most else ''}{last}."
