"""What is written to the standard input."""

from __future__ import annotations

import sys

from comity.law import source
from comity.law.finding import Finding, InputError, Place

NAME = "standard input"


def text() -> str:
    """All of it.

    Raises:
        InputError: it is too large, or not UTF-8.
    """
    content = sys.stdin.buffer.read(source.LARGEST + 1)
    if len(content) > source.LARGEST:
        message = f"more than {source.LARGEST / 1e6:.0f} MB, the most that is read"
        raise InputError([Finding(Place(NAME), "F002", message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Finding(Place(NAME), "F003", f"is not UTF-8 text (byte {error.start})")]) from None
