"""Every instrument of the tables has its rules, where a reader looks for them, and is tried in a scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.law.rulebook import Rulebook, shipped_folder

SCENARIOS = Path(__file__).parents[2] / "scenarios" / "instruments"
MEMBERSHIPS = {"eu-members"}
"""Who belongs to the Union is no instrument of its own: its acts have their rows and files."""

instruments = sorted(set(Rulebook.shipped().tables.instruments) - MEMBERSHIPS)


@pytest.mark.parametrize("name", instruments)
def test_an_instrument_has_a_file_of_rules_of_its_name(name):
    rules = shipped_folder() / "instruments" / f"{name}.yaml"
    assert rules.exists()
    assert f" {name}" in rules.read_text() or f"[{name}/" in rules.read_text(), (
        "its rules ask who is bound by it, or cite it"
    )


@pytest.mark.parametrize("name", instruments)
def test_an_instrument_is_tried_in_scenarios(name):
    """Those in force for nobody known are supposed to be; tests/test_coverage.py asks for both sides."""
    assert sorted(SCENARIOS.glob(f"{name}-*.yaml")), f"no scenario {name}-*.yaml"
