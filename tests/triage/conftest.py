"""Caseloads of the tests: random cases, worked cases, and the command as a user runs it."""

import sys
from pathlib import Path

import pytest

from comity.law.rulebook import Rulebook

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return Rulebook.shipped()
