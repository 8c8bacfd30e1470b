"""The ledger (台帳): one SQLite file that keeps what every run saw, so that "since when" has an answer.

The only place that knows SQL. It loads SQLAlchemy: whoever can do without imports it in a function.
"""

from kenpo_xl.ledger.ledger import Ledger, Run

__all__ = ["Ledger", "Run"]
