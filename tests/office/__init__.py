"""LibreOffice for the tests: it opens, recalculates, edits and prints workbooks as staff would in Excel.

Ask for the fixture `office`; the helpers of `edits` change the document that `office.edit` opens.
"""

from tests.office.office import Office

__all__ = ["Office"]
