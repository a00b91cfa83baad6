"""The glossary: what words mean in a rulebook, and which law defines them; no decision rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.law import source
from comity.law.finding import Finding, InputError, Place, one_of

FILE: Final = "glossary.yaml"
KEYS: Final = ("says", "cites")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with what it means; ``citations`` are the law that defines it, where one does, with their places."""

    word: str
    says: str
    citations: tuple[tuple[str, Place], ...]
    place: Place


def read_glossary(folders: Iterable[Path]) -> tuple[tuple[Entry, ...], list[Finding]]:
    """The words of the glossaries that exist, later ones adding to earlier ones, and what is wrong with them."""
    found: dict[str, Entry] = {}
    findings: list[Finding] = []
    for path in (folder / FILE for folder in folders):
        if not path.exists():
            continue
        try:
            node = source.read(path)
        except InputError as error:
            findings += error.findings
            continue
        if not isinstance(node, source.Mapping):
            findings.append(Finding(node.place, "W001", "a glossary holds words with what they say"))
            continue
        for key, value in node.pairs:
            entry = _entry(str(key.value), value, findings)
            found[entry.word] = entry
    return tuple(sorted(found.values(), key=lambda entry: entry.word.lower())), findings


def _entry(word: str, node: source.Node, findings: list[Finding]) -> Entry:
    says = node.get("says") if isinstance(node, source.Mapping) else None
    cites = node.get("cites") if isinstance(node, source.Mapping) else None
    for key, _ in node.pairs if isinstance(node, source.Mapping) else ():
        if key.value not in KEYS:
            findings.append(Finding(key.place, "W002", f"unknown key '{key.value}'", one_of(str(key.value), KEYS)))
    if not isinstance(says, source.Scalar) or says.value is None or not isinstance(cites, source.Sequence | None):
        findings.append(Finding(node.place, "W001", f"'{word}' needs a text in 'says', and a list in 'cites' if any"))
        return Entry(word, "", (), node.place)
    items = cites.items if cites is not None else ()
    cited = tuple((str(item.value), item.place) for item in items if isinstance(item, source.Scalar))
    return Entry(word, str(says.value), cited, node.place)
