"""Every code has a page, every page has a code, and the examples on the pages are what they say."""

import ast
import re
from pathlib import Path

import pytest
from desk import FILES, TODAY, laid
from typer.testing import CliRunner

from comity import scenario
from comity.law import pages
from comity.law.case import Case
from comity.law.checks import checks, examine
from comity.law.finding import InputError, Severity
from comity_cli.app import app

ROOT = Path(__file__).parents[3]
CODE = re.compile(r"[A-Z]\d{3}")
BLOCK = re.compile(r"(?:^`([^`\n]+)`\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

WITHOUT_EXAMPLE = {
    "F002": "a file of 5 MB does not fit on a page",
    "F003": "a page is UTF-8 itself",
    "G002": "a page has no repository",
    "G006": "a page has no cluster",
    "Q008": "the tools are there where tests run",
}


def emitted() -> set[str]:
    """Every code that stands in the program as a text of its own."""
    return {
        node.value
        for folder in ("engine", "cli")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def part(code: str, heading: str) -> list[tuple[str, str, str]]:
    """The blocks below a heading of a page: file, language, text."""
    text = pages.page(code).partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [(m[1] or "", m[2], m[3]) for m in BLOCK.finditer(text)]


def told(folder: Path, code: str, heading: str, monkeypatch) -> dict[str, Severity]:
    """The codes that the example gives, each with its severity."""
    blocks = part(code, heading)
    assert blocks, f"{code} has no example under '{heading}'"
    files = {name: None if language == "text" else text for name, language, text in blocks if name}
    laid(folder, files, {} if code.startswith("O") else FILES)
    commands = [text.split() for _, language, text in blocks if language == "sh"]
    if commands:
        monkeypatch.chdir(folder)
        ran = CliRunner(env={"COMITY_RULES": str(folder)}).invoke(app, commands[0][1:])
        assert ran.exit_code in (0, 1, 2), ran.output
        return dict.fromkeys(re.findall(r"\b[A-Z]\d{3}\b(?=  )", ran.output), Severity.ERROR)
    names = [name for name, _, _ in blocks]
    try:
        if "case.yaml" in names:
            Case.from_file(folder / "case.yaml")
            return {}
        if "scenario.yaml" in names:
            scenario.read(folder / "scenario.yaml")
            return {}
    except InputError as error:
        return {finding.code: finding.severity for finding in error.findings}
    found = examine(folder, TODAY, 365 if code == "E002" else None)[1]
    return {finding.code: finding.severity for finding in found}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert set(pages.codes()) == emitted()


@pytest.mark.parametrize("code", [code for code in pages.codes() if code not in WITHOUT_EXAMPLE])
def test_what_a_page_calls_wrong_is_found_and_what_it_calls_right_is_not(tmp_path, code, monkeypatch) -> None:
    wrong = told(tmp_path / "wrong", code, "Wrong", monkeypatch)
    right = told(tmp_path / "right", code, "Right", monkeypatch)
    assert code in wrong
    assert code not in right
    assert [c for c, severity in right.items() if severity is Severity.ERROR] == []


@pytest.mark.parametrize("code", pages.codes())
def test_a_page_says_what_it_is_about_in_four_parts(code) -> None:
    heading, _, rest = pages.page(code).partition("\n")
    assert re.fullmatch(rf"# {code}: [A-Z].+[^.]", heading)
    severity = next((str(c.severity) for c in checks() if c.code == code), "error")
    assert rest.startswith(f"\n*{severity.capitalize()} ")
    assert re.findall("^## (.+)$", rest, re.MULTILINE) == (
        ["How to mend it"] if code in WITHOUT_EXAMPLE else ["Wrong", "Right", "How to mend it"]
    )


def test_the_readme_says_what_each_letter_stands_for() -> None:
    text = (pages.pages_folder() / "README.md").read_text(encoding="utf-8")
    letters = re.findall(r"^\| ([A-Z]) \| .+ \|$", text, re.MULTILINE)
    assert sorted(letters) == sorted({code[0] for code in pages.codes()})


def test_each_check_has_a_module_a_test_and_a_page_named_after_its_code() -> None:
    modules = {path.stem for path in (ROOT / "engine/comity/law/checks").glob("[a-z][0-9]*.py")}
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_[a-z][0-9]*.py")}
    assert modules == tests
    assert {name[:4].upper() for name in modules} == {check.code for check in checks()}
    assert {check.code for check in checks()} <= set(pages.codes())


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'V003'"):
        pages.page("V0003")
    assert pages.page("v003") == pages.page("V003")
