"""The rulebook: all rules, authorities and tables of a folder, checked as one and compiled for the kernel."""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from comity.law import overlay, source, table_faults, table_files
from comity.law.authority import Authority, read_authorities
from comity.law.finding import Finding, InputError, Nearest, Place, one_of
from comity.law.glossary import Entry, read_glossary
from comity.law.overlay import AgencyChange
from comity.law.pattern import Lists
from comity.law.preferences import Preferences, read_preferences
from comity.law.rule import LawRule, RuleReader, Unread
from comity.law.superiority import Superiority
from comity.law.tables import Tables
from comity.logic.model import Firing
from comity.logic.program import Program
from comity.logic.rule import Rule
from comity.logic.soundness import BadSuperiority, ProgramError
from comity.logic.strata import NotStratified

LAYERS: Final = (
    "principles",
    "jurisdiction",
    "instruments",
    "domestic",
    "safeguards",
    "incoming",
    "prevention",
)
"""The folders of rules, from the most general."""


def shipped_folder() -> Path:
    """The folder of the rulebook that comes with the program."""
    packaged = Path(str(importlib.resources.files("comity"))) / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "rules"


@dataclass(frozen=True)
class Rulebook:
    """A checked rulebook; ``digest`` changes when any rule, authority or table does.

    That of an agency has ``beneath`` it the shipped one, and ``changes`` say where and why it departs from that.
    ``suppositions`` tells in words what its tables hold that is no law (see :mod:`comity.law.supposition`).
    """

    folders: tuple[Path, ...]
    rules: tuple[LawRule, ...]
    authorities: dict[str, Authority]
    tables: Tables
    preferences: Preferences
    digest: str
    program: Program = field(repr=False)
    glossary: tuple[Entry, ...] = field(repr=False, default=())
    suppositions: tuple[str, ...] = ()
    beneath: Rulebook | None = field(repr=False, default=None)
    changes: tuple[AgencyChange, ...] = ()

    @classmethod
    def shipped(cls) -> Rulebook:
        """The rulebook that comes with the program."""
        return cls.from_folder(shipped_folder())

    @classmethod
    def from_folder(cls, folder: str | Path) -> Rulebook:
        """The rulebook in *folder*: a whole one, or an agency's own on top of the shipped one (:mod:`.overlay`).

        Raises:
            InputError: with every fault of the folder.
        """
        rulebook, findings = read(Path(folder))
        if rulebook is None or findings:
            raise InputError(findings)
        return rulebook

    @cached_property
    def by_id(self) -> dict[str, LawRule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def own(self) -> frozenset[str]:
        """The ids of the rules that an agency has written itself; none where nothing is beneath."""
        shipped = {rule.place for rule in self.beneath.rules} if self.beneath else set()
        return frozenset(rule.id for rule in self.rules if self.beneath and rule.place not in shipped)

    def change_of(self, rule: str) -> AgencyChange | None:
        """How an agency has changed the shipped rule of that id, or ``None``."""
        return next((change for change in self.changes if change.target == rule), None)

    @cached_property
    def lists(self) -> Lists:
        """The closed lists that come from the tables and the preferences."""
        return _lists(self.tables, self.preferences)

    @cached_property
    def _superiority(self) -> Superiority:
        return Superiority(self.rules)

    def amended(self, changes: Mapping[str, LawRule | None]) -> Rulebook:
        """The rulebook with some rules, by id, replaced, or left out (``None``); the digest stays that of the files.

        Raises:
            ProgramError: the rules have no meaning together.
        """
        rules = tuple(r for rule in self.rules if (r := changes.get(rule.id, rule)) is not None)
        gone = [compiled.id for id_ in changes for compiled in self.by_id[id_].kernel]
        added = [compiled for rule in changes.values() if rule is not None for compiled in rule.kernel]
        pairs = self._superiority.amended(changes)
        return replace(self, rules=rules, program=self.program.amended(gone, added, pairs))

    def law_rule(self, rule: Rule) -> LawRule:
        """The rule of the rulebook that a kernel rule comes from."""
        return self._by_kernel[rule.id]

    @cached_property
    def _by_kernel(self) -> dict[str, LawRule]:
        return {compiled.id: rule for rule in self.rules for compiled in rule.kernel}

    def terms(self, firing: Firing) -> dict[str, str | int | tuple[int, int]]:
        """The terms that a firing's rule adds to the conclusion."""
        return self.head_terms(firing.rule)

    def head_terms(self, rule: Rule) -> dict[str, str | int | tuple[int, int]]:
        """The terms that a kernel rule adds to its conclusion."""
        number = int(rule.id.split("/")[1].rstrip("+-"))
        return dict(self.law_rule(rule).heads[number][1])


def read(folder: Path, forgiven: Container[str] = ()) -> tuple[Rulebook | None, list[Finding]]:
    """The rulebook in *folder* as far as it can be understood, and everything that is wrong with it.

    There is none where anything is wrong, but for findings with codes that are *forgiven*.
    """
    if not folder.is_dir():
        return None, [Finding(Place(str(folder)), "F001", "there is no such folder of rules")]
    if overlay.is_overlay(folder):
        return _on_top(folder, forgiven)
    try:
        known, findings = table_files.load([folder / "tables"])
    except InputError as error:
        return None, list(error.findings)
    authorities, unread = read_authorities([folder / "authorities.yaml"])
    preferences, faults = read_preferences([folder / "preferences"])
    glossary, unsaid = read_glossary([folder])
    rules, missed, unclear = _read_rules(folder, _lists(known, preferences))
    findings += [*unread, *faults, *unsaid, *unclear, *_cross_faults(rules, missed)]
    if _bearable(unread, forgiven):
        findings += _uncited(rules, missed, preferences, glossary, authorities)
    program, findings = _compiled(rules, folder, findings, forgiven)
    if program is None:
        return None, findings
    digest = _digest(folder, "")
    made = Rulebook((folder,), tuple(rules), authorities, known, preferences, digest, program, glossary)
    return made, findings


@cache
def _shipped() -> Rulebook:
    return Rulebook.shipped()


def _bearable(findings: Iterable[Finding], forgiven: Container[str]) -> bool:
    return all(finding.code in forgiven for finding in findings)


def _on_top(folder: Path, forgiven: Container[str]) -> tuple[Rulebook | None, list[Finding]]:
    """The shipped rulebook with the additions and the changes of an agency."""
    beneath = _shipped()
    shipped = beneath.folders[0]
    changes, unsure = overlay.read_changes(folder)
    findings: list[Finding] = []
    rows, faults = table_files.read_rows(folder / "tables")
    findings += [*overlay.file_faults(changes, folder, shipped), *overlay.unread_files(folder, LAYERS), *faults]
    for name in {*rows, *(change.target.removeprefix("tables/") for change in changes)}:
        below = beneath.tables.files.get(name, ())
        rows[name], faults = overlay.merged_rows(name, below, rows.get(name, ()), changes)
        findings += faults
    known = table_files.assembled({**beneath.tables.files, **rows})
    written, unread = read_authorities([folder / "authorities.yaml"], beneath.authorities)
    authorities, unsaid = overlay.merged_authorities(beneath.authorities, written, changes)
    preferences, faults = read_preferences([shipped / "preferences", folder / "preferences"])
    glossary, misread = read_glossary([shipped, folder])
    findings += [*table_faults.faults(known), *unread, *unsaid, *faults, *misread]
    own, missed, unclear = _read_rules(folder, _lists(known, preferences))
    rules, changes, unsaid = overlay.merged_rules(beneath.rules, own, changes)
    findings += [*unclear, *unsaid, *_cross_faults(rules, missed)]
    # What cannot be read may be just what is missed elsewhere.
    vague = {code for code, doubtful in (("O005", unclear), ("O006", unsure)) if doubtful}
    findings = [*unsure, *(f for f in findings if f.code not in vague)]
    if _bearable(unread, forgiven):
        findings += _uncited(own, missed, preferences, glossary, authorities)
        findings += [
            f for c in changes for cited in c.citations for f in _citation_faults(c.target, *cited, authorities)
        ]
    program, findings = _compiled(rules, folder, findings, forgiven)
    if program is None:
        return None, findings
    digest = _digest(folder, beneath.digest)
    made = Rulebook((shipped, folder), tuple(rules), authorities, known, preferences, digest, program, glossary)
    return replace(made, beneath=beneath, changes=tuple(changes)), findings


def _read_rules(folder: Path, lists: Lists) -> tuple[list[LawRule], Unread, list[Finding]]:
    """The rules, those that could not be understood, and what is wrong with them."""
    rules: list[LawRule] = []
    unread: Unread = {}
    findings: list[Finding] = []
    for path, layer in rule_files([folder]):
        try:
            node = source.read(path)
        except InputError as error:
            findings += error.findings
            unread[None] = ()
            continue
        reader = RuleReader(lists, layer)
        rules += reader.read(node)
        unread |= reader.unread
        findings += reader.findings
    return rules, unread, findings


def _compiled(
    rules: list[LawRule], folder: Path, findings: list[Finding], forgiven: Container[str]
) -> tuple[Program | None, list[Finding]]:
    """The program, where what was found before can be borne and the rules go together, and all that is wrong."""
    if not _bearable(findings, forgiven):
        return None, findings
    try:
        return Program(tuple(r for rule in rules for r in rule.kernel), Superiority(rules).pairs()), findings
    except NotStratified as error:
        return None, [_cycle_finding(error, rules)]
    except BadSuperiority as error:
        return None, [_superiority_finding(error, rules)]
    except ProgramError as error:
        place = next((r.place for r in rules if error.rule and error.rule.startswith(r.id)), Place(str(folder)))
        return None, [Finding(place, "P001", str(error))]


def _digest(folder: Path, beneath: str) -> str:
    """The digest of every file that is read from *folder*, and of what is beneath it."""
    files = [path for path, _ in rule_files([folder])]
    files += [*(folder / "tables").rglob("*.csv"), *(folder / "preferences").glob("*.yaml")]
    files += [path for name in ("authorities.yaml", overlay.FILE) if (path := folder / name).exists()]
    digest = hashlib.sha256(beneath.encode())
    for path in sorted(files):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def folders_of(folder: Path) -> tuple[Path, ...]:
    """The folders that make up the rulebook of *folder*: itself, or the shipped one and then its additions."""
    return (shipped_folder(), folder) if overlay.is_overlay(folder) else (folder,)


def rule_files(folders: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Every file of rules with its layer, in the order in which they are read."""
    for folder in folders:
        for layer in LAYERS:
            for path in sorted((folder / layer).rglob("*.yaml")):
                yield path, layer


def _lists(known: Tables, preferences: Preferences) -> Lists:
    return Lists(
        {
            "instrument": frozenset(known.instruments),
            "offence": frozenset(known.offences),
            "attribute": known.attributes,
            "network": known.network_names,
            "factor": frozenset(f.id for f in preferences.factors),
        }
    )


def _cross_faults(rules: list[LawRule], missed: Unread) -> Iterator[Finding]:
    """Ids that are taken, and overrides of what is no rule; one of those that are *missed* may be one."""
    seen: dict[str, LawRule] = {}
    for rule in rules:
        if rule.id in seen:
            yield Finding(rule.place, "R011", f"the id '{rule.id}' is taken", f"see {seen[rule.id].place}")
        seen.setdefault(rule.id, rule)
    for rule in rules:
        for other, place in rule.overrides:
            if other not in seen and other not in missed and None not in missed:
                yield Finding(place, "R012", f"there is no rule '{other}'", one_of(other, seen))


def _uncited(
    rules: Iterable[LawRule],
    missed: Unread,
    preferences: Preferences,
    glossary: Iterable[Entry],
    authorities: Mapping[str, Authority],
) -> Iterator[Finding]:
    cited = [(rule.id, *citation) for rule in rules for citation in rule.citations]
    cited += [(str(id_), *citation) for id_, citations in missed.items() for citation in citations]
    cited += [(f"the factor {factor.id}", *citation) for factor in preferences.factors for citation in factor.citations]
    cited += [(f"the glossary on '{entry.word}'", *citation) for entry in glossary for citation in entry.citations]
    for citation in cited:
        yield from _citation_faults(*citation, authorities)


def _citation_faults(who: str, cited: str, place: Place, authorities: Mapping[str, Authority]) -> Iterator[Finding]:
    id_, _, article = cited.partition("/")
    authority = authorities.get(id_)
    if authority is None:
        hint = one_of(id_, authorities)
        if isinstance(hint, Nearest):
            hint = Nearest(f"{hint.word}/{article}".rstrip("/"), hint.only)
        yield Finding(place, "C001", f"{who} cites '{cited}': no such authority", hint)
    elif article and article not in authority.articles:
        hint = one_of(article, authority.articles)
        if isinstance(hint, Nearest):
            hint = Nearest(f"{id_}/{hint.word}", hint.only)
        yield Finding(place, "C002", f"{who} cites '{cited}': {id_} has no article '{article}'", hint)


def _cycle_finding(error: NotStratified, rules: list[LawRule]) -> Finding:
    steps = list(zip(error.cycle, (*error.cycle[1:], error.cycle[0]), strict=True))
    culprits = [
        rule
        for head, read_ in steps
        for rule in rules
        for compiled in rule.kernel
        if compiled.head.relation == head and read_ in str(compiled)
    ]
    names = ", ".join(dict.fromkeys(rule.id for rule in culprits[:4]))
    place = culprits[0].place if culprits else Place("rules")
    return Finding(place, "P002", str(error), f"the circle runs through {names}")


def _superiority_finding(error: BadSuperiority, rules: list[LawRule]) -> Finding:
    """The circle, at an override that belongs to it."""
    circle = [id_.split("/")[0] for id_ in error.circle]
    by_id = {rule.id: rule for rule in rules}
    places = (
        place
        for stronger, weaker in zip((*circle[1:], circle[0]), circle, strict=True)
        for other, place in by_id[stronger].overrides
        if other == weaker
    )
    message = f"superiority runs in a circle: {' gives way to '.join((*circle, circle[0]))}"
    return Finding(next(places, by_id[circle[0]].place), "P003", message, "leave one of these overrides out")
