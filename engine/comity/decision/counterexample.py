"""A case that shows something, made small and readable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from pydantic import ValidationError

from comity.law.case import Case
from comity.law.finding import InputError
from comity.law.state import titles

Holds = Callable[[Case], bool]

_FAMILIAR: Final = ("CN", "US", "DE", "FR", "BR", "JP", "KE", "IN", "GB")
"""States that a reader places at once; they stand in where any state would do."""

_NAMES: Final = {
    "offences": "offence",
    "systems": "system",
    "custodians": "holder",
    "data": "item",
    "assets": "asset",
    "proceedings": "proceedings",
    "requests": "request",
}


def readable(case: Case, holds: Holds, name: str, title: str) -> Case:
    """The smallest case found that still *holds*, with familiar states and plain ids, called *name*."""
    small = smallest(case, holds)
    return _renamed(_familiar(small, holds), name, title)


def smallest(case: Case, holds: Holds) -> Case:
    """A case of which no part and no fact can be left out without it ceasing to hold."""
    made = _plain(case)
    smaller = True
    while smaller:
        smaller = False
        for path in list(_paths(made)):
            fewer = _without(made, path) if path != ("as_of",) else None
            if fewer is not None and _holds(fewer, holds):
                made, smaller = fewer, True
    return Case.model_validate_json(json.dumps(made))


def _plain(case: Case) -> dict[str, Any]:
    known: dict[str, Any] = case.model_dump(mode="json", exclude_defaults=True)
    return known


def _holds(made: dict[str, Any], holds: Holds) -> bool:
    try:
        return holds(Case.model_validate_json(json.dumps(made)))
    except (ValidationError, InputError):
        return False


_Path = tuple[str | int, ...]


def _paths(node: Any, above: _Path = ()) -> Iterator[_Path]:
    """Everything that could be left out, whole groups first, then parts, then what they say, from the last back."""
    if isinstance(node, dict):
        steps: list[str | int] = list(node)
    else:
        steps = list(reversed(range(len(node)))) if isinstance(node, list) else []
    yield from ((*above, step) for step in steps)
    for step in steps:
        yield from _paths(node[step], (*above, step))


def _without(made: dict[str, Any], path: _Path) -> dict[str, Any] | None:
    copy: dict[str, Any] = json.loads(json.dumps(made))
    node: Any = copy
    try:
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]
    except (KeyError, IndexError):
        return None
    return copy


def _familiar(case: Case, holds: Holds) -> Case:
    text = json.dumps(_plain(case))
    used = {code for code in titles() if f'"{code}"' in text}
    for code in sorted(used - set(_FAMILIAR)):
        for better in _FAMILIAR:
            if f'"{better}"' not in text:
                other = text.replace(f'"{code}"', f'"{better}"')
                if _holds(json.loads(other), holds):
                    text = other
                    break
    return Case.model_validate_json(text)


def _renamed(case: Case, name: str, title: str) -> Case:
    made = {**_plain(case), "case": name[:40], "title": title}
    names: dict[str, str] = {}
    for group, word in (*_NAMES.items(), ("persons", "")):
        for part in made.get(group, []):
            wanted = word or part["role"]
            count = sum(re.fullmatch(rf"{wanted}(-\d+)?", other) is not None for other in names.values())
            names[part["id"]] = wanted if not count else f"{wanted}-{count + 1}"
    parts = {key: _replaced(value, names) for key, value in made.items() if key not in ("case", "title", "forum")}
    return Case.model_validate_json(json.dumps({**made, **parts}))


def _replaced(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _replaced(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, names) for value in node]
    return names.get(node, node) if isinstance(node, str) else node
