"""The site of a small rulebook, as a reader finds it."""

import csv
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from importlib import util
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pexpect
import pytest

from comity.law.rulebook import Rulebook, shipped_folder
from comity_cli import site
from comity_cli.site.book import Book
from comity_cli.site.pages import environment

STATES = {"DE", "FR", "IE", "US"}
ODD = """\

- id: odd-marks
  title: "*Stars*, [links](x) | pipes, <b>tags</b>, `ticks`, $sums$ and {roles}"
  cites: [law/1]
  effective: {from: 2020-01-01}
  when:
    - data: {id: $item, stored_in: IE}
  conclude:
    - warning: {about: $item, code: odd}
  overrides: [no-mla]
  note: see https://example.org/a_b_c for more
  because: "{item} has *stars* and a # in it"
"""
SCENARIO = """\
title: Mail in France
source: Law of 2020
kind: hypothetical
as_of: 2026-01-01
note: The mail lies in France, a party.
case:
  case: mail-in-france
  forum: DE
  offences:
    - {id: fraud, category: computer-fraud, conduct_in: [DE]}
  data:
    - {id: mail, category: content, stored_in: FR}
expect:
  items:
    mail: {direct_access: refused}
"""


class Links(HTMLParser):
    """The anchors of a page, where it links to, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.anchors |= {values[name] or "" for name in ("id", "name") if name in values}
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        if tag in ("script", "img", "iframe") and values.get("src"):
            self.loads.append(values["src"] or "")
        if tag == "link" and values.get("rel") != "canonical":
            self.loads.append(values.get("href") or "")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, small_rules: str) -> Path:
    """A small rulebook with four states, and a scenario beside it."""
    folder = tmp_path_factory.mktemp("small") / "rules"
    for path in sorted((shipped_folder() / "tables").rglob("*.csv")):
        target = folder / "tables" / path.relative_to(shipped_folder() / "tables")
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open(newline="") as lines, target.open("w", newline="") as kept:
            reader = csv.DictReader(lines)
            writer = csv.DictWriter(kept, reader.fieldnames or ())
            writer.writeheader()
            ends = [name for name in ("state", "a", "b") if name in (reader.fieldnames or ())]
            writer.writerows(row for row in reader if all(row[name] in STATES for name in ends))
    (folder / "preferences").mkdir()
    (folder / "preferences" / "lead.yaml").write_text("factors: [{id: custody, title: Holds the suspect, weight: 1}]\n")
    (folder / "preferences" / "routes.yaml").write_text("order: [mla]\n")
    (folder / "authorities.yaml").write_text(
        "law:\n  title: The Law\n  citation: Law of 2020\n  kind: statute\n  source: https://example.org/law\n"
        "  articles:\n    '1': {says: what lies at home is yours, verified: yes}\n"
        "    '2': {says: friends help each other, verified: no}\n"
        "custom:\n  title: Custom\n  citation: since ever\n  kind: report\n  source: none\n  verified: yes\n"
    )
    (folder / "glossary.yaml").write_text("friend:\n  says: A state that helps.\n  cites: [law/2]\n")
    (folder / "principles").mkdir()
    (folder / "principles" / "rules.yaml").write_text("# Small rules: for a test.\n\n" + small_rules + ODD)
    (folder.parent / "scenarios" / "states").mkdir(parents=True)
    (folder.parent / "scenarios" / "states" / "mail.yaml").write_text(SCENARIO)
    return folder


@pytest.fixture(scope="module")
def built(small: Path) -> Path:
    """The site of that rulebook."""
    from typer.testing import CliRunner

    from comity_cli.app import app

    out = small.parent / "site"
    ran = CliRunner().invoke(app, ["docs", "--out", str(out), "--rules", str(small), "--as-of", "2026-01-01"])
    assert ran.exit_code == 0, ran.output
    assert f"open {out / 'index.html'}" in ran.output
    return out


def text_of(page: Path) -> str:
    """What a reader reads on a page."""
    body = page.read_text().split('id="furo-main-content">')[1].split("</article>")[0]
    plain = re.sub(r"<[^>]+>", " ", re.sub(r'<a class="headerlink".*?</a>', "", body))
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        plain = plain.replace(name, sign)
    return " ".join(plain.split()).replace(" ,", ",").replace(" .", ".")


def test_every_page_is_reached_and_every_link_leads_somewhere(built: Path) -> None:
    pages = {path: Links(path.read_text()) for path in built.rglob("*.html")}
    reached, todo = set(), [built / "index.html"]
    while todo:
        page = todo.pop()
        if page in reached:
            continue
        reached.add(page)
        for link in pages[page].links:
            target, anchor = urldefrag(unquote(link))
            if "://" in target or target.startswith("mailto:"):
                continue
            other = (page.parent / target).resolve() if target else page
            assert other in pages, f"{page.relative_to(built)} -> {link}"
            assert not anchor or anchor in pages[other].anchors, f"{page.relative_to(built)} -> {link}"
            todo.append(other)
    assert {path for path in pages if path not in reached} <= {built / "search.html"}
    rules = pages[built / "rules/principles/rules.html"].anchors
    assert {f"rule-{rule.id}" for rule in Rulebook.from_folder(built.parent / "rules").rules} <= rules


def test_nothing_is_loaded_from_elsewhere(built: Path) -> None:
    for path in built.rglob("*.html"):
        outside = [load for load in Links(path.read_text()).loads if "://" in load or load.startswith("//")]
        assert outside == [], path
    for path in (built / "_static").rglob("*.css"):
        assert not re.search(r"@import|url\(['\"]?(https?:)?//", path.read_text()), path


def test_a_rule_with_its_text_its_authority_its_rivals_and_the_scenario_that_shows_it(built: Path) -> None:
    text = text_of(built / "rules/principles/rules.html")
    assert text.startswith("Small rules")
    own = text.split("What lies abroad is not taken hands-off")[1].split("No assistance without a treaty no-mla")[0]
    assert "item is in there, out of reach of here." in own
    assert "rule_out :" in own
    assert "The Law, 1 : what lies at home is yours the text was read source" in own
    assert "Decides in 1 of 1 scenarios: Mail in France" in own
    unread = text.split("Parties assist each other assistance")[1].split("Parties preserve quick-freeze")[0]
    assert "friends help each other nobody has read it yet" in unread
    assert "gives way to every rule that says the opposite" in text
    failing = text.split("What lies at home is taken at home home")[1].split("What lies abroad")[0]
    assert "Just fails to apply in Mail in France, for want of this: The data mail: stored in Germany; but" in failing


def test_what_would_be_markup_is_shown_as_it_is_written(built: Path) -> None:
    text = text_of(built / "rules/principles/rules.html")
    assert "*Stars*, [links](x) | pipes, <b>tags</b>, `ticks`, $sums$ and {roles}" in text
    assert "item has *stars* and a # in it" in text
    assert "It prevails over: No assistance without a treaty" in text
    assert "from 2020-01-01" in text


def test_a_state_with_its_law_its_treaties_and_the_rules_about_it(built: Path) -> None:
    text = text_of(built / "states/ie.html")
    assert "log retention days 365 since 2023-06-26" in text
    assert "European Convention on Mutual Assistance in Criminal Matters in force 1996-10-15" in text
    assert "Mail in France" in text_of(built / "states/fr.html")
    assert "*Stars*" in text.split("Rules that name it")[1]


def test_an_instrument_with_its_parties_and_its_rules(built: Path) -> None:
    text = text_of(built / "instruments/budapest.html")
    assert "in force for 3 states" in text  # Ireland has signed and not ratified
    assert re.search(r"Germany in force 2001-11-23 2009-03-09 2009-07-01", text)
    assert "Two parties are bound" in text


def test_an_authority_names_the_rules_that_cite_it(built: Path) -> None:
    text = text_of(built / "authorities/law.html")
    article = text.split("friends help each other")[1]
    assert "Parties assist each other" in article
    assert "What lies at home is taken at home" not in article


def test_a_scenario_with_its_facts_and_what_comes_of_them(built: Path) -> None:
    text = text_of(built / "scenarios/states/mail.html")
    assert "The mail lies in France, a party." in text
    assert "Send a request for mutual legal assistance for mail to France" in text
    assert "forum : DE" in text


def test_the_glossary_links_to_the_law_that_defines_a_word(built: Path) -> None:
    assert "friend A state that helps. The Law, 2" in text_of(built / "glossary.html")


def test_the_search_finds_a_rule_by_its_name(built: Path) -> None:
    index = json.loads((built / "searchindex.js").read_text().removeprefix("Search.setIndex(").removesuffix(")"))
    assert "hands-off" in {name for _, _, _, _, name in index["objects"][""]}
    assert "stars" in index["terms"] or "star" in index["terms"]


def test_a_site_is_built_anew_in_its_place_and_nothing_else_is_replaced(
    comity, small: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "pages", lambda book: iter(()))
    monkeypatch.setattr(site.building, "_sphinx", lambda source, made, *_: made.mkdir())
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "searchindex.js").write_text("")
    assert comity("docs", "--out", tmp_path / "old", "--rules", small).code == 0
    assert not (tmp_path / "old" / "searchindex.js").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    ran = comity("docs", "--out", tmp_path / "mine", "--rules", small)
    assert (ran.code, "it is no site" in ran.err) == (2, True)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


def test_without_the_tools_one_line_says_what_to_install(comity, monkeypatch: pytest.MonkeyPatch) -> None:
    found: Callable[..., object] = util.find_spec
    monkeypatch.setattr(site.building, "find_spec", lambda name: None if name == "furo" else found(name))
    ran = comity("docs")
    assert ran.code == 2
    assert "pip install 'comity[site]'" in ran.err


def test_every_link_of_the_shipped_pages_has_its_target(tmp_path: Path) -> None:
    book = Book.of(Rulebook.shipped(), (), date(2026, 1, 1), lambda *_: None)
    templates = environment()
    texts = [templates.get_template(page.template).render(page.values) for page in site.pages(book)]
    named = {found for text in texts for found in re.findall(r"^```\{named\} (\S+) (\S+)$", text, re.MULTILINE)}
    wanted = {(role, target) for text in texts for role, target in re.findall(r"\{(\w+)\}`[^`]*<([^<>`]+)>`", text)}
    terms = {entry.word for entry in book.rulebook.glossary}
    assert {(role, target) for role, target in wanted if role != "term"} <= named
    assert {target for role, target in wanted if role == "term"} <= terms
    assert {("rule", rule.id) for rule in book.rulebook.rules} <= named


@pytest.mark.slow
def test_an_interrupted_build_leaves_nothing_behind_and_says_how_far_it_was(tmp_path: Path) -> None:
    arguments = ["-m", "comity_cli", "docs", "--out", str(tmp_path / "site")]
    run = pexpect.spawn(sys.executable, arguments, cwd=shipped_folder().parent, timeout=60, encoding="utf-8")
    run.expect("deciding scenarios: ")
    run.sendintr()
    run.expect(pexpect.EOF)
    run.close()
    assert re.search(r"Stopped while deciding scenarios: \d+ of \d+; nothing was written", run.before)
    assert "Traceback" not in run.before
    assert run.exitstatus == 130
    assert os.listdir(tmp_path) == []
