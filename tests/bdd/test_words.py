from pathlib import Path

import pytest
from pytest_bdd.parser import FeatureParser

from comity.bdd.fields import FIELDS, WordError, slug, states
from comity.bdd.steps import listing
from comity.bdd.words import CATALOGUE, Words, nearest

FEATURES = Path(__file__).parents[2] / "features"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ireland", ["IE"]),
        ("the United States", ["US"]),
        ("CN", ["CN"]),
        ("China and the United States", ["CN", "US"]),
        ("China, Ireland and the Netherlands", ["CN", "IE", "NL"]),
        ("Bosnia and Herzegovina and Trinidad and Tobago", ["BA", "TT"]),
        ("Virgin Islands, U.S., Kenya", ["VI", "KE"]),
    ],
)
def test_states_are_read_by_name_or_code(text, codes):
    assert states(text) == codes


@pytest.mark.parametrize(
    ("text", "meant"), [("Irland", "IE"), ("China and UK", "GB"), ("Deutschland", "'Deutschland'")]
)
def test_a_state_that_does_not_exist_is_named_with_what_was_meant(text, meant):
    with pytest.raises(WordError, match=meant):
        states(text)


@pytest.mark.parametrize(
    ("text", "id_"),
    [("the server log", "server-log"), ('"the server log"', "server-log"), ("a cyber fraud", "cyber-fraud")],
)
def test_a_name_gives_the_same_id_however_it_is_written(text, id_):
    assert slug(text) == id_


def test_what_is_in_brackets_may_be_left_out():
    words = Words("{item}[, {category},] {are} stored in {state}[ and held by {custodian}]")
    short = words.parse_arguments("the mailbox is stored in Ireland")
    long = words.parse_arguments(
        "the mailbox, content data, is stored in Ireland and held by a provider seated in the United States"
    )
    assert (short["state"], short["category"], short["custodian"]) == ("IE", None, None)
    assert (long["state"], long["category"]) == ("IE", "content")
    assert long["custodian"] == {"id": "provider-seated-in-the-united-states", "kind": "provider", "seat": "US"}


def test_a_date_that_is_in_no_calendar_is_refused():
    with pytest.raises(WordError, match="2026-13-01"):
        Words("on {date}").parse_arguments("on 2026-13-01")


def test_a_channel_may_be_called_by_its_full_name():
    words = Words("{channel} {of} {state} {are} {status}[ for {item}]")
    assert words.parse_arguments("mutual legal assistance from Ireland is offered")["channel"] == "mla"
    with pytest.raises(WordError, match="letters rogatory"):
        words.parse_arguments("leters rogatory to Ireland are offered")


def test_a_step_that_is_misspelt_is_recognised():
    assert nearest("direct acess to the mailbox is refused", CATALOGUE)[0].template.startswith("direct access")


def rendered_steps():
    for path in FEATURES.glob("*.feature"):
        for scenario in FeatureParser(str(FEATURES), path.name).parse().scenarios.values():
            for row in [c for examples in scenario.examples for c in examples.as_contexts()] or [{}]:
                yield from scenario.render(row).steps


def test_every_step_of_a_feature_is_read_in_one_way_only_and_every_step_is_used():
    used = set()
    for step in rendered_steps():
        fits = {s.template for s in CATALOGUE if s.kind == step.type and s.words.is_matching(step.name)}
        assert len(fits) <= 1, step.name
        used |= fits
    assert {s.template for s in CATALOGUE} - used == set()


def test_the_readme_lists_every_step_and_what_may_be_filled_in():
    assert (FEATURES / "README.md").read_text(encoding="utf-8").endswith(listing())
    assert all(step.meaning for step in CATALOGUE)
    assert all(any(f"{{{name}}}" in step.template for step in CATALOGUE) for name in FIELDS)
