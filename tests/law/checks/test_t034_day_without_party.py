import pytest
from desk import FILES, found, rule

RULES = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])
NAME = "tables/parties/untoc.csv"


@pytest.mark.parametrize(
    ("status", "times"), [("signed", 1), ("ratified-not-in-force", 1), ("not-bound", 1), ("party", 0), ("uncertain", 0)]
)
def test_a_day_in_force_belongs_to_a_party(tmp_path, status, times) -> None:
    text = FILES[NAME].replace("FR,party", f"FR,{status}")
    assert [f.place.line for f in found(tmp_path, RULES, "T034", **{NAME: text})] == [3] * times
