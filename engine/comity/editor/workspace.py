"""A folder that an editor opens: the schemas, and the settings that say which file has which."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from comity.decision.model import Decision
from comity.editor import authority, case, glossary, overlay, preferences, property, rule, scenario
from comity.editor.words import Schema
from comity.law.names import Names
from comity.law.rulebook import LAYERS

SCHEMAS: Final[dict[str, Callable[[Names], Schema]]] = {
    "case": case.schema,
    "rule": rule.schema,
    "property": property.schema,
    "scenario": scenario.schema,
    "authorities": authority.schema,
    "glossary": glossary.schema,
    "changes": overlay.schema,
    "lead": preferences.lead,
    "routes": preferences.routes,
    "decision": lambda names: Decision.model_json_schema(),
}
"""Every schema by name, made from what a rulebook names."""

FOLDER: Final = "schemas"
"""Where the schemas stand in a folder that is opened."""

SETTINGS: Final = ".vscode"
"""Where the settings stand."""

WIDTH: Final = 120


def files(names: Names) -> dict[str, str]:
    """The schemas as files of :data:`FOLDER`: name and content."""
    return {f"{name}.schema.json": written(make(names)) for name, make in SCHEMAS.items()}


def settings(rules: str) -> dict[str, Any]:
    """The settings of the YAML extension for a folder whose rules stand in its folder *rules*."""
    at = f"{rules}/" if rules else ""
    of = {
        "rule": [f"{at}{layer}/**/*.yaml" for layer in LAYERS],
        "property": [f"{at}properties/**/*.yaml"],
        "authorities": [f"{at}authorities.yaml"],
        "glossary": [f"{at}glossary.yaml"],
        "changes": [f"{at}changes.yaml"],
        "lead": [f"{at}preferences/lead.yaml"],
        "routes": [f"{at}preferences/routes.yaml"],
        "scenario": ["scenarios/**/*.yaml"],
        "case": ["cases/**/*.yaml", "case.yaml", "*.case.yaml"],
    }
    return {
        "yaml.schemas": {f"./{FOLDER}/{name}.schema.json": patterns for name, patterns in of.items()},
        "yaml.format.enable": False,
        "[yaml]": {"editor.quickSuggestions": {"other": True, "comments": False, "strings": True}},
    }


EXTENSIONS: Final[dict[str, Any]] = {"recommendations": ["redhat.vscode-yaml"]}
"""The extension that reads these settings."""


def merged(present: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """*present* settings with those *wanted*; what else they say stays."""
    found = dict(present)
    for key, value in wanted.items():
        known = found.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            found[key] = merged(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            found[key] = [*known, *(entry for entry in value if entry not in known)]
        else:
            found[key] = value
    return found


def written(value: object) -> str:
    """*value* as JSON; what fits stands in one line, and so does a single value, that a change shows as one line."""
    return "".join(_parts(value, "", 0)) + "\n"


def _parts(value: object, indent: str, before: int) -> Iterator[str]:
    flat = json.dumps(value, ensure_ascii=False)
    is_single = not isinstance(value, dict | list) or not value or "const" in value
    if is_single or len(indent) + before + len(flat) < WIDTH:
        yield flat
        return
    inner = indent + "  "
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    entries = value.items() if isinstance(value, dict) else ((None, entry) for entry in value)  # type: ignore[attr-defined]
    yield opening
    for number, (key, entry) in enumerate(entries):
        name = "" if key is None else f"{json.dumps(key, ensure_ascii=False)}: "
        yield f"{',' if number else ''}\n{inner}{name}"
        yield from _parts(entry, inner, len(name))
    yield f"\n{indent}{closing}"


def write(folder: Path, rules: Path) -> tuple[list[Path], list[Path]]:
    """Write schemas and settings for *folder*, whose rules are those of the folder *rules*.

    Returns the files written, and those that stay as they are because what they hold is no plain JSON.

    Raises:
        InputError: the rulebook has no folder of tables.
        OSError: a file cannot be written.
    """
    contents = {folder / FOLDER / name: content for name, content in files(Names.of(rules)).items()}
    left = []
    for name in ("settings.json", "extensions.json"):
        path = folder / SETTINGS / name
        present = _present(path)
        if present is None:
            left.append(path)
        else:
            found = merged(present, wanted(name, folder, rules))
            contents[path] = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return list(contents), left


def wanted(name: str, folder: Path, rules: Path) -> dict[str, Any]:
    """What the file *name* of an editor's folder has to say in *folder*, whose rules are in the folder *rules*."""
    if name == "extensions.json":
        return EXTENSIONS
    here, there = folder.resolve(), rules.resolve()
    at = there.relative_to(here).as_posix() if there.is_relative_to(here) else "rules"
    return settings("" if at == "." else at)


def _present(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
