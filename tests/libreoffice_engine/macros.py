"""Running the macros of an open book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

LIBRARY = "VBAProject"
SCRIPT = "vnd.sun.star.script:{library}.{macro}?language=Basic&location=document"


def run_macro(document: Any, name: str, arguments: Sequence[Any]) -> Any:
    """What the Sub or Function returns. An error inside it is silent in LibreOffice.

    Whole numbers go in as floating ones: a parameter of the type Double would get 0 from others.
    """
    passed = tuple(float(one) if type(one) is int else one for one in arguments)
    macro = name if "." in name else f"{_module_of(document, name)}.{name}"
    address = SCRIPT.format(library=LIBRARY, macro=macro)
    return document.getScriptProvider().getScript(address).invoke(passed, (), ())[0]


def _module_of(document: Any, name: str) -> str:
    """The module that holds a Sub or Function of this name."""
    modules = document.BasicLibraries.getByName(LIBRARY)
    head = re.compile(
        rf"^\s*(?:Public\s+)?(?:Sub|Function)\s+{re.escape(name)}\b", re.IGNORECASE | re.MULTILINE
    )
    found = [module for module in modules.ElementNames if head.search(modules.getByName(module))]
    if len(found) != 1:
        raise KeyError(f"{name}: {len(found)} macros of this name")
    return found[0]
