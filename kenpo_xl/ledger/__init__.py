"""The ledger (台帳): the state of every period at every run, in a SQLite file or on a PostgreSQL server.

The only package that uses SQL. It imports SQLAlchemy, so other packages import it inside functions.
"""

from kenpo_xl.ledger.ledger import Ledger, Run

__all__ = ["Ledger", "Run"]
