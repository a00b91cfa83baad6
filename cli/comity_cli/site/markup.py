"""Text of the rulebook as MyST, the Markdown of Sphinx: escaped, linked, and marked with how well it was verified."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$^])")
_BEGINS_LIST = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))", re.MULTILINE)
_URL = re.compile(r"https?://[^\s;,<>\"']+[^\s;,<>\"').]")

VERIFIED: Final = {
    "yes": "the text was read",
    "partly": "confirmed by another source",
    "no": "nobody has read it yet",
}


SHORT: Final = {"yes": "read", "partly": "confirmed", "no": "not read"}


class Marked(str):
    """Text that is MyST already and is not escaped again."""

    __slots__ = ()


def escaped(text: object) -> Marked:
    """*text* so that MyST shows it as it is written, in one paragraph."""
    if isinstance(text, Marked):
        return text
    flat = " ".join(str(text).split())
    return Marked(_BEGINS_LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", flat)))


def ref(role: str, target: str, text: str = "") -> Marked:
    """A link to something that the rulebook names, such as ``ref("rule", "sovereignty-1")``."""
    shown = text.replace("`", "'").replace("<", "(").replace(">", ")")
    return Marked(f"{{{role}}}`{shown} <{target}>`" if shown else f"{{{role}}}`{target}`")


def joined(parts: Iterable[str], between: str = ", ") -> Marked:
    """*parts* one after the other; each is escaped if it is no MyST yet."""
    return Marked(between.join(map(escaped, parts)))


def span(text: str, *classes: str) -> Marked:
    """*text* with classes that the style sheet knows."""
    return Marked(f"[{escaped(text)}]{{{' '.join('.' + name for name in classes)}}}")


def verified(word: str, short: bool = False) -> Marked:
    """How well something was verified; *short* where a column says what it is about."""
    known = word if word in VERIFIED else "no"
    return span((SHORT if short else VERIFIED)[known], "verified", f"verified-{known}")


def day(text: str) -> Marked:
    """A day, which never breaks into two lines."""
    return span(text, "day") if text else Marked("")


def linked(text: str) -> Marked:
    """*text* with its web addresses as links that show the site and no more."""
    parts: list[str] = []
    end = 0
    for match in _URL.finditer(text):
        site = match[0].split("/")[2].removeprefix("www.")
        parts += [escaped_part(text[end : match.start()]), f"[{escaped(site)}](<{match[0]}>)"]
        end = match.end()
    return Marked("".join([*parts, escaped_part(text[end:])]))


def escaped_part(text: str) -> Marked:
    """A part of a sentence, escaped with the spaces around it."""
    inner = escaped(text)
    before, after = text[:1].isspace(), text[-1:].isspace()
    return Marked(f"{' ' if before else ''}{inner}{' ' if after and inner else ''}")


def source_link(text: str, shown: str = "") -> Marked:
    """The first web address of a source, *shown* as that or as the word; without an address what is shown alone."""
    match = _URL.search(text)
    if match:
        return Marked(f"[{escaped(shown or 'source')}](<{match[0]}>){{.day}}")
    return day(shown)


def reason(text: str) -> Marked:
    """The reason of a rule: ``{item}`` stands for something of the case."""
    parts = re.split(r"\{(\w+)\}", text)
    shown = (
        span(part.replace("_", " "), "slot") if number % 2 else escaped_part(part) for number, part in enumerate(parts)
    )
    return Marked("".join(shown))
