"""Mending files where a finding says how, with their comments and their layout kept."""

from __future__ import annotations

import csv
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from comity.law import source
from comity.law.editing import Span, changed, dropped, span_of
from comity.law.finding import Edit, Finding, Fix, InputError, Nearest, Place


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done, and where."""

    place: Place
    code: str
    says: str


def fix_of(finding: Finding) -> Fix | None:
    """What mends a finding: its own fix, or the only known name that is near a misspelt one.

    A name is not guessed where its digits differ: articles 26 and 27 look alike.
    """
    hint = finding.hint
    if finding.fix is not None or not isinstance(hint, Nearest) or not hint.only:
        return finding.fix
    written = _written(finding.place)
    sign = "$" if written.startswith("$") else ""
    if not any(told in finding.message for told in (f"'{written}'", f"{written} stands")) or not written:
        return None
    if _digits(written) != _digits(hint.word):
        return None
    return Fix(f"wrote '{sign}{hint.word}' for '{written}'", (Edit(finding.place, sign + hint.word),))


def mend(findings: Iterable[Finding], folder: Path) -> list[Mended]:
    """Apply what mends the *findings* to the files below *folder*, each file written whole or not at all.

    A change after which a file would not read as it should is left out, as is one of two that touch the same text.

    Raises:
        OSError: a file cannot be written.
    """
    wanted: dict[str, list[tuple[Finding, Fix]]] = defaultdict(list)
    for finding in findings:
        fix = fix_of(finding)
        if fix is not None and Path(finding.place.file).resolve().is_relative_to(folder.resolve()):
            wanted[finding.place.file].append((finding, fix))
    done: list[Mended] = []
    for file, fixes in wanted.items():
        path = Path(file)
        with path.open(encoding="utf-8", newline="") as stream:
            before = stream.read()
        mark = before[: before.startswith("\ufeff")]
        text = before.removeprefix(mark)
        for finding, fix in sorted(fixes, key=lambda pair: pair[1].edits[0].place, reverse=True):
            after = _applied(text, fix, path.suffix)
            if after is not None:
                text = after
                done.append(Mended(finding.place, finding.code, fix.says))
        if mark + text != before:
            write(path, mark + text)
    return sorted(done, key=lambda mended: mended.place)


def _applied(text: str, fix: Fix, suffix: str) -> str | None:
    """The text with a fix made, or ``None`` where it cannot be made safely."""
    for edit in sorted(fix.edits, key=lambda e: e.place, reverse=True):
        after = _in_table(text, edit) if suffix == ".csv" else _in_yaml(text, edit)
        if after is None:
            return None
        text = after
    return text


def _in_table(text: str, edit: Edit) -> str | None:
    """A cell with another value; the rest of its row has to stay as it was."""
    lines = text.split("\n")
    if edit.new is None or edit.place.line > len(lines):
        return None
    line = lines[edit.place.line - 1]
    start = edit.place.column - 1
    end = start + edit.place.length
    after = line[:start] + edit.new + line[end:]
    cells, cells_after = next(csv.reader([line])), next(csv.reader([after]))
    differing = [pair for pair in zip(cells, cells_after, strict=False) if pair[0] != pair[1]]
    if len(cells) != len(cells_after) or len(differing) > 1:
        return None
    lines[edit.place.line - 1] = after
    return "\n".join(lines)


def _in_yaml(text: str, edit: Edit) -> str | None:
    found = span_of(text, edit.place, dropping=edit.new is None)
    if found is None:
        return None
    after = text[: found.start] + _put(text, found, edit.new) + text[found.end :]
    if edit.new is None and "#" in text[found.start : found.end]:
        return None  # a comment would go with it
    expected = dropped if edit.new is None else changed
    with suppress(InputError):
        before = source.plain(source.parse(text, ""))
        if source.plain(source.parse(after, "")) == expected(before, found.path, edit.new):
            return after
    return None


def _put(text: str, span: Span, new: str | None) -> str:
    if new is None:
        return ""
    quote = text[span.start] if text[span.start] in "\"'" else ""
    return quote + new + quote


def write(path: Path, text: str) -> None:
    """Replace what is in a file at once: whoever reads it meanwhile sees the old text or the new.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, path.stat().st_mode & 0o7777)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _written(place: Place) -> str:
    """The text at a place, without quotation marks."""
    try:
        lines = Path(place.file).read_text(encoding="utf-8-sig").split("\n")
        return lines[place.line - 1][place.column - 1 :][: place.length].strip("\"'")
    except (OSError, IndexError, UnicodeDecodeError):
        return ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
