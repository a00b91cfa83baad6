"""Every fact has a source, and what nobody has verified for long can be told from what somebody has."""

from __future__ import annotations

from datetime import date

import pytest

from comity.law.finding import Place
from comity.law.provenance import Entry, Reason, entries
from comity.law.rulebook import Rulebook

TODAY = date(2026, 1, 1)


def entry(verified: str, as_of: date | None) -> Entry:
    return Entry("states", ("CN",), "a fact", "a source", verified, as_of, Place("states.csv", 2, 1))


@pytest.mark.parametrize(
    ("verified", "as_of", "why"),
    [
        ("yes", date(2025, 1, 1), None),
        ("partly", date(2025, 1, 1), None),
        ("yes", date(2024, 12, 31), Reason.OLD),
        ("yes", None, Reason.UNDATED),
        ("no", date(2025, 12, 31), Reason.NEVER),
    ],
)
def test_what_is_a_year_old_is_still_good_and_a_day_more_is_not(verified, as_of, why):
    assert entry(verified, as_of).stale(365, TODAY) is why


def test_a_fact_names_the_table_it_stands_in():
    assert {e.table for e in entries(Rulebook.shipped())} >= {"states.csv", "parties/budapest.csv", "authorities.yaml"}


def test_every_fact_of_the_shipped_rulebook_names_a_source_and_its_place():
    without = [f"{found.place} {found.what}" for found in entries(Rulebook.shipped()) if not found.source]
    assert without == []


def test_every_row_of_the_tables_and_every_authority_is_listed():
    rulebook = Rulebook.shipped()
    tables = rulebook.tables
    listed = list(entries(rulebook))
    rows = [tables.instruments, tables.bilateral, tables.networks, tables.states, tables.statutes, tables.offences]
    expected = sum(map(len, [*rows, tables.qualifications, rulebook.authorities, *tables.parties.values()]))
    assert len(listed) == expected
