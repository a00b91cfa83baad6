"""What no change of rules touches is not decided again, and what is told is what deciding everything would tell."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from rulebooks import written

from comity import scenario
from comity.audit.mutation import amendment, mutants_of
from comity.diff.rerun import rerun
from comity.kept import FOLDER
from comity.law import compiled
from comity.law.rulebook import Rulebook, shipped_folder

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FEW = [
    SCENARIOS / "instruments" / "harare-not-beside-a-treaty.yaml",
    SCENARIOS / "instruments" / "saarc-mla-not-offered.yaml",
    SCENARIOS / "provisions" / "incoming-completeness-china.yaml",
]

Told = dict[str, tuple[bool, tuple[str, ...]]]
"""Of each scenario, by its title, whether it was decided, and how it fails."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which is kept what passed."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(shipped_folder(), folder)
    return folder


def told(rules: Path, paths: list[Path] = FEW, fresh: bool = False) -> Told:
    found = rerun(paths, compiled.rulebook(rules), rules, fresh)
    return {outcome.title: (outcome.decided, outcome.failures) for outcome in found}


def plainly(rules: Path, paths: list[Path] = FEW) -> dict[str, tuple[str, ...]]:
    return {outcome.title: outcome.failures for outcome in scenario.run(paths, Rulebook.from_folder(rules))}


def failing(outcomes: Told) -> dict[str, tuple[str, ...]]:
    return {title: failures for title, (_, failures) in outcomes.items()}


def decided(outcomes: Told) -> int:
    return sum(again for again, _ in outcomes.values())


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_where_nothing_changes_nothing_is_decided_again(rules):
    first = told(rules)
    assert decided(first) == len(first) > 5
    assert failing(told(rules)) == failing(first)
    assert decided(told(rules)) == 0
    assert decided(told(rules, fresh=True)) == len(first)


def test_a_changed_rule_is_tried_where_it_applies_and_what_failed_is_tried_again(rules):
    told(rules)
    file = rules / "instruments" / "saarc-mla.yaml"
    replaced(file, "id: saarc-signed-only", "id: saarc-only-signed")
    after = told(rules)
    assert failing(after) == plainly(rules)
    assert any("saarc-only-signed" in failure for _, failures in after.values() for failure in failures)
    assert 0 < decided(after) < len(after)
    replaced(file, "id: saarc-only-signed", "id: saarc-signed-only")
    mended = told(rules)
    assert not any(failing(mended).values())
    assert decided(mended) > 0


def test_a_word_that_no_rule_says_any_more_is_told_where_nothing_was_decided(rules, tmp_path):
    path = tmp_path / "scenarios" / "one.yaml"
    path.parent.mkdir()
    shutil.copy(FEW[1], path)
    replaced(path, "reasons: {log.mla.NP: [saarc-signed-only]}", "not_applied: [uncac-46-mla log]")
    told(rules, [path])
    replaced(rules / "instruments" / "uncac.yaml", "id: uncac-46-mla\n", "id: uncac-46-assistance\n")
    for other in rules.rglob("*.yaml"):
        other.write_text(other.read_text().replace("uncac-46-mla,", "uncac-46-assistance,"))
        other.write_text(other.read_text().replace("uncac-46-mla]", "uncac-46-assistance]"))
    again, failures = told(rules, [path])["The SAARC convention, not known to be in force"]
    assert (again, len(failures)) == (False, 1)
    assert "there is no rule 'uncac-46-mla'" in failures[0]


def test_a_row_of_a_table_is_tried_in_the_cases_of_its_state(rules):
    told(rules)
    table = rules / "tables" / "parties" / "saarc-mla.csv"
    table.write_text("".join(line for line in table.read_text().splitlines(True) if not line.startswith("NP,")))
    after = told(rules)
    assert failing(after) == plainly(rules)
    assert any(failing(after).values())
    assert 0 < decided(after) < len(after)


def test_other_preferences_concern_all(rules):
    first = told(rules)
    replaced(rules / "preferences" / "lead.yaml", "weight: ", "weight: 1")
    assert decided(told(rules)) == len(first)


def test_a_changed_scenario_is_decided(rules, tmp_path):
    path = tmp_path / "scenarios" / "one.yaml"
    path.parent.mkdir()
    shutil.copy(FEW[1], path)
    told(rules, [path])
    replaced(path, "refused: [mla NP]", "offered: [mla NP]")
    assert any(failing(told(rules, [path])).values())


def test_what_was_run_apart_is_remembered_beside_the_rest(rules):
    told(rules)
    told(rules, FEW[:1])
    assert decided(told(rules)) == 0


def test_what_passed_before_an_interruption_is_remembered(rules):
    with closing(rerun(FEW, compiled.rulebook(rules), rules)) as outcomes:
        next(outcomes)
    after = told(rules)
    assert decided(after) == len(after) - 1


ASKED = """\
- id: ask-france
  title: Germany asks France
  cites: [law/1]
  when: [{case: {forum: DE}}, {data: {id: $item}}]
  conclude: [{addressee: {item: $item, state: FR}}]
  because: "{item} may be in France"
- id: nobody
  title: Nobody is asked
  cites: [law/1]
  when: [{data: {id: $item}}, {absent: {addressee: {item: $item}}}]
  conclude: [{warning: {about: $item, code: nobody-to-ask}}]
  because: "nobody is asked for {item}"
"""
INCOMING = """\
title: Japan is asked by Germany
source: A law of 2020
kind: hypothetical
as_of: 2026-01-01
case:
  case: asked
  forum: JP
  direction: incoming
  data: [{id: log, category: traffic, stored_in: JP}]
  requests: [{id: request, asked_by: DE, kind: mla, addressed_to: authority, items: [log]}]
expect: {applied: [nobody log nobody-to-ask]}
"""


def test_what_holds_for_the_state_that_asks_hides_no_rule_that_applies_here(tmp_path):
    (tmp_path / "law").mkdir()
    law = written(tmp_path / "law", ASKED)
    (tmp_path / "asked.yaml").write_text(INCOMING)
    paths = [tmp_path / "asked.yaml"]
    assert told(law, paths) == {"Japan is asked by Germany": (True, ())}
    assert decided(told(law, paths)) == 0
    replaced(law / "principles" / "rules.yaml", "code: nobody-to-ask", "code: ask-nobody")
    assert any(failing(told(law, paths)).values())


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", pickle.dumps(("a", "b")), pickle.dumps(os.getcwd)])
def test_where_the_memory_is_damaged_everything_is_decided(rules, cache, content):
    first = told(rules)
    (path,) = cache.glob("*.passed")
    path.write_bytes(content)
    assert decided(told(rules)) == len(first)


def test_where_nothing_may_be_kept_everything_is_decided(rules, monkeypatch):
    monkeypatch.setenv(FOLDER, "")
    assert decided(told(rules)) == decided(told(rules)) > 0


def test_whatever_fault_a_rule_has_the_outcome_is_that_of_deciding_everything(monkeypatch):
    paths = [*FEW, SCENARIOS / "provisions" / "principles-sovereignty.yaml"]
    rulebook = Rulebook.shipped()
    books = {"shipped": rulebook}
    monkeypatch.setattr(compiled, "known", books.get)
    monkeypatch.setattr(compiled, "key", lambda folder=None: "shipped")
    list(rerun(paths, rulebook, None))
    near = ("sovereignty", "addressees", "saarc-mla")
    ids = {rule.id for rule in rulebook.rules if Path(rule.place.file).stem in near}
    found = random.Random(11).sample(sorted(mutants_of(rulebook, ids), key=lambda mutant: mutant.name), 14)
    noticed = spared = 0
    for mutant in found:
        changed = amendment(rulebook, mutant)
        if changed is None:
            continue
        monkeypatch.setattr(compiled, "key", lambda folder=None, name=mutant.name: name)
        books[mutant.name] = changed.rulebook
        outcomes = {outcome.title: outcome for outcome in rerun(paths, changed.rulebook, None)}
        wanted = {outcome.title: outcome.failures for outcome in scenario.run(paths, changed.rulebook)}
        assert {title: outcome.failures for title, outcome in outcomes.items()} == wanted, mutant.diff
        spared += sum(not outcome.decided for outcome in outcomes.values())
        noticed += any(wanted.values())
    assert noticed > 4
    assert spared > 40
