"""Runs a module as `tests.libreoffice_engine` does, with xlwings imported as this program imports it.

xlwings alone imports pandas and NumPy, which takes longer than a press of a button. That the program prevents
this by itself is shown in `test_libraries.py`.
"""

import sys

from kenpo_xl.live.bridge import import_xlwings

import_xlwings()

from tests.libreoffice_engine.__main__ import main  # noqa: E402 - the engine imports xlwings

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
