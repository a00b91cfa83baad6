"""The interview: what has been answered, what comes next, and the case that follows. It knows no terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from comity.law.case import TO_AUTHORITY, Case
from comity.law.tables import Tables
from comity.law.terms import UNKNOWN, Direction
from comity_cli.wizard.questions import GROUPS, OPENING, Group, Kind, Question
from comity_cli.wizard.reading import NotUnderstood, Value, read

_ITEMS = ("data", "assets", "persons")
_LISTED = (Kind.ITEMS, Kind.WORDS)
GATE_WORDS = {"yes": "there is one", "no": "there is none, or none more"}


@dataclass(frozen=True)
class Asked:
    """A question at its place in the interview; ``key`` names the place, such as ``data.1.stored_in``."""

    key: str
    question: Question
    about: str = ""


class Interview:
    """Answers by key, in any order; nothing that was answered is ever dropped, only hidden by a changed answer."""

    def __init__(self, tables: Tables, answers: dict[str, Value] | None = None, asking: str | None = None) -> None:
        self.tables = tables
        self.answers: dict[str, Value] = dict(answers or {})
        self.asking = asking

    def current(self) -> Asked | None:
        """The question to be put now; ``None`` when all are answered."""
        script = list(self.script())
        for asked in script:
            if asked.key == self.asking:
                return asked
        return next((asked for asked in script if asked.key not in self.answers), None)

    def answer(self, text: str) -> None:
        """Answer the current question.

        Raises:
            NotUnderstood: the answer does not fit; the question stays.
        """
        asked = self.current()
        if asked is None:
            raise NotUnderstood("everything is answered")
        self.answers[asked.key] = read(asked.question, text, self.choices(asked))
        self.asking = None

    def back(self) -> None:
        """Put the question before the current one again; its answer stays until another is given."""
        asked = self.current()
        keys = [a.key for a in self.script()]
        position = keys.index(asked.key) if asked else len(keys)
        if position > 0:
            self.asking = keys[position - 1]

    def edit(self, key: str) -> None:
        """Put the question at *key* again.

        Raises:
            NotUnderstood: no question stands there.
        """
        if key not in {asked.key for asked in self.script()}:
            raise NotUnderstood("there is no such answer")
        self.asking = key

    def given(self) -> list[tuple[Asked, Value]]:
        """The questions answered so far with their answers, in order."""
        return [(asked, self.answers[asked.key]) for asked in self.script() if asked.key in self.answers]

    def script(self) -> Iterator[Asked]:
        """All questions as far as the answers so far lead, in order."""
        for question in OPENING:
            yield Asked(question.name, question)
        for group in GROUPS:
            number = 1
            while True:
                gate = f"{group.name}.{number}"
                text = group.first if number == 1 else group.more
                asked = Question(gate, text, Kind.GATE, "yes or no.", GATE_WORDS, default="no")
                yield Asked(gate, asked)
                if self.answers.get(gate) != "yes":
                    break
                about = f"{group.name.rstrip('s') if group.name != 'data' else 'data'} {number}"
                for question in self._questions(group, gate):
                    yield Asked(f"{gate}.{question.name}", question, about)
                number += 1

    def choices(self, asked: Asked) -> dict[str, str]:
        """The words to choose from; of a new name, the names that are taken."""
        match asked.question.kind:
            case Kind.OFFENCE:
                return {id_: row["title"] for id_, row in self.tables.offences.items()}
            case Kind.CUSTODIAN:
                return {part["id"]: "" for part in self._parts("custodians")}
            case Kind.PERSON:
                return {part["id"]: "" for part in self._parts("persons")}
            case Kind.INSTRUMENT:
                return {id_: row["title"] for id_, row in self.tables.instruments.items()}
            case Kind.ADDRESSEE:
                parts = [*self._parts("custodians"), *self._parts("persons")]
                return {TO_AUTHORITY: "the authorities of your country"} | {part["id"]: "" for part in parts}
            case Kind.ITEMS:
                return {part["id"]: "" for name in _ITEMS for part in self._parts(name)}
            case Kind.NAME:
                mine = self.answers.get(asked.key)
                return {name: "" for name in self._names() if name != mine}
        return asked.question.words

    def case(self) -> Case | None:
        """The case as far as it is known; ``None`` before the forum is."""
        if "forum" not in self.answers:
            return None
        content: dict[str, Any] = {"case": "case"}
        for question in OPENING:
            content[question.name] = self.answers.get(question.name, UNKNOWN)
        if content["title"] == UNKNOWN:
            del content["title"]
        for part_of in dict.fromkeys(group.part_of for group in GROUPS):
            content[part_of] = self._parts(part_of)
        if content["requests"]:
            content["direction"] = str(Direction.INCOMING)
        return Case.model_validate_json(json.dumps(_without_dangling(content)))

    def _parts(self, name: str) -> list[dict[str, Any]]:
        return [part for group in GROUPS if group.part_of == name for part in self._of_group(group)]

    def _questions(self, group: Group, gate: str) -> Iterator[Question]:
        """Those of a part that are asked, as the answers so far stand."""
        for question in group.questions:
            if not question.if_yes or self.answers.get(f"{gate}.{question.if_yes}") == "yes":
                yield question

    def _of_group(self, group: Group) -> Iterator[dict[str, Any]]:
        number = 1
        while self.answers.get(gate := f"{group.name}.{number}") == "yes":
            keys = {question.name: f"{gate}.{question.name}" for question in self._questions(group, gate)}
            part: dict[str, Any] = {name: self.answers[key] for name, key in keys.items() if key in self.answers}
            needed = [q.name for q in group.questions if q.needed]
            if group.id:
                part["id"] = f"{group.id}-{number}"
            years = part.pop("years", UNKNOWN)
            if years != UNKNOWN:
                part["max_penalty_years"] = {str(self.answers["forum"]): years}
            for question in group.questions:
                if question.kind in _LISTED and part.get(question.name) == UNKNOWN:
                    del part[question.name]
            if part.get("establishments") == UNKNOWN:
                del part["establishments"]
            if all(name in part for name in needed):
                yield {**part, **group.fixed}
            number += 1

    def _names(self) -> set[str]:
        fixed = {f"{group.id}-{n}" for group in GROUPS if group.id for n in range(1, 50)}
        ends = tuple(f".{q.name}" for group in GROUPS for q in group.questions if q.kind is Kind.NAME)
        return fixed | {str(v) for key, v in self.answers.items() if key.endswith(ends)}


def _without_dangling(content: dict[str, Any]) -> dict[str, Any]:
    """References to parts that a changed answer has hidden become unknown again."""
    known = {part["id"] for value in content.values() if isinstance(value, list) for part in value}
    for value in content.values():
        for part in value if isinstance(value, list) else ():
            for name in ("custodian", "account_of", "person"):
                if part.get(name) not in (None, UNKNOWN) and part[name] not in known:
                    part[name] = UNKNOWN
    for request in content["requests"]:
        _settle(request, content)
    return content


def _settle(request: dict[str, Any], content: dict[str, Any]) -> None:
    """What a request refers to is there; what it is said both to state and to lack, it states."""
    ids = {group: {part["id"] for part in content[group]} for group in ("custodians", *_ITEMS)}
    to = request.get("addressed_to", UNKNOWN)
    if to != TO_AUTHORITY and to not in ids["custodians"] | ids["persons"]:
        request["addressed_to"] = UNKNOWN
    wanted = set().union(*(ids[group] for group in _ITEMS))
    request["items"] = [item for item in request.get("items", []) if item in wanted]
    request["lacks"] = [word for word in request.get("lacks", []) if word not in request.get("contains", [])]


def with_default(asked: Asked, interview: Interview) -> Question:
    """The question with the answer it had before as its default."""
    before = interview.answers.get(asked.key)
    if before is None:
        return asked.question
    shown = ",".join(before) if isinstance(before, list) else str(before)
    return replace(asked.question, default=shown or "none")
