"""The columns of a file as a caseload has them: checked once, then read whatever their exact types are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from comity.law.finding import Finding, InputError, Place, one_of
from comity.triage import schema
from comity.triage.schema import CASE, Column, Kind, quoted


def check(given: pa.Schema, where: str) -> None:
    """See that the columns of a file are those of a caseload.

    Raises:
        InputError: with every column that is unknown, missing or of another type.
    """
    own = "row" if schema.NUMBERED.items() <= (given.metadata or {}).items() else None
    found = list(_faults({field.name: field.type for field in given if field.name != own}, CASE, ""))
    if found:
        raise InputError(Finding(Place(where), code, message, hint) for code, message, hint in found)


def _faults(
    given: Mapping[str, pa.DataType], wanted: tuple[Column, ...], inside: str
) -> Iterator[tuple[str, str, str]]:
    known = {column.name: column for column in wanted}
    for name, type_ in given.items():
        if name not in known:
            yield "F101", f"unknown column '{inside}{name}'", one_of(name, known)
        else:
            yield from _type_faults(known[name], type_, f"{inside}{name}")
    for column in wanted:
        if column.required and column.name not in given:
            yield "F102", f"the column '{inside}{column.name}' is missing", ""


def _type_faults(column: Column, given: pa.DataType, name: str) -> Iterator[tuple[str, str, str]]:
    if column.kind is Kind.PARTS and _is_list(given) and pa.types.is_struct(given.value_type):
        fields = {field.name: field.type for field in given.value_type}
        yield from _faults(fields, column.parts, f"{name}.")
    elif not _fits(column, given):
        yield "F108", f"the column '{name}' has the type {given}", f"{column.arrow} is wanted"


def _fits(column: Column, given: pa.DataType) -> bool:
    if pa.types.is_null(given):
        return True
    match column.kind:
        case Kind.TEXT:
            return _is_text(given)
        case Kind.DAY:
            return _is_text(given) or pa.types.is_date(given)
        case Kind.TEXTS:
            return _is_list(given) and (_is_text(given.value_type) or pa.types.is_null(given.value_type))
        case Kind.NUMBERS:
            return pa.types.is_map(given) and _is_text(given.key_type) and pa.types.is_integer(given.item_type)
        case Kind.ANSWERS:
            return pa.types.is_map(given) and _is_text(given.key_type) and _is_text(given.item_type)
        case Kind.PARTS:
            return _is_list(given) and pa.types.is_null(given.value_type)


def _is_text(given: pa.DataType) -> bool:
    if pa.types.is_dictionary(given):
        return _is_text(given.value_type)
    return bool(pa.types.is_string(given) or pa.types.is_large_string(given) or pa.types.is_string_view(given))


def _is_list(given: pa.DataType) -> bool:
    return bool(pa.types.is_list(given) or pa.types.is_large_list(given))


def told(given: pa.Schema, table: str) -> str:
    """SQL that reads *table*, which has the columns *given* and ``row``, as :data:`comity.triage.schema.told`."""
    types = {field.name: field.type for field in given}
    columns = ", ".join(f"{_told(c, types.get(c.name), quoted(c.name))} AS {quoted(c.name)}" for c in CASE)
    return f"SELECT row::BIGINT AS row, {columns} FROM {table}"


def _told(column: Column, given: pa.DataType | None, here: str) -> str:
    if given is None or pa.types.is_null(given) or (_is_list(given) and pa.types.is_null(given.value_type)):
        return f"NULL::{column.told}"
    if column.kind is not Kind.PARTS:
        return f"{here}::{column.told}"
    types = {field.name: field.type for field in given.value_type}
    fields = ", ".join(f"{quoted(c.name)}: {_told(c, types.get(c.name), f'p.{quoted(c.name)}')}" for c in column.parts)
    return f"list_transform({here}, lambda p: {{{fields}}})"
