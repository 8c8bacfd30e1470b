"""The watch (見張り) of a root: submissions are checked as soon as they are saved.

`watch` is the loop, `changed_inputs` decides which periods are due, `file_events` wakes the loop.
"""

from kenpo_xl.tasks.watch.watch import WatchOptions, watch_periods

__all__ = ["WatchOptions", "watch_periods"]
