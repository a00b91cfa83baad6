"""One rule as policy staff write it: read, checked against the vocabulary, and turned into rules of the kernel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Final

from comity.law import source
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.pattern import Lists, Patterns, TermValue, is_day
from comity.law.vocabulary import RELATIONS
from comity.logic import rule as kernel
from comity.logic.terms import Comparison, Condition, Literal, Var

KEYS: Final = (
    "id",
    "title",
    "cites",
    "when",
    "conclude",
    "rule_out",
    "unsettle",
    "overrides",
    "default",
    "strict",
    "effective",
    "because",
    "note",
    "accept",
)
"""The keys that a rule may have."""

TODAY: Final = Var("_today")
"""The day of decision, in the conditions that ``effective`` becomes."""


Citation = tuple[str, Place]
"""What is cited, such as ``untoc/18``, and where."""

Unread = dict[str | None, tuple[Citation, ...]]
"""Rules that could not be understood, by id with what they cite; ``None`` stands for any, where a file could not be."""


@dataclass(frozen=True)
class Acceptance:
    """A warning of ``comity check`` that is meant to be so: its code, the other rule (or any), and why."""

    check: str
    other: str
    reason: str
    place: Place


@dataclass(frozen=True)
class LawRule:
    """A checked rule of the rulebook.

    ``heads`` are its conclusions with the terms that each carries; ``kernel`` the rules they become; ``conditions``
    pairs each kernel condition of ``when`` with the place where it is written.
    """

    id: str
    title: str
    cites: tuple[str, ...]
    because: str
    place: Place
    layer: str
    kind: kernel.Kind
    default: bool
    overrides: tuple[tuple[str, Place], ...]
    effective_from: date | None
    effective_until: date | None
    note: str
    conditions: tuple[tuple[Condition, Place], ...]
    heads: tuple[tuple[Literal, Mapping[str, TermValue]], ...]
    kernel: tuple[kernel.Rule, ...] = field(repr=False)
    accepts: tuple[Acceptance, ...] = ()
    written: source.Mapping | None = field(repr=False, compare=False, default=None)

    @property
    def node(self) -> source.Mapping:
        """The rule as it is written; read anew where the rulebook was not read from its files."""
        if self.written is not None:
            return self.written
        rules = source.read(Path(self.place.file))
        found = next((item for item in getattr(rules, "items", ()) if item.place == self.place), None)
        if not isinstance(found, source.Mapping):
            hint = "run the command again"
            raise InputError([Finding(self.place, "F001", f"the file changed while '{self.id}' was in use", hint)])
        return found

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "written": None}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the rule cites, with the place of each citation."""
        return _citations(self.node)


def _citations(node: source.Mapping) -> tuple[Citation, ...]:
    listed = node.get("cites")
    items = listed.items if isinstance(listed, source.Sequence) else ()
    return tuple((str(item.value), item.place) for item in items if isinstance(item, source.Scalar))


class RuleReader:
    """Reads the rules of one file; ``findings`` collects what is wrong with them.

    ``unread`` are those that could not be understood.
    """

    def __init__(self, lists: Lists, layer: str) -> None:
        self.lists = lists
        self.layer = layer
        self.findings: list[Finding] = []
        self.unread: Unread = {}

    def read(self, node: source.Node) -> list[LawRule]:
        """The rules in a file that could be understood."""
        if not isinstance(node, source.Sequence):
            self._fault(node.place, "R001", "a rule file holds a list of rules", "begin each rule with '- id: …'")
            self.unread[None] = ()
            return []
        rules = []
        for item in node.items:
            rule = _OneRule(self, item).read()
            if rule is not None:
                rules.append(rule)
            elif isinstance(item, source.Mapping) and isinstance(named := item.get("id"), source.Scalar):
                self.unread[str(named.value)] = _citations(item)
        return rules

    def _fault(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(place, code, message, hint))


class _OneRule:
    def __init__(self, reader: RuleReader, node: source.Node) -> None:
        self.node = node
        self.layer = reader.layer
        self.fault = reader._fault
        self.findings = reader.findings
        self.patterns = Patterns(reader.lists, reader._fault)

    def read(self) -> LawRule | None:
        before = len(self.findings)
        if not isinstance(self.node, source.Mapping):
            self.fault(self.node.place, "R001", "a rule is a set of keys with values", "begin it with '- id: …'")
            return None
        for key, _ in self.node.pairs:
            if key.value not in KEYS:
                self.fault(key.place, "R002", f"unknown key '{key.value}'", one_of(str(key.value), KEYS))
        id_ = self._text("id", needed=True)
        if id_ and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_):
            self.fault(self._place("id"), "R003", f"'{id_}' is no id", "lower-case words and numbers with hyphens")
        title, because = self._text("title", needed=True), self._text("because", needed=True)
        cites = self._texts("cites", needed=True)
        conditions = tuple(self.patterns.conditions(self.node.get("when")))
        guards = tuple((guard, self.node.place) for guard in self.patterns.guards())
        since, until = self._effective()
        effective = tuple((c, self._place("effective")) for c in self._effective_conditions(since, until))
        heads = [
            (sign, literal, terms)
            for key, sign in (("conclude", True), ("rule_out", False), ("unsettle", None))
            for literal, terms in self.patterns.conclusions(key, self.node.get(key))
        ]
        if not heads and len(self.findings) == before:
            self.fault(
                self.node.place, "R004", "the rule concludes nothing", "add 'conclude', 'rule_out' or 'unsettle'"
            )
        self._check_because(because)
        strict, default = self._flag("strict"), self._flag("default")
        if strict and (default or self.node.get("unsettle")):
            self.fault(self._place("strict"), "R005", "a strict rule can neither be a default nor unsettle")
        overrides = tuple((str(s.value), s.place) for s in self._scalars("overrides"))
        accepts = tuple(self._acceptances())
        if len(self.findings) > before:
            return None
        kind = kernel.Kind.STRICT if strict else kernel.Kind.ORDINARY
        where = (*conditions, *guards, *effective)
        return LawRule(
            id_,
            title,
            cites,
            because,
            self.node.place,
            self.layer,
            kind,
            default,
            overrides,
            since,
            until,
            self._text("note"),
            where,
            tuple((literal, terms) for _, literal, terms in heads),
            tuple(_kernel_rules(id_, kind, tuple(c for c, _ in where), heads)),
            accepts,
            self.node,
        )

    def _place(self, key: str) -> Place:
        return source.place_of(self.node, (key,))

    def _text(self, key: str, needed: bool = False) -> str:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get(key)
        if node is None or (isinstance(node, source.Scalar) and node.value is None):
            if needed:
                self.fault(self.node.place, "R006", f"the key '{key}' is missing")
            return ""
        if not isinstance(node, source.Scalar):
            self.fault(node.place, "R007", f"'{key}' must be a text")
            return ""
        return str(node.value)

    def _scalars(self, key: str) -> list[source.Scalar]:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get(key)
        if node is None:
            return []
        if not isinstance(node, source.Sequence):
            self.fault(node.place, "R007", f"'{key}' must be a list", "write it in square brackets")
            return []
        for item in node.items:
            if not isinstance(item, source.Scalar) or item.value is None:
                self.fault(item.place, "R007", f"an entry of '{key}' must be a single word")
        return [item for item in node.items if isinstance(item, source.Scalar)]

    def _texts(self, key: str, needed: bool = False) -> tuple[str, ...]:
        assert isinstance(self.node, source.Mapping)
        found = tuple(str(item.value) for item in self._scalars(key))
        if needed and not found:
            self.fault(self.node.place, "R006", f"'{key}' is missing or empty", "every rule cites an authority")
        return found

    def _flag(self, key: str) -> bool:
        text = self._text(key)
        if text not in ("", "true", "false"):
            hint = f"write {key}: true, or leave it out"
            self.fault(self._place(key), "R007", f"'{text}' is neither true nor false", hint)
        return text == "true"

    def _acceptances(self) -> Iterator[Acceptance]:
        assert isinstance(self.node, source.Mapping)
        listed = self.node.get("accept")
        if listed is None:
            return
        example = "- {check: X001, with: other-rule, reason: why it is meant to be so}"
        if not isinstance(listed, source.Sequence):
            self.fault(listed.place, "R007", "'accept' must be a list", example)
            return
        for item in listed.items:
            if not isinstance(item, source.Mapping):
                self.fault(item.place, "R013", "what is accepted has the keys check, with and reason", example)
                continue
            said = [(k, v) for k, v in item.pairs if isinstance(v, source.Scalar) and v.value is not None]
            given = {str(k.value): str(v.value) for k, v in said}
            for key, _ in item.pairs:
                if key.value not in ("check", "with", "reason"):
                    self.fault(key.place, "R002", f"unknown key '{key.value}'", "check, with or reason")
            if not given.get("check") or not given.get("reason"):
                self.fault(item.place, "R013", "what is accepted needs its check and a reason", example)
                continue
            yield Acceptance(given["check"], given.get("with", ""), given["reason"], item.place)

    def _effective(self) -> tuple[date | None, date | None]:
        assert isinstance(self.node, source.Mapping)
        node = self.node.get("effective")
        if node is None:
            return None, None
        if not isinstance(node, source.Mapping):
            self.fault(node.place, "R007", "'effective' has the keys from and until", "{from: 2026-08-18}")
            return None, None
        days: dict[str, date] = {}
        for key, value in node.pairs:
            if key.value not in ("from", "until"):
                self.fault(key.place, "R002", f"unknown key '{key.value}'", "from or until")
            elif not isinstance(value, source.Scalar) or not is_day(value.value):
                self.fault(value.place, "R008", "this is no date", "write year-month-day, such as 2026-08-18")
            else:
                days[str(key.value)] = date.fromisoformat(str(value.value))
        since, until = days.get("from"), days.get("until")
        if since and until and since > until:
            self.fault(node.place, "R008", "'until' is before 'from'")
        return since, until

    def _effective_conditions(self, since: date | None, until: date | None) -> Iterator[Condition]:
        if since or until:
            fields = RELATIONS["case"].fields
            yield Literal("case", tuple(TODAY if f.name == "as_of" else Var(f"_e{i}") for i, f in enumerate(fields)))
        if since:
            yield Comparison(">=", TODAY, since.isoformat())
        if until:
            yield Comparison("<=", TODAY, until.isoformat())

    def _check_because(self, because: str) -> None:
        try:
            named = [name for _, name, _, _ in Formatter().parse(because) if name is not None]
        except ValueError as error:
            self.fault(self._place("because"), "R010", f"'because' has a stray brace: {error}", "write {name}")
            return
        for name in named:
            if name not in self.patterns.known | self.patterns.lost:
                hint = one_of(name, self.patterns.known)
                self.fault(
                    self._place("because"), "R010", f"'because' uses {{{name}}}, but 'when' has no ${name}", hint
                )


def _kernel_rules(
    id_: str,
    kind: kernel.Kind,
    body: tuple[Condition, ...],
    heads: list[tuple[bool | None, Literal, Mapping[str, TermValue]]],
) -> Iterator[kernel.Rule]:
    for number, (sign, literal, _) in enumerate(heads):
        name = f"{id_}/{number}"
        if sign is None:
            yield kernel.Rule(f"{name}+", literal, body, kernel.Kind.DEFEATER)
            yield kernel.Rule(f"{name}-", ~literal, body, kernel.Kind.DEFEATER)
        else:
            yield kernel.Rule(name, literal if sign else ~literal, body, kind)
