from comity.law.finding import EXCERPT, Finding, Nearest, Place, Severity, one_of


def test_of_a_long_line_the_part_around_the_place_is_shown(tmp_path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("first\n" + "x" * 500 + "HERE" + "y" * 500 + "\n")
    head, line, below = str(Finding(Place(str(path), 2, 501, 4), "T012", "wrong", "right")).split("\n")
    assert head.endswith(":2:501  T012  wrong")
    assert line.startswith("  2 | … xxx")
    assert len(line) <= EXCERPT + 10
    assert line[below.index("^") : below.rindex("^") + 1] == "HERE"
    assert below.endswith(" right")


def test_a_short_line_is_shown_whole(tmp_path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("- a: b\n")
    assert (
        str(Finding(Place(str(path), 1, 3, 1), "V001", "wrong")) == f"{path}:1:3  V001  wrong\n  1 | - a: b\n    |   ^"
    )


def test_warnings_and_notes_say_that_they_are(tmp_path) -> None:
    place = Place(str(tmp_path), 3)
    assert str(Finding(place, "U001", "x", "y", Severity.WARNING)) == f"{tmp_path}:3  warning U001  x\n  y"
    assert str(Finding(place, "C010", "x", severity=Severity.NOTE)) == f"{tmp_path}:3  note C010  x"


def test_the_only_near_word_is_told_from_one_of_several() -> None:
    assert one_of("storedin", ["stored_in", "public"]) == "did you mean 'stored_in'?"
    near = [one_of("storedin", ["stored_in", "consent"]), one_of("rule-aa", ["rule-ab", "rule-ac"])]
    assert [hint.only for hint in near if isinstance(hint, Nearest)] == [True, False]
