"""Files of properties: what they may say, and what is told of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulebooks import rulebook

from comity.law.property import Claim, Property, read_properties, support, word_relation
from comity.law.rulebook import Rulebook
from comity.law.terms import ChannelKind

RULES = """\
- id: here
  title: t
  cites: [law/1]
  when: [{data: {id: $item, stored_in: $there}}]
  conclude: [{addressee: {item: $item, state: $there}}]
  because: why
"""
HEAD = "- id: mine\n  title: t\n  cites: [law/1]\n  because: why\n"


def read(folder: Path, text: str) -> tuple[list[Property], list[str]]:
    made = rulebook(folder, RULES)
    (folder / "properties").mkdir()
    (folder / "properties" / "mine.yaml").write_text(text)
    found, findings = read_properties(made)
    return found, [f"{f.place.line}:{f.place.column} {f.code} {f.message} {f.hint}".strip() for f in findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "  nevr: [{data: {id: $x}}]\n", "5:3 K002 unknown key 'nevr' did you mean 'never'?"),
        (HEAD + "  never: [{dta: {id: $x}}]\n", "5:12 V001 unknown relation 'dta' did you mean 'data'?"),
        (HEAD + "  never: [{data: {idd: $x}}]\n", "V003 unknown field 'idd'"),
        (HEAD + "  never: [{data: {id: $x, category: trafic}}]\n", "did you mean 'traffic'?"),
        (HEAD + "  never: [{unspoken: {chanel: {item: $x}}}]\n", "did you mean 'channel'?"),
        (HEAD + "  never: [{word: {is: $k, of: chanel-kind}}]\n", "did you mean 'channel-kind'?"),
        (HEAD + "  never: [{data: {id: $x}}]\n  possible: every-rule\n", "one of the keys 'never'"),
        (HEAD, "1:3 K004 a property has one of the keys 'never'"),
        (HEAD.replace("law/1", "law/9") + "  never: [{data: {id: $x}}]\n", "law has no article '9'"),
        (HEAD.replace("law/1", "lex/1") + "  never: [{data: {id: $x}}]\n", "there is no such authority"),
        (HEAD.replace("why", '"{what}"') + "  never: [{data: {id: $x}}]\n", "uses {what}"),
        (HEAD.replace("mine", "Not An Id") + "  never: [{data: {id: $x}}]\n", "is no id"),
        (HEAD + "  never: [{data: {id: $x}}]\n" + HEAD + "  never: [{data: {id: $x}}]\n", "the id 'mine' is taken"),
        (HEAD + "  never: [{data: {id: $x}}]\n  unless: [{when: [{data: {id: $x}}]}]\n", "'title' is missing"),
        (HEAD + "  never: [{data: {id: $x}}]\n  unless: nothing\n", "K005 'unless' is a list"),
        (HEAD + "  tables_never: [{data: {id: $x}}]\n", "'tables_never' speaks of 'data', which is no table"),
        (HEAD + "  tables_never: [{case: {forum: $x}}]\n", "of a case only the day"),
        ("just text\n", "K001 a file of properties holds a list"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_would_be_right(tmp_path, text, expected):
    found, findings = read(tmp_path, text)
    assert any(expected in finding for finding in findings), findings
    assert len(found) <= max(0, text.count("- id") - 1)


def test_what_is_claimed(tmp_path):
    texts = {
        Claim.NEVER: "never: [{data: {id: $x}}]",
        Claim.POSSIBLE: "possible: [{data: {id: $x}}]",
        Claim.EVERY_RULE: "possible: every-rule",
        Claim.TABLES_NEVER: "tables_never: [{party: {instrument: budapest, state: US}}]",
    }
    text = "".join(HEAD.replace("mine", f"p{n}") + f"  {said}\n" for n, said in enumerate(texts.values()))
    found, findings = read(tmp_path, text)
    assert findings == []
    assert [claim.claim for claim in found] == list(texts)


def test_a_list_of_values_is_one_question_for_each(tmp_path):
    found, _ = read(tmp_path, HEAD + "  never: [{data: {id: $x, category: [content, traffic], timing: [stored]}}]\n")
    assert [rule.body[1].terms[1] for rule in found[0].rules] == ["content", "traffic"]


def test_a_variable_stands_for_no_unknown_value(tmp_path):
    found, _ = read(tmp_path, HEAD + "  never: [{data: {id: $x, stored_in: $there}}]\n")
    assert any(str(condition) == "$there differs from unknown" for condition in found[0].rules[0].body)


def test_the_shipped_properties_can_be_read_and_each_cites_an_authority():
    found, findings = read_properties(Rulebook.shipped())
    assert findings == []
    assert {"sovereignty-data", "every-channel-is-answered", "no-way-around-sovereignty", "every-rule-can-apply"} <= {
        claim.id for claim in found
    }
    assert all(claim.cites and claim.because for claim in found)


def test_every_word_of_a_list_is_gone_through():
    words = {
        rule.head.terms[0] for rule in support(Rulebook.shipped()) if rule.head.relation == word_relation(ChannelKind)
    }
    assert words == {str(kind) for kind in ChannelKind}
