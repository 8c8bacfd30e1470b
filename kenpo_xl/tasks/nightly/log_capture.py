"""What is logged while a period is processed, kept apart from what other threads log."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_FORMATTER = logging.Formatter()
_THREAD = threading.local()


class _Capture(logging.Filter):
    """Moves what a thread logs into its list of traces, where it has one."""

    def filter(self, record: logging.LogRecord) -> bool:
        traces: list[str] | None = getattr(_THREAD, "traces", None)
        if traces is not None:
            traces.append(_FORMATTER.format(record))
        return traces is None


logging.getLogger("kenpo_xl").addFilter(_Capture())


@contextmanager
def captured_log(traces: list[str]) -> Iterator[None]:
    """Append failures that this thread logs inside, such as a rule that failed, to `traces` only."""
    _THREAD.traces = traces
    try:
        yield
    finally:
        _THREAD.traces = None
