"""What counts as a change of a rule, and what does not."""

import json
import random
import re
import shutil
from typing import Any

import pytest
from rulebooks import rulebook

from comity.diff.rules import rule_changes
from comity.law import source
from comity.law.rulebook import LAYERS, Rulebook, shipped_folder

RULE = """\
- id: ours
  title: What lies abroad is asked for
  cites: [law/1]
  when:
    - case: {forum: $here}
    - data: {id: $item, category: [content, traffic], stored_in: $there, custodian: $holder}
    - different: [$here, $there]
    - offence: {id: $offence}
    - penalty: {offence: $offence, state: $here, years: $years}
    - at_least: [$years, 3]
  conclude:
    - channel: {item: $item, state: $there, kind: mla, days: [100, 200]}
  because: "{item} of {holder} is in {there}"
"""
OTHER = RULE.replace("id: ours", "id: other").replace("kind: mla", "kind: letters-rogatory")


@pytest.fixture
def changes(tmp_path):
    def compare(old: str, new: str):
        books = []
        for name, text in (("old", old), ("new", new)):
            (tmp_path / name).mkdir()
            books.append(rulebook(tmp_path / name, text))
        return rule_changes(books[0].rules, books[1].rules)

    return compare


@pytest.mark.parametrize(
    "new",
    [
        RULE.replace("$there", "$place").replace("{there}", "{place}"),
        RULE.replace("$here", "$x").replace("$there", "$here").replace("$x", "$there").replace("{there}", "{here}"),
        RULE.replace("[content, traffic]", "[traffic, content]"),
        RULE.replace("different: [$here, $there]", "different: [$there, $here]"),
        RULE.replace("    - at_least: [$years, 3]\n", "").replace(
            "  when:\n", "  when:\n    - at_least: [$years, 3]\n"
        ),
        RULE.replace("{id: $item, category: [content, traffic],", "{category: [content, traffic], id: $item,"),
        RULE + "  note: for colleagues\n",
        RULE.replace("- id: ours", "# a comment\n- id: ours").replace("days: [100, 200]", "days: [ 100,  200 ]"),
        RULE.replace("  cites: [law/1]\n", "").replace("  because", "  cites: [law/1]\n  because"),
    ],
)
def test_other_names_another_order_and_another_layout_change_nothing(changes, new) -> None:
    assert new != RULE
    assert changes(RULE, new) == []


def test_the_order_of_rules_changes_nothing(changes) -> None:
    assert changes(RULE + OTHER, OTHER + RULE) == []


@pytest.mark.parametrize(
    ("old", "new", "what", "before", "after"),
    [
        ("[$years, 3]", "[$years, 5]", "when", "at_least: [$years, 3]", "at_least: [$years, 5]"),
        (
            "category: [content, traffic]",
            "category: content",
            "when",
            "data: {id: $item, category: [content, traffic], stored_in: $there, custodian: $holder}",
            "data: {id: $item, category: content, stored_in: $there, custodian: $holder}",
        ),
        (
            "days: [100, 200]",
            "days: [100, 300]",
            "conclude",
            "channel: {item: $item, state: $there, kind: mla, days: [100, 200]}",
            "channel: {item: $item, state: $there, kind: mla, days: [100, 300]}",
        ),
        ("    - different: [$here, $there]\n", "", "when", "different: [$here, $there]", ""),
        ("  because", "  effective: {from: 2026-08-18}\n  because", "effective", "", "from: 2026-08-18"),
        ("  because", "  default: true\n  because", "default", "", "true"),
        ("  because", "  strict: true\n  because", "strict", "", "true"),
        ("} is in", "} was in", "because", "{item} of {holder} is in {there}", "{item} of {holder} was in {there}"),
        ("is asked for", "is sought", "title", "What lies abroad is asked for", "What lies abroad is sought"),
        (
            "- different: [$here, $there]",
            "- absent: {party: {instrument: budapest, state: $there}}",
            "when",
            "different: [$here, $there]",
            "absent: {party: {instrument: budapest, state: $there}}",
        ),
        (
            "- different: [$here, $there]",
            "- denied: {addressee: {item: $item, state: $there}}",
            "when",
            "different: [$here, $there]",
            "denied: {addressee: {item: $item, state: $there}}",
        ),
    ],
)  # fmt: skip
def test_one_change_is_told_as_it_is_written(changes, old, new, what, before, after) -> None:
    assert old in RULE
    (found,) = changes(RULE, RULE.replace(old, new))
    (aspect,) = found.aspects
    assert (found.kind, found.id, aspect.what) == ("changed", "ours", what)
    assert ("\n".join(aspect.before), "\n".join(aspect.after)) == (before, after)


def test_a_change_among_renamed_variables_is_the_only_one_told(changes) -> None:
    renamed = RULE.replace("$there", "$place").replace("{there}", "{place}").replace("$here", "$home")
    (found,) = changes(RULE, renamed.replace("[$years, 3]", "[$years, 5]"))
    (aspect,) = found.aspects
    assert (aspect.before, aspect.after) == (("at_least: [$years, 3]",), ("at_least: [$years, 5]",))


def test_two_variables_that_change_places_are_a_change(changes) -> None:
    (found,) = changes(RULE, RULE.replace("state: $here, years", "state: $there, years"))
    (aspect,) = found.aspects
    assert aspect.after == ("penalty: {offence: $offence, state: $there, years: $years}",)


def test_a_denial_in_the_place_of_a_conclusion(changes) -> None:
    (found,) = changes(RULE, RULE.replace("conclude:", "rule_out:").replace(", days: [100, 200]", ""))
    assert [aspect.what for aspect in found.aspects] == ["conclude", "rule_out"]


def test_what_only_reads_otherwise_is_marked_so(changes) -> None:
    (found,) = changes(RULE, RULE.replace("title: What", "title: All that"))
    assert found.only_wording


def test_rules_come_and_go(changes) -> None:
    found = changes(RULE, OTHER)
    assert [(change.kind, change.id) for change in found] == [("added", "other"), ("removed", "ours")]


def test_a_rule_that_is_only_called_otherwise_is_not_lost(changes) -> None:
    denies = RULE.replace("id: ours", "id: against").replace("conclude:", "rule_out:").replace(", days: [100, 200]", "")
    denies += "  overrides: [ours]\n"
    found = changes(RULE + denies, (RULE + denies).replace("ours", "this-one"))
    assert [(change.kind, change.id, change.former) for change in found] == [("renamed", "this-one", "ours")]


def test_superiority_is_told_and_what_is_gone_is_not_missed(changes) -> None:
    denies = RULE.replace("id: ours", "id: against").replace("conclude:", "rule_out:").replace(", days: [100, 200]", "")
    (found,) = changes(RULE + denies, RULE + denies + "  overrides: [ours]\n")
    assert [(aspect.what, aspect.before, aspect.after) for aspect in found.aspects] == [("overrides", (), ("ours",))]


def test_superiority_over_a_rule_that_goes_is_no_change_of_its_own(changes) -> None:
    denies = RULE.replace("id: ours", "id: against").replace("conclude:", "rule_out:").replace(", days: [100, 200]", "")
    found = changes(RULE + denies + "  overrides: [ours]\n", denies)
    assert [(change.kind, change.id) for change in found] == [("removed", "ours")]


def shuffled(rules: list[dict[str, Any]], draw: random.Random) -> list[dict[str, Any]]:
    """The same rules in another order, with other names for variables, and their conditions in another order."""
    return [renamed(rule, draw) for rule in draw.sample(rules, len(rules))]


def renamed(rule: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    text = json.dumps(rule)
    names = sorted(set(re.findall(r"\$([a-z][a-z0-9_]*)", text)))
    others = dict(zip(names, draw.sample([f"v{n}" for n in range(len(names))], len(names)), strict=True))
    found: dict[str, Any] = json.loads(re.sub(r"\$([a-z][a-z0-9_]*)", lambda m: f"${others[m[1]]}", text))
    found["because"] = re.sub(r"\{([a-z][a-z0-9_]*)\}", lambda m: f"{{{others[m[1]]}}}", rule["because"])
    if "when" in found:
        found["when"] = draw.sample(found["when"], len(found["when"]))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_shipped_rule_is_the_same_under_other_names_and_in_another_order(seed, tmp_path) -> None:
    shutil.copytree(shipped_folder(), tmp_path / "rules")
    draw = random.Random(seed)
    for layer in LAYERS:
        for path in (tmp_path / "rules" / layer).rglob("*.yaml"):
            path.write_text(json.dumps(shuffled(source.plain(source.read(path)), draw)), encoding="utf-8")
    changed = Rulebook.from_folder(tmp_path / "rules")
    assert rule_changes(Rulebook.shipped().rules, changed.rules) == []
