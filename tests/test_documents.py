"""What the documents say is what the program does."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "comity_cli", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readme_shows_what_its_first_command_prints():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = readme.split("```sh\n./comity ")[1].split("#")[0].split()
    shown = readme.split("```text\n")[1].split("```")[0]
    printed = run(*command).split("CLAIMS TO JURISDICTION")[0]
    assert shown.split() == printed.split()


def test_every_command_of_the_readme_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Commands")[1].split("\n## ")[0]
    named = {line.split("`./comity ")[1].split()[0].strip("`") for line in table.splitlines() if "`./comity " in line}
    listed = run("--help")
    assert named >= {"decide", "wizard", "why", "why-not", "what-if", "check", "test", "show", "prove", "selfcheck"}
    assert [name for name in named if name not in listed] == []
