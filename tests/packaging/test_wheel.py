import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

import comity

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory, copy_checkout: Callable[[Path], Path]) -> Path:
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    """A wheel made from a source distribution, as whoever packages comity for others makes it."""
    build = [sys.executable, "-m", "build", "--no-isolation", str(checkout)]
    subprocess.run(build, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    (made,) = (checkout / "dist").glob("*.whl")
    return made


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_holds_both_packages_the_rules_and_the_pages_and_nothing_else(checkout: Path, wheel: Path) -> None:
    expected = {f"comity/{name}" for name in files_below(checkout / "engine/comity")}
    expected |= {f"comity_cli/{name}" for name in files_below(checkout / "cli/comity_cli")}
    expected |= {f"comity/rules/{name}" for name in files_below(checkout / "rules")}
    expected |= {f"comity/docs/checks/{name}" for name in files_below(checkout / "docs/checks")}
    assert expected == {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert "comity/rules/README.md" in expected


def test_the_wheel_installs_into_an_empty_environment_and_runs_anywhere(
    tmp_path: Path, root: Path, wheel: Path
) -> None:
    locks = [(root / f"requirements/{lock}.txt").read_text() for lock in ("run", "build")]
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(re.findall(r"^[\w.-]+==[^\s;]+", "\n".join(locks), re.MULTILINE)))
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    install = [environment / "bin/python", "-m", "pip", "install", "--quiet", wheel]
    # The define is for Python 3.13 and newer; requirements/setup.sh says why.
    pip_reads = {"PIP_CONSTRAINT": str(constraints), "CPPFLAGS": "-DPyEval_CallObject=PyObject_CallObject"}
    subprocess.run(install, check=True, cwd=elsewhere, env=os.environ | pip_reads)

    shown = subprocess.run(
        [environment / "bin/comity", "--version"], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, f"comity {comity.__version__}\n", "")
    rules = "import comity, pathlib; print((pathlib.Path(comity.__file__).parent / 'rules').is_dir())"
    found = subprocess.run([environment / "bin/python", "-c", rules], cwd=elsewhere, capture_output=True, text=True)
    assert found.stdout == "True\n"
    page = [environment / "bin/comity", "check", "--explain", "V003"]
    explained = subprocess.run(page, cwd=elsewhere, capture_output=True, text=True, check=False)
    assert explained.stdout.startswith("# V003: ")

    for words in (["init", "agency"], ["check", "agency/rules"], ["check", "--explain", "O003"]):
        ran = subprocess.run([environment / "bin/comity", *words], cwd=elsewhere, capture_output=True, text=True)
        assert (ran.returncode, ran.stderr) == (0, ""), words
