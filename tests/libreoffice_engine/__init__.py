"""An xlwings engine over LibreOffice: `attach` it to a running one, then use `xlwings` as with Excel.

README.md tells what it covers and where LibreOffice differs from Excel.
"""

from tests.libreoffice_engine.app import App, attach, register
from tests.libreoffice_engine.complete import OfficeError

__all__ = ["App", "OfficeError", "attach", "register"]
