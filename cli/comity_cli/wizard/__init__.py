"""``comity wizard``: asks for the facts of a case, shows how the advice changes, and writes the case file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from comity.decision.opinion import Counsel
from comity_cli import inputs
from comity_cli.wizard.draft import Draft, write_whole
from comity_cli.wizard.interview import Interview, with_default
from comity_cli.wizard.panel import Panel
from comity_cli.wizard.questions import Kind, Question
from comity_cli.wizard.reading import NotUnderstood
from comity_cli.wizard.terminal import Asker, asker

WELCOME = "Answer, or: Enter takes what stands in brackets, ? explains, < goes back, unknown is always allowed.\n"
_YES_NO = {"yes": "", "no": ""}


def run(path: Path | None, rules: Path | None, as_of: date | None) -> int:
    """Hold the interview; ends with the decision and the case file written.

    Raises:
        OSError: the place of the draft cannot be written to; nothing has been asked yet then.
        InputError: the rulebook has faults.
    """
    counsel = Counsel(inputs.rulebook(rules))
    draft = Draft.beside(path)
    asking = asker()
    try:
        interview = _begin(draft, counsel, asking)
        _hold(interview, draft, asking, Panel(counsel))
        _finish(interview, path, counsel, as_of, asking)
    except (EOFError, KeyboardInterrupt):
        typer.echo(f"\nNothing is lost: run the same command again to go on ({draft.path}).", err=True)
        return 130
    draft.remove()
    return 0


def _begin(draft: Draft, counsel: Counsel, asking: Asker) -> Interview:
    tables = counsel.rulebook.tables
    kept = draft.load()
    if kept is not None and kept[0]:
        typer.echo(f"An unfinished case with {len(kept[0])} answers was found.")
        if _yes(asking, "Go on with it?", "yes"):
            return Interview(tables, *kept)
        draft.path.replace(draft.path.with_name(draft.path.name + ".old"))
    draft.save({}, None)
    return Interview(tables)


def _hold(interview: Interview, draft: Draft, asking: Asker, panel: Panel) -> None:
    typer.echo(WELCOME)
    _show(panel, interview)
    while True:
        while interview.current() is not None:
            _ask_one(interview, draft, asking, panel)
        _summary(interview)
        question = Question("change", "", Kind.TEXT, "The number of an answer, or Enter.", default="")
        text = asking.ask("Change which answer (number, Enter when all is right)? ", question, {}, "").strip()
        if not text:
            return
        if text.isdigit() and 0 < int(text) <= len(interview.given()):
            interview.edit(interview.given()[int(text) - 1][0].key)
        elif text == "<":
            interview.back()
        else:
            typer.echo(f"There is no answer '{text}'.")


def _ask_one(interview: Interview, draft: Draft, asking: Asker, panel: Panel) -> None:
    asked = interview.current()
    assert asked is not None
    question, choices, typed = with_default(asked, interview), interview.choices(asked), ""
    about = f"({asked.about}) " if asked.about else ""
    default = f" [{question.default}]" if question.default else ""
    while True:
        text = asking.ask(f"{about}{question.text}{default} ", question, choices, typed).strip()
        if text == "?":
            _explain(question, choices, asked.key)
            continue
        if text == "<":
            interview.back()
            draft.save(interview.answers, interview.asking)
            return
        try:
            interview.answer(text or question.default)
        except NotUnderstood as error:
            typer.echo(f"  {error}")
            typed = text
            continue
        draft.save(interview.answers, interview.asking)
        _show(panel, interview)
        return


def _explain(question: Question, choices: dict[str, str], key: str) -> None:
    typer.echo(f"  {question.help} (It becomes {key} of the case.)")
    if question.kind not in (Kind.NAME, Kind.STATE, Kind.STATES):
        for word, meaning in choices.items():
            typer.echo(f"  {word}: {meaning}" if meaning else f"  {word}")


def _show(panel: Panel, interview: Interview) -> None:
    lines = panel.lines(interview)
    if lines:
        typer.echo("  | advice so far (> changed)")
    for line in lines:
        typer.echo(f"  | {line}")


def _summary(interview: Interview) -> None:
    typer.echo("\nYour answers:")
    for number, (asked, value) in enumerate(interview.given(), 1):
        shown = ", ".join(value) or "none" if isinstance(value, list) else value
        about = f"({asked.about}) " if asked.about else ""
        typer.echo(f"  {number}. {about}{asked.question.text} {shown}")


def _yes(asking: Asker, text: str, default: str) -> bool:
    question = Question("yes-no", text, Kind.WORD, text, _YES_NO, default=default)
    answer = asking.ask(f"{text} [{default}] ", question, _YES_NO, "").strip().lower() or default
    return answer.startswith("y")


def _finish(interview: Interview, path: Path | None, counsel: Counsel, as_of: date | None, asking: Asker) -> None:
    from comity_cli.render import advice, details
    from comity_cli.render.console import console

    case = interview.case()
    assert case is not None
    target = path or _place(asking)
    while target.exists() and not _yes(asking, f"{target} exists. Overwrite it?", "no"):
        target = _place(asking)
    case = case.model_copy(update={"case": _id(target)})
    decision = counsel.opinion(case, as_of).decision
    write_whole(target, case.to_yaml())
    out = console()
    advice.first_screen(decision, out)
    details.details(decision, out)
    typer.echo(f"\nThe case is written to {target}; './comity decide {target}' advises on it again.")


def _place(asking: Asker) -> Path:
    question = Question("file", "Where shall the case be written?", Kind.TEXT, "A file name.", default="case.yaml")
    text = asking.ask("Where shall the case be written? [case.yaml] ", question, {}, "").strip()
    return Path(text or "case.yaml")


def _id(target: Path) -> str:
    import re

    name = re.sub(r"[^a-z0-9]+", "-", target.stem.lower()).strip("-")[:40].strip("-")
    return name if name and name[0].isalpha() else "case"
