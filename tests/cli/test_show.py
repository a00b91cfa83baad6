import json

import jsonschema
import pytest

import comity as library


def test_a_rule_as_it_is_written_with_what_it_cites(comity, law) -> None:
    out = comity("show", "rule", "assistance", "--rules", law).out
    assert "principles/rules.yaml:" in out
    assert "category: [content, traffic]" in out
    assert "quick-freeze" not in out
    assert "friends help each other (not verified)" in out


def test_a_rule_with_what_prevails_over_it(comity, law) -> None:
    assert "Gives way, by default" in comity("show", "rule", "no-mla", "--rules", law).out


def test_lists_where_no_name_is_given(comity, law) -> None:
    assert "hands-off: What lies abroad is not taken" in comity("show", "rule", "--rules", law).out
    assert "budapest: Convention on Cybercrime" in comity("show", "instrument").out
    offences = comity("show", "offences").out
    assert "computer-fraud:" in offences
    assert offences.index("ransomware:") < offences.index("also data-interference (ETS 185 art 4")


def test_a_state_on_a_day(comity) -> None:
    before = comity("show", "state", "IT", "--as-of", "2008-09-30").out
    after = comity("show", "state", "IT", "--as-of", "2008-10-01").out  # in force for Italy since 1 October 2008
    assert "budapest since" not in before
    assert "budapest since 2008-10-01" in after


def test_a_state_with_what_it_is_known_to_punish(comity) -> None:
    assert "- cyber-gambling since 1997-10-01: Criminal Law art 303" in comity("show", "state", "CN").out


def test_the_sources_of_what_is_known_of_a_state(comity) -> None:
    out = comity("show", "sources", "CN", "--as-of", "2025-04-29").out
    assert "- CN: blocking_statute all-evidence 2018-10-26 (verified: yes, 10 days old)" in out  # as of 2025-04-19
    assert "github.com/LawRefBook/Laws" in out
    assert "- IE:" not in out


def test_sources_of_nothing_that_is_known(comity) -> None:
    asked = comity("show", "sources", "budapst")
    assert asked.code == 2
    assert "did you mean 'budapest'" in asked.err


def test_an_instrument_on_a_day(comity, law) -> None:
    def parties(day: str) -> str:
        out = comity("show", "instrument", "budapest", "--as-of", day, "--rules", law).out
        return next(line for line in out.splitlines() if line.startswith(" In force for"))

    assert " HU" in parties("2004-07-01")  # one of the five by which the convention entered into force
    assert " US" not in parties("2006-12-31")
    assert " US" in parties("2007-01-01")
    out = comity("show", "instrument", "budapest", "--rules", law).out
    assert "Signed or ratified, not in force for" in out
    assert "- both-bound: Two parties are bound" in out
    assert "- hands-off" not in out


def test_channels_between_two_states_on_a_day(comity, law) -> None:
    out = comity("show", "channels", "DE", "US", "--rules", law, "--as-of", "2026-01-01").out
    offered, refused = out.split("REFUSED")
    assert "- mla (traffic, content): Germany and the United States help each other with the item" in offered
    assert "- expedited-preservation: The United States preserves the item for Germany" in offered
    assert "letters-rogatory" in refused
    assert "direct access: refused for subscriber" in refused
    early = comity("show", "channels", "DE", "US", "--rules", law, "--as-of", "2006-01-01").out
    assert "OFFERED" not in early


def test_channels_for_a_category_of_offence(comity, law) -> None:
    assert "For ransomware" in comity("show", "channels", "DE", "US", "ransomware", "--rules", law).out
    ran = comity("show", "channels", "DE", "US", "ransomwre", "--rules", law)
    assert (ran.code, "did you mean 'ransomware'?" in ran.err) == (2, True)


def test_of_a_channel_that_is_open_to_doubt_every_doubt_is_told_in_plain_words(comity) -> None:
    undecided = comity("show", "channels", "FR", "MA").out.split("UNDECIDED")[1].split("REFUSED")[0]
    transfer = next(line for line in undecided.splitlines() if line.startswith(" - transfer-of-proceedings (suspect)"))
    assert "the offence only if that carries at least four years" in transfer
    assert "needs reason to suspect an organised group in the offence" in transfer
    assert "the offence only if that is transnational" in transfer


def test_the_vocabulary_of_rules(comity) -> None:
    out = comity("show", "vocabulary").out
    assert "stored_in: where it is stored [state, or unknown]" in out
    assert "[subscriber, identification, traffic, content, financial-records, other, unknown]" in out
    assert "none_of: the first is none of the others" in out
    assert "channel:" not in comity("show", "vocabulary", "data").out


def test_schemas_describe_what_is_read_and_printed(comity, case, law) -> None:
    schema = json.loads(comity("show", "schema").out)
    jsonschema.validate(json.loads(comity("decide", case, "--rules", law, "--json").out), schema)
    schema = json.loads(comity("show", "schema", "case").out)
    jsonschema.validate(library.Case.from_file(case).model_dump(mode="json", exclude_defaults=True), schema)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("nonsense",), "one of: channels, instrument"),
        (("rul",), "did you mean 'rule'?"),
        (("rule", "asistance"), "did you mean 'assistance'?"),
        (("state",), "comity show state CN"),
        (("state", "UK"), "did you mean 'GB'"),
        (("instrument", "budapst"), "did you mean 'budapest'?"),
        (("channels", "DE"), "'channels' takes two states"),
        (("channels", "DE", "us"), "did you mean 'US'?"),
        (("vocabulary", "dta"), "did you mean 'data'?"),
        (("schema", "cas"), "did you mean 'case'?"),
        (("offences", "x"), "takes no name"),
    ],
)
def test_what_cannot_be_shown(arguments: tuple[str, ...], expected: str, comity, law) -> None:
    ran = comity("show", *arguments, "--rules", law)
    assert (ran.code, ran.out) == (2, "")
    assert expected in ran.err
