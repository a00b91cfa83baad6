"""Mends keep comments and layout, change nothing else, and never leave half a file."""

import os
from collections import Counter

import pytest

from comity.law import mending, source
from comity.law.editing import span_of
from comity.law.finding import Edit, Finding, Fix, Place, one_of
from comity.law.mending import fix_of, mend


def dropped(tmp_path, text: str, line: int, column: int) -> str:
    """The text after the entry at a place was taken out."""
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    place = Place(str(path), line, column)
    mend([Finding(place, "X", "x", fix=Fix("x", (Edit(place),)))], tmp_path)
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        ("k: [a, b, c]\n", (1, 5), "k: [b, c]\n"),
        ("k: [a, b, c]\n", (1, 8), "k: [a, c]\n"),
        ("k: [a, b, c]\n", (1, 11), "k: [a, b]\n"),
        ("k: [a, b,\n    c]\n", (1, 8), "k: [a,\n    c]\n"),
        ("k: [a,\n    b, c]\n", (2, 5), "k: [a,\n    c]\n"),
        ("j: 1\nk: [a]\nl: 2\n", (2, 5), "j: 1\nl: 2\n"),
        ("j: 1\nk: [a,\n    b]\n", (3, 5), "j: 1\nk: [a]\n"),
        ("k:\n  - a\n  - b # of b\n  - c\n", (3, 5), "k:\n  - a\n  - b # of b\n  - c\n"),  # its comment would go
        ("k:\n  - a\n  # of c\n  - c\n", (2, 5), "k:\n  # of c\n  - c\n"),
        ("j: 1\nk:\n  - a\nl: 2\n", (3, 5), "j: 1\nl: 2\n"),
        ("k:\n  - a: {x: 1, y: 2}\n  - b: {}\n", (2, 9), "k:\n  - a: {y: 2}\n  - b: {}\n"),
        ("k:\n  - a: {x: 1}\n  - b: {}\n", (2, 9), "k:\n  - a: {}\n  - b: {}\n"),
        ("k:\n  - a:\n      x: 1\n      y: 2\n", (3, 7), "k:\n  - a:\n      y: 2\n"),
        ("k:\n  - a:\n      x: 1\n  - b: {}\n", (2, 5), "k:\n  - b: {}\n"),
        ("a: 1\nb: >-\n  two\n  lines\nc: 3\n", (2, 1), "a: 1\nc: 3\n"),
        ("k: [a, b]\r\nl: 1\r\n", (1, 8), "k: [a]\r\nl: 1\r\n"),
        ("\ufeffk: [a, b]\n", (1, 8), "\ufeffk: [a]\n"),
        ("k: [ä, 語, c]\n", (1, 8), "k: [ä, c]\n"),
    ],
)
def test_an_entry_goes_with_what_belongs_to_it(tmp_path, before, place, after) -> None:
    assert dropped(tmp_path, before, *place) == after


def test_there_is_nothing_to_drop_where_nothing_begins() -> None:
    assert span_of("k: [a, b]\n", Place("x", 1, 6), dropping=True) is None
    assert span_of("k: [a, b]\n", Place("x", 9, 1), dropping=True) is None


def misspelt(tmp_path, text: str, line: int, column: int, length: int, known: list[str], word: str) -> Finding:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return Finding(Place(str(path), line, column, length), "V003", f"unknown field '{word}'", one_of(word, known))


@pytest.mark.parametrize(
    ("text", "at", "word", "right", "after"),
    [
        ("- data: {storedin: US} # c\n", (10, 8), "storedin", "stored_in", "- data: {stored_in: US} # c\n"),
        ("- dta: {id: $x}\n- b: {}\n", (3, 3), "dta", "data", "- data: {id: $x}\n- b: {}\n"),
        ('- a: {b: "trafic"}\n', (10, 8), "trafic", "traffic", '- a: {b: "traffic"}\n'),
        ("- a: {b: [trafic, x]}\n", (11, 6), "trafic", "traffic", "- a: {b: [traffic, x]}\n"),
    ],
)
def test_a_misspelt_name_becomes_the_only_near_one(tmp_path, text, at, word, right, after) -> None:
    finding = misspelt(tmp_path, text, 1, *at, [right, "quite-another"], word)
    fix = fix_of(finding)
    assert fix is not None
    assert fix.says == f"wrote '{right}' for '{word}'"
    mend([finding], tmp_path)
    assert (tmp_path / "rules.yaml").read_text() == after


def test_a_variable_keeps_its_dollar(tmp_path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("- a: {b: $ther}\n")
    place = Place(str(path), 1, 10, 5)
    finding = Finding(place, "V010", "$ther stands in no relation of 'when'", one_of("ther", ["there"]))
    mend([finding], tmp_path)
    assert path.read_text() == "- a: {b: $there}\n"


def test_nothing_is_guessed_where_two_names_are_near_or_digits_differ(tmp_path) -> None:
    two = misspelt(tmp_path, "- rule-aa\n", 1, 3, 7, ["rule-ab", "rule-ac"], "rule-aa")
    assert fix_of(two) is None
    digits = misspelt(tmp_path, "- untoc-18-mla\n", 1, 3, 12, ["untoc-13-mla"], "untoc-18-mla")
    assert fix_of(digits) is None
    elsewhere = misspelt(tmp_path, "- something else\n", 1, 3, 9, ["mailbox"], "mailbx")
    assert fix_of(elsewhere) is None


def test_files_outside_the_folder_are_left_alone(tmp_path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("k: [a, b]\n")
    place = Place(str(outside), 1, 5)
    (tmp_path / "inside").mkdir()
    assert mend([Finding(place, "X", "x", fix=Fix("x", (Edit(place),)))], tmp_path / "inside") == []
    assert outside.read_text() == "k: [a, b]\n"


def test_several_mends_of_one_file_are_told_in_order(tmp_path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("k: [a, b, c, d]\nl: [e, f]\n")
    places = [Place(str(path), 2, 5), Place(str(path), 1, 5), Place(str(path), 1, 11)]
    done = mend([Finding(p, "X", "x", fix=Fix(str(p), (Edit(p),))) for p in places], tmp_path)
    assert path.read_text() == "k: [b, d]\nl: [f]\n"
    assert [m.place for m in done] == sorted(places)


def test_a_mend_after_which_the_file_would_read_otherwise_is_left_out(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(mending, "span_of", lambda *_, **__: span_of("k: [a, b]\n", Place("x", 1, 1), dropping=True))
    assert dropped(tmp_path, "k: [a, b]\n", 1, 5) == "k: [a, b]\n"


def test_a_cell_is_changed_and_the_row_stays(tmp_path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('a,b\nx,"y, z"\n')
    place = Place(str(path), 2, 1, 1)
    mend([Finding(place, "T", "t", fix=Fix("t", (Edit(place, "w"),)))], tmp_path)
    assert path.read_text() == 'a,b\nw,"y, z"\n'
    splits = Place(str(path), 2, 1, 1)
    mend([Finding(splits, "T", "t", fix=Fix("t", (Edit(splits, "w,v"),)))], tmp_path)
    assert path.read_text() == 'a,b\nw,"y, z"\n'


def test_a_file_that_cannot_be_written_stays_whole_and_leaves_nothing_behind(tmp_path, monkeypatch) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("old\n")

    def broken(*_) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        mending.write(path, "new\n")
    assert path.read_text() == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["rules.yaml"]


def test_writing_keeps_the_rights_and_follows_a_link(tmp_path) -> None:
    path, link = tmp_path / "rules.yaml", tmp_path / "link.yaml"
    path.write_text("old\n")
    path.chmod(0o640)
    link.symlink_to(path)
    mending.write(link, "new\n")
    assert (path.read_text(), path.stat().st_mode & 0o777, link.is_symlink()) == ("new\n", 0o640, True)


def test_what_is_dropped_is_all_that_is_dropped(tmp_path) -> None:
    """Every entry of a file of rules, one after the other."""
    text = (
        "- id: a\n  when:\n    - data: {id: $x, kind: [b, c]}\n    - absent: {e: {f: $x}}\n"
        "  overrides: [g,\n    h, i]\n- id: j\n  note: >-\n    k\n    l\n  cites: [m]\n"
    )
    before = words(text)
    for line, row in enumerate(text.split("\n"), 1):
        for column in range(1, len(row) + 1):
            after = dropped(tmp_path, text, line, column)
            if after != text:
                assert words(after) < before


def words(text: str) -> Counter[str]:
    """The words in what a text says, however it is laid out."""
    return Counter("".join(c if c.isalnum() else " " for c in str(source.plain(source.parse(text, "x")))).split())
