"""States by their ISO 3166 alpha-2 codes."""

from __future__ import annotations

import difflib
import re
from functools import cache, lru_cache
from typing import Any

import pycountry
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class State(str):
    """A state or territory with a code of its own in ISO 3166-1; ``State("IE").label`` is ``Ireland``.

    Raises:
        ValueError: the text is no alpha-2 code; the message offers the code that was probably meant.
    """

    __slots__ = ()

    def __new__(cls, code: str) -> State:
        """Check the code."""
        if code not in _titles():
            raise ValueError(f"'{code}' is no ISO 3166 alpha-2 code{_meant(code)}")
        return super().__new__(cls, code)

    @property
    def label(self) -> str:
        """The name by which people know the state."""
        return _titles()[str(self)]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate from text."""
        return core_schema.no_info_after_validator_function(cls._validated, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        """Describe as a two-letter code."""
        return {"type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2 code"}

    @classmethod
    def _validated(cls, code: str) -> State:
        try:
            return cls(code)
        except ValueError as error:
            raise PydanticCustomError("state", "{reason}", {"reason": str(error)}) from None


def titles() -> dict[str, str]:
    """All codes with their names."""
    return dict(_titles())


_WITH_ARTICLE = re.compile(
    "^(United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Russian|Central African)|Islands$|Republic$"
)


@lru_cache(maxsize=4096)
def in_sentence(code: str) -> str:
    """The name of a state as it stands within an English sentence: ``the United States``; other text as it is."""
    name = _titles().get(code, code)
    return f"the {name}" if code in _titles() and _WITH_ARTICLE.search(name) else name


@cache
def _titles() -> dict[str, str]:
    return {c.alpha_2: getattr(c, "common_name", c.name) for c in pycountry.countries}


def _names() -> list[tuple[str, str]]:
    return [(name, code) for code, name in _titles().items()]


@lru_cache(maxsize=1024)
def _meant(text: str) -> str:
    if text.upper() in _titles():
        return f"; did you mean '{text.upper()}'?"
    try:
        found = pycountry.countries.lookup(text)
        return f"; did you mean '{found.alpha_2}' ({_titles()[found.alpha_2]})?"
    except LookupError:
        pass
    names = {name.lower(): code for name, code in _names()}
    initials = {"".join(w[0] for w in name.split() if w[0].isupper()): code for name, code in _names() if " " in name}
    if text.upper() in initials:
        code = initials[text.upper()]
        return f"; did you mean '{code}' ({_titles()[code]})?"
    close = difflib.get_close_matches(text.lower(), names, n=1, cutoff=0.75)
    close += [name for name in names if len(text) > 3 and name.startswith(text.lower())]
    if close:
        code = names[close[0]]
        return f"; did you mean '{code}' ({_titles()[code]})?"
    return "; two capital letters of ISO 3166 are wanted"
