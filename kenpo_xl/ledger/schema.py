"""The tables of a ledger as SQLAlchemy Core knows them, in the newest version of the schema."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

SCHEMA = MetaData()
# The columns with the validity of a row; all others are its content.
VALIDITY = ("id", "period", "from_run", "last_run", "since_run")
_SOURCE = ("workbook", "sheet", "cell")


def _table_with_validity_columns(
    name: str, *columns: str, integers: tuple[str, ...] = (), optional: tuple[str, ...] = ()
) -> Table:
    """A table whose rows are valid from one run to another.

    Columns hold texts, those in `integers` integers; only those in `optional` may be NULL.
    """
    numbers = (
        Column(column, Integer, primary_key=column == "id", nullable=column == "last_run")
        for column in VALIDITY
    )
    content = (
        Column(column, Integer if column in integers else Text, nullable=column in optional)
        for column in columns
    )
    return Table(name, SCHEMA, *numbers, *content)


RUNS = Table(
    "runs",
    SCHEMA,
    Column("run", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("ended", Integer, nullable=False),
)
PERIODS = Table(
    "periods",
    SCHEMA,
    Column("period", Integer, primary_key=True),
    Column("branch", Text, nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("cycle", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("folder", Text, nullable=False),
    Column("first_run", Integer, nullable=False),
    Column("seen_run", Integer, nullable=False),
    Column("input_digest", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("has_errors", Integer, nullable=False),
    Column("until", Text),
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
