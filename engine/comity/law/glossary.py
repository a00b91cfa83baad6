"""The glossary: what words mean in a rulebook, and which law defines them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.law import source
from comity.law.authority import Authority
from comity.law.finding import Finding, InputError, Place, one_of

FILE: Final = "glossary.yaml"
_KEYS: Final = ("says", "cites")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with what it means; ``cites`` is the law that defines it, where one does."""

    word: str
    says: str
    cites: tuple[str, ...]
    place: Place


def read_glossary(
    folders: Iterable[Path], authorities: Mapping[str, Authority]
) -> tuple[tuple[Entry, ...], list[Finding]]:
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
            findings.append(Finding(node.place, "G001", "a glossary holds words with what they say"))
            continue
        for key, value in node.pairs:
            entry = _entry(str(key.value), value, findings)
            found[entry.word] = entry
    for entry in found.values():
        for cited in entry.cites:
            id_, _, article = cited.partition("/")
            authority = authorities.get(id_)
            if authority is None or (article and article not in authority.articles):
                hint = one_of(article, authority.articles) if authority else one_of(id_, authorities)
                findings.append(
                    Finding(entry.place, "G003", f"'{entry.word}' cites '{cited}', which is not there", hint)
                )
    return tuple(sorted(found.values(), key=lambda entry: entry.word.lower())), findings


def _entry(word: str, node: source.Node, findings: list[Finding]) -> Entry:
    plain = source.plain(node)
    values = plain if isinstance(plain, dict) else {}
    for name in values.keys() - set(_KEYS):
        findings.append(Finding(source.place_of(node, (name,)), "G002", f"unknown key '{name}'", one_of(name, _KEYS)))
    says, cites = values.get("says"), values.get("cites", [])
    if not isinstance(says, str) or not isinstance(cites, list):
        findings.append(Finding(node.place, "G001", f"'{word}' needs a text in 'says', and a list in 'cites' if any"))
        return Entry(word, "", (), node.place)
    return Entry(word, says, tuple(map(str, cites)), node.place)
