"""The steps about an agency's own rules, and about what a change of rules means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from comity.bdd.fields import WordError
from comity.bdd.matter import Matter, fail
from comity.bdd.words import step
from comity.diff.caseload import Told
from comity.diff.impact import Assessor, Impact, RulebookDiff
from comity.law.rulebook import Rulebook

_FOLDERS = ("tables", "preferences")
_FILES = ("changes.yaml", "authorities.yaml")


@step("given", "the file {file} of this agency with")
def agency_file(comity_matter: Matter, comity_folder: Path, file: str, docstring: str = "") -> None:
    """Changes of the shipped rules, authorities, rows of a table or preferences, between triple quotes."""
    path = comity_folder / file
    parts = path.relative_to(comity_folder).parts
    if not docstring:
        raise WordError("write the file below the step, between two lines of triple quotes")
    if ".." in parts or (file not in _FILES and parts[0] not in _FOLDERS):
        raise WordError(f"such a file is {' or '.join(_FILES)}, or lies in {' or '.join(_FOLDERS)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(docstring + "\n", encoding="utf-8")


@step("then", "the advice says that this agency has {departure} {word}[ because {text}]")
def departs(comity_matter: Matter, departure: str, word: str, text: str | None) -> None:
    """Where the agency departs from the shipped rules so that it makes a difference in the case, and why."""
    found = [d for d in comity_matter.decision.departures if d.applies]
    if not any((d.change, d.what) == (departure, word) and (text or "") in d.reason for d in found):
        told = "; ".join(f"{d.change} {d.what} ({d.reason})" for d in found) or "no departure"
        fail(f"{word} is {departure}{f' because {text}' if text else ''}", told)


@step("then", "the advice says of no departure from the shipped rules")
def departs_nowhere(comity_matter: Matter) -> None:
    """Nothing that the agency changed makes a difference in the case."""
    found = [d for d in comity_matter.decision.departures if d.applies]
    if found:
        fail("no departure", "; ".join(d.text for d in found))


@step("when", "the rules are compared with the shipped ones under the law of {date}")
def compared(comity_matter: Matter, comity_folder: Path, date: date) -> None:
    """What the change of rules means, in itself and for the advice on the case."""
    diff = RulebookDiff.of(Rulebook.shipped(), Rulebook.from_folder(comity_folder))
    comity_matter.diff = diff
    comity_matter.impact = Assessor(diff, date).assess(Told("the case", comity_matter.case()))


@step("then", "the rule {word} is {compared}")
def rule_is(comity_matter: Matter, word: str, compared: str) -> None:
    """What became of a rule; other layout, other names of variables and another order are no change."""
    found = {change.id: change.kind for change in _compared(comity_matter)[0].rules}
    if found.get(word) != compared:
        fail(f"{word} is {compared}", ", ".join(f"{id_} is {kind}" for id_, kind in found.items()) or "no rule is")


@step("then", "no rule is changed")
def no_rule(comity_matter: Matter) -> None:
    """All rules say what they said."""
    found = _compared(comity_matter)[0].rules
    if found:
        fail("no rule is changed", ", ".join(f"{change.id} is {change.kind}" for change in found))


@step("then", "the advice on this case becomes another because of {word}")
def other_advice(comity_matter: Matter, word: str) -> None:
    """The rule that lies behind the change of the advice."""
    effects = _compared(comity_matter)[1].effects
    if word not in {cause.what for effect in effects for cause in effect.causes}:
        told = "; ".join(f"{e.change.topic} because {', '.join(map(str, e.causes))}" for e in effects)
        fail(f"other advice because of {word}", told or "the advice stays the same")


@step("then", "the advice on this case stays the same")
def same_advice(comity_matter: Matter) -> None:
    """The change of rules means nothing for the case."""
    effects = _compared(comity_matter)[1].effects
    if effects:
        fail("the advice stays the same", "; ".join(f"{e.change.topic}: {e.change.after}" for e in effects))


def _compared(matter: Matter) -> tuple[RulebookDiff, Impact]:
    if matter.diff is None or matter.impact is None:
        raise WordError("nothing is compared yet; write 'When the rules are compared with the shipped ones …' before")
    return matter.diff, matter.impact
