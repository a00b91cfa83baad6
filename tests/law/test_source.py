import pytest

from comity.law import source
from comity.law.finding import InputError


def fault(text: str) -> str:
    with pytest.raises(InputError) as caught:
        source.parse(text, "f.yaml")
    return str(caught.value)


def test_malformed_yaml_names_line_and_column():
    assert "f.yaml:2:" in fault("a: [1,\nb: }")


def test_a_tab_is_explained():
    assert "indent with spaces" in fault("a:\n\t- b")


def test_a_repeated_key_is_refused():
    assert "'a' is given twice" in fault("a: 1\na: 2")


def test_an_anchor_is_refused_so_that_nothing_unfolds():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert "anchors and aliases are not used" in fault(bomb)


def test_an_empty_file_is_told():
    assert "is empty" in fault("# only a comment\n")


@pytest.mark.parametrize("text", ["[" * 20_000 + "]" * 20_000, "[" * 200_000, "- " * 50_000, "{a: " * 200_000])
def test_deep_nesting_is_refused_at_its_place_without_a_crash(text):
    told = fault(text)
    assert "nested more than 60 deep" in told
    assert ":1:" in told


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match="50 MB"):
        source.read(path)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="a folder, not a file"):
        source.read(tmp_path)
    with pytest.raises(InputError, match="No such file"):
        source.read(tmp_path / "nothing.yaml")


def test_other_encodings_are_told(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("name: Müller".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        source.read(path)


@pytest.mark.parametrize("word", ["NO", "no", "on", "2026-08-18", "1_000", "0x10", "1e3", "null", "007"])
def test_words_stay_as_they_are_written(word):
    node = source.parse(f"a: {word}", "f.yaml")
    assert source.plain(node) == {"a": word}
