import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(path.read_text())}


def wanted(root: Path, lock: str) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    lines = {
        "run": project["project"]["dependencies"],
        "dev": project["project"]["dependencies"] + extras["bdd"] + extras["dev"],
        "build": project["build-system"]["requires"] + project["dependency-groups"]["build"],
    }
    return [requirement for requirement in map(Requirement, lines[lock]) if requirement.name != "comity"]


@pytest.mark.parametrize("lock", ["run", "dev", "build"])
def test_what_the_project_needs_is_locked_in_a_version_that_it_allows(root: Path, lock: str) -> None:
    locked = pins(root / f"requirements/{lock}.txt")
    for requirement in wanted(root, lock):
        assert locked.get(canonicalize_name(requirement.name), "none") in requirement.specifier, requirement


@pytest.mark.parametrize("lock", ["run", "dev", "build"])
def test_every_locked_version_has_its_hashes(root: Path, lock: str) -> None:
    for pin in PIN.finditer((root / f"requirements/{lock}.txt").read_text()):
        assert "--hash=sha256:" in pin["rest"], pin["name"]


def test_the_checks_run_on_the_versions_that_the_program_runs_on(root: Path) -> None:
    dev = pins(root / "requirements/dev.txt")
    for lock in ["run", "build"]:
        for name, version in pins(root / f"requirements/{lock}.txt").items():
            assert dev.get(name, version) == version, name


@pytest.mark.parametrize("lock", ["run", "dev", "build"])
def test_a_lock_names_no_place_to_download_from(root: Path, lock: str) -> None:
    text = (root / f"requirements/{lock}.txt").read_text()
    assert not re.search(
        r"://|^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b", text, re.MULTILINE
    )
