"""What pytest loads wherever comity is installed; nothing else of comity is loaded before a feature file is met."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a repository name the rules that its features are decided by."""
    parser.addini(
        "comity_rules", "folder of rules for features; else COMITY_RULES, else the rules that come with comity"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect ``*.feature`` files that use the steps of comity, so that no Python is needed to run them."""
    if file_path.suffix != ".feature" or not parent.config.pluginmanager.has_plugin("pytest-bdd"):
        return None
    from comity.bdd.collect import feature_file

    return feature_file(file_path, parent)
