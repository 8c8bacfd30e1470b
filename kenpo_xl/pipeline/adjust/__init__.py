"""The planner's adjustments (調整) put into effect, and what is to be said about each of them.

Nothing is applied that no longer matches: what the planner saw must still be there.
The order of the rows in the planner's book does not matter.
"""

from kenpo_xl.pipeline.adjust.figures import choice_remarks, choices_and_failures
from kenpo_xl.pipeline.adjust.outlooks import adjust_outlooks
from kenpo_xl.pipeline.adjust.printed import printed_submissions
from kenpo_xl.pipeline.adjust.ratings import adjust_ratings
from kenpo_xl.pipeline.adjust.wordings import adjust_wordings

__all__ = [
    "adjust_outlooks",
    "adjust_ratings",
    "adjust_wordings",
    "choice_remarks",
    "choices_and_failures",
    "printed_submissions",
]
