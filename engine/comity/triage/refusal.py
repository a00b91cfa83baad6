"""Why a row is no case that can be decided, in words: the same that ``comity decide`` says of it as a case file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from comity.decision.opinion import check
from comity.law import source
from comity.law.case import Case
from comity.law.finding import Finding, InputError, Place
from comity.law.rulebook import Rulebook


def reason(told: dict[str, Any], rulebook: Rulebook) -> str | None:
    """What is wrong with a case told in columns, with what is missing as ``None``; ``None`` where nothing is.

    *told* has the columns of :data:`comity.triage.schema.CASE`.
    """
    node = source.parse(json.dumps(_known(told), ensure_ascii=False), "row")
    try:
        check(Case.from_node(node), rulebook, node)
    except InputError as error:
        return words(error, node)
    return None


def words(error: InputError, node: source.Node | None = None) -> str:
    """The findings of an error in one line, each with the place in the case where that is known."""
    return "; ".join(_words(finding, node) for finding in error.findings)


def _words(finding: Finding, node: source.Node | None) -> str:
    where = _path(node, finding.place) if node is not None and finding.place.line else ""
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"{where}: {finding.message}{hint}" if where else f"{finding.message}{hint}"


def _known(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _known(value) for key, value in told.items() if value is not None}
    return [_known(value) for value in told] if isinstance(told, list) else told


def _path(node: source.Node, place: Place) -> str:
    """The way to what stands at a place, such as ``data.2.stored_in``; parts are counted from 1."""
    found = [".".join(path) for path, at in _places(node, ()) if (at.line, at.column) == (place.line, place.column)]
    return max(found, key=len, default="")


def _places(node: source.Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Place]]:
    yield path, node.place
    if isinstance(node, source.Mapping):
        for key, value in node.pairs:
            yield (*path, str(key.value)), key.place
            yield from _places(value, (*path, str(key.value)))
    elif isinstance(node, source.Sequence):
        for number, value in enumerate(node.items, 1):
            yield from _places(value, (*path, str(number)))
