"""The matter that a scenario is about: its facts as they are told, and what is decided on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from comity.bdd.fields import WordError, slug
from comity.decision.model import Decision, ItemAdvice, Reason
from comity.decision.opinion import Counsel
from comity.diff.impact import Impact, RulebookDiff
from comity.law import source
from comity.law.case import Case
from comity.law.finding import Finding, InputError
from comity.law.state import State
from comity.law.supposition import suppose


def fail(expected: str, found: str) -> None:
    """Let the step fail with a message for a reader of the feature."""
    pytest.fail(f"expected: {expected}\n  decided: {found}", pytrace=False)


def because(reasons: Iterable[Reason]) -> str:
    """Reasons in one line, each with its rule and citations."""
    said = "; ".join(f"{r.text} [{r.rule}: {', '.join(r.cites)}]" for r in reasons)
    return f"because {said}" if said else "without a reason"


class Matter:
    """The facts in the form of a case file, the decision once it is asked for, and the conclusion last spoken of.

    ``suppositions`` are the instruments that are taken to be in force, each from a day.

    ``cited`` and ``overruled`` are the reasons for that conclusion and those that stood against it; ``diff`` and
    ``impact`` what a change of rules comes to, once it is asked for.
    """

    def __init__(self, counsel: Callable[[], Counsel]) -> None:
        self.facts: dict[str, Any] = {"case": "feature", "direction": "outgoing"}
        self.counsel = counsel
        self.suppositions: dict[str, date] = {}
        self.findings: list[Finding] | None = None
        self.cited: list[Reason] = []
        self.overruled: list[Reason] = []
        self._decision: Decision | None = None
        self._item: str | None = None
        self.yields: set[str] = set()
        self.diff: RulebookDiff | None = None
        self.impact: Impact | None = None

    # Facts

    def merge(self, text: str) -> None:
        """Add facts written as in a case file; lists are added to, other values replaced.

        Raises:
            InputError: the text is no YAML.
            WordError: it is no set of facts.
        """
        told = source.plain(source.parse(text, "the facts"))
        if not isinstance(told, dict):
            raise WordError("facts are written as in a case file: 'forum: CN', 'data: [...]'")
        for key, value in told.items():
            self.facts[key] = [*self.facts.get(key, []), *value] if isinstance(value, list) else value

    def part(self, group: str, id_: str, **known: Any) -> dict[str, Any]:
        """The part of the case with that id, begun if need be."""
        parts: list[dict[str, Any]] = self.facts.setdefault(group, [])
        found = next((p for p in parts if p["id"] == id_), None)
        if found is None:
            found = {"id": id_}
            parts.append(found)
        found |= {key: value for key, value in known.items() if value is not None}
        return found

    def told(self, group: str, name: str) -> dict[str, Any]:
        """The part of the case that was told of before under a name.

        Raises:
            WordError: there is none.
        """
        parts: list[dict[str, Any]] = self.facts.get(group, [])
        if group == "offences" and slug(name) in ("offence", "act") and len(parts) == 1:
            return parts[0]
        for part in parts:
            if part["id"] == slug(name):
                return part
        known = ", ".join(p["id"] for p in parts) or "none yet"
        raise WordError(f"nothing is told of '{slug(name)}' among the {group}; told of: {known}")

    def told_anywhere(self, name: str, *groups: str) -> dict[str, Any]:
        """The item of data, the asset or the person that was told of before under a name.

        Raises:
            WordError: there is none.
        """
        groups = groups or ("data", "assets", "persons")
        group = next((g for g in groups if any(p["id"] == slug(name) for p in self.facts.get(g, []))), groups[0])
        return self.told(group, name)

    def person(self, words: str) -> dict[str, Any]:
        """The person that ``the suspect`` or ``the suspect "K"`` means, begun if need be."""
        role, _, name = words.removeprefix("the ").partition(' "')
        return self.part("persons", slug(name) if name else slug(role), role=slug(role))

    def add_state(self, part: dict[str, Any], key: str, states: Iterable[State]) -> None:
        """Add states to a list of states."""
        part[key] = [*part.get(key, []), *(str(s) for s in states)]

    # The decision

    def case(self) -> Case:
        """The case that the facts told so far make.

        Raises:
            InputError: they make none.
        """
        return Case.from_text(json.dumps(self.facts, default=str), "the facts of the scenario")

    def decide(self, day: date) -> None:
        """Have the case decided under the law of a day."""
        try:
            case = self.case()
            counsel = self.counsel()
            if self.suppositions:
                counsel = Counsel(suppose(counsel.rulebook, self.suppositions))
            self._decision = counsel.opinion(case, day).decision
        except InputError as error:
            faults = "\n".join(f"{f.message}; {f.hint}".rstrip("; ") for f in error.findings)
            pytest.fail("the case cannot be decided:\n" + faults, pytrace=False)

    @property
    def decision(self) -> Decision:
        """The decision.

        Raises:
            WordError: the case is not decided yet.
        """
        if self._decision is None:
            raise WordError(
                "nothing is decided yet; write 'When the case is decided under the law of 2026-08-18' before"
            )
        return self._decision

    def item(self, words: str | None) -> ItemAdvice:
        """The advice on an item; without words, on the one last spoken of, or on the only one.

        Raises:
            WordError: there is no such item.
        """
        advice = [*self.decision.data, *self.decision.assets, *self.decision.persons]
        wanted = slug(words) if words else self._item or (advice[0].item if len(advice) == 1 else None)
        if wanted is None:
            raise WordError("which item is meant? write 'for the ...' behind")
        for found in advice:
            if found.item == wanted:
                self._item = wanted
                return found
        raise WordError(f"the decision says nothing of '{wanted}'; it speaks of {', '.join(a.item for a in advice)}")

    def speak_of(self, reasons: list[Reason], against: list[Reason], undecided: bool = False) -> None:
        """Remember the reasons of the conclusion spoken of; of an undecided one both sides are its reasons."""
        self.cited = [*reasons, *against] if undecided else list(reasons)
        self.overruled = [] if undecided else list(against)
