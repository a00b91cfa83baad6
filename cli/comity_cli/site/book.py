"""Everything that the pages of the site draw on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from comity import scenario, shown
from comity.law.finding import Place
from comity.law.references import References
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.shown import Decided, Showing
from comity_cli.site.markup import Marked, ref

Progress = Callable[[str, int, int], None]
"""Told what is done, how far it has come, and how far it has to go."""


@dataclass(frozen=True)
class Book:
    """A rulebook with all that refers to it; ``showings`` has for each rule the scenarios that show it.

    Among the ``scenarios`` are the variants, each after the scenario that it belongs to.
    """

    rulebook: Rulebook
    references: References
    scenarios: tuple[Decided, ...]
    showings: Mapping[str, Showing]
    as_of: date

    @classmethod
    def of(cls, rulebook: Rulebook, folders: tuple[Path, ...], as_of: date, progress: Progress) -> Book:
        """The book of *rulebook* with the scenarios of *folders*.

        Raises:
            InputError: a scenario cannot be read.
        """
        read = [scenario.read(path) for path in (scenario.find(folders) if folders else ())]
        every = [each for one in read for each in (one, *one.variants)]
        decided: list[Decided] = []
        for number, one in enumerate(shown.decided(every, rulebook), 1):
            decided.append(one)
            progress("deciding scenarios", number, len(every))
        showings: dict[str, Showing] = {}
        for number, (rule, showing) in enumerate(shown.showings(rulebook, decided) if decided else (), 1):
            showings[rule] = showing
            progress("finding what shows each rule", number, len(rulebook.rules))
        return cls(rulebook, References.of(rulebook), tuple(decided), showings, as_of)

    @cached_property
    def rule_files(self) -> dict[str, tuple[LawRule, ...]]:
        """The rules by file, such as ``instruments/budapest``, in the order of the rulebook."""
        found: dict[str, list[LawRule]] = {}
        for rule in self.rulebook.rules:
            found.setdefault(self.file(rule), []).append(rule)
        return {name: tuple(rules) for name, rules in found.items()}

    def file(self, rule: LawRule) -> str:
        """The file of a rule below its folder of rules, without the ending."""
        return self.path(rule).with_suffix("").as_posix()

    def path(self, rule: LawRule) -> Path:
        """The file of a rule below its folder of rules."""
        place = Path(rule.place.file)
        return next(place.relative_to(f) for f in reversed(self.rulebook.folders) if place.is_relative_to(f))

    def scenario_name(self, one: Decided) -> str:
        """What a scenario is called: its folder and its file."""
        return f"{one.scenario.path.parent.name}/{one.scenario.path.stem}"

    def scenario_link(self, one: Decided) -> Marked:
        """A link to the page of a scenario; a variant is on the page of the scenario that it belongs to."""
        return ref("scenario", self.scenario_name(one), one.scenario.title)


def written(place: Place) -> str:
    """A rule, or a property, as it is written in its file."""
    lines = _lines(place.file)[place.line - 1 :]
    end = next((n for n, text in enumerate(lines) if n and text.startswith(("-", "#"))), len(lines))
    return "\n".join(lines[:end]).rstrip()


def introduction(rules: tuple[LawRule, ...]) -> str:
    """What the comment at the top of the file of *rules* says."""
    told = []
    for line in _lines(rules[0].place.file):
        if not line.startswith("#"):
            break
        told.append(line.lstrip("# "))
    return " ".join(part for part in told if not part.startswith("yaml-language-server"))


@cache
def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").splitlines()
