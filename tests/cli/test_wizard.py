"""The wizard as a process: by lines, on a terminal, interrupted, killed and resumed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from comity import Case

ANSWERS = ["China", "Night call", "police", ""]
NOTHING_MORE = ["no"] * 9


def wizard(folder: Path, lines: list[str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "comity_cli", "wizard", *words],
        cwd=folder,
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_STATE_HOME": str(folder / "state")},
        check=False,
    )


def spawn(folder: Path) -> pexpect.spawn:
    env = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "TERM": "xterm", "PAGER": "cat"}
    words = ["-m", "comity_cli", "wizard", "case.yaml"]
    return pexpect.spawn(
        sys.executable, words, cwd=str(folder), env=env, encoding="utf-8", timeout=30, dimensions=(40, 100)
    )


def test_it_ends_with_the_decision_and_the_case_file(tmp_path):
    done = wizard(tmp_path, [*ANSWERS, *NOTHING_MORE, ""], "case.yaml")
    assert done.returncode == 0, done.stderr
    assert "WHO LEADS" in done.stdout
    case = Case.from_file(tmp_path / "case.yaml")
    assert (case.forum, case.title) == ("CN", "Night call")
    assert not (tmp_path / "case.yaml.draft").exists()


def test_the_panel_shows_what_an_answer_changed(tmp_path):
    facts = [
        "no",
        "no",
        "no",
        "no",
        "no",
        "yes",
        "mailbox",
        "content",
        "Ireland",
        "",
        "",
        "",
        "",
        "",
        "",
        "no",
        "no",
        "no",
        "no",
        "",
    ]
    done = wizard(tmp_path, [*ANSWERS, *facts], "case.yaml")
    assert "mailbox: direct access undecided" in done.stdout
    assert "> mailbox: direct access refused" in done.stdout


def test_a_case_file_is_not_overwritten_unasked(tmp_path):
    (tmp_path / "case.yaml").write_text("mine\n")
    done = wizard(tmp_path, [*ANSWERS, *NOTHING_MORE, "", "no", "other.yaml"], "case.yaml")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "case.yaml").read_text() == "mine\n"
    assert Case.from_file(tmp_path / "other.yaml").forum == "CN"


def test_when_the_answers_end_nothing_is_lost(tmp_path):
    first = wizard(tmp_path, ANSWERS[:2], "case.yaml")
    assert first.returncode == 130
    assert "Nothing is lost" in first.stderr
    second = wizard(tmp_path, ["yes", *ANSWERS[2:], *NOTHING_MORE, ""], "case.yaml")
    assert second.returncode == 0, second.stderr
    assert Case.from_file(tmp_path / "case.yaml").title == "Night call"


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_asked(tmp_path):
    (tmp_path / "file").write_text("")
    done = wizard(tmp_path, ANSWERS, "file/case.yaml")
    assert done.returncode == 2
    assert "file" in done.stderr
    assert "Traceback" not in done.stderr
    assert "country" not in done.stdout


def test_a_wrong_answer_is_explained_and_asked_again(tmp_path):
    done = wizard(tmp_path, ["UK", "?", *ANSWERS, *NOTHING_MORE, ""], "case.yaml")
    assert "did you mean 'GB'" in done.stdout
    assert "cannot be unknown" in done.stdout
    assert Case.from_file(tmp_path / "case.yaml").forum == "CN"


@pytest.mark.parametrize("end", ["kill", "interrupt"])
def test_killed_or_interrupted_on_a_terminal_it_goes_on_where_it_stood(tmp_path, end):
    child = spawn(tmp_path)
    child.expect("country")
    child.send("China\r")
    child.expect("called")
    if end == "kill":
        child.kill(signal.SIGKILL)
    else:
        child.sendintr()
        child.expect("Nothing is lost")
    child.close(force=True)
    assert json.loads((tmp_path / "case.yaml.draft").read_text())["answers"] == {"forum": "CN"}
    again = spawn(tmp_path)
    again.expect("unfinished case with 1 answers")
    again.send("yes\r")
    again.expect("called")
    again.send("\x02")
    again.expect("country")
    again.close(force=True)
