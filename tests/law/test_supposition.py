"""A treaty may be supposed to be in force; what is supposed is told, and changes nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from comity.law.finding import InputError
from comity.law.rulebook import Rulebook
from comity.law.supposition import parse, suppose
from comity.law.table_facts import standing

SHIPPED = Rulebook.shipped()
DAY = date(2031, 3, 1)


def standings(rulebook: Rulebook, instrument: str, day: date) -> dict[str, str]:
    tables = rulebook.tables
    return {r["state"]: standing(r, day, tables.instruments[instrument]) for r in tables.parties[instrument]}


def test_a_treaty_that_is_only_signed_binds_all_who_signed_it_from_the_day_supposed():
    supposed = suppose(SHIPPED, {"uncc": DAY})
    assert set(standings(supposed, "uncc", DAY).values()) == {"party"}
    assert "party" not in standings(supposed, "uncc", date(2031, 2, 28)).values()
    assert any("not in force" in text or "in force from 2031-03-01" in text for text in supposed.suppositions)


def test_who_is_bound_already_and_who_stays_outside_are_left_as_they_are():
    before, after = (
        standings(r, "eu-transfer", DAY) for r in (SHIPPED, suppose(SHIPPED, {"eu-transfer": date(2026, 1, 1)}))
    )
    assert before == after
    assert after["DK"] == "none"


def test_a_known_later_day_may_be_supposed_to_come_earlier():
    supposed = suppose(SHIPPED, {"eu-transfer": date(2026, 6, 1)})
    assert standings(supposed, "eu-transfer", date(2026, 6, 1))["IE"] == "party"
    assert standings(SHIPPED, "eu-transfer", date(2027, 1, 31))["IE"] != "party"


def test_the_digest_tells_a_supposition_from_law():
    assert suppose(SHIPPED, {"uncc": DAY}).digest not in (
        SHIPPED.digest,
        suppose(SHIPPED, {"uncc": date(2031, 3, 2)}).digest,
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [("uncc", "no supposition"), ("uncc=soon", "'soon' is no date"), ("=2031-03-01", "no instrument")],
)
def test_what_is_no_supposition_is_refused_with_the_right_form(text, told):
    with pytest.raises(InputError, match=told):
        suppose(SHIPPED, dict([parse(text)]))


def test_an_unknown_instrument_is_refused_with_the_closest():
    with pytest.raises(InputError, match="did you mean 'uncc'"):
        suppose(SHIPPED, {"unc": DAY})


def test_where_nothing_would_change_that_is_said():
    with pytest.raises(InputError, match="in force by then for every state"):
        suppose(SHIPPED, {"eu-jit": DAY})
