"""A question as SQL: one Ibis expression, written once for every relational engine.

Compiling an expression takes tens of milliseconds, so the SQL is kept by the question's shape (everything but
the values it filters on) and the values are bound each time it runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sanyan.core.indicators.definitions import AnswerState, Rollup
from sanyan.engines.stores.base import CubeQuery, Filters, Table
from sanyan.engines.stores.finishing import RULES, SUMS_BEHIND, Cells, finished
from sanyan.engines.stores.replacing import IDENTITY

COLUMN_TYPES = {
    "framework": "string",
    "round": "string",
    "practice": "boolean",
    "organisation": "string",
    "kind": "string",
    "area_type": "string",
    "region": "string",
    "province": "string",
    "policy_area": "string",
    "indicator": "string",
    "disaggregation": "string",
    "state": "string",
    "origin": "string",
    "rollup": "string",
    "per": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "value": "float64",
    "source": "string",
    "sequence": "int64",
}

PREPARED_TYPES = {
    "rule": "int16",
    "used": "boolean",
    "missed": "boolean",
    "weighted": "float64",
    "weight": "float64",
    "plain": "float64",
    "single": "float64",
    "level": "float64",
}
TABLE_TYPES = {**COLUMN_TYPES, **PREPARED_TYPES}

# Stands in the compiled SQL where the values of the filter at that place will be bound.
_MARK = re.compile(r"'<values (\d+)>'")

Run = Callable[[str, list[str]], Cells]


@dataclass(frozen=True)
class Shape:
    """What a question adds up, without the values it filters on; true-or-false filters keep theirs."""

    sums: tuple[str, ...]
    dimensions: tuple[str, ...]
    filters: tuple[tuple[str, tuple[bool, ...]], ...]


def answer(question: CubeQuery, *, dialect: str, table: str, placeholder: str, run: Run) -> Table:
    """The answer to a question, from SQL in `dialect` ("duckdb", "postgres") that `run` runs with bound
    values.

    `table` holds the facts that count, with TABLE_TYPES as its columns; `placeholder` is "?" or "%s".
    """
    sums = tuple(sorted({name for measure in question.measures for name in SUMS_BEHIND[measure]}))

    def cells(filters: Filters) -> Cells:
        kept = tuple((name, _booleans(name, held)) for name, held in filters)
        compiled = _compiled(Shape(sums, question.dimensions, kept), dialect, table)
        return run(*_bound(compiled, filters, placeholder))

    before = {}
    if question.compare_years:
        before = {row[: len(question.dimensions)]: row for row in cells(question.earlier_filters())}
    return finished(question, sums, cells(question.counting_filters()), before)


def _bound(compiled: str, filters: Filters, placeholder: str) -> tuple[str, list[str]]:
    if placeholder == "%s":
        compiled = compiled.replace("%", "%%")
    values: list[str] = []

    def bind(mark: re.Match[str]) -> str:
        texts = [value for value in filters[int(mark[1])][1] if isinstance(value, str)]
        values.extend(texts)
        return ", ".join([placeholder] * len(texts)) or "NULL"

    return _MARK.sub(bind, compiled), values


def filter_sql(filters: Filters, *, placeholder: str) -> tuple[str, list[str | bool]]:
    """A WHERE clause for plain filters ("" for none), and the values to bind."""
    clauses, values = [], []
    for name, wanted in filters:
        if name not in COLUMN_TYPES:
            raise ValueError(f"unknown dimension: {name}")
        kind = bool if COLUMN_TYPES[name] == "boolean" else str
        fitting = [value for value in wanted if isinstance(value, kind)]
        clauses.append(f'"{name}" IN ({", ".join([placeholder] * len(fitting)) or "NULL"})')
        values += fitting
    return (f" WHERE {' AND '.join(clauses)}" if clauses else ""), values


def _booleans(name: str, values: tuple[str | bool, ...]) -> tuple[bool, ...]:
    if COLUMN_TYPES[name] != "boolean":
        return ()
    return tuple(sorted({value for value in values if isinstance(value, bool)}))


@lru_cache(maxsize=512)
def _compiled(shape: Shape, dialect: str, table: str) -> str:
    import ibis  # noqa: PLC0415 - half a second, and only a process that meets a new shape needs it

    return str(ibis.to_sql(expression(shape, table), dialect=dialect))


def prepared(facts: Any) -> Any:
    """Facts with what each adds to its cell worked out once, when they are stored: PREPARED_TYPES as an
    expression.

    `used` tells whether an answer counts, `missed` whether it was expected and does not. `weighted` and
    `weight` are the numerator and the denominator of a ratio, or the value times its weight and the weight of
    a mean (its denominator, where that is held and not zero). `level` is the value of a distribution rounded
    as Python rounds.
    """
    import ibis  # noqa: PLC0415

    def is_rule(rollup: Rollup) -> Any:
        return facts.rollup == rollup.value

    usable = ibis.cases(
        (is_rule(Rollup.RATIO), facts.numerator.notnull() & facts.denominator.notnull()),
        (is_rule(Rollup.NONE), ibis.literal(value=True)),
        else_=facts.value.notnull(),
    )
    reported = facts.state == AnswerState.REPORTED.value
    weight = ibis.cases(
        (is_rule(Rollup.RATIO), facts.denominator),
        (is_rule(Rollup.MEAN), facts.denominator.nullif(0.0)),
    )
    weighted = ibis.cases((is_rule(Rollup.RATIO), facts.numerator), (is_rule(Rollup.MEAN), facts.value * weight))
    used = reported & usable
    return facts.mutate(
        rule=ibis.cases(*((is_rule(rollup), code) for code, rollup in enumerate(RULES))).cast("int16"),
        used=used,
        missed=(facts.state == AnswerState.NOT_AVAILABLE.value) | (reported & ~usable),
        weighted=used.ifelse(weighted, None).cast("float64"),
        weight=used.ifelse(weight, None).cast("float64"),
        plain=used.ifelse(facts.value, None).cast("float64"),
        single=reported.ifelse(facts.value, None).cast("float64"),
        level=(used & is_rule(Rollup.DISTRIBUTION)).ifelse(_half_even(facts.value), None).cast("float64"),
    ).select(*TABLE_TYPES)


@lru_cache(maxsize=16)
def replacing_sql(*, dialect: str, table: str, given: str) -> tuple[str, ...]:
    """SQL statements that bring settled facts from `given` into `table`: delete what they replace, then
    insert.

    `given` has COLUMN_TYPES as its columns. Facts of a lower sequence than what `table` holds of their source
    are left out. The last statement is the INSERT.
    """
    import ibis  # noqa: PLC0415

    rows = ibis.to_sql(prepared(ibis.table(COLUMN_TYPES, name=given)), dialect=dialect)
    same = " AND ".join(f'{table}."{name}" = {given}."{name}"' for name in (*IDENTITY, "sequence"))
    of_source = f"{table}.source = newer.source AND {table}.sequence"
    newest = f"SELECT source, max(sequence) AS newest FROM {given} GROUP BY source"  # noqa: S608 - our own names
    older = f"DELETE FROM {table} USING ({newest}) AS newer WHERE {of_source} < newer.newest"  # noqa: S608
    equal = f"DELETE FROM {table} USING {given} WHERE {same}"  # noqa: S608
    outdated = f"SELECT 1 FROM {table} WHERE {of_source} > newer.sequence"  # noqa: S608
    insert = f"INSERT INTO {table} SELECT * FROM ({rows}) AS newer WHERE NOT EXISTS ({outdated})"  # noqa: S608
    return older, equal, insert


def expression(shape: Shape, table: str) -> Any:
    """The Ibis expression of a shape over a table of facts that count: its dimensions, then its sums."""
    import ibis  # noqa: PLC0415

    facts = ibis.table(TABLE_TYPES, name=table)
    for place, (name, booleans) in enumerate(shape.filters):
        held = booleans if COLUMN_TYPES[name] == "boolean" else (f"<values {place}>",)
        facts = facts.filter(facts[name].isin(held))
    sums = {
        "rule": facts.rule.min(),
        "other_rule": facts.rule.max(),
        "per": facts.per.min(),
        "other_per": facts.per.max(),
        "used": facts.count(where=facts.used),
        "missed": facts.count(where=facts.missed),
        "weighted": facts.weighted.sum(),
        "weight": facts.weight.sum(),
        "weighed": facts.weight.count(),
        "plain": facts.plain.sum(),
        "median": facts.level.collect(order_by=facts.level),
        "least": facts.single.min(),
        "most": facts.single.max(),
    }
    grouped = facts.group_by(list(shape.dimensions)) if shape.dimensions else facts
    cells = grouped.aggregate(**{name: sums[name] for name in shape.sums})
    if "median" in shape.sums:
        cells = cells.mutate(median=cells.median[(cells.used - 1) // 2])
    cells = cells.select(*shape.dimensions, *shape.sums)
    return cells.order_by(list(shape.dimensions)) if shape.dimensions else cells


def _half_even(value: Any) -> Any:
    """A level as the whole number that Python's `round` makes of it: halves go to the even one."""
    floor = value.floor()
    rest = value - floor
    return floor + ((rest > 0.5) | ((rest == 0.5) & ((floor % 2) != 0))).ifelse(1.0, 0.0)
