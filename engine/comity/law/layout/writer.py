"""Writing rules line by line: a list of rules with a line between, flow style for conditions, texts on one line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final

import yaml

from comity.law.layout.comments import Comment

WIDTH: Final = 120
"""How long a line may be, unless a single value is longer."""

ORDER: Final = (
    "id",
    "title",
    "cites",
    "default",
    "strict",
    "effective",
    "when",
    "never",
    "possible",
    "tables_never",
    "unless",
    "conclude",
    "rule_out",
    "unsettle",
    "overrides",
    "because",
    "note",
    "accept",
)
"""The order of the keys of a rule or a property; keys that are not known come last, as they stand."""

ORDER_OF_CHANGE: Final = ("disable", "replace", "entries", "reason")
"""The keys of a change of an agency that come before those that it shares with rules."""

ALTERNATIVES: Final = "unless"
"""The key whose entries are laid out like rules."""

LISTS: Final = ("when", "never", "possible", "tables_never", ALTERNATIVES, "conclude", "rule_out", "unsettle", "accept")
"""The keys whose entries each have a line of their own."""

_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)$")
_RISKY: Final = re.compile(
    r"^[\s!&*|>@`\"'%#,\[\]{}~]|^[-?:](\s|$)|^(---|\.\.\.)|:(\s|$)|\s#|\s$|[\x00-\x1f\x7f\u0085\u2028\u2029\ufeff]"
)
_RISKY_IN_FLOW: Final = re.compile(r"[,\[\]{}]|:$|^[-?:]")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Writer:
    """Writes one file; every comment goes with what stands below it, or beside it."""

    def __init__(self, comments: list[Comment]) -> None:
        self.waiting = list(comments)
        self.margin = 0

    def written(self, root: yaml.SequenceNode) -> str:
        """The whole file."""
        lines: list[str] = []
        for rule in root.value:
            above = self._above(rule, None)
            body = self._rule(rule)
            if lines:
                lines.append("")
            lines += _paragraphs(above)
            if above and above[-1].before_gap:
                lines.append("")
            lines += body
        rest, self.waiting = self.waiting, []
        if rest and lines:
            lines.append("")
        lines += _paragraphs(rest)
        return "\n".join(lines) + "\n"

    def _rule(self, rule: yaml.MappingNode) -> list[str]:
        before = {str(key.value): (key, value) for key, value in rule.value}
        parts: dict[str, list[str]] = {}
        for name, (key, value) in before.items():
            parts[name] = self._key(name, key, value)
        known = [name for name in (*ORDER_OF_CHANGE, *ORDER) if name in parts]
        lines = [line for name in (*known, *(n for n in parts if n not in known)) for line in parts[name]]
        first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
        lead = lines[:first]
        body = [f"  {line}" if line else line for line in lines[first:]]
        return [*lead, f"- {body[0][2:]}", *body[1:]]

    def _key(self, name: str, key: yaml.Node, value: yaml.Node) -> list[str]:
        """The lines of a key with its value, not indented."""
        if name in LISTS and isinstance(value, yaml.SequenceNode) and value.value:
            above, beside = self._above(key, None), self._beside(key.start_mark.line, value.value[0].start_mark.line)
            lines = [c.text for c in above] + [_with(f"{name}:", beside)]
            for item in value.value:
                lines += [f"  {line}" if line else line for line in self._item(name, item)]
            return lines
        above = self._above(key, value)
        room = WIDTH - 2 - self.margin
        lines = _text(name, value, room) if isinstance(value, yaml.ScalarNode) else _flow(f"{name}: ", value, 2, room)
        return self._commented(above, lines, key, value)

    def _item(self, name: str, item: yaml.Node) -> list[str]:
        if name == ALTERNATIVES and isinstance(item, yaml.MappingNode) and item.value:
            above = self._above(item, None)
            self.margin += 4
            lines = self._rule(item)
            self.margin -= 4
            return [*(c.text for c in above), *lines]
        above = self._above(item, item)
        room = WIDTH - 4 - self.margin
        if isinstance(item, yaml.MappingNode) and len(item.value) == 1:
            key, value = item.value[0]
            lines = _flow(f"- {_scalar(key)}: ", value, 4, room)
        else:
            lines = _flow("- ", item, 4, room)
        return self._commented(above, lines, item, item)

    def _commented(self, above: list[Comment], lines: list[str], first: yaml.Node, last: yaml.Node) -> list[str]:
        """The lines with the comments above them, and beside them where they are but one line."""
        beside = self._beside(first.start_mark.line, _last_line(last) + 1)
        if len(lines) == 1 and len(beside) == 1:
            return [*(c.text for c in above), _with(lines[0], beside)]
        return [*(c.text for c in (*above, *beside)), *lines]

    def _above(self, first: yaml.Node, whole: yaml.Node | None) -> list[Comment]:
        """The comments above a node, and of a *whole* value those that stand alone inside it."""
        last = _last_line(whole) if whole is not None else first.start_mark.line
        taken = [c for c in self.waiting if c.line < first.start_mark.line or (c.alone and c.line <= last)]
        self.waiting = [c for c in self.waiting if c not in taken]
        return taken

    def _beside(self, first: int, end: int) -> list[Comment]:
        """The comments in the lines from *first* to before *end*; in any case those of the first line."""
        taken = [c for c in self.waiting if not c.alone and first <= c.line < max(end, first + 1)]
        self.waiting = [c for c in self.waiting if c not in taken]
        return taken


def _paragraphs(comments: list[Comment]) -> Iterator[str]:
    for number, comment in enumerate(comments):
        if number and comment.after_gap:
            yield ""
        yield comment.text


def _with(line: str, beside: list[Comment]) -> str:
    return "  ".join([line, *(c.text for c in beside)])


def _last_line(node: yaml.Node) -> int:
    """The last line of a node; the end mark of a block is where the next token begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    return mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line


def _text(name: str, node: yaml.ScalarNode, room: int) -> list[str]:
    """A key with a text; a note that is too long for the *room* in a line runs over several."""
    text = str(node.value)
    if name == "because" and (node.style or _is_text(text)):
        return [f"because: {_quoted(text)}"]
    line = f"{name}: {_scalar(node, flow=False)}".rstrip(" ")
    if "\n" in text and not re.search(
        r"^[ \t]|[ \t]$|[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029\ufeff]|\n\n\Z|^\n", text, re.MULTILINE
    ):
        head = "|" if text.endswith("\n") else "|-"
        return [f"{name}: {head}", *(f"  {part}" if part else "" for part in text.rstrip("\n").split("\n"))]
    folds = (node.style and node.style in ">") or name == "note"
    if len(line) <= room or not folds or text != " ".join(text.split()) or "\n" in text:
        return [line]
    parts = textwrap.wrap(text, room - 2, break_long_words=False, break_on_hyphens=False)
    return [f"{name}: >-", *(f"  {part}" for part in parts)]


def _is_text(text: str) -> bool:
    return text not in ("", "~") and not _NUMBER.match(text)


def _scalar(node: yaml.Node, flow: bool = True) -> str:
    """A value as short as it reads back the same."""
    text = str(node.value)
    style = getattr(node, "style", None)
    if not style and not _is_text(text):
        return text if text or not flow else "~"
    plain = _is_text(text) and not _RISKY.search(text) and not (flow and _RISKY_IN_FLOW.search(text))
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    inner = "".join(_ESCAPES.get(c) or (c if c.isprintable() else _escaped(c)) for c in text)
    return f'"{inner}"'


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _flow(head: str, node: yaml.Node, indent: int, room: int) -> list[str]:
    """A value behind its *head* in flow style, broken behind commas where it is longer than the *room* in a line.

    *indent* is what the lines that follow are indented by.
    """
    lines, line = [], head.rstrip(" ") if not _pieces_of(node) else head
    for piece in _pieces_of(node):
        if len(line) + len(piece.rstrip(" ")) > room and line.strip() and line != head:
            lines.append(line.rstrip(" "))
            line = " " * indent
        line += piece
    return [*lines, line.rstrip(" ")]


def _pieces_of(node: yaml.Node) -> list[str]:
    pieces = list(_pieces(node))
    return pieces if pieces != [""] else []


def _pieces(node: yaml.Node) -> Iterator[str]:
    """A value in parts between which a line may end: each ends with a comma and a blank, but the last."""
    if isinstance(node, yaml.ScalarNode):
        yield _scalar(node)
        return
    opening, closing = ("[", "]") if isinstance(node, yaml.SequenceNode) else ("{", "}")
    parts: list[str] = []
    for number, entry in enumerate(node.value):
        key, value = entry if isinstance(entry, tuple) else (None, entry)
        inner = list(_pieces(value))
        if key is not None:
            inner[0] = f"{_scalar(key)}: {inner[0]}"
        if number + 1 < len(node.value):
            inner[-1] += ", "
        parts += inner
    if not parts:
        yield opening + closing
        return
    parts[0] = opening + parts[0]
    parts[-1] += closing
    yield from parts
