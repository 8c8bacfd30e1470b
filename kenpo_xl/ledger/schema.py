"""The tables of a ledger as SQLAlchemy Core knows them, in the newest version of the schema.

The tables of a server are made from this; those of a file by the steps of `migrations.py`, which lead to the
same ones.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects import postgresql

SCHEMA = MetaData()
# A server numbers the rows of many branches, and puts texts in the order of their letters as SQLite does.
_NUMBER = Integer().with_variant(BigInteger(), "postgresql")
_TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
FIGURE_LETTERS = 200
"""How many letters of an identity its index holds: a server's has a bound, an identity has none."""
# The columns with the validity of a row; all others are its content.
VALIDITY = ("id", "period", "from_run", "last_run", "since_run")
_REFERENCES = {
    "period": "periods.period",
    "from_run": "runs.run",
    "last_run": "runs.run",
    "since_run": "runs.run",
}
_SOURCE = ("workbook", "sheet", "cell")


# Tables whose past rows are queried by period as well, so that their index holds all rows.
_WITH_QUERIED_PAST = ("facts",)


def _key_column(name: str) -> Column[int]:
    return Column(name, _NUMBER, Identity(), primary_key=True)


def _run_column(name: str) -> Column[int]:
    return Column(name, _NUMBER, ForeignKey("runs.run"), nullable=False)


def _table_with_validity_columns(
    name: str, *columns: str, integers: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> Table:
    """A table whose rows are valid from one run to another, with an index of the current ones by period.

    Columns hold texts, those in `integers` integers; only those in `optional` may be NULL.
    """
    references = (
        Column(column, _NUMBER, ForeignKey(other), nullable=column == "last_run")
        for column, other in _REFERENCES.items()
    )
    content = (
        Column(column, _NUMBER if column in integers else _TEXT, nullable=column in optional)
        for column in columns
    )
    table = Table(name, SCHEMA, _key_column("id"), *references, *content)
    if name not in _WITH_QUERIED_PAST:
        is_current = table.c.last_run.is_(None)
        Index(f"{name}_now", table.c.period, sqlite_where=is_current, postgresql_where=is_current)
    return table


RUNS = Table(
    "runs",
    SCHEMA,
    _key_column("run"),
    Column("day", _TEXT, nullable=False),
    Column("program", _TEXT, nullable=False),
    Column("ended", _NUMBER, nullable=False),
)
PERIODS = Table(
    "periods",
    SCHEMA,
    _key_column("period"),
    Column("branch", _TEXT, nullable=False),
    Column("fiscal_year", _NUMBER, nullable=False),
    Column("cycle", _TEXT, nullable=False),
    Column("number", _NUMBER, nullable=False),
    Column("folder", _TEXT, nullable=False),
    _run_column("first_run"),
    _run_column("seen_run"),
    Column("input_digest", _TEXT, nullable=False),
    Column("summary", _TEXT, nullable=False),
    Column("has_errors", _NUMBER, nullable=False),
    Column("until", _TEXT),
    Column("root", _TEXT, nullable=False, server_default=""),
    Column("due", _TEXT),
    Column("late", _TEXT, nullable=False, server_default=""),
    Column("first_month", _NUMBER, nullable=False, server_default="4"),
    UniqueConstraint("branch", "fiscal_year", "cycle", "number"),
)
FILES = _table_with_validity_columns("files", "path", "kind", "content", "group_name")
FACTS = _table_with_validity_columns(
    "facts",
    *("identity", "entity", "first_month", "last_month", "kind"),
    *("value", "unit", "typed", "typed_text", "computed", "rounding", "decimals"),
    *("origin", "item", "item_title", "group_name", "table_name", "row_name", "column_name"),
    *_SOURCE,
    integers=("decimals",),
    optional=("first_month", "last_month", "kind", "value", "typed", "computed", "decimals"),
)
LINES = _table_with_validity_columns(
    "lines", "item", "block", "number", "text", *_SOURCE, "text_field", integers=("number",)
)
RATINGS = _table_with_validity_columns(
    "ratings",
    *("item", "block", "kpi", "given", "computed", "final", "printed", "explanation", "reason"),
    *_SOURCE,
)
FINDINGS = _table_with_validity_columns(
    "findings",
    *("code", "family", "severity", "group_name", "identity"),
    *("message", "hint", "actual", "expected", "reason"),
    *_SOURCE,
)
PARTS = _table_with_validity_columns("parts", "item", "number", "title", "block", "block_name", "plan_text")
OUTPUTS = _table_with_validity_columns("outputs", "path", "content", "input_digest")
KPIS = _table_with_validity_columns(
    "kpis",
    *("name", "common_key", "item", "block", "unit", "decimals", "direction", "target", "result"),
    *("same_period", "numerator", "denominator", "last_month", "under_way", "step", "glyph", "printed"),
    integers=("decimals", "under_way", "step"),
    optional=("decimals", "target", "result", "same_period", "numerator", "denominator", "step"),
)
# The past of a figure is queried by its identity and the periods of a branch, that of a finding by period.
Index("facts_by_period", FACTS.c.period)
Index("facts_by_figure", func.substr(FACTS.c.identity, 1, FIGURE_LETTERS), FACTS.c.period)
Index("findings_by_period", FINDINGS.c.period)
