"""Asking on a terminal with completion, or line by line where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import typer

from comity.law.state import titles
from comity_cli.wizard.questions import Kind, Question

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer


class Asker(Protocol):
    """Whoever puts a question and returns what was typed; raises ``EOFError`` where no answer will come."""

    def ask(self, prompt: str, question: Question, choices: dict[str, str], typed: str) -> str:
        """What was typed; *typed* is put into the line to begin with."""
        ...


def asker() -> Asker:
    """The asker that fits the standard input."""
    return Terminal() if sys.stdin.isatty() and sys.stdout.isatty() else Lines()


class Lines:
    """Reads one answer a line."""

    def ask(self, prompt: str, question: Question, choices: dict[str, str], typed: str) -> str:
        """What stands in the next line."""
        typer.echo(prompt, nl=False)
        line = sys.stdin.readline()
        typer.echo()
        if not line:
            raise EOFError
        return line.rstrip("\n")


class Terminal:
    """A line editor with completion over states and closed lists."""

    def ask(self, prompt: str, question: Question, choices: dict[str, str], typed: str) -> str:
        """What was typed; Ctrl-B at the start of the line goes back."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()

        @keys.add("c-b")
        def _back(event: object) -> None:
            event.app.exit(result="<")  # type: ignore[attr-defined]

        session: PromptSession[str] = PromptSession(key_bindings=keys)
        return session.prompt(
            prompt, completer=_completer(question, choices), complete_while_typing=True, default=typed
        )


def _completer(question: Question, choices: dict[str, str]) -> Completer:
    from prompt_toolkit.completion import FuzzyCompleter, WordCompleter

    if question.kind in (Kind.STATE, Kind.STATES):
        words: Iterable[str] = [f"{code} {name}" for code, name in titles().items()]
        return FuzzyCompleter(WordCompleter([*words, "unknown"], sentence=True))
    if question.kind in (Kind.NAME, Kind.TEXT, Kind.NUMBER, Kind.DAY):
        return WordCompleter([] if question.needed else ["unknown"])
    return FuzzyCompleter(WordCompleter([*choices, "unknown"], meta_dict=choices, sentence=True))
