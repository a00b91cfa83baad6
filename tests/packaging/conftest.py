import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def base_python() -> str:
    """The interpreter below the environment that the tests run in."""
    return os.path.realpath(sys._base_executable)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def copy_checkout() -> Callable[[Path], Path]:
    """Copies what a commit made now would hold; without git, which a machine that runs comity may lack."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split()]

    def copy(target: Path) -> Path:
        shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(".git", *ignored), dirs_exist_ok=True)
        return target

    return copy
