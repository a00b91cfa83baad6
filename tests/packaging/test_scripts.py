import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import comity

SCRIPT_NEEDS = ["cat", "cmp", "mv", "readlink", "rm", "sh"]


@pytest.fixture
def checkout(tmp_path: Path, copy_checkout: Callable[[Path], Path]) -> Path:
    return copy_checkout(tmp_path / "a checkout")


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder for PATH: the commands that every system has, and no Python or compiler."""
    folder = tmp_path / "commands"
    folder.mkdir()
    for name in SCRIPT_NEEDS:
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def write_command(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def run(script: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"CC", "COMITY_PYTHON"}}
    return subprocess.run([script, *arguments], capture_output=True, text=True, env=kept | environment, check=False)


@pytest.mark.parametrize("script", ["comity", "test"])
def test_without_a_recent_python_one_line_says_so(checkout: Path, commands: Path, script: str) -> None:
    write_command(commands / "python3", "exit 1  # what the question for 3.11 comes to on an older version")
    result = run(checkout / script, PATH=str(commands))
    assert (result.returncode, result.stdout) == (2, "")
    assert (
        result.stderr
        == "comity: Python 3.11 or newer is needed and not found; install it, or name it in COMITY_PYTHON\n"
    )
    assert not (checkout / ".venv").exists()


def test_a_chosen_python_that_is_too_old_is_named(checkout: Path, commands: Path) -> None:
    write_command(commands / "old", "exit 1")
    result = run(checkout / "comity", COMITY_PYTHON=str(commands / "old"))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"comity: COMITY_PYTHON is {commands / 'old'}, which is not Python 3.11 or newer\n"


def test_without_a_compiler_and_without_the_right_to_install_one_line_says_what_to_install(
    checkout: Path, commands: Path, base_python: str
) -> None:
    write_command(commands / "id", "echo 1000")
    write_command(commands / "apt-get", f"touch '{checkout}/installed'")
    result = run(checkout / "comity", PATH=str(commands), COMITY_PYTHON=base_python)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "this is missing: a C compiler" in result.stderr
    assert "apt-get install gcc libc6-dev" in result.stderr
    assert not (checkout / "installed").exists()
    assert not (checkout / ".venv").exists()


def test_root_gets_a_missing_compiler_from_the_package_manager(
    checkout: Path, commands: Path, base_python: str, tmp_path: Path
) -> None:
    write_command(commands / "id", "echo 0")
    write_command(commands / "apt-get", f"echo \"$@\" >>'{tmp_path}/asked'")
    result = run(checkout / "comity", PATH=str(commands), COMITY_PYTHON=base_python)
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == ["update", "install -y --no-install-recommends gcc libc6-dev"]
    assert result.returncode == 2, "the compiler is missing still, because this package manager does nothing"
    assert "this is missing: a C compiler" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("failing", ["ruff check", "ruff format", "mypy", "pytest"])
def test_all_checks_run_the_tests_come_last_and_any_failure_counts(checkout: Path, failing: str) -> None:
    write_command(
        checkout / ".venv/bin/python",
        f'shift 2; echo "ran $*"; case "$*" in \'{failing}\'*) exit 1 ;; esac',
    )
    stamp = 'root=$1; . "$root/requirements/setup.sh"; stamp dev'
    subprocess.run(["sh", "-c", stamp, "sh", checkout], check=True)
    result = run(checkout / "test", "-k", "a name")
    lines = result.stdout.splitlines()
    assert [line for line in lines if line.startswith("ran ")] == [
        "ran ruff check",
        "ran ruff format --check",
        "ran mypy",
        "ran pytest -k a name",
    ]
    assert lines[-1] == "ran pytest -k a name"
    assert result.returncode == 1
    assert ("== failed: " in result.stdout) == (failing != "pytest")


@pytest.mark.slow
def test_a_killed_set_up_is_begun_again_once_by_the_next_starts_and_then_is_silent(
    checkout: Path, base_python: str, tmp_path: Path
) -> None:
    environment = os.environ | {"COMITY_PYTHON": base_python}
    killed = subprocess.Popen([checkout / "comity", "--version"], env=environment, start_new_session=True)
    while not (checkout / ".venv/bin/python").exists():
        assert killed.poll() is None
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()

    link = tmp_path / "link"
    link.symlink_to(checkout / "comity")
    starts = [
        subprocess.Popen(
            [path, "--version"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for path in (checkout / "comity", link)
    ]
    shown = [start.communicate() for start in starts]
    version = f"comity {comity.__version__}\n"
    assert [(start.returncode, out) for start, (out, _) in zip(starts, shown, strict=True)] == [(0, version)] * 2
    assert sorted(err for _, err in shown) == [
        "comity: setting up, once; this takes a minute or two\n",
        "comity: waiting for another set-up to end\n",
    ]

    again = run(checkout / "comity", "--version")
    assert (again.returncode, again.stdout, again.stderr) == (0, version, "")
