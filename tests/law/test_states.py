"""What the tables know of states: enough of them, in words that the rules read, and verified further with time."""

from __future__ import annotations

import pytest

from comity.law.rulebook import Rulebook

TABLES = Rulebook.shipped().tables
ANSWER = {"yes", "no", "conditional"}
VALUES = {
    "jurisdiction_active_personality": ANSWER,
    "jurisdiction_passive_personality": ANSWER,
    "jurisdiction_protective": ANSWER,
    "jurisdiction_effects": ANSWER - {"conditional"},
    "extradites_nationals": ANSWER,
    "gambling_online_criminal": ANSWER - {"conditional"},
    "voluntary_disclosure_subscriber": ANSWER | {"practice"},
    "dual_criminality_for_mla": {"required", "coercive-only", "discretionary", "not-required"},
    "death_penalty": {"abolished", "ordinary-abolished", "moratorium", "retained"},
    "gci_tier": {"1", "2", "3", "4", "5"},
}
ASKED = [*VALUES, "blocking_statute", "central_authority", "log_retention_days", "preservation_days"]


def test_sixty_states_and_more_are_known():
    assert len({row["state"] for row in TABLES.states}) >= 60


@pytest.mark.parametrize("attribute", ASKED)
def test_what_is_asked_of_every_state_is_known_of_some(attribute):
    assert attribute in TABLES.attributes


@pytest.mark.parametrize("attribute", VALUES)
def test_a_value_is_one_that_the_rules_read(attribute):
    """A misspelt value would be a known fact that no rule sees: worse than an unknown one."""
    found = {row["value"] for row in TABLES.states if row["attribute"] == attribute}
    assert found <= VALUES[attribute]


def test_periods_are_whole_days():
    periods = [row for row in TABLES.states if row["attribute"].endswith("_days")]
    assert [str(row.place) for row in periods if not row["value"].isdecimal()] == []


def test_what_nobody_has_verified_of_states_becomes_less():
    assert sum(row["verified"] == "no" for row in TABLES.states) <= 604
