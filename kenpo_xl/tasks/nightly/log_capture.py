"""What is logged while a period is under work, kept apart from what other threads log."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGER = logging.getLogger("kenpo_xl")


class _Traces(logging.Handler):
    """A handler that keeps what the thread that made it logs."""

    propagated = True

    def __init__(self, traces: list[str]) -> None:
        super().__init__()
        self._traces, self._thread = traces, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._traces.append(self.format(record))


_TRACED: list[_Traces] = []
_GUARD = threading.Lock()


@contextmanager
def kept_apart(traces: list[str]) -> Iterator[None]:
    """What parts of ours log in here, such as a rule that failed, goes into `traces`, and not elsewhere.

    Any number of threads may be in here; the logger is as before when the last one leaves.
    """
    handler = _Traces(traces)
    with _GUARD:
        if not _TRACED:
            handler.propagated, _LOGGER.propagate = _LOGGER.propagate, False
        else:
            handler.propagated = _TRACED[0].propagated
        _LOGGER.addHandler(handler)
        _TRACED.append(handler)
    try:
        yield
    finally:
        with _GUARD:
            _LOGGER.removeHandler(handler)
            _TRACED.remove(handler)
            if not _TRACED:
                _LOGGER.propagate = handler.propagated
