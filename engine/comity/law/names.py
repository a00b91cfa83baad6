"""What the files of a rulebook may name, also while some of them are still being written.

A rulebook with faults has no meaning, but its names are known: what an editor offers does not vanish with a typing
error somewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.law import source, tables
from comity.law.authority import Authority, read_authorities
from comity.law.finding import InputError, Place
from comity.law.glossary import Entry, read_glossary
from comity.law.preferences import Preferences, read_preferences
from comity.law.rulebook import folders_of, rule_files
from comity.law.tables import Tables
from comity.law.vocabulary import RELATIONS

CONCLUDING = ("conclude", "rule_out", "unsettle")


@dataclass(frozen=True, slots=True)
class Named:
    """A rule by name: what ``overrides`` may refer to."""

    id: str
    title: str
    because: str
    place: Place


@dataclass(frozen=True)
class Names:
    """The names of a rulebook; ``words`` are those that its rules give to fields of type ``word``.

    The keys of ``words`` are relations and fields, such as ``("warning", "code")``.
    """

    rules: Mapping[str, Named]
    authorities: Mapping[str, Authority]
    tables: Tables
    preferences: Preferences
    glossary: Mapping[str, Entry]
    words: Mapping[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, folder: Path) -> Names:
        """The names of the rulebook in *folder*, a whole one or additions to the shipped one.

        Raises:
            InputError: the folder of tables is missing; other faults are passed over.
        """
        folders = folders_of(folder)
        known, _ = tables.load([f / "tables" for f in folders if f is folders[0] or (f / "tables").is_dir()])
        authorities, _ = read_authorities([f / "authorities.yaml" for f in folders])
        preferences, _ = read_preferences([f / "preferences" for f in folders])
        nodes = [node for path, _ in rule_files(folders) for node in _rules(path)]
        words: dict[tuple[str, str], set[str]] = defaultdict(set)
        for node in nodes:
            for key, word in _words(node):
                words[key].add(word)
        rules = {named.id: named for node in nodes if (named := _named(node)) is not None}
        glossary, _ = read_glossary(folders)
        return cls(
            rules,
            authorities,
            known,
            preferences,
            {entry.word: entry for entry in glossary},
            {key: frozenset(found) for key, found in words.items()},
        )


def _rules(path: Path) -> Iterator[source.Mapping]:
    try:
        node = source.read(path)
    except InputError:
        return
    if isinstance(node, source.Sequence):
        yield from (item for item in node.items if isinstance(item, source.Mapping))


def _named(node: source.Mapping) -> Named | None:
    def text(key: str) -> str:
        value = node.get(key)
        return str(value.value) if isinstance(value, source.Scalar) and value.value is not None else ""

    return Named(text("id"), text("title"), text("because"), node.place) if text("id") else None


def _words(node: source.Mapping) -> Iterator[tuple[tuple[str, str], str]]:
    for key in CONCLUDING:
        listed = node.get(key)
        for item in listed.items if isinstance(listed, source.Sequence) else ():
            for name, fields in item.pairs if isinstance(item, source.Mapping) else ():
                relation = RELATIONS.get(str(name.value))
                if relation is None or not isinstance(fields, source.Mapping):
                    continue
                for field in relation.fields:
                    value = fields.get(field.name)
                    if field.type == "word" and isinstance(value, source.Scalar):
                        word = str(value.value)
                        if not word.startswith("$"):
                            yield (relation.name, field.name), word
