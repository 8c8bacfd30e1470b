"""Migrations of a ledger: one step for each version of its schema, never changed.

Step 1 creates version 1 in an empty file, step 2 migrates version 1 to 2, and so on. A new version is a new
step at the end, and the same change in `schema.py`.

A ledger on a server begins with the tables of `schema.py`; its first version is 5. Steps from 6 on are run
there as well, in the words of PostgreSQL (`statement_for_postgresql`): each of their statements has to be one
of both.
"""

from __future__ import annotations

# A row is valid from run `from_run` to run `last_run`, until now if that is NULL. `since_run` is the first
# run with the same statement, even if its cell has moved since.
_VALID = """
    id INTEGER PRIMARY KEY,
    period INTEGER NOT NULL REFERENCES periods (period),
    from_run INTEGER NOT NULL REFERENCES runs (run),
    last_run INTEGER REFERENCES runs (run),
    since_run INTEGER NOT NULL REFERENCES runs (run),
"""
_SOURCE = "workbook TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL"

STEP_1 = (
    """CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    program TEXT NOT NULL,
    ended INTEGER NOT NULL)""",
    """CREATE TABLE periods (
    period INTEGER PRIMARY KEY,
    branch TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    folder TEXT NOT NULL,
    first_run INTEGER NOT NULL REFERENCES runs (run),
    seen_run INTEGER NOT NULL REFERENCES runs (run),
    input_digest TEXT NOT NULL,
    summary TEXT NOT NULL,
    has_errors INTEGER NOT NULL,
    until TEXT,
    UNIQUE (branch, fiscal_year, quarter))""",
    f"""CREATE TABLE files ({_VALID}
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    group_name TEXT NOT NULL)""",
    f"""CREATE TABLE facts ({_VALID}
    identity TEXT NOT NULL,
    entity TEXT NOT NULL,
    first_month TEXT,
    last_month TEXT,
    kind TEXT,
    value TEXT,
    unit TEXT NOT NULL,
    typed TEXT,
    typed_text TEXT NOT NULL,
    computed TEXT,
    rounding TEXT NOT NULL,
    decimals INTEGER,
    origin TEXT NOT NULL,
    item TEXT NOT NULL,
    item_title TEXT NOT NULL,
    group_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    {_SOURCE})""",
    f"""CREATE TABLE lines ({_VALID}
    item TEXT NOT NULL,
    block TEXT NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    {_SOURCE})""",
    f"""CREATE TABLE ratings ({_VALID}
    item TEXT NOT NULL,
    block TEXT NOT NULL,
    kpi TEXT NOT NULL,
    given TEXT NOT NULL,
    computed TEXT NOT NULL,
    final TEXT NOT NULL,
    printed TEXT NOT NULL,
    explanation TEXT NOT NULL,
    reason TEXT NOT NULL,
    {_SOURCE})""",
    f"""CREATE TABLE findings ({_VALID}
    code TEXT NOT NULL,
    family TEXT NOT NULL,
    severity TEXT NOT NULL,
    group_name TEXT NOT NULL,
    identity TEXT NOT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL,
    actual TEXT NOT NULL,
    expected TEXT NOT NULL,
    reason TEXT NOT NULL,
    {_SOURCE})""",
    f"""CREATE TABLE outputs ({_VALID}
    path TEXT NOT NULL,
    content TEXT NOT NULL,
    input_digest TEXT NOT NULL)""",
    # Current rows are queried by period, the past of a figure by its identity.
    *(
        f"CREATE INDEX {table}_now ON {table} (period) WHERE last_run IS NULL"
        for table in ("files", "facts", "lines", "ratings", "findings", "outputs")
    ),
    "CREATE INDEX facts_by_identity ON facts (identity, entity)",
)

# Before version 2 items were known by their numbers; the facts contain the titles of those with figures.
STEP_2 = (
    f"""CREATE TABLE parts ({_VALID}
    item TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    block TEXT NOT NULL,
    block_name TEXT NOT NULL,
    plan_text TEXT NOT NULL)""",
    "CREATE INDEX parts_now ON parts (period) WHERE last_run IS NULL",
    """INSERT INTO parts (period, from_run, since_run, item, number, title, block, block_name, plan_text)
    SELECT period, MIN(from_run), MIN(since_run), item, item, item_title, '', '', '' FROM facts
    WHERE last_run IS NULL AND item <> '' GROUP BY period, item""",
)
# Periods of other kinds than quarters. The table is replaced, as its UNIQUE cannot be changed.
STEP_3 = (
    """CREATE TABLE periods_of_any_cycle (
    period INTEGER PRIMARY KEY,
    branch TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    cycle TEXT NOT NULL,
    number INTEGER NOT NULL,
    folder TEXT NOT NULL,
    first_run INTEGER NOT NULL REFERENCES runs (run),
    seen_run INTEGER NOT NULL REFERENCES runs (run),
    input_digest TEXT NOT NULL,
    summary TEXT NOT NULL,
    has_errors INTEGER NOT NULL,
    until TEXT,
    UNIQUE (branch, fiscal_year, cycle, number))""",
    """INSERT INTO periods_of_any_cycle
    SELECT period, branch, fiscal_year, '四半期', quarter, folder, first_run, seen_run,
    input_digest, summary, has_errors, until FROM periods""",
    "DROP TABLE periods",
    "ALTER TABLE periods_of_any_cycle RENAME TO periods",
)
# Text fields (記入欄) beside the progress.
STEP_4 = ("ALTER TABLE lines ADD COLUMN text_field TEXT NOT NULL DEFAULT ''",)

# KPIs for comparisons of branches, several roots in one ledger, and look-ups within a branch. What was
# recorded before lacks the KPIs: every period is recorded again, closed ones too.
STEP_5 = (
    f"""CREATE TABLE kpis ({_VALID}
    name TEXT NOT NULL,
    common_key TEXT NOT NULL,
    item TEXT NOT NULL,
    block TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER,
    direction TEXT NOT NULL,
    target TEXT,
    result TEXT,
    same_period TEXT,
    numerator TEXT,
    denominator TEXT,
    last_month TEXT NOT NULL,
    under_way INTEGER NOT NULL,
    step INTEGER,
    glyph TEXT NOT NULL,
    printed TEXT NOT NULL)""",
    "CREATE INDEX kpis_now ON kpis (period) WHERE last_run IS NULL",
    "ALTER TABLE periods ADD COLUMN root TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE periods ADD COLUMN due TEXT",
    "ALTER TABLE periods ADD COLUMN late TEXT NOT NULL DEFAULT ''",
    "UPDATE periods SET input_digest = ''",
    "DROP INDEX facts_by_identity",
    "DROP INDEX facts_now",
    "CREATE INDEX facts_by_period ON facts (period)",
    "CREATE INDEX facts_by_figure ON facts (substr(identity, 1, 200), period)",
    "CREATE INDEX findings_by_period ON findings (period)",
)

# Years that begin in another month than April.
STEP_6 = ("ALTER TABLE periods ADD COLUMN first_month INTEGER NOT NULL DEFAULT 4",)

STEPS: tuple[tuple[str, ...], ...] = (STEP_1, STEP_2, STEP_3, STEP_4, STEP_5, STEP_6)
