from desk import found, rule


def test_articles_that_nothing_cites_are_noted_at_their_authority(tmp_path) -> None:
    rules = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])
    (finding,) = found(tmp_path, rules, "C011")
    assert finding.message == "nothing cites untoc/18"


def test_an_authority_whose_articles_are_all_cited_is_not_named(tmp_path) -> None:
    rules = rule(["involved: {state: $s}"], cites="untoc/4-2, untoc/18", conclude=["warning: {about: $s, code: look}"])
    assert found(tmp_path, rules, "C011") == []
