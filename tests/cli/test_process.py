"""The program as a process of its own: pipes, terminals, encodings, interruption."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMITY = [sys.executable, "-P", "-m", "comity_cli"]


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMITY, *map(str, arguments)], capture_output=True, env=os.environ | environment, check=False, timeout=60
    )


def in_terminal(*arguments: object, size: tuple[int, int] = (24, 80), **environment: str) -> tuple[int, str]:
    """The exit code and what a terminal shows."""
    ours, theirs = pty.openpty()
    os.set_inheritable(theirs, True)
    env = os.environ | {"TERM": "xterm-256color", "PAGER": "cat", "COLUMNS": str(size[1]), "LINES": str(size[0])}
    command = [*COMITY, *map(str, arguments)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env | environment) as process:
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                chunk = os.read(ours, 65536)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        os.close(ours)
    return process.returncode, shown.decode().replace("\r\n", "\n")


def test_output_is_plain_when_piped_and_coloured_on_a_terminal(case, law) -> None:
    assert b"\x1b" not in run("decide", case, "--rules", law).stdout
    code, shown = in_terminal("decide", case, "--rules", law)
    assert code == 0
    assert "\x1b[1m" in shown


def test_no_color_is_respected(case, law) -> None:
    _, shown = in_terminal("decide", case, "--rules", law, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown)


def test_a_long_answer_begins_with_its_first_screen(case, law) -> None:
    """A pager shows it from its beginning; this one stops after ten lines, as a reader might."""
    _, shown = in_terminal("decide", case, "--rules", law, PAGER="head -n 10")
    assert "WHO LEADS" in shown
    assert "PLAN" not in shown


def test_a_narrow_terminal_is_wrapped_within_its_width(case, law) -> None:
    _, shown = in_terminal("why", case, "mail.mla.FR", "--rules", law, size=(24, 40), NO_COLOR="1", TERM="dumb")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert max(map(len, plain.splitlines())) <= 40


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_letters_that_the_terminal_lacks_stop_nothing(encoding: str, case, law) -> None:
    case.write_text(case.read_text().replace("Harbour fraud", "Hafen-Betrug, Zürich, 港"), encoding="utf-8")
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    shown = run("decide", case, "--rules", law, **environment)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"Hafen-Betrug" in shown.stdout
    json = run("decide", case, "--rules", law, "--json", **environment)
    assert json.returncode == 0
    assert b"Z\\u00fcrich" in json.stdout


def test_a_reader_that_leaves_early_is_no_fault(case, law) -> None:
    process = subprocess.Popen(
        [*COMITY, "show", "vocabulary", "--rules", str(law)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


def test_interruption_is_one_line(law, tmp_path) -> None:
    process = subprocess.Popen(
        [*COMITY, "selfcheck", "--cases", "100000", "--rules", str(law)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(2)
    process.send_signal(2)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"Interrupted.\n")


def test_help_and_version_load_nothing_heavy() -> None:
    told = (
        "import sys; sys.argv[1:] = ['--version']\nimport comity_cli.app as a\ntry: a.main()\nexcept SystemExit: pass\n"
    )
    heavy = "{'pydantic', 'pycountry', 'rich', 'yaml', 'durable', 'duckdb', 'pyarrow'}"
    told += f"print(sorted({heavy} & {{name.split('.')[0] for name in sys.modules}}))"
    shown = subprocess.run([sys.executable, "-P", "-c", told], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_the_program_runs_from_any_folder(case, law, tmp_path: Path) -> None:
    shown = subprocess.run(
        [*COMITY, "decide", case, "--rules", law], cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
