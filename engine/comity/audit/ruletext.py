"""The text of a rule file, with the place of every part: what is needed to change a rule and show the change."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Edit:
    """Text from *start* up to *end* (offsets in the file) is replaced."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True)
class RuleText:
    """One rule in its file: *node* as parsed, *start* and *end* as offsets of whole lines."""

    path: Path
    file: str
    node: yaml.MappingNode
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line on which the rule begins, from 1."""
        return self.file.count("\n", 0, self.start) + 1

    def get(self, key: str) -> yaml.Node | None:
        """The value under a key of the rule."""
        return next((value for name, value in self.node.value if name.value == key), None)

    def edited(self, edits: tuple[Edit, ...]) -> str:
        """The text of the rule alone, with *edits* made."""
        return _made(self.file[: self.end], edits)[self.start :]

    def diff(self, edits: tuple[Edit, ...]) -> str:
        """*edits* as a unified diff of the file."""
        before, after = self.file.splitlines(), _made(self.file, edits).splitlines()
        name = str(self.path)
        return "\n".join(difflib.unified_diff(before, after, name, name, n=2, lineterm=""))

    def source(self, node: yaml.Node) -> str:
        """The text of a part, without what follows it."""
        return self.file[node.start_mark.index : end_of(node)]

    def lines_of(self, node: yaml.Node, begins: int | None = None) -> Edit:
        """The removal of the whole lines of a part; *begins* is the offset of its key or hyphen."""
        start = self.file.rfind("\n", 0, node.start_mark.index if begins is None else begins) + 1
        end = self.file.find("\n", end_of(node))
        return Edit(start, len(self.file) if end < 0 else end + 1)


def end_of(node: yaml.Node) -> int:
    """The offset after the last character of a part; parsers count what follows a block to the block."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _made(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class RuleFile:
    """A rule file as text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8-sig")

    @cached_property
    def rules(self) -> dict[str, RuleText]:
        """The rules by id, in order."""
        return dict(self._rules())

    def _rules(self) -> Iterator[tuple[str, RuleText]]:
        root = yaml.compose(self.text, Loader=_Loader)
        for node in root.value if isinstance(root, yaml.SequenceNode) else ():
            id_ = next((value.value for key, value in node.value if key.value == "id"), None)
            if id_ is not None:
                start = self.text.rfind("\n", 0, node.start_mark.index) + 1
                # The end of a folded text is where the next rule begins.
                end = self.text.find("\n", len(self.text[: end_of(node)].rstrip()))
                yield id_, RuleText(self.path, self.text, node, start, len(self.text) if end < 0 else end + 1)
