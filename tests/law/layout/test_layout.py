"""``comity fmt``: one layout, the same meaning, no comment lost."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.law import source
from comity.law.finding import InputError
from comity.law.layout import is_rule_file, laid_out
from comity.law.layout.comments import comments
from comity.law.layout.writer import ORDER, WIDTH
from comity.law.property import FOLDER
from comity.law.rule import KEYS
from comity.law.rulebook import LAYERS, shipped_folder

SHIPPED = [path for part in (*LAYERS, FOLDER) for path in sorted((shipped_folder() / part).rglob("*.yaml"))]

LAID_OUT = """\
# What a state may do on its own.

- id: hands-off
  title: Data held abroad is not taken
  cites: [untoc/4-2, lotus-1927/enforcement]
  default: true
  effective: {from: 2026-08-18}
  when:
    - case: {forum: $here}
    - data: {id: $item, stored_in: $there, category: [content, traffic]}
    # at home is another matter
    - different: [$here, $there]
  rule_out:
    - direct_access: {item: $item}
  overrides: [one, other]  # see the note
  because: "{item} is stored in {there}: hands off"
  note: short
  accept:
    - {check: X001, with: other, reason: it is open}

# The next part

- id: last
  title: "Quoted: because of the colon"
  cites: [untoc]
  conclude:
    - warning: {about: CN, code: look}
  because: "look"
# The end.
"""


def test_what_is_laid_out_stays_as_it_is() -> None:
    assert laid_out(LAID_OUT.replace("# The end", "\n# The end"), "x") == LAID_OUT.replace("# The end", "\n# The end")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_the_shipped_rules_are_laid_out(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert laid_out(text, str(path)) == text, f"comity fmt {path}"


def test_every_key_of_a_rule_has_its_place() -> None:
    assert len(set(ORDER)) == len(ORDER)
    assert set(ORDER) >= set(KEYS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- title: b\n  id: a\n", "- id: a\n  title: b\n"),
        ("-   id:   a\n    title: 'b'\n", "- id: a\n  title: b\n"),
        ("- {id: a, cites: [b, c]}\n", "- id: a\n  cites: [b, c]\n"),
        ("- id: a\n  cites:\n    - b\n    - 'c'\n", "- id: a\n  cites: [b, c]\n"),
        ("- id: a\n  when: [{b: {c: $d}}, e: {}]\n", "- id: a\n  when:\n    - b: {c: $d}\n    - e: {}\n"),
        (
            "- id: a\n  when:\n    - b:\n        c: d\n        e: [f, g]\n",
            "- id: a\n  when:\n    - b: {c: d, e: [f, g]}\n",
        ),
        ("- id: a\n\n  title: b\n\n\n- id: c\n- id: d\n", "- id: a\n  title: b\n\n- id: c\n\n- id: d\n"),
        ("- id: a\n  because: b\n", '- id: a\n  because: "b"\n'),
        ("- id: a\n  note: >-\n    b\n    c\n", "- id: a\n  note: b c\n"),
        ("- id: a\r\n  title: b\r\n", "- id: a\n  title: b\n"),
        ("\ufeff- id: a\n", "- id: a\n"),
        ("- id: a\n  x: 'NO'\n  y: '12'\n  z: ''\n", '- id: a\n  x: NO\n  y: "12"\n  z: ""\n'),
        ("- id: a\n  title: 'it''s: \"so\"'\n", '- id: a\n  title: "it\'s: \\"so\\""\n'),
        ("- id: a # why\n  title: b\n", "- id: a  # why\n  title: b\n"),
        ("# top\n- title: b\n  # of the id\n  id: a\n", "# top\n# of the id\n- id: a\n  title: b\n"),
        ("- id: a\n  cites: [b, # first\n    c] # second\n", "- id: a\n  # first\n  # second\n  cites: [b, c]\n"),
        ("- id: a\n  cites: [b,\n    # own line\n    c]\n", "- id: a\n  # own line\n  cites: [b, c]\n"),
        ("- id: a\n  note: >- # why\n    b\n    c # d\n", '- id: a\n  note: "b c # d"  # why\n'),
    ],
)
def test_each_part_has_its_layout(before, after) -> None:
    assert laid_out(before, "x") == after
    assert laid_out(after, "x") == after


def test_what_is_too_long_for_a_line_is_broken_behind_commas_and_texts_are_not() -> None:
    words = [f"rule-number-{n}" for n in range(30)]
    text = f"- id: a\n  when:\n    - one_of: [$x, {', '.join(words)}]\n  overrides: [{', '.join(words)}]\n"
    text += f'  because: "{" ".join(words)}"\n'
    lines = laid_out(text, "x").splitlines()
    assert [line for line in lines if len(line) > WIDTH] == [f'  because: "{" ".join(words)}"']
    assert {re.match(" *", line).group() for line in lines[3:6]} == {" " * 8}
    assert all(line.endswith(",") for line in lines[2:5])


def test_a_long_note_runs_over_several_lines() -> None:
    note = " ".join(["a word"] * 60)
    lines = laid_out(f"- id: a\n  note: {note}\n", "x").splitlines()
    assert lines[1] == "  note: >-"
    assert max(map(len, lines)) <= WIDTH
    assert " ".join(line.strip() for line in lines[2:]) == note


def test_the_alternatives_of_a_property_are_laid_out_like_rules() -> None:
    before = (
        "- id: a\n  because: b\n  never: [{c: {d: $e}}]\n"
        "  unless: [{cites: [f], title: g, when: [{c: {}}, {h: {}}]}, {title: i}] # why\n"
    )
    after = (
        "- id: a\n  never:\n    - c: {d: $e}\n  unless:  # why\n    - title: g\n      cites: [f]\n      when:\n"
        '        - c: {}\n        - h: {}\n    - title: i\n  because: "b"\n'
    )
    assert laid_out(before, "x") == after
    assert laid_out(after, "x") == after
    long = after.replace("h: {}", f"h: {{i: [{', '.join(['a-long-word'] * 12)}]}}")
    assert max(map(len, laid_out(long, "x").splitlines())) <= WIDTH


@pytest.mark.parametrize("text", ["case: harbour\n", "[1, 2]\n", "- a\n- b\n"])
def test_other_files_are_no_rule_files(text) -> None:
    assert is_rule_file(text, "x") is text.startswith(("[", "-"))
    with pytest.raises(InputError, match="R001"):
        laid_out(text, "x")


def test_faults_of_the_text_are_told_as_everywhere() -> None:
    with pytest.raises(InputError, match="F004"):
        laid_out('- id: "a\n', "x")


def test_a_rule_that_is_in_error_is_laid_out_too() -> None:
    assert laid_out("- id: a\n  when: [{dta: {x: $y}}]\n", "x") == "- id: a\n  when:\n    - dta: {x: $y}\n"


# Generated files: any rules, written in any style, with comments anywhere.

WORDS = st.text("abcxyz059-_.:,#'\"{}[]$ ÄÖ語\t", max_size=12) | st.sampled_from(
    ["NO", "yes", "12", "~", "", "- a", "? b"]
)
SCALARS = st.tuples(WORDS, st.sampled_from(["plain", "single", "double"]))
COMMENT = st.sampled_from(["", "", "", " # beside", "\n# above\n"])


@st.composite
def scalar(draw) -> str:
    text, style = draw(SCALARS)
    if style == "plain" and re.fullmatch(r"[a-z0-9$][a-z0-9_.$-]*", text):
        return text
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def flow(depth: int) -> st.SearchStrategy[str]:
    if depth == 0:
        return scalar()
    inner = flow(depth - 1)
    pairs = st.lists(inner, max_size=4).map(lambda vs: "{" + ", ".join(f"k{n}: {v}" for n, v in enumerate(vs)) + "}")
    broken = st.lists(inner, min_size=2, max_size=4).map(lambda vs: "[" + ",\n          ".join(vs) + "]")
    return scalar() | st.lists(inner, max_size=4).map(lambda vs: "[" + ", ".join(vs) + "]") | pairs | broken


@st.composite
def rule_file(draw) -> str:
    lines = draw(st.sampled_from([[], ["# a file", ""], ["# a file"], ["---"]]))
    for _ in range(draw(st.integers(1, 3))):
        keys = draw(st.lists(st.sampled_from([*ORDER, "colour"]), min_size=1, max_size=6, unique=True))
        for number, key in enumerate(keys):
            above = draw(st.sampled_from(["", "", "  # above a key"]))
            lines += [above] if above else []
            value = draw(flow(2))
            entries = draw(st.lists(flow(2), min_size=1, max_size=3))
            start = "- " if number == 0 else "  "
            beside = draw(st.sampled_from(["", "", " # beside"]))
            if draw(st.booleans()):
                lines.append(f"{start}{key}: {value}{beside}")
            elif draw(st.booleans()):
                lines.append(f"{start}{key}:{beside}")
                for entry in entries:
                    lines += draw(st.sampled_from([[], ["    # above an entry"], [""]]))
                    lines.append(f"    - {entry}{draw(st.sampled_from(['', ' # of an entry']))}")
            else:
                body = draw(st.text("ab #:\n", min_size=1).filter(lambda t: t.strip()))
                folded = "\n".join(f"      {line}" for line in body.split("\n"))
                lines.append(f"{start}{key}: {draw(st.sampled_from(['|', '|-', '>-', '>']))}{beside}\n{folded}")
        lines += draw(st.sampled_from([[], [""], ["# between rules"], ["", "# between", ""]]))
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n# at the end\n"]))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(rule_file())
def test_any_rule_file_keeps_its_meaning_and_its_comments_and_is_laid_out_once_and_for_all(text) -> None:
    try:
        before = source.parse(text, "x")
    except InputError:
        return
    after = laid_out(text, "x")
    assert source.plain(source.parse(after, "x")) == source.plain(before)
    assert sorted(c.text for c in comments(after)) == sorted(c.text for c in comments(text))
    assert laid_out(after, "x") == after
