"""The schemas accept what comity accepts, and refuse what it refuses for the sake of a name."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from schemas import ROOT, loaded, shipped, validator

from comity import scenario
from comity.editor import workspace
from comity.law.finding import InputError
from comity.law.names import Names
from comity.law.rulebook import read, rule_files, shipped_folder

Path_ = tuple[str | int, ...]

OF_NAMES = {
    *("R002", "R003", "R004", "R006", "R007", "R008", "R009", "R012", "C001", "C002"),
    *("V001", "V002", "V003", "V004", "V005", "V006", "V007", "V009", "V011", "V012", "V013", "V014"),
}
"""Codes of faults that can be seen in one rule by whoever knows the names: keys, relations, fields, values, lists."""


def told(schema: str, content: Any) -> list[str]:
    errors = validator(shipped(), schema).iter_errors(content)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors]


def test_the_published_schemas_and_settings_are_those_of_the_shipped_rules() -> None:
    for name, content in workspace.files(Names.of(shipped_folder())).items():
        assert (ROOT / "schemas" / name).read_text() == content, "run ./comity editor and commit what it writes"
    for name, wanted in (("settings", workspace.settings("rules")), ("extensions", workspace.EXTENSIONS)):
        present = json.loads((ROOT / ".vscode" / f"{name}.json").read_text())
        assert workspace.merged(present, wanted) == present, "run ./comity editor and commit what it writes"


def test_every_shipped_rule_is_accepted() -> None:
    judge = validator(shipped(), "rule")
    for path, _ in rule_files([shipped_folder()]):
        assert [e.message[:200] for e in judge.iter_errors(loaded(path.read_text()))] == [], path


def test_every_shipped_property_is_accepted() -> None:
    judge = validator(shipped(), "property")
    for path in sorted((shipped_folder() / "properties").glob("*.yaml")):
        assert [e.message[:200] for e in judge.iter_errors(loaded(path.read_text()))] == [], path


def test_every_shipped_scenario_and_its_case_are_accepted() -> None:
    whole, facts = validator(shipped(), "scenario"), validator(shipped(), "case")
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        scenario = loaded(path.read_text())
        assert [e.message[:200] for e in whole.iter_errors(scenario)] == [], path
        assert [e.message[:200] for e in facts.iter_errors(scenario["case"])] == [], path


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("authorities", "authorities.yaml"),
        ("glossary", "glossary.yaml"),
        ("lead", "preferences/lead.yaml"),
        ("routes", "preferences/routes.yaml"),
    ],
)
def test_the_other_files_are_accepted(schema: str, file: str) -> None:
    assert told(schema, loaded((shipped_folder() / file).read_text())) == []


CHANGES = [
    ("- disable: sovereignty-1\n  reason: r\n", ""),
    ("- replace: tables/parties/budapest.csv\n  entries: [IE, NO]\n  reason: r\n  cites: [untoc/4]\n", ""),
    ("# nothing yet\n", ""),
    ("- disable: sovereignty-one\n  reason: r\n", "O004"),
    ("- disable: sovereignty-1\n", "O003"),
    ("- disable: sovereignty-1\n  replace: sovereignty-1\n  reason: r\n", "O001"),
    ("- disable: sovereignty-1\n  raeson: r\n", "O001"),
    ("- replace: authorities.yaml\n  entries: []\n  reason: r\n", "O001"),
]


@pytest.mark.parametrize(("text", "code"), CHANGES)
def test_changes_of_an_agency_are_judged_as_comity_judges_them(tmp_path: Path, text: str, code: str) -> None:
    assert bool(told("changes", loaded(text))) is bool(code)
    (tmp_path / "changes.yaml").write_text(text)
    findings = {finding.code for finding in read(tmp_path)[1]} - {"O005"}  # nothing is written that takes a place
    assert findings == ({code} if code else set())


def test_what_an_agency_adds_to_a_table_is_offered_beside_what_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "networks.csv").write_text("network,state,since,source\nour-network,DE,,ours\n")
    assert Names.of(tmp_path).tables.network_names == Names.of(shipped_folder()).tables.network_names | {"our-network"}


def scalars(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The paths of all values in a rule that are no lists and no mappings."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from scalars(inner, (*path, number))
    else:
        yield path


def changed(rule: dict[str, Any], at: Path_, chance: random.Random) -> dict[str, Any]:
    """*rule* with a slip of the pen in the value at a path, or in a key above it."""
    found = copy.deepcopy(rule)
    steps = [number for number, step in enumerate(at) if isinstance(step, str)]
    depth = chance.choice([*steps, len(at), len(at)])
    holder: Any = found
    for step in at[: depth if depth < len(at) else -1]:
        holder = holder[step]
    if depth < len(at):
        key = at[depth]
        inner = {(f"{k}s" if k == key else k): v for k, v in holder.items()}
        holder.clear()
        holder.update(inner)
    else:
        old = holder[at[-1]]
        holder[at[-1]] = chance.choice([f"{old}x", f"x{old}", 7 if isinstance(old, str) else "seven", [old], None])
    return found


@pytest.mark.parametrize("seed", range(2))
def test_what_comity_refuses_for_a_name_the_schema_refuses_too(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    rules = [rule for path, _ in rule_files([shipped_folder()]) for rule in loaded(path.read_text())]
    mutants = []
    for rule in rules:
        # An id that changes is a fault of the rules that name it.
        paths = [path for path in scalars(rule) if path != ("id",) and path[0] not in ("because", "title", "note")]
        mutants.append(changed(rule, chance.choice(paths), chance))
    for name in ("tables", "preferences", "authorities.yaml"):
        (tmp_path / name).symlink_to(shipped_folder() / name)
    dumped = [yaml.safe_dump([mutant], allow_unicode=True, sort_keys=False, width=1000) for mutant in mutants]
    texts = [re.sub(r"(?<=[:-]) null$", "", text, flags=re.MULTILINE) for text in dumped]
    (tmp_path / "principles").mkdir()
    (tmp_path / "principles" / "all.yaml").write_text("".join(texts))
    starts = [1 + sum(text.count("\n") for text in texts[:number]) for number in range(len(texts))]

    def of(line: int) -> int:
        return max(number for number, start in enumerate(starts) if start <= line)

    _, findings = read(tmp_path)
    refused = {of(finding.place.line): finding for finding in findings if finding.code in OF_NAMES}
    assert len(refused) > len(rules) / 2
    judge = validator(shipped(), "rule")
    wrong = {number for number, text in enumerate(texts) if not judge.is_valid(loaded(text))}
    missed = [str(finding) for number, finding in refused.items() if number not in wrong]
    assert missed == []
    accepted = wrong - {of(finding.place.line) for finding in findings}
    # Nothing in a case has a number for a name, but rules may ask for one; and a flag may be left empty.
    tolerated = re.compile(r"[:-] 7$|^  (default|strict):$", re.MULTILINE)
    too_strict = [texts[number] for number in accepted if not tolerated.search(texts[number])]
    assert too_strict == []


def refused_for(file: Path) -> set[str]:
    """The codes of what comity finds wrong with a scenario file."""
    try:
        scenario.read(file)
    except InputError as error:
        return {finding.code for finding in error.findings}
    return set()


@pytest.mark.parametrize("seed", range(2))
def test_what_comity_refuses_in_a_scenario_for_a_name_the_schema_refuses_too(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    judge = validator(shipped(), "scenario")
    refused = 0
    for number, path in enumerate(sorted((ROOT / "scenarios").rglob("*.yaml"))):
        whole = loaded(path.read_text())
        # Whether the facts that a variant changes are there is nothing that a schema can see.
        whole.pop("variants", None)
        paths = [p for p in scalars(whole) if p[0] in ("kind", "as_of", "case", "expect") and p[-1] != "description"]
        text = yaml.safe_dump(changed(whole, chance.choice(paths), chance), allow_unicode=True, sort_keys=False)
        file = tmp_path / f"{number}.yaml"
        file.write_text(text)
        # That an id names a part of the case is nothing that a schema can see.
        if refused_for(file) - {"F107"}:
            refused += 1
            assert not judge.is_valid(loaded(text)), f"{path}: {refused_for(file)}\n{text}"
    assert refused > 100
