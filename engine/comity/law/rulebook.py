"""The rulebook: all rules, authorities and tables of a folder, checked as one and compiled for the kernel."""

from __future__ import annotations

import hashlib
import importlib.resources
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from comity.law import source, tables
from comity.law.authority import Authority, read_authorities
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.pattern import Lists
from comity.law.preferences import Preferences, read_preferences
from comity.law.rule import LawRule, RuleReader
from comity.law.tables import Tables
from comity.logic.model import Firing
from comity.logic.program import NotStratified, Program, ProgramError, Rule
from comity.logic.terms import Literal

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

    ``suppositions`` tells in words what its tables hold that is no law (see :mod:`comity.law.supposition`).
    """

    folders: tuple[Path, ...]
    rules: tuple[LawRule, ...]
    authorities: dict[str, Authority]
    tables: Tables
    preferences: Preferences
    digest: str
    program: Program = field(repr=False)
    suppositions: tuple[str, ...] = ()

    @classmethod
    def shipped(cls) -> Rulebook:
        """The rulebook that comes with the program."""
        return cls.from_folder(shipped_folder())

    @classmethod
    def from_folder(cls, folder: str | Path) -> Rulebook:
        """The rulebook in *folder*: a whole one (it has ``authorities.yaml``), or additions to the shipped one.

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

    def law_rule(self, rule: Rule) -> LawRule:
        """The rule of the rulebook that a kernel rule comes from."""
        return self.by_id[rule.id.split("/")[0]]

    def terms(self, firing: Firing) -> dict[str, str | int | tuple[int, int]]:
        """The terms that a firing's rule adds to the conclusion."""
        number = int(firing.rule.id.split("/")[1].rstrip("+-"))
        return dict(self.law_rule(firing.rule).heads[number][1])


def read(folder: Path) -> tuple[Rulebook | None, list[Finding]]:
    """The rulebook in *folder* as far as it can be understood, and everything that is wrong with it."""
    if not folder.is_dir():
        return None, [Finding(Place(str(folder)), "F001", "there is no such folder of rules")]
    folders = (folder,) if (folder / "authorities.yaml").exists() else (shipped_folder(), folder)
    table_folders = [f / "tables" for f in folders if f is folders[0] or (f / "tables").is_dir()]
    try:
        known, findings = tables.load(table_folders)
    except InputError as error:
        return None, list(error.findings)
    authorities, unread = read_authorities([f / "authorities.yaml" for f in folders])
    findings += unread
    preferences, faults = read_preferences([f / "preferences" for f in folders])
    findings += faults
    rules: list[LawRule] = []
    digest = hashlib.sha256()
    for name, content in known.digest_parts:
        digest.update(name.encode() + b"\0" + content + b"\0")
    words = lists(known, preferences)
    for path, layer in _rule_files(folders):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        try:
            node = source.read(path)
        except InputError as error:
            findings += error.findings
            continue
        reader = RuleReader(words, layer)
        rules += reader.read(node)
        findings += reader.findings
    for path in [p for f in folders for p in (f / "authorities.yaml", *sorted((f / "preferences").glob("*.yaml")))]:
        if path.exists():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    findings += _cross_faults(rules)
    if not unread:
        findings += [
            fault for rule in rules for cited in rule.cites for fault in _citation_faults(rule, cited, authorities)
        ]
    if findings:
        return None, findings
    try:
        program = Program(tuple(r for rule in rules for r in rule.kernel), frozenset(_superiority(rules)))
    except NotStratified as error:
        return None, [_cycle_finding(error, rules)]
    except ProgramError as error:
        place = next((r.place for r in rules if error.rule and error.rule.startswith(r.id)), Place(str(folder)))
        return None, [Finding(place, "P001", str(error))]
    return Rulebook(folders, tuple(rules), authorities, known, preferences, digest.hexdigest(), program), []


def _rule_files(folders: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for layer in LAYERS:
            for path in sorted((folder / layer).rglob("*.yaml")):
                yield path, layer


def lists(known: Tables, preferences: Preferences) -> Lists:
    """The closed lists that rules may take words from."""
    return Lists(
        {
            "instrument": frozenset(known.instruments),
            "offence": frozenset(known.offences),
            "attribute": known.attributes,
            "network": known.network_names,
            "factor": frozenset(f.id for f in preferences.factors),
        }
    )


def _cross_faults(rules: list[LawRule]) -> Iterator[Finding]:
    seen: dict[str, LawRule] = {}
    for rule in rules:
        if rule.id in seen:
            yield Finding(rule.place, "R011", f"the id '{rule.id}' is taken", f"see {seen[rule.id].place}")
        seen.setdefault(rule.id, rule)
    for rule in rules:
        for other, place in rule.overrides:
            if other not in seen:
                yield Finding(place, "R012", f"there is no rule '{other}'", one_of(other, seen))


def _citation_faults(rule: LawRule, cited: str, authorities: dict[str, Authority]) -> Iterator[Finding]:
    id_, _, article = cited.partition("/")
    authority = authorities.get(id_)
    if authority is None:
        yield Finding(rule.place, "C001", f"{rule.id} cites '{cited}': no such authority", one_of(id_, authorities))
    elif article and article not in authority.articles:
        hint = one_of(article, authority.articles)
        yield Finding(rule.place, "C002", f"{rule.id} cites '{cited}': {id_} has no article '{article}'", hint)


def _superiority(rules: list[LawRule]) -> Iterator[tuple[str, str]]:
    against: dict[tuple[str, bool], list[tuple[LawRule, Rule]]] = defaultdict(list)
    for rule in rules:
        for compiled in rule.kernel:
            against[compiled.head.relation, compiled.head.positive].append((rule, compiled))
    for rule in rules:
        weaker = {other for other, _ in rule.overrides}
        for compiled in rule.kernel:
            for other, opposed in against[compiled.head.relation, not compiled.head.positive]:
                yields = other.default and not rule.default
                if (other.id in weaker or yields) and _can_meet(compiled.head, opposed.head):
                    yield compiled.id, opposed.id


def _can_meet(a: Literal, b: Literal) -> bool:
    """Whether two opposite heads can speak of the same thing."""
    return all(
        x == y or not isinstance(x, str | int) or not isinstance(y, str | int)
        for x, y in zip(a.terms, b.terms, strict=True)
    )


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
