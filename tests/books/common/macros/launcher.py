"""The launcher in pyOpenVBA's emulator of Excel: a third host beside Excel and LibreOffice.

The emulator gives no environment, file or program of this PC. In their place stand VBA functions of the same
names, which code finds before those of the language, as in Excel: variables and files are those of the test,
and what `WScript.Shell` is asked to start is kept. An answer cannot be read there, since that is a statement;
of `Kill`, another one, stands `Delete` in the launcher's place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from tests.paths import LAUNCHER

WINDOW = 77
_PC = """
Public Application As EmulatedApplication
Public Variables As Object, Files As Object, Started As String, Status As Long, HasShell As Boolean
Public Clock As Double, Turns As Long
Private Cancel As String

Public Sub Prepare(ByVal answer As Long, ByVal isThere As Boolean, ByVal window As Double)
    Set Application = New EmulatedApplication
    Set Variables = New EmulatedVariables
    Set Files = New EmulatedVariables
    Application.Hwnd = window
    Application.EnableCancelKey = 1
    Status = answer
    HasShell = isThere
End Sub
Public Sub SetVariable(ByVal name As String, ByVal value As String)
    Variables.Item(name) = value
End Sub
Public Sub AddFile(ByVal path As String)
    Files.Item(path) = "1"
End Sub
Public Sub Note(ByVal command As String)
    Started = Started & command & vbLf
    Cancel = Cancel & Application.EnableCancelKey
End Sub
Public Sub SetClock(ByVal seconds As Double)
    Clock = 45000 + seconds / 86400
End Sub
Public Function Now() As Double
    Now = Clock
End Function
Public Sub DoEvents()
    Turns = Turns + 1
End Sub
Public Function TurnsMade() As Long
    TurnsMade = Turns
End Function
Public Function Planned() As String
    Planned = Application.Planned
End Function
Public Function CommandsStarted() As String
    CommandsStarted = Started
End Function
Public Function CancelKeys() As String
    CancelKeys = Cancel & Application.EnableCancelKey
End Function
Public Function Environ(ByVal name As String) As String
    Environ = Variables.Item(name)
End Function
Public Function Dir(ByVal path As String) As String
    Dir = Files.Item(path)
End Function
Public Function FileLen(ByVal path As String) As Long
    FileLen = Len(Files.Item(path)) - 1
End Function
Public Sub Shell(ByVal command As String, ByVal style As Long)
    Note command
End Sub
Public Sub Delete(ByVal path As String)
End Sub
Public Function CreateObject(ByVal name As String) As Object
    If name = "WScript.Shell" And HasShell Then Set CreateObject = New EmulatedShell
    If name = "Scripting.FileSystemObject" Then Set CreateObject = New EmulatedFiles
End Function
"""
_CLASSES = {
    "EmulatedApplication": "\n".join(
        f"Public {name} As Variant"
        for name in ("EnableCancelKey", "Hwnd", "ScreenUpdating", "DisplayAlerts", "StatusBar")
    )
    + """
Public Planned As String
Public Sub OnTime(ByVal when As Variant, ByVal procedure As String)
    Planned = Planned & procedure & vbLf
End Sub
""",
    "EmulatedVariables": """
Private names As String
Public Property Get Item(ByVal name As String) As String
    Dim line As Variant
    For Each line In Split(names, vbLf)
        If InStr(line, name & vbTab) = 1 Then Item = Mid(line, Len(name) + 2)
    Next
End Property
Public Property Let Item(ByVal name As String, ByVal value As String)
    names = names & name & vbTab & value & vbLf
End Property
""",
    "EmulatedShell": """
Public Function Run(ByVal command As String, ByVal style As Long, ByVal wait As Boolean) As Long
    Note command
    Run = Status
End Function
Public Function Environment(ByVal kind As String) As Object
    Set Environment = Variables
End Function
""",
    "EmulatedFiles": """
Public Function GetSpecialFolder(ByVal number As Long) As Object
    Set GetSpecialFolder = Me
End Function
Public Property Get ShortPath() As String
    ShortPath = "C:\\Users\\_1F2A~1\\Temp"
End Property
""",
}


class EmulatedExcel:
    """A book, or none, open in the emulator, on a PC with these variables and files.

    `status` is what programs end with; without `has_shell` there is no WScript.Shell.
    """

    def __init__(
        self,
        book: Path | None,
        variables: Mapping[str, str],
        *,
        files: Collection[str] = (),
        status: int = 0,
        has_shell: bool = True,
    ) -> None:
        from pyopenvba.apps.excel import ExcelApplication

        self.excel = ExcelApplication.open(book, with_vba=False) if book else ExcelApplication()
        for name, text in _CLASSES.items():
            self.excel.add_module(text, name=name, kind="class")
        self.excel.add_module(_PC, name="EmulatedPc")
        launcher = LAUNCHER.read_text(encoding="ascii")
        assert launcher.count("    Kill done\n") == 1
        self.excel.add_module(launcher.replace("    Kill done\n", "    Delete done\n"), name=LAUNCHER.stem)
        self.excel.run("Prepare", status, has_shell, WINDOW)
        for variable, value in variables.items():
            self.excel.run("SetVariable", variable, value)
        for path in files:
            self.excel.run("AddFile", path)

    def call(self, function: str, *arguments: object) -> object:
        """What a function of the launcher returns, also a private one."""
        return self.excel.interpreter.run(function, list(arguments))

    @property
    def started(self) -> list[str]:
        """The commands that WScript.Shell, or VBA itself, was asked to start."""
        return str(self.call("CommandsStarted")).split("\n")[:-1]

    @property
    def planned(self) -> list[str]:
        """What Excel was asked to call later."""
        return str(self.call("Planned")).split("\n")[:-1]

    @property
    def shown(self) -> list[str]:
        """The texts of the message boxes."""
        return [text for _, text, *_ in self.excel.dialogs]


def decoded_in_emulator(text: str) -> str:
    """The text of an answer as the launcher shows it; a letter of two halves is one here."""
    from pyopenvba.interpreter import Interpreter

    interpreter = Interpreter()
    interpreter.add_module(LAUNCHER.read_text(encoding="ascii"), name=LAUNCHER.stem)
    shown = str(interpreter.run("Decoded", [text]))
    return shown.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
