import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
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
        "run": project["project"]["dependencies"] + extras["site"],
        "dev": project["project"]["dependencies"] + extras["bdd"] + extras["site"] + extras["spark"] + extras["dev"],
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
    assert not re.search(r"://|^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b", text, re.MULTILINE)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_the_program_imports_only_what_it_declares(root: Path) -> None:
    known = packages_distributions()
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    declared.add("pydantic-core")  # pydantic documents imports from it and pins its version
    extras = project["optional-dependencies"]
    # The interface of Sphinx for extensions is made of docutils and Pygments, which it depends on.
    for_site = {canonicalize_name(Requirement(line).name) for line in extras["site"]} | {"docutils", "pygments"}
    for_features = {canonicalize_name(Requirement(line).name) for line in extras["bdd"]}
    # Spark hands over tables of Arrow by way of pandas, which no module imports.
    for_spark = {canonicalize_name(Requirement(line).name) for line in extras["spark"]}
    for path in [*root.glob("engine/**/*.py"), *root.glob("cli/**/*.py")]:
        allowed = declared | {"bdd": for_features, "site": for_site}.get(path.parent.name, set())
        allowed |= for_spark if path.name == "spark.py" else set()
        for name in imported(path) - sys.stdlib_module_names - {"comity", "comity_cli"}:
            assert {canonicalize_name(owner) for owner in known.get(name, [name])} & allowed, f"{path}: {name}"
