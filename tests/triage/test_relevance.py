"""What rules look at is worked out from the rules: where they do more with a day, each day counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.law.rulebook import Rulebook, shipped_folder
from comity.triage.relevance import ANY_STATE, Relevance

HEAD = "- id: rule\n  title: A rule\n  cites: [law/1]\n  because: so it is\n"


def relevance(folder: Path, rule: str) -> Relevance:
    (folder / "tables").symlink_to(shipped_folder() / "tables")
    (folder / "preferences").mkdir()
    (folder / "preferences" / "lead.yaml").write_text("factors: [{id: custody, title: Custody, weight: 1}]\n")
    (folder / "preferences" / "routes.yaml").write_text("order: [mla]\n")
    (folder / "authorities.yaml").write_text(
        "law:\n  title: A law\n  citation: A law of 2020\n  kind: statute\n  source: none\n"
        "  articles:\n    '1': {says: something, verified: yes}\n"
    )
    (folder / "principles").mkdir()
    (folder / "principles" / "rules.yaml").write_text(HEAD + rule)
    return Relevance(Rulebook.from_folder(folder))


def act(*conditions: str) -> str:
    lines = ["- offence: {id: $act, committed_on: $day}", *(f"- {c}" for c in conditions)]
    return (
        "  when:\n" + "".join(f"    {line}\n" for line in lines) + "  conclude:\n    - serious_crime: {offence: $act}\n"
    )


def test_the_days_of_the_tables_that_a_rule_compares_part_those_of_acts(tmp_path: Path) -> None:
    rule = act("party_since: {instrument: budapest, state: $s, since: $since}", "not_before: [$day, $since]")
    found = relevance(tmp_path, rule).breakpoints
    assert found is not None
    assert found["FR"] == (date(2006, 5, 1),)
    assert found[ANY_STATE] == ()


def test_a_day_in_a_rule_parts_them_in_all_cases(tmp_path: Path) -> None:
    found = relevance(tmp_path, act("before: [$day, 2020-02-03]")).breakpoints
    assert found == {ANY_STATE: (date(2020, 2, 3),)}


@pytest.mark.parametrize(
    "conditions",
    [
        ["offence: {id: $other, committed_on: $later}", "before: [$day, $later]"],
        ["offence: {id: $other, committed_on: $day}", "different: [$act, $other]"],
        ["case: {as_of: $day}"],
        ["kept_by_law: {until: $until}", "before: [$day, $until]"],
        ["kept_by_law: {until: $until}", "before: [$until, 2020-01-01]"],
    ],
    ids=["two acts compared", "two acts on one day", "the day of decision", "the end of retention", "retention itself"],
)
def test_where_a_rule_does_more_with_the_day_each_day_counts(tmp_path: Path, conditions: list[str]) -> None:
    assert relevance(tmp_path, act(*conditions)).breakpoints is None


def left(*conditions: str) -> str:
    lines = ["- expires: {item: $item, days: $days}", *(f"- {c}" for c in conditions)]
    return "  when:\n" + "".join(f"    {line}\n" for line in lines) + "  conclude:\n    - here: {item: $item}\n"


def test_the_numbers_that_rules_and_routes_ask_for_part_the_days_left(tmp_path: Path) -> None:
    found = relevance(tmp_path, left("at_most: [$days, 17]")).days_left
    assert found is not None
    assert {0, 17, 18, 3650} <= set(found)


def test_where_the_days_left_meet_each_other_each_counts(tmp_path: Path) -> None:
    rule = left("expires: {item: $other, days: $more}", "less_than: [$days, $more]")
    assert relevance(tmp_path, rule).days_left is None


def test_an_id_that_a_rule_names_is_known(tmp_path: Path) -> None:
    rule = "  when:\n    - data: {id: ledger, custodian: $who}\n    - different: [$who, central-bank]\n"
    rule += "  conclude:\n    - here: {item: ledger}\n"
    assert relevance(tmp_path, rule).names == {"authority", "ledger", "central-bank"}
