"""Files as an editor sees them: YAML 1.2 under its core schema, judged by the schemas of a rulebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from comity.editor import workspace
from comity.law.names import Names
from comity.law.rulebook import shipped_folder

ROOT = Path(__file__).parents[2]


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2: ``yes`` and ``NO`` are words, a day is a text, ``true`` is a truth value."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)


def loaded(text: str) -> Any:
    """What an editor reads in *text*."""
    return yaml.load(text, Core)


@cache
def shipped() -> dict[str, Any]:
    """The schemas of the shipped rulebook by name."""
    names = Names.of(shipped_folder())
    return {name: json.loads(json.dumps(make(names))) for name, make in workspace.SCHEMAS.items()}


def validator(schemas: dict[str, Any], name: str) -> Any:
    """Judges files by the schema of that name; it must be one itself."""
    jsonschema.Draft202012Validator.check_schema(schemas[name])
    resources = [(f"{other}.schema.json", DRAFT202012.create_resource(schema)) for other, schema in schemas.items()]
    return _Quick(schemas[name], registry=Registry().with_resources(resources))


def _any_of(self: Any, choices: list[Any], instance: Any, schema: Any) -> Iterator[Any]:
    """As always, only that a value among a thousand is looked up and not searched for."""
    if not (isinstance(instance, str) and instance in _constants(id(choices), choices)):
        rest = [choice for choice in choices if "const" not in choice]
        yield from jsonschema.Draft202012Validator.VALIDATORS["anyOf"](self, rest or choices[:1], instance, schema)


_seen: dict[int, tuple[Any, frozenset[str]]] = {}


def _constants(key: int, choices: list[Any]) -> frozenset[str]:
    if key not in _seen:
        _seen[key] = choices, frozenset(choice["const"] for choice in choices if "const" in choice)
    return _seen[key][1]


_Quick = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"anyOf": _any_of})
