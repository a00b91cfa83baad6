from desk import found, rule
from mends import mended

DEFAULT = rule(["data: {id: $x}"], default="true", rule_out=["direct_access: {item: $x}"])


def test_a_default_that_no_rule_contradicts_is_noted_at_its_key(tmp_path) -> None:
    (finding,) = found(tmp_path, DEFAULT, "U004")
    assert (finding.place.line, finding.place.column) == (6, 3)


def test_a_default_that_gives_way_is_one(tmp_path) -> None:
    other = rule(["data: {id: $x, public: yes}"], id="other", conclude=["direct_access: {item: $x}"])
    assert found(tmp_path, DEFAULT + "\n" + other, "U004") == []


def test_the_key_goes_when_it_is_mended(tmp_path) -> None:
    assert mended(tmp_path, DEFAULT, "U004") == DEFAULT.replace("  default: true\n", "")
