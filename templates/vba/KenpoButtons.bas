Attribute VB_Name = "KenpoButtons"
' The buttons of kenpo-xl. Each starts Python, hidden, and waits for it:
'   <python> -P -m kenpo_xl.buttons <task> "--wb=<book>" --from_xl=1 --hwnd=<window> "--done=<file>"
' The file is not there yet. Python makes it when it begins, empty, and when it ends puts its answer in it
' (written beside it and renamed), also where it could not reach the book: "ok" or "ng" in the first line,
' then the sentence to show, in the encoding of the PC (Python's locale.getencoding()); a letter that this
' lacks comes as Chr(1) and the number of each half of it in four hexadecimal digits.
' Runs in Excel and in LibreOffice. This text is ASCII: all words stand in cells, found by name (kx_say_...).
' There is no Option Explicit because only LibreOffice knows ThisComponent.

Private isBusy As Boolean
Private findingAt As Long
' The file of an answer that Excel looks for once a second, and since when.
Private awaited As String
Private awaitedSince As Double

Public Sub Check()
    RunKenpo "check"
End Sub

Public Sub Repair()
    RunKenpo "repair"
End Sub

Public Sub UndoRepair()
    RunKenpo "undo_repair"
End Sub

Public Sub ClearFindings()
    RunKenpo "clear_findings"
End Sub

Public Sub Submit()
    RunKenpo "submit"
End Sub

Public Sub Collect()
    RunKenpo "collect"
End Sub

Public Sub MakeReport()
    RunKenpo "make_report"
End Sub

Public Sub PublicReport()
    RunKenpo "make_public_report"
End Sub

Public Sub OpenReport()
    RunKenpo "open_report"
End Sub

Public Sub BuildBooks()
    RunKenpo "make_input_books"
End Sub

Public Sub NextPeriod()
    RunKenpo "next_period"
End Sub

Public Sub CheckPlan()
    RunKenpo "check_plan"
End Sub

Public Sub ClosePeriod()
    RunKenpo "close_period"
End Sub

Public Sub ReopenPeriod()
    RunKenpo "reopen_period"
End Sub

Public Sub CarryBook()
    RunKenpo "carry_book"
End Sub

Public Sub FirstPlan()
    RunKenpo "first_plan"
End Sub

Public Sub AdoptForm()
    RunKenpo "adopt_form"
End Sub

' Moves to the cell of the next row of the sheet of findings; from that sheet to the cell of its row. No Python.
Public Sub NextFinding()
    Dim list As Object, row As Long, turn As Long, rows As Long
    On Error Resume Next
    Set list = ThisWorkbook.Names("kx_findings").RefersToRange
    rows = FindingRows(list)
    row = FindingRow(list, rows)
    If row > 0 And ActiveSheet.Name = list.Worksheet.Name Then row = row - 1
    For turn = 1 To rows
        row = row Mod rows + 1
        If SelectPlace(CStr(list.Cells(row, 1).Value)) Then
            findingAt = row
            Exit Sub
        End If
    Next
    BackToFindings
End Sub

' Shows the sheet of findings, with the cursor on the row that the cursor came from.
Public Sub BackToFindings()
    Dim list As Object, row As Long
    On Error Resume Next
    Set list = ThisWorkbook.Names("kx_findings").RefersToRange
    row = FindingRow(list, FindingRows(list))
    If row = 0 Then row = 1
    list.Worksheet.Activate
    list.Cells(row, 1).Select
End Sub

' Saves the open state, saved or not, as a macro book at path; the open book stays what it is. Where that fails
' there is no file, which Python tells in a sentence; the debugger would hold it up.
Public Sub SaveCopy(ByVal path As String)
    Dim options(0) As Object
    On Error Resume Next
    If ExcelWindow() <> 0 Then
        ThisWorkbook.SaveCopyAs path
    Else
        Set options(0) = CreateObject("com.sun.star.beans.PropertyValue")
        options(0).Name = "FilterName"
        options(0).Value = "Calc MS Excel 2007 VBA XML"
        ThisComponent.storeToURL FileUrl(path), options
    End If
End Sub

' Protects the sheets whose code names stand in kx_protected (build --protect; none in most books), without a
' password, or opens them; Python has them protected while it saves. A saved book stays a saved one.
Public Sub LockSheets(ByVal locked As Boolean)
    Dim names As String, sheet As Object, wasSaved As Boolean
    names = Said("kx_protected")
    If names = "" Then Exit Sub
    wasSaved = ThisWorkbook.Saved
    On Error Resume Next
    For Each sheet In ThisWorkbook.Worksheets
        If InStr("," & names & ",", "," & sheet.CodeName & ",") > 0 Then
            ' Without a word Excel would ask for the password that somebody gave the sheet since.
            sheet.Unprotect ""
            If locked Then LockSheet sheet
        End If
    Next
    ThisWorkbook.Saved = wasSaved
End Sub

Private Function FindingRows(ByVal list As Object) As Long
    On Error Resume Next
    Do While CStr(list.Cells(FindingRows + 1, 1).Value) <> "" And FindingRows < list.Rows.Count
        FindingRows = FindingRows + 1
    Loop
End Function

' The row of the cursor's cell in the list of findings, or of the cursor in the list itself; 0 for none.
Private Function FindingRow(ByVal list As Object, ByVal rows As Long) As Long
    Dim row As Long, here As String
    On Error Resume Next
    here = CursorPlace()
    If ActiveSheet.Name = list.Worksheet.Name Then
        row = ActiveCell.Row - list.Row + 1
        If row >= 1 And row <= rows Then FindingRow = row
        Exit Function
    End If
    ' Of two findings in one cell it is the one that the button came to.
    If findingAt >= 1 And findingAt <= rows Then
        If CStr(list.Cells(findingAt, 1).Value) = here Then FindingRow = findingAt
    End If
    For row = 1 To rows
        If FindingRow = 0 And CStr(list.Cells(row, 1).Value) = here Then FindingRow = row
    Next
End Function

Private Function CursorPlace() As String
    On Error Resume Next
    CursorPlace = ActiveSheet.Name & "!" & Replace(ActiveCell.Address, "$", "")
End Function

' Whether the cursor could be moved to a place (1-2-4!I29); a whole sheet or book has no cell.
Private Function SelectPlace(ByVal place As String) As Boolean
    Dim last As Long, before As String
    last = InStrRev(place, "!")
    before = CursorPlace()
    If last = 0 Or place = before Then Exit Function
    On Error Resume Next
    ThisWorkbook.Worksheets(Left(place, last - 1)).Activate
    ThisWorkbook.Worksheets(Left(place, last - 1)).Range(Mid(place, last + 1)).Select
    SelectPlace = CursorPlace() <> before
End Function

Private Sub RunKenpo(ByVal task As String)
    Dim done As String, told As String
    ' Whoever waits may press again.
    If isBusy Then Exit Sub
    isBusy = True
    On Error Resume Next
    done = NewFile()
    StartWork Said("kx_say_working")
    Err.Clear
    told = Outcome(task, done)
    If awaited <> "" Then Exit Sub
    If told = "" Then told = "ng" & vbLf & Err.Description
    Finish told, done
End Sub

Private Sub Finish(ByVal told As String, ByVal done As String)
    On Error Resume Next
    Kill done
    On Error GoTo 0
    EndWork Mid(told, 4)
    isBusy = False
    ' A box would hold up LibreOffice where nobody sits in front of it.
    If Left(told, 2) <> "ok" And ExcelWindow() <> 0 Then MsgBox Mid(told, 4), vbExclamation, ThisWorkbook.Name
End Sub

' What these two do makes no unsaved book of a saved one, and a sheet that somebody protected stops no button.
Private Sub StartWork(ByVal sentence As String)
    Dim wasSaved As Boolean
    wasSaved = ThisWorkbook.Saved
    On Error Resume Next
    ' Esc would leave the sheets open, and Python at work on a book that is typed into.
    Application.EnableCancelKey = 0
    LockSheets False
    ThisWorkbook.Names("kx_status").RefersToRange.Value = sentence
    ThisWorkbook.Saved = wasSaved
End Sub

Private Sub EndWork(ByVal sentence As String)
    Dim wasSaved As Boolean
    wasSaved = ThisWorkbook.Saved
    On Error Resume Next
    ThisWorkbook.Names("kx_status").RefersToRange.Value = sentence
    LockSheets True
    ThisWorkbook.Saved = wasSaved
    Application.EnableCancelKey = 1
End Sub

Private Sub LockSheet(ByVal sheet As Object)
    On Error Resume Next
    sheet.Protect DrawingObjects:=False, Contents:=True, Scenarios:=False, AllowFormattingCells:=True, _
        AllowFormattingColumns:=True, AllowFormattingRows:=True, AllowInsertingRows:=True, _
        AllowDeletingRows:=True, AllowSorting:=True, AllowFiltering:=True
    ' LibreOffice knows none of these words.
    If Not sheet.ProtectContents Then sheet.Protect
End Sub

' "ok" or "ng", a line feed, and the sentence.
Private Function Outcome(ByVal task As String, ByVal done As String) As String
    Dim pythons() As String, number As Long, trouble As String
    pythons = Split(Interpreters(), vbLf)
    For number = 0 To UBound(pythons)
        trouble = TroubleToRun(pythons(number), Arguments(task, done), done)
        If trouble = "" Then Exit For
    Next
    If trouble <> "" Then
        Outcome = "ng" & vbLf & Said("kx_say_not_found") & vbLf & pythons(UBound(pythons)) & ": " & trouble
    ElseIf awaited = "" Then
        Outcome = Answer(done)
    End If
End Function

Private Function Answer(ByVal done As String) As String
    If FileSize(done) <= 0 Then
        Answer = "ng" & vbLf & Said("kx_say_no_answer")
        PutInOrder
    Else
        Answer = FileText(done)
    End If
End Function

' What a Python that was ended by force had no time for.
Private Sub PutInOrder()
    On Error Resume Next
    Application.ScreenUpdating = True
    Application.DisplayAlerts = True
    Application.StatusBar = False
End Sub

' The programs to try: that of this PC, else that of the book, else those on the PATH.
Private Function Interpreters() As String
    Interpreters = Expanded(Environ("KENPO_XL_PYTHON"))
    If Interpreters = "" Then Interpreters = Expanded(Said("kx_python"))
    If Interpreters = "" Then Interpreters = OnPath("pythonw") & vbLf & OnPath("python")
End Function

' A path without quotes, with the values of its variables (%NAME%); what is no variable stays.
Private Function Expanded(ByVal text As String) As String
    Dim first As Long, last As Long, value As String
    Expanded = Trim(Replace(text, Chr(34), ""))
    first = InStr(Expanded, "%")
    Do While first > 0
        last = InStr(first + 1, Expanded, "%")
        If last = 0 Then Exit Function
        value = ""
        If last > first + 1 Then value = Environ(Mid(Expanded, first + 1, last - first - 1))
        If value = "" Then
            first = last
        Else
            Expanded = Left(Expanded, first - 1) & value & Mid(Expanded, last + 1)
            first = InStr(first + Len(value), Expanded, "%")
        End If
    Loop
End Function

' A name without its folder would be looked for in the folder that Excel happens to be in, where anybody may
' have put a program.
Private Function IsFull(ByVal path As String) As Boolean
    IsFull = Left(path, 1) = "/" Or Left(path, 2) = "\\" Or Mid(path, 2, 2) = ":\" Or Mid(path, 2, 2) = ":/"
End Function

' The first program of this name on the PATH, with its folder; the bare name where there is none.
Private Function OnPath(ByVal program As String) As String
    Dim part As Variant, path As String
    OnPath = program
    For Each part In Split(Environ("PATH"), IIf(Environ("ComSpec") = "", ":", ";"))
        path = Replace(part, Chr(34), "")
        path = path & IIf(Left(path, 1) = "/", "/" & program, "\" & program & ".exe")
        If Not IsFull(OnPath) And IsFull(path) And FileSize(path) >= 0 Then OnPath = path
    Next
End Function

' Starts a command and waits for its end; what the system says where it cannot be started.
Private Function TroubleToRun(ByVal python As String, ByVal options As String, ByVal done As String) As String
    Dim host As Object, status As Long
    TroubleToRun = "(53)"
    If Not IsFull(python) Then Exit Function
    TroubleToRun = ""
    On Error Resume Next
    Set host = CreateObject("WScript.Shell")
    Err.Clear
    If host Is Nothing Then
        Shell Quoted(python) & options, 0
    Else
        status = host.Run(Literal(host, Quoted(python) & options), 0, True)
    End If
    If Err.Number <> 0 Then
        TroubleToRun = "(" & Err.Number & ") " & Err.Description
    ElseIf status = 9009 Then
        ' What Windows puts in the place of a Python that is not installed: it offers its store.
        TroubleToRun = "(9009)"
    ElseIf host Is Nothing Then
        AwaitAnswer done
    End If
End Function

' A command as Run starts it: Run puts in values for %NAME%, also in the name of a book, where the sign stands
' for itself. So it is written as a variable that has the sign as its value.
Private Function Literal(ByVal host As Object, ByVal command As String) As String
    Dim variables As Object
    Literal = command
    If InStr(command, "%") = 0 Then Exit Function
    On Error Resume Next
    Set variables = host.Environment("PROCESS")
    variables.Item("KENPO_XL_PERCENT") = "%"
    If variables.Item("KENPO_XL_PERCENT") = "%" Then Literal = Replace(command, "%", "%KENPO_XL_PERCENT%")
    Err.Clear
End Function

' Without the host nobody tells that a program ended. Excel looks for the answer once a second and rests meanwhile:
' its Wait would hold up what Python asks of it, and DoEvents in a loop would keep the PC busy. LibreOffice has no
' OnTime, and lets the other side in by its Wait.
Private Sub AwaitAnswer(ByVal done As String)
    awaited = done
    awaitedSince = Now
    If ExcelWindow() <> 0 Then
        LookLater
        Exit Sub
    End If
    On Error Resume Next
    Do While IsWorthWaiting()
        Application.Wait Now + 0.1 / 86400
        DoEvents
    Loop
    awaited = ""
End Sub

Private Sub LookLater()
    Application.OnTime Now + 1 / 86400, _
        "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!KenpoButtons.LookForAnswer"
End Sub

' Called by Excel itself.
Public Sub LookForAnswer()
    Dim done As String
    done = awaited
    If done = "" Then Exit Sub
    If IsWorthWaiting() Then
        LookLater
        Exit Sub
    End If
    awaited = ""
    Finish Answer(done), done
End Sub

' A Python that does not begin or answer in time is given up.
Private Function IsWorthWaiting() As Boolean
    Dim patience As Double
    If FileSize(awaited) > 0 Then Exit Function
    patience = Val(Said("kx_seconds"))
    If FileSize(awaited) = 0 Then patience = 20 * patience
    IsWorthWaiting = (Now - awaitedSince) * 86400 <= patience
End Function

Private Function Arguments(ByVal task As String, ByVal done As String) As String
    ' -P: what lies in the folder that Excel happens to be in is no module of Python's.
    Arguments = " -P -m kenpo_xl.buttons " & task & " " & Quoted("--wb=" & ThisWorkbook.Name) & _
        " --from_xl=1 --hwnd=" & ExcelWindow() & " " & Quoted("--done=" & done)
End Function

' The window of Excel; 0 in LibreOffice, which has no such number.
Private Function ExcelWindow() As Double
    On Error Resume Next
    ExcelWindow = Application.Hwnd
End Function

Private Function Said(ByVal name As String) As String
    On Error Resume Next
    Said = CStr(ThisWorkbook.Names(name).RefersToRange.Value)
End Function

Private Function Quoted(ByVal text As String) As String
    Quoted = Chr(34) & Replace(text, Chr(34), "") & Chr(34)
End Function

Private Function Folder() As String
    Folder = Environ("TEMP") & "\"
    If Folder = "\" Then Folder = Environ("TMPDIR") & "/"
    If Folder = "/" Then Folder = "/tmp/"
    ' A letter in the name of a user that the encoding of the PC lacks: the short name of the folder has none.
    On Error Resume Next
    If InStr(Folder, "?") > 0 Then
        Folder = CreateObject("Scripting.FileSystemObject").GetSpecialFolder(2).ShortPath & "\"
    End If
End Function

Private Function NewFile() As String
    NewFile = Folder() & "kenpo-xl-" & CStr(CLng(Date)) & "-" & CStr(CLng(Timer * 100)) & ".txt"
End Function

' -1 where there is no such file.
Private Function FileSize(ByVal path As String) As Long
    FileSize = -1
    On Error Resume Next
    If Dir(path) <> "" Then FileSize = FileLen(path)
End Function

Private Function FileText(ByVal path As String) As String
    Dim handle As Integer, text As String
    handle = FreeFile
    Open path For Input As #handle
    Do Until EOF(handle)
        Line Input #handle, text
        FileText = FileText & text & vbLf
    Loop
    Close #handle
    FileText = Decoded(Left(FileText, Len(FileText) - 1))
End Function

Private Function Decoded(ByVal text As String) As String
    Dim parts() As String, number As Long
    parts = Split(text & Chr(1), Chr(1))
    Decoded = parts(0)
    For number = 1 To UBound(parts) - 1
        Decoded = Decoded & ChrW(CLng("&H" & Left(parts(number), 4))) & Mid(parts(number), 5)
    Next
End Function

Private Function FileUrl(ByVal path As String) As String
    FileUrl = Replace(Replace(Replace(Replace(path, "%", "%25"), "#", "%23"), "?", "%3F"), "\", "/")
    If Left(FileUrl, 1) <> "/" Then FileUrl = "/" & FileUrl
    FileUrl = "file://" & FileUrl
End Function
