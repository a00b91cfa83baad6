"""Whether a row of a treaty table binds a state on a day."""

from datetime import date

import pytest

from comity.law.finding import Place
from comity.law.table_facts import standing
from comity.law.tables import Row


def row(**values: str) -> Row:
    return Row({"state": "NZ", **values}, Place("t.csv"))


TREATY = row(in_force="2004-07-01")
PARTY = row(status="party", signed="2003-01-01", bound="2004-05-01", in_force="2004-09-01", until="2020-12-31")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2002-12-31", "none"),
        ("2003-01-01", "pending"),
        ("2004-08-31", "pending"),
        ("2004-09-01", "party"),
        ("2020-12-31", "party"),
        ("2021-01-01", "none"),
    ],
)
def test_a_party_is_bound_from_the_first_day_in_force_to_the_last(day, expected):
    assert standing(PARTY, date.fromisoformat(day), TREATY) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2004-04-30", "none"), ("2004-05-01", "pending"), ("2004-09-01", "party")]
)
def test_whoever_accedes_without_signing_has_taken_no_step_before(day, expected):
    acceded = row(status="party", bound="2004-05-01", in_force="2004-09-01")
    assert standing(acceded, date.fromisoformat(day), TREATY) == expected


@pytest.mark.parametrize("status", ["signed", "ratified-not-in-force"])
def test_signature_alone_binds_nobody(status):
    assert standing(row(status=status, signed="2025-10-25"), date(2026, 11, 1), row(in_force="")) == "pending"


@pytest.mark.parametrize("status", ["uncertain", "party-date-unknown", "party"])
def test_a_status_without_a_date_is_unclear_and_never_binding(status):
    assert standing(row(status=status), date(2026, 1, 1), TREATY) == "unclear"


def test_an_unclear_status_cannot_be_in_force_before_the_instrument_is():
    assert standing(row(status="uncertain"), date(2004, 6, 30), TREATY) == "pending"


@pytest.mark.parametrize("status", ["not-bound", "member"])
def test_whoever_is_not_bound_stays_so(status):
    assert standing(row(status=status, in_force="2004-09-01"), date(2026, 1, 1), TREATY) == "none"


def test_a_year_is_read_as_its_last_day_when_law_is_applied_and_its_first_when_it_is_denied():
    statute = row(since="1986")
    assert statute.day("since") == date(1986, 12, 31)
    assert statute.day("since", first=True) == date(1986, 1, 1)
