"""What changes from one rulebook to another, rule by rule: what is said, not how it is written.

The order of rules, conditions and keys, comments, line breaks, and the names of variables make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Final
from typing import Literal as Word

from comity.diff.alignment import align
from comity.diff.statement import Statement, statements
from comity.law.finding import Place
from comity.law.rule import LawRule
from comity.logic.rule import Kind

SECTIONS: Final = ("when", "conclude", "rule_out", "unsettle")
WORDING: Final = ("title", "because", "cites")
"""What an officer reads, and what does not change which advice is given."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing about a rule that is otherwise: what it said, and what it says now, each as it is written in a rule."""

    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that is added, removed, changed, or only called otherwise (``renamed`` from ``former``).

    ``place`` is where it stands in the new rulebook, or stood in the old one.
    """

    kind: Word["added", "removed", "changed", "renamed"]
    id: str
    title: str
    place: Place
    aspects: tuple[Aspect, ...]
    former: str = ""

    @property
    def only_wording(self) -> bool:
        """Whether the same follows as before, in other words or by other citations."""
        return self.kind == "changed" and all(aspect.what in WORDING for aspect in self.aspects)


def rule_changes(old: Sequence[LawRule], new: Sequence[LawRule]) -> list[RuleChange]:
    """What changes from *old* to *new*, in the order of the new rules, those that are removed last."""
    before, after = {rule.id: rule for rule in old}, {rule.id: rule for rule in new}
    gone = [rule for rule in old if rule.id not in after]
    come = [rule for rule in new if rule.id not in before]
    former = dict(_renamed(gone, come))
    called = {old_id: new_id for new_id, old_id in former.items()}
    called |= {rule.id: "" for rule in gone if rule.id not in called}
    found: list[RuleChange] = []
    for rule in new:
        earlier = before.get(rule.id) or before.get(former.get(rule.id, ""))
        if earlier is None:
            found.append(RuleChange("added", rule.id, rule.title, rule.place, tuple(_aspects(None, rule, called))))
        elif aspects := tuple(_aspects(earlier, rule, called)):
            found.append(RuleChange("changed", rule.id, rule.title, rule.place, aspects, former.get(rule.id, "")))
        elif rule.id in former:
            found.append(RuleChange("renamed", rule.id, rule.title, rule.place, (), former[rule.id]))
    removed = (rule for rule in gone if not called[rule.id])
    return [*found, *(RuleChange("removed", r.id, r.title, r.place, tuple(_aspects(r, None, called))) for r in removed)]


def _renamed(gone: Sequence[LawRule], come: Sequence[LawRule]) -> Iterator[tuple[str, str]]:
    """New and old id of each rule that says the same under another id; where several could be meant, none."""
    for rule in come:
        twins = [other for other in gone if _alike(other, rule)]
        if len(twins) == 1 and sum(_alike(twins[0], other) for other in come) == 1:
            yield rule.id, twins[0].id


def _alike(old: LawRule, new: LawRule) -> bool:
    if (old.title, old.kind, old.default, len(old.conditions)) != (
        new.title,
        new.kind,
        new.default,
        len(new.conditions),
    ):
        return False
    found = align(statements(old), statements(new))
    return not found.removed and not found.added


def _aspects(old: LawRule | None, new: LawRule | None, called: Mapping[str, str]) -> Iterator[Aspect]:
    before, after = statements(old) if old else [], statements(new) if new else []
    found = align(before, after)
    for section in SECTIONS:
        removed, added = (_of(section, said) for said in (found.removed, found.added))
        if removed or added:
            yield Aspect(section, removed, added)
    first, second = (_rest(rule, called if rule is old else {}) for rule in (old, new))
    if old and new:
        renaming = {name: f"{{{other}}}" for name, other in found.names.items()}
        first["because"] = (_because(old.because, renaming),)
    for what in first:
        if first[what] != second[what]:
            gone = tuple(said for said in first[what] if said not in second[what])
            yield Aspect(what, gone, tuple(said for said in second[what] if said not in first[what]))


def _of(section: str, said: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(str(statement) for statement in said if statement.section == section)


def _rest(rule: LawRule | None, called: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """All of a rule but its statements; *called* has the new ids of rules, empty where they are gone."""
    if rule is None:
        return dict.fromkeys(("overrides", "default", "strict", "effective", *WORDING), ())
    over = sorted(filter(None, (called.get(id_, id_) for id_, _ in rule.overrides)))
    days = (("from", rule.effective_from), ("until", rule.effective_until))
    return {
        "overrides": tuple(over),
        "default": ("true",) if rule.default else (),
        "strict": ("true",) if rule.kind is Kind.STRICT else (),
        "effective": tuple(f"{name}: {day}" for name, day in days if isinstance(day, date)),
        "title": (rule.title,),
        "because": (rule.because,),
        "cites": tuple(sorted(rule.cites)),
    }


def _because(text: str, names: Mapping[str, str]) -> str:
    """The text with its variables called otherwise."""
    parts = Formatter().parse(text)
    return "".join(said + (names.get(name, f"{{{name}}}") if name is not None else "") for said, name, _, _ in parts)
