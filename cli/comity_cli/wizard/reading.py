"""Reading an answer: from what was typed to a value of the case, or a word on what would be right."""

from __future__ import annotations

import re
from datetime import date

from comity.law.finding import one_of
from comity.law.state import State, titles
from comity.law.terms import UNKNOWN
from comity_cli.wizard.questions import Kind, Question

Value = str | int | list[str]


class NotUnderstood(ValueError):
    """An answer that does not fit its question; the message says what would be right."""


def read(question: Question, text: str, choices: dict[str, str]) -> Value:
    """The value that *text* gives to *question*; *choices* are the words to choose from, where there are any.

    Raises:
        NotUnderstood: the text does not fit.
    """
    text = text.strip() or question.default
    if text == "":
        raise NotUnderstood("an answer is needed here")
    if text == UNKNOWN:
        if question.needed:
            raise NotUnderstood(f"this cannot be unknown: {question.help}")
        return UNKNOWN
    match question.kind:
        case Kind.STATE:
            return _state(text)
        case Kind.STATES:
            return [] if text == "none" else [_state(part.strip()) for part in text.split(",") if part.strip()]
        case Kind.DAY:
            return _day(text)
        case Kind.NUMBER:
            if not text.isdigit() or int(text) > 200:
                raise NotUnderstood("a whole number of years, or unknown")
            return int(text)
        case Kind.ITEMS | Kind.WORDS:
            if text == "all" and question.kind is Kind.ITEMS:
                return list(choices)
            return [] if text == "none" else [_word(part.strip(), choices) for part in text.split(",") if part.strip()]
        case Kind.NAME:
            return _name(text, choices)
        case Kind.TEXT:
            return text
        case _:
            return _word(text, choices)


def _state(text: str) -> str:
    bare = text.removeprefix("the ").strip()
    if bare.upper() in titles():
        return bare.upper()
    code = bare.split(" ")[0]
    if code in titles() and titles()[code] in bare:
        return code
    for known, name in titles().items():
        if name.lower() == bare.lower():
            return known
    try:
        return State(bare)
    except ValueError as error:
        raise NotUnderstood(str(error)) from None


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotUnderstood("a day as year-month-day, such as 2026-08-18, or unknown") from None


def _name(text: str, taken: dict[str, str]) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-")
    if not name or not name[0].isalpha() or name == UNKNOWN:
        raise NotUnderstood("a short name that begins with a letter")
    if name in taken:
        raise NotUnderstood(f"'{name}' is taken already: choose another name")
    return name


def _word(text: str, choices: dict[str, str]) -> str:
    lowered = text.lower()
    if lowered in choices:
        return lowered
    begun = [word for word in choices if word.startswith(lowered)]
    if len(begun) == 1:
        return begun[0]
    raise NotUnderstood(one_of(lowered, choices) or "choose one of the words, or unknown")
