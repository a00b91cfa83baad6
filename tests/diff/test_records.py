"""What changes in tables, authorities and preferences, row by row."""

import pytest

from comity.diff.records import record_changes
from comity.law.rulebook import Rulebook

PARTY = "state,status,signed,bound,in_force,until,verified,source,as_of\n"


@pytest.fixture
def changes(tmp_path):
    """What an agency's folder changes in the shipped records, as (kind, file, key, fields)."""

    def compare(**files: str):
        for name, content in files.items():
            path = tmp_path / NAMES[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        found = record_changes(Rulebook.shipped(), Rulebook.from_folder(tmp_path))
        return {(r.kind, r.group, r.key): r for r in found}

    return compare


NAMES = {
    "changes": "changes.yaml",
    "budapest": "tables/parties/budapest.csv",
    "authorities": "authorities.yaml",
    "lead": "preferences/lead.yaml",
}


def test_the_same_records_are_no_change() -> None:
    assert record_changes(Rulebook.shipped(), Rulebook.shipped()) == []


def test_a_row_that_comes(changes) -> None:
    found = changes(budapest=PARTY + "NP,party,,,2026-05-01,,no,the gazette,\n")
    (record,) = found.values()
    assert (record.kind, record.group, record.key) == ("added", "tables/parties/budapest.csv", "NP")
    assert ("in_force", "", "2026-05-01") in record.fields


def test_a_row_that_changes_is_told_by_its_columns_and_with_the_reason(changes) -> None:
    found = changes(
        changes="- replace: tables/parties/budapest.csv\n  entries: [FR]\n  reason: for this test\n",
        budapest=PARTY + "FR,signed,2001-11-23,,,,no,for this test,\n",
    )
    row = found["changed", "tables/parties/budapest.csv", "FR"]
    assert ("status", "party", "signed") in row.fields
    assert not row.only_source
    said = found["added", "changes.yaml", "replace tables/parties/budapest.csv FR"]
    assert ("reason", "", "for this test") in said.fields


def test_a_row_that_goes(changes) -> None:
    found = changes(changes="- disable: tables/networks.csv\n  entries: [interpol FR]\n  reason: r\n")
    assert ("removed", "tables/networks.csv", "interpol FR") in found


def test_another_source_is_marked_as_no_more_than_that(changes) -> None:
    shipped = next(r for r in Rulebook.shipped().tables.parties["budapest"] if r["state"] == "FR")
    header = ",".join(shipped.values)
    values = {**shipped.values, "source": "read by us", "note": ""}
    found = changes(
        changes="- replace: tables/parties/budapest.csv\n  entries: [FR]\n  reason: r\n",
        budapest=f"{header}\n" + ",".join(values.values()) + "\n",
    )
    assert found["changed", "tables/parties/budapest.csv", "FR"].only_source


def test_an_article_and_a_weight(changes) -> None:
    found = changes(
        changes="- replace: preferences/lead.yaml\n  reason: r\n",
        authorities="budapest:\n  articles: {our-commentary: {says: what we read, verified: yes}}\n",
        lead="factors: [{id: custody, title: The suspect is in its hands, weight: 9}]\n",
    )
    assert ("added", "authorities.yaml", "budapest/our-commentary") in found
    assert ("weight", "6", "9") in found["changed", "preferences/lead.yaml", "custody"].fields
    assert ("removed", "preferences/lead.yaml", "victims") in found
