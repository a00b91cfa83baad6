"""Where an entry of a YAML text begins and ends, with the comma, the hyphen or the key that goes with it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from comity.law.finding import Place

Path = tuple[str | int, ...]
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text from *start* to before *end*, and the path of the value that it holds."""

    start: int
    end: int
    path: Path


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a collection: the node (a key with its value, or an item), and all entries of its collection."""

    node: yaml.Node
    value: yaml.Node
    path: Path
    parent: yaml.CollectionNode
    number: int
    holder: _Entry | None


def span_of(text: str, place: Place, dropping: bool) -> Span | None:
    """The part of *text* at a place, with *dropping* all that goes with the entry; ``None`` where there is none."""
    root = yaml.compose(text, Loader=_Loader)
    lines = _offsets(text)
    if root is None or not 0 < place.line <= len(lines):
        return None
    wanted = (place.line - 1, place.column - 1)
    for entry in _entries(root, (), None):
        mark = entry.node.start_mark
        if (mark.line, mark.column) == wanted:
            if dropping:
                return _dropping(text, lines, entry)
            if isinstance(entry.node, yaml.ScalarNode):
                return Span(_at(lines, mark), _at(lines, entry.node.end_mark), entry.path)
        value = entry.value.start_mark
        if not dropping and (value.line, value.column) == wanted and isinstance(entry.value, yaml.ScalarNode):
            return Span(_at(lines, entry.value.start_mark), _at(lines, entry.value.end_mark), (*entry.path, "="))
    return None


def _entries(node: yaml.Node, path: Path, holder: _Entry | None) -> Iterator[_Entry]:
    """Every entry of every collection, outer ones first."""
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            entry = _Entry(item, item, (*path, number), node, number, holder)
            yield entry
            yield from _entries(item, entry.path, entry)
    elif isinstance(node, yaml.MappingNode):
        for number, (key, value) in enumerate(node.value):
            entry = _Entry(key, value, (*path, str(key.value)), node, number, holder)
            yield entry
            yield from _entries(value, entry.path, entry)


def _dropping(text: str, lines: list[int], entry: _Entry) -> Span | None:
    among = entry.parent.value
    alone = len(among) == 1
    if alone and isinstance(entry.parent, yaml.SequenceNode):
        return _dropping(text, lines, entry.holder) if entry.holder is not None else None
    if entry.parent.flow_style:
        start, end = _at(lines, entry.node.start_mark), _end(text, lines, entry.value)
        following = _first(among[entry.number + 1]) if entry.number + 1 < len(among) else None
        if alone:
            pass
        elif following is None or (entry.number and following.start_mark.line > entry.value.end_mark.line):
            before = among[entry.number - 1]
            start = _end(text, lines, before[1] if isinstance(before, tuple) else before)
        else:
            end = _at(lines, following.start_mark)
        return Span(start, end, entry.path)
    start = lines[entry.node.start_mark.line]
    indent = text[start : _at(lines, entry.node.start_mark)]
    if indent.strip(" ") not in (("-",) if isinstance(entry.parent, yaml.SequenceNode) else ("",)):
        return None
    end = text.find("\n", _end(text, lines, entry.value))
    return Span(start, len(text) if end < 0 else end + 1, entry.path)


def _first(entry: Any) -> yaml.Node:
    node: yaml.Node = entry[0] if isinstance(entry, tuple) else entry
    return node


def _end(text: str, lines: list[int], node: yaml.Node) -> int:
    """Where the last character of a node stands; the end mark of a block is where the next token begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, lines, last[1] if isinstance(last, tuple) else last)
    return len(text[: _at(lines, node.end_mark)].rstrip())


def _offsets(text: str) -> list[int]:
    starts = [0]
    for number, character in enumerate(text):
        if character == "\n":
            starts.append(number + 1)
    return starts


def _at(lines: list[int], mark: yaml.Mark) -> int:
    return lines[mark.line] + mark.column


def dropped(value: Any, path: Path, _: str | None) -> Any:
    """A plain value without what stands under a path."""
    result = copy.deepcopy(value)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return result


def changed(value: Any, path: Path, new: str | None) -> Any:
    """A plain value with another text or key under a path; a last step ``=`` means the value of a key."""
    result = copy.deepcopy(value)
    *steps, last = path
    if last == "=":
        last = steps.pop()
        is_key = False
    else:
        is_key = isinstance(last, str)
    inner = result
    for step in steps:
        inner = inner[step]
    if not is_key:
        inner[last] = new
        return result
    renamed = {new if key == last else key: item for key, item in inner.items()}
    inner.clear()
    inner.update(renamed)
    return result
