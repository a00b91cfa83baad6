"""The one way in which a file of rules is laid out; laying it out never changes what it means."""

from __future__ import annotations

from collections import Counter
from typing import Final

import yaml

from comity.law import source
from comity.law.finding import Finding, InputError
from comity.law.layout.comments import comments
from comity.law.layout.writer import Writer
from comity.law.pattern import Lists
from comity.law.rule import LawRule, RuleReader

_Loader: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Unfaithful(Exception):
    """The layout would change what a file means or lose a comment: a fault of the program."""


def is_rule_file(text: str, name: str) -> bool:
    """Whether the text is a list, as a file of rules is; other YAML files hold keys, or comments alone.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return isinstance(source.parse(text, name), source.Sequence)
    except InputError as error:
        if [finding.code for finding in error.findings] == ["F005"]:
            return False
        raise


def laid_out(text: str, name: str) -> str:
    """The rules in *text* in the one layout, with all comments; *name* is what places call the file.

    Raises:
        InputError: the text is no list of rules.
        Unfaithful: the layout would change what it says.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    before = source.parse(text, name)
    if not isinstance(before, source.Sequence) or not all(isinstance(i, source.Mapping) for i in before.items):
        raise InputError(
            [Finding(before.place, "R001", "a rule file holds a list of rules", "begin each with '- id: …'")]
        )
    root = yaml.compose(text, Loader=_Loader)
    assert isinstance(root, yaml.SequenceNode)
    after = Writer(comments(text)).written(root)
    if not _says_the_same(before, text, after, name):
        raise Unfaithful(f"laying out {name} would change what it says; it is left as it is")
    return after


def _says_the_same(before: source.Node, text: str, after: str, name: str) -> bool:
    try:
        again = source.parse(after, name)
    except InputError:
        return False
    words = Counter(c.text for c in comments(text)), Counter(c.text for c in comments(after))
    return (
        words[0] == words[1]
        and source.plain(before) == source.plain(again)
        and _meaning(before, name) == _meaning(again, name)
    )


def _meaning(node: source.Node, name: str) -> list[tuple[object, ...]]:
    """What the rules of a file become, places aside; the lists of the tables do not matter for that."""
    return [_compiled(rule) for rule in RuleReader(Lists({}), name).read(node)]


def _compiled(rule: LawRule) -> tuple[object, ...]:
    effective = rule.effective_from, rule.effective_until
    overrides = [id_ for id_, _ in rule.overrides]
    return rule.kernel, rule.heads, rule.cites, rule.because, rule.default, rule.kind, effective, overrides
