"""What changes from one rulebook to another beside the rules: rows of tables, authorities, and preferences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from typing import Literal as Word

from comity.law.authority import Authority
from comity.law.preferences import Preferences
from comity.law.rulebook import Rulebook
from comity.law.table_files import key
from comity.law.tables import Row

SOURCES: Final = ("source", "note", "as_of", "citation", "title")
"""What says where something comes from, and does not change which advice is given."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A row, an authority, an article or a preference that is added, removed or changed.

    ``group`` is its file; ``fields`` has the values before and after by column, without those that stay.
    """

    kind: Word["added", "removed", "changed"]
    group: str
    key: str
    fields: tuple[tuple[str, str, str], ...]

    @property
    def only_source(self) -> bool:
        """Whether the same is said as before, on another source or with another note."""
        return self.kind == "changed" and all(name in SOURCES for name, _, _ in self.fields)


def record_changes(old: Rulebook, new: Rulebook) -> list[RecordChange]:
    """What changes in tables, authorities, preferences, and in what an agency says of the shipped rules."""
    found: list[RecordChange] = []
    for name in sorted({*old.tables.files, *new.tables.files}):
        before, after = (_rows(name, book) for book in (old, new))
        found += _changes(f"tables/{name}", before, after)
    found += _changes("authorities.yaml", _authorities(old.authorities), _authorities(new.authorities))
    for name in ("preferences/lead.yaml", "preferences/routes.yaml"):
        first, second = (_preferences(name, book.preferences) for book in (old, new))
        found += _changes(name, first, second)
    return [*found, *_changes("changes.yaml", _departures(old), _departures(new))]


def _changes(
    group: str, before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[RecordChange]:
    for name in [*before, *(n for n in after if n not in before)]:
        first, second = before.get(name), after.get(name)
        columns = [*(first or {}), *(c for c in second or {} if c not in (first or {}))]
        values = [(c, (first or {}).get(c, ""), (second or {}).get(c, "")) for c in columns]
        fields = tuple(value for value in values if value[1] != value[2])
        if first is None or second is None:
            yield RecordChange("added" if first is None else "removed", group, name, fields)
        elif fields:
            yield RecordChange("changed", group, name, fields)


def _rows(name: str, book: Rulebook) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in book.tables.files.get(name, ()):
        found[_unique(key(name, row), row, found)] = row.values
    return found


def _unique(name: str, row: Row, found: Mapping[str, object]) -> str:
    """A state may have joined twice: the second row is named with its day."""
    return f"{name} {row['in_force']}" if name in found else name


def _authorities(authorities: Mapping[str, Authority]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for authority in authorities.values():
        head = ("title", "citation", "kind", "source", "as_of", "verified")
        found[authority.id] = {name: getattr(authority, name) for name in head}
        for name, article in authority.articles.items():
            found[f"{authority.id}/{name}"] = {"says": article.says, "verified": article.verified}
    return found


def _preferences(name: str, preferences: Preferences) -> dict[str, dict[str, str]]:
    if name.endswith("lead.yaml"):
        ranked = enumerate(preferences.factors, 1)
        return {f.id: {"place": str(n), "weight": str(f.weight), "title": f.title} for n, f in ranked}
    return {"order": {"order": ", ".join(preferences.order)}}


def _departures(book: Rulebook) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for change in book.changes:
        entries = " ".join(str(entry.value) for entry in change.entries)
        name = f"{change.kind} {change.target} {entries}".rstrip()
        found[name] = {"reason": change.reason, "cites": ", ".join(change.cites)}
    return found
