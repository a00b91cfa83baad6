"""An agency's own folder on top of the shipped rulebook: what it switches off, what it puts in whose place, and why.

What is added needs no word beyond its own citation and source. Whatever of the shipped rulebook is disabled or
replaced stands in ``changes.yaml`` with a reason, so that one page tells where the agency departs from it::

    - disable: capacity-of-the-state      # a shipped rule
      reason: "Since the circular of 2026 our office does not weigh technical means"
      cites: [our-circular/3]
    - replace: voluntary-practice         # a rule of this folder bears the same id
      reason: ...
    - replace: tables/parties/budapest.csv
      entries: [KE]                       # rows by their first columns
      reason: ...
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from typing import Literal as Word

from comity.law import glossary, source
from comity.law.authority import Authority
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rule import LawRule
from comity.law.table_files import key
from comity.law.tables import Row

FILE: Final = "changes.yaml"
"""The file in which an agency says where it departs from the shipped rulebook."""

AUTHORITIES: Final = "authorities.yaml"
PREFERENCES: Final = ("preferences/lead.yaml", "preferences/routes.yaml")
KEYS: Final = ("disable", "replace", "entries", "reason", "cites")
"""The keys that a change may have."""

_HEAD: Final = ("title", "citation", "kind", "source", "as_of")


@dataclass(frozen=True, slots=True)
class AgencyChange:
    """One departure from the shipped rulebook.

    ``target`` is the id of a rule or a file such as ``tables/networks.csv``; ``entries`` are the rows or authorities of
    that file which are meant (none: the whole file); ``citations`` have their places. ``shipped`` is the rule
    as comity ships it, where one is meant.
    """

    kind: Word["disable", "replace"]
    target: str
    entries: tuple[source.Scalar, ...]
    reason: str
    citations: tuple[tuple[str, Place], ...]
    place: Place
    shipped: LawRule | None = None

    @property
    def cites(self) -> tuple[str, ...]:
        """What the change rests on."""
        return tuple(cited for cited, _ in self.citations)

    @property
    def is_file(self) -> bool:
        """Whether a file is meant, and not a rule."""
        return self.target.endswith((".csv", ".yaml"))

    def covers(self, entry: str) -> bool:
        """Whether a row or authority, named by its key, is among those that are meant."""
        return not self.entries or any(_within(entry, str(e.value)) for e in self.entries)


def is_overlay(folder: Path) -> bool:
    """Whether a folder is read on top of the shipped rulebook: it has ``changes.yaml``, or no authorities."""
    return (folder / FILE).exists() or not (folder / AUTHORITIES).exists()


def read_changes(folder: Path) -> tuple[list[AgencyChange], list[Finding]]:
    """What ``changes.yaml`` in *folder* says, and what is wrong with it; a file without entries is no fault."""
    path = folder / FILE
    if not path.exists():
        return [], []
    findings: list[Finding] = []
    try:
        node = source.read(path)
    except InputError as error:
        return [], [f for f in error.findings if f.code != "F005"]
    if not isinstance(node, source.Sequence):
        hint = "begin each with '- disable: …' or '- replace: …'"
        return [], [Finding(node.place, "O001", "this file holds a list of changes", hint)]
    changes = [change for item in node.items if (change := _change(item, findings)) is not None]
    seen: dict[tuple[str, str], AgencyChange] = {}
    for change in changes:
        for entry in [str(e.value) for e in change.entries] or [""]:
            earlier = seen.setdefault((change.target, entry), change)
            if earlier is not change:
                told = f"'{change.target}{f' {entry}' if entry else ''}' is changed twice"
                findings.append(Finding(change.place, "O002", told, f"see {earlier.place}"))
    return changes, findings


def _change(node: source.Node, findings: list[Finding]) -> AgencyChange | None:
    if not isinstance(node, source.Mapping):
        findings.append(Finding(node.place, "O001", "a change has keys", "begin it with '- disable: …'"))
        return None
    before = len(findings)
    for name, _ in node.pairs:
        if name.value not in KEYS:
            findings.append(Finding(name.place, "O001", f"unknown key '{name.value}'", one_of(str(name.value), KEYS)))
    kinds: list[Word["disable", "replace"]] = [k for k in ("disable", "replace") if node.get(k) is not None]
    if len(kinds) != 1:
        told = "says both 'disable' and 'replace'" if kinds else "says neither 'disable' nor 'replace'"
        findings.append(Finding(node.place, "O001", f"this change {told}", "disable: ID, or replace: ID"))
        return None
    target, reason = node.get(kinds[0]), node.get("reason")
    if not isinstance(target, source.Scalar) or target.value is None:
        findings.append(Finding(source.place_of(node, (kinds[0],)), "O001", "name one rule or file here"))
    written = isinstance(reason, source.Scalar) and str(reason.value or "").strip()
    if not written and len(findings) == before:
        place = source.place_of(node, ("reason",))
        hint = f"reason: why this agency {kinds[0]}s it"
        findings.append(Finding(place, "O003", "the reason is missing", hint))
    entries, cites = _words(node, "entries", findings), _words(node, "cites", findings)
    if len(findings) > before:
        return None
    assert isinstance(target, source.Scalar)
    assert isinstance(reason, source.Scalar)
    cited = tuple((str(c.value), c.place) for c in cites)
    return AgencyChange(kinds[0], str(target.value), entries, str(reason.value), cited, target.place)


def _words(node: source.Mapping, name: str, findings: list[Finding]) -> tuple[source.Scalar, ...]:
    value = node.get(name)
    if value is None:
        return ()
    items = value.items if isinstance(value, source.Sequence) else ()
    words = tuple(i for i in items if isinstance(i, source.Scalar) and i.value is not None)
    if not words or len(words) < len(items):
        findings.append(Finding(value.place, "O001", f"'{name}' must be a list", "write it in square brackets"))
    return words


def _within(entry: str, named: str) -> bool:
    return entry == named or entry.startswith((f"{named} ", f"{named}/"))


def merged_rules(
    shipped: Sequence[LawRule], own: Sequence[LawRule], changes: Sequence[AgencyChange]
) -> tuple[list[LawRule], list[AgencyChange], list[Finding]]:
    """The rules that apply, the changes with the rules that they concern, and what is wrong.

    A shipped rule goes on naming what it overrides when that is switched off; an own one may not.
    """
    below = {rule.id: rule for rule in shipped}
    above = {rule.id: rule for rule in own}
    findings: list[Finding] = []
    by_target = {change.target: change for change in changes if not change.is_file}
    for change in by_target.values():
        findings += _rule_faults(change, below, above)
    for rule in own:
        if rule.id in below and rule.id not in by_target:
            hint = f"take another id, or write in {FILE}: - replace: {rule.id}, with a reason"
            findings.append(Finding(rule.place, "O006", f"comity ships a rule '{rule.id}' already", hint))
    disabled = {target for target, change in by_target.items() if change.kind == "disable"} - above.keys()
    for rule in own:
        for other, place in rule.overrides:
            if other in disabled:
                hint = f"take it out here, or enable the rule again ({by_target[other].place})"
                findings.append(Finding(place, "O007", f"'{other}' is disabled, so there is nothing to override", hint))
    kept = [
        replace(rule, overrides=tuple(pair for pair in rule.overrides if pair[0] not in disabled))
        for rule in (*(r for r in shipped if r.id not in disabled and r.id not in above), *own)
    ]
    told = [replace(change, shipped=below.get(change.target)) for change in changes]
    return kept, told, findings


def _rule_faults(change: AgencyChange, below: Mapping[str, LawRule], above: Mapping[str, LawRule]) -> Iterator[Finding]:
    if change.entries:
        yield Finding(change.entries[0].place, "O001", "a rule has no entries", "leave 'entries' out")
    if change.target not in below:
        message = f"comity ships no rule '{change.target}'"
        if change.target in above:
            message += "; the one of that id is your own"
        yield Finding(change.place, "O004", message, one_of(change.target, below))
    elif change.kind == "replace" and change.target not in above:
        hint = f"write a rule with 'id: {change.target}' in this folder, or disable it"
        yield Finding(change.place, "O005", f"nothing takes the place of '{change.target}'", hint)
    elif change.kind == "disable" and change.target in above:
        hint = f"write 'replace: {change.target}', since your rule takes its place"
        yield Finding(above[change.target].place, "O005", f"'{change.target}' is disabled and written anew", hint)


def merged_rows(
    name: str, shipped: Sequence[Row], own: Sequence[Row], changes: Sequence[AgencyChange]
) -> tuple[tuple[Row, ...], list[Finding]]:
    """The rows of the table *name* (a path below ``tables/``) that apply, and what is wrong.

    Own rows add to the shipped ones; a shipped row gives way where a change names it.
    """
    findings: list[Finding] = []
    about = [change for change in changes if change.target == f"tables/{name}"]
    dropped = {id(row) for row in shipped for change in about if change.covers(key(name, row))}
    own_keys = [key(name, row) for row in own]
    for change in about:
        for entry in change.entries:
            named = str(entry.value)
            if not any(_within(key(name, row), named) for row in shipped):
                hint = one_of(named, [key(name, row) for row in shipped])
                findings.append(Finding(entry.place, "O004", f"the shipped {name} has no '{named}'", hint))
            elif change.kind == "replace" and not any(_within(k, named) for k in own_keys):
                hint = f"add the row to {change.target} of this folder, or disable it"
                findings.append(Finding(entry.place, "O005", f"nothing takes the place of '{named}'", hint))
        if not change.entries and change.kind == "replace" and not own:
            hint = f"write {change.target} in this folder"
            findings.append(Finding(change.place, "O005", f"nothing takes the place of {change.target}", hint))
    kept = {key(name, row): row for row in shipped if id(row) not in dropped}
    added: list[Row] = []
    for row, named in zip(own, own_keys, strict=True):
        added += [] if named in kept else [row]
        if named in kept:
            hint = f"in {FILE}: - replace: tables/{name}, entries: [{named}], with a reason"
            message = f"the shipped {name} has a row '{named}' already (line {kept[named].place.line})"
            findings.append(Finding(row.place, "O006", message, hint))
    return (*(row for row in shipped if id(row) not in dropped), *added), findings


def merged_authorities(
    shipped: Mapping[str, Authority], own: Mapping[str, Authority], changes: Sequence[AgencyChange]
) -> tuple[dict[str, Authority], list[Finding]]:
    """The authorities that may be cited, and what is wrong.

    An own entry with the id of a shipped one adds its articles; only where a change says so does it take the place of
    an article that is shipped, or of what is shipped of the authority itself, such as its source.
    """
    found = dict(shipped)
    findings: list[Finding] = []
    about = [change for change in changes if change.target == AUTHORITIES]
    known = [*shipped, *(f"{a.id}/{article}" for a in shipped.values() for article in a.articles)]
    named = {str(entry.value) for change in about for entry in change.entries}
    for change in about:
        if change.kind == "disable" or not change.entries:
            hint = "replace: authorities.yaml, entries: [budapest/32-b]"
            findings.append(Finding(change.place, "O001", "of authorities single entries can be replaced", hint))
        for entry in change.entries:
            word, _, article = str(entry.value).partition("/")
            if str(entry.value) not in known:
                message = f"comity ships no authority '{entry.value}'"
                findings.append(Finding(entry.place, "O004", message, one_of(str(entry.value), known)))
            elif word not in own or (article and article not in own[word].articles):
                hint = "write it in authorities.yaml of this folder"
                findings.append(Finding(entry.place, "O005", f"nothing takes the place of '{entry.value}'", hint))
    for id_, authority in own.items():
        below = shipped.get(id_)
        if below is None:
            found[id_] = authority
            continue
        again = [f"{id_}/{a}" for a in authority.articles if a in below.articles]
        head = {name: text for name in _HEAD if (text := getattr(authority, name))}
        taken = [word for word in [*([id_] if head else []), *again] if not {word, id_} & named]
        if taken:
            hint = f"in {FILE}: - replace: {AUTHORITIES}, entries: [{', '.join(taken)}], with a reason"
            findings.append(Finding(authority.place, "O006", f"comity ships '{taken[0]}' already", hint))
        found[id_] = replace(below, **head, articles={**below.articles, **authority.articles})
    return found, findings


def file_faults(changes: Iterable[AgencyChange], folder: Path, shipped: Path) -> Iterator[Finding]:
    """Changes of files that comity does not ship, or that nothing takes the place of."""
    files = [p.relative_to(shipped).as_posix() for p in (*shipped.rglob("*.csv"), *shipped.glob("preferences/*.yaml"))]
    for change in changes:
        if not change.is_file or change.target == AUTHORITIES:
            continue
        if change.target not in files:
            hint = one_of(change.target, [*files, AUTHORITIES])
            yield Finding(change.place, "O004", f"comity ships no table or preferences '{change.target}'", hint)
        elif change.target.startswith("preferences/"):
            if change.kind == "disable" or change.entries:
                yield Finding(change.place, "O001", "preferences are replaced as a whole", f"replace: {change.target}")
            elif not (folder / change.target).exists():
                hint = f"write {change.target} in this folder"
                yield Finding(change.place, "O005", f"nothing takes the place of {change.target}", hint)
    named = {change.target for change in changes}
    for path in sorted((folder / "preferences").glob("*.yaml")):
        target = f"preferences/{path.name}"
        if target in files and target not in named:
            hint = f"in {FILE}: - replace: {target}, with a reason"
            yield Finding(Place(str(path)), "O006", f"comity ships {target} already", hint)


def unread_files(folder: Path, layers: Sequence[str]) -> Iterator[Finding]:
    """Rules and tables that stand where nobody reads them."""
    for path in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml"), *folder.rglob("*.csv"))):
        first, *rest = path.relative_to(folder).parts
        known = [*layers, "properties"] if path.suffix == ".yaml" else ["tables"]
        if path.suffix == ".yml":
            yield Finding(Place(str(path)), "O008", "this file is not read", f"call it {path.stem}.yaml")
        elif rest and first not in (*known, "preferences"):
            hint = one_of(first, known) or f"one of: {', '.join(known)}"
            yield Finding(Place(str(path)), "O008", f"this file is not read: no folder is called '{first}'", hint)
        elif not rest and path.name not in (FILE, AUTHORITIES, glossary.FILE):
            hint = f"move it into one of the folders {', '.join(known)}"
            yield Finding(Place(str(path)), "O008", "this file is not read where it stands", hint)
