"""YAML and JSON files with the place of every value.

Every plain scalar is read as it is written, a whole number as a number and anything else as text: ``NO`` stays Norway
and ``2026-08-18`` stays a day, whatever YAML 1.1 makes of them. Anchors are refused, so that a small file cannot
unfold into a large one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from comity.law.finding import Finding, InputError, Place

LARGEST: Final = 5_000_000
"""The size in bytes above which a file is refused unread."""

DEEPEST: Final = 60
"""How deeply lists and keys may be nested: far more than any file needs, far less than the C parser bears."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)$")
_Base: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A loader that does not work out tags: every value is read as it is written."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        return

    def ascend_resolver(self) -> None:
        return


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; ``None`` where nothing is written."""

    value: str | int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in order."""

    pairs: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value under *key*, or ``None``."""
        return next((value for name, value in self.pairs if name.value == key), None)


Node = Scalar | Sequence | Mapping


def read(path: Path) -> Node:
    """The content of a YAML or JSON file.

    Raises:
        InputError: the file cannot be read, is too large, is no YAML, repeats a key or uses anchors.
    """
    return parse(text_of(path), str(path))


def text_of(path: Path) -> str:
    """The text of a file, with lines that end in a line feed alone.

    Raises:
        InputError: the file cannot be read, is too large, or is not UTF-8.
    """
    place = Place(str(path))
    try:
        size = path.stat().st_size
        if size > LARGEST:
            message = f"the file has {size / 1e6:.0f} MB; the most that is read is {LARGEST / 1e6:.0f} MB"
            raise InputError([Finding(place, "F002", message)])
        return path.read_text(encoding="utf-8-sig")
    except IsADirectoryError:
        raise InputError([Finding(place, "F001", "this is a folder, not a file")]) from None
    except OSError as error:
        raise InputError([Finding(place, "F001", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text (byte {error.start})"
        raise InputError([Finding(place, "F003", message, "save the file as UTF-8")]) from None


def parse(text: str, name: str) -> Node:
    """The content of YAML or JSON *text*; *name* is what places call the file.

    Raises:
        InputError: as for :func:`read`.
    """
    try:
        _refuse_depth(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        hint = "indent with spaces, not with tabs" if "cannot start any token" in str(error.problem) else ""
        raise InputError([Finding(place, "F004", f"is not valid YAML: {error.problem}", hint)]) from None
    except yaml.YAMLError as error:
        raise InputError([Finding(Place(name), "F004", f"is not valid YAML: {error}")]) from None
    if root is None:
        raise InputError([Finding(Place(name), "F005", "is empty")])
    findings: list[Finding] = []
    node = _convert(root, name, findings, set())
    if findings:
        raise InputError(findings)
    return node


def _refuse_depth(text: str, name: str) -> None:
    """Refuse what would overflow the stack of the C parser, which builds its nodes by recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            mark = event.start_mark
            if depth > DEEPEST and mark:
                place = Place(name, mark.line + 1, mark.column + 1)
                raise InputError([Finding(place, "F004", f"is nested more than {DEEPEST} deep")])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _convert(node: yaml.Node, name: str, findings: list[Finding], seen: set[int]) -> Node:
    mark = node.start_mark
    length = node.end_mark.column - mark.column if node.end_mark.line == mark.line else 1
    place = Place(name, mark.line + 1, mark.column + 1, max(1, length))
    if id(node) in seen:
        findings.append(Finding(place, "F006", "anchors and aliases are not used here", "write the value out"))
        return Scalar(None, place)
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Scalar(_value(node), place)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_convert(item, name, findings, seen) for item in node.value), place)
    pairs: list[tuple[Scalar, Node]] = []
    keys: set[str | int | None] = set()
    for key_node, value_node in node.value:
        key = _convert(key_node, name, findings, seen)
        if not isinstance(key, Scalar):
            findings.append(Finding(key.place, "F007", "a key must be a single word"))
            continue
        if key.value in keys:
            findings.append(Finding(key.place, "F008", f"'{key.value}' is given twice", "keep one of them"))
        keys.add(key.value)
        pairs.append((key, _convert(value_node, name, findings, seen)))
    return Mapping(tuple(pairs), place)


def _value(node: yaml.ScalarNode) -> str | int | None:
    text = str(node.value)
    if node.style:
        return text
    if text in ("", "~"):
        return None
    return int(text) if _NUMBER.match(text) and len(text) < 16 else text


def plain(node: Node) -> object:
    """*node* as lists, dictionaries, texts and numbers."""
    match node:
        case Scalar(value, _):
            return value
        case Sequence(items, _):
            return [plain(item) for item in items]
        case Mapping(pairs, _):
            return {str(key.value): plain(value) for key, value in pairs}


def key_of(node: Node, path: tuple[str | int, ...]) -> Place:
    """The place of the last key of *path*; where it ends early or in a list, as :func:`place_of`."""
    above, left = _along(node, path[:-1])
    keys = above.pairs if isinstance(above, Mapping) and not left else ()
    return next((key.place for key, _ in keys if key.value == path[-1]), place_of(node, path))


def place_of(node: Node, path: tuple[str | int, ...]) -> Place:
    """The place of the value under *path*; where the path ends early, of the closest value above it."""
    return _along(node, path)[0].place


def _along(node: Node, path: tuple[str | int, ...]) -> tuple[Node, tuple[str | int, ...]]:
    """What *path* leads to as far as it goes, and what is left of it there."""
    for number, step in enumerate(path):
        found: Node | None = None
        if isinstance(node, Mapping):
            found = next((value for key, value in node.pairs if str(key.value) == str(step)), None)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            found = node.items[step]
        if found is None:
            return node, path[number:]
        node = found
    return node, ()
