@echo off
rem kenpo-xl nightly for the Task Scheduler: the summary and the log go into a folder.
rem   nightly.cmd ROOT [LOG_FOLDER]
rem Exit status as of kenpo-xl: 0 clean, 1 something is to be mended by staff, 2 wrong use, 3 look into the log.
setlocal
if "%~1"=="" (
    echo usage: nightly.cmd ROOT [LOG_FOLDER] 1>&2
    exit /b 2
)
rem Nothing in the folder in which this happens to be started is a program or a module.
set "NoDefaultCurrentDirectoryInExePath=1"
set "PYTHONSAFEPATH=1"
set PROGRAM="%~dp0..\.venv\Scripts\kenpo-xl.exe"
if not exist %PROGRAM% set PROGRAM=kenpo-xl
rem The portable folder; its Python reads no environment variable.
if exist "%~dp0..\python\python.exe" set PROGRAM="%~dp0..\python\python.exe" -X utf8 -P -B -m kenpo_xl
set "LOGS=%~2"
if "%LOGS%"=="" set "LOGS=%LOCALAPPDATA%\kenpo-xl\logs"
if not exist "%LOGS%" mkdir "%LOGS%" || exit /b 3

rem A log of more than ten million bytes becomes the old one.
if exist "%LOGS%\nightly.log" for %%F in ("%LOGS%\nightly.log") do if %%~zF gtr 10000000 move /y "%%F" "%LOGS%\nightly.old.log" >nul

rem The dot keeps the quote from a ROOT that ends in a backslash, such as D:\.
set "PYTHONUTF8=1"
%PROGRAM% nightly "%~1\." --log-format json >"%LOGS%\nightly.txt" 2>>"%LOGS%\nightly.log"
exit /b %ERRORLEVEL%
