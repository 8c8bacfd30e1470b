"""Regular expressions that are compiled when a text may match: a command needs few of all.

Compiling one takes 0.1 to 1 ms, which is longer than searching the texts of a book with it. So where they are
compiled can be chosen: a process may take them from one before it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub")
Replacement = str | Callable[[re.Match[str]], str]
Compiler = Callable[[str, int], re.Pattern[str]]


class LazyPattern:
    """A regular expression with the methods of `re.Pattern`; one that is never used costs nothing.

    `needs` are words (of a string: letters) of which every text that matches contains one; `contains` is a
    short expression that is found in every such text. Where a text lacks them, the expression itself is not
    even compiled.
    """

    def __init__(
        self, pattern: str, flags: int = 0, *, needs: Sequence[str] = (), contains: str = ""
    ) -> None:
        self.pattern, self.flags, self.needs, self.contains = pattern, flags, needs, contains

    _compile: Compiler = staticmethod(re.compile)

    @classmethod
    def compile_with(cls, compiler: Compiler) -> None:
        """Compile all expressions with a function that does the same as `re.compile`."""
        cls._compile = staticmethod(compiler)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        compiled = self._compile(self.pattern, self.flags)
        if not self.needs and not self.contains:
            # Any text may match: from now on a call goes to the expression itself.
            vars(self).update({name: getattr(compiled, name) for name in _METHODS})
        return compiled

    @cached_property
    def _contained(self) -> re.Pattern[str]:
        return self._compile(self.contains, 0)

    def _may_match(self, text: str) -> bool:
        for word in self.needs:
            if word in text:
                break
        else:
            if self.needs:
                return False
        return not self.contains or self._contained.search(text) is not None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self._compiled.match(text, start) if self._may_match(text) else None

    def fullmatch(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self._compiled.fullmatch(text, start) if self._may_match(text) else None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self._compiled.search(text, start, end) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._compiled.finditer(text) if self._may_match(text) else iter(())

    def findall(self, text: str) -> list[str]:
        return self._compiled.findall(text) if self._may_match(text) else []

    def split(self, text: str) -> list[str]:
        return self._compiled.split(text) if self._may_match(text) else [text]

    def sub(self, replacement: Replacement, text: str) -> str:
        return self._compiled.sub(replacement, text) if self._may_match(text) else text
