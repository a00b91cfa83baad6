"""What the files of a rulebook may name, also while some of them are still being written.

A rulebook with faults has no meaning, but its names are known: what an editor offers does not vanish with a typing
error somewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.law import overlay, source, table_files
from comity.law.authority import Authority, read_authorities
from comity.law.finding import InputError, Place
from comity.law.glossary import Entry, read_glossary
from comity.law.overlay import AgencyChange
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

    The keys of ``words`` are relations and fields, such as ``("warning", "code")``. ``beneath`` has the rules of the
    shipped rulebook where an agency's own is on top of it: those that it switches off are not among its ``rules``.
    """

    rules: Mapping[str, Named]
    authorities: Mapping[str, Authority]
    tables: Tables
    preferences: Preferences
    glossary: Mapping[str, Entry]
    words: Mapping[tuple[str, str], frozenset[str]]
    beneath: Mapping[str, Named]

    @classmethod
    def of(cls, folder: Path) -> Names:
        """The names of the rulebook in *folder*, a whole one or an agency's own on top of the shipped one.

        Raises:
            InputError: the folder of tables is missing; other faults are passed over.
        """
        folders = folders_of(folder)
        changes, _ = overlay.read_changes(folder) if len(folders) > 1 else ([], [])
        authorities: Mapping[str, Authority] = {}
        for number, each in enumerate(folders):
            written, _ = read_authorities([each / "authorities.yaml"], authorities)
            authorities = overlay.merged_authorities(authorities, written, changes)[0] if number else written
        preferences, _ = read_preferences([f / "preferences" for f in folders])
        glossary, _ = read_glossary(folders)
        found = {f: [node for path, _ in rule_files([f]) for node in _rules(path)] for f in folders}
        words: dict[tuple[str, str], set[str]] = defaultdict(set)
        for nodes in found.values():
            for key, word in (pair for node in nodes for pair in _words(node)):
                words[key].add(word)
        rules = {f: {n.id: n for node in nodes if (n := _named(node)) is not None} for f, nodes in found.items()}
        off = {change.target for change in changes if change.kind == "disable"} - rules[folders[-1]].keys()
        return cls(
            {id_: named for f in folders for id_, named in rules[f].items() if id_ not in off},
            authorities,
            _tables(folders, changes),
            preferences,
            {entry.word: entry for entry in glossary},
            {key: frozenset(each) for key, each in words.items()},
            rules[folders[0]] if len(folders) > 1 else {},
        )


def _tables(folders: Sequence[Path], changes: Sequence[AgencyChange]) -> Tables:
    known, _ = table_files.load([folders[0] / "tables"])
    for folder in folders[1:]:
        rows, _ = table_files.read_rows(folder / "tables")
        for name in rows:
            rows[name], _ = overlay.merged_rows(name, known.files.get(name, ()), rows[name], changes)
        known = table_files.assembled({**known.files, **rows})
    return known


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
