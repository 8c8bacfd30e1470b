<#
What only Windows and Excel can show, tried on one PC in about fifteen minutes. One page of results is written.

    powershell -ExecutionPolicy Bypass -File scripts\windows_proof.ps1 -Portable \\server\kenpo-xl\0.2.0 -Period FOLDER

-Portable  the finished portable folder (scripts\make_portable.py)
-Period    a period folder with submitted books; it is copied, never changed (workbooks\saitama-fy2024-q3)
-Result    the page of results; further runs, such as on another screen scale, are added to it
-NoExcel   tries the portable folder alone, on a PC without Excel

It sets AccessVBOM of Excel for its own run, to compile the macros, and puts back what was there. Exit status:
0 everything as expected, 1 something not, 3 not done. This script itself is UNTRIED until its first page exists.
#>
param(
    [Parameter(Mandatory = $true)][string]$Portable,
    [Parameter(Mandatory = $true)][string]$Period,
    [string]$Result = (Join-Path (Get-Location) 'windows-proof.md'),
    [switch]$NoExcel
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$rows = New-Object System.Collections.ArrayList
$script:failed = 0

function Add-Row([string]$what, [bool]$isRight, [string]$seen) {
    if (-not $isRight) { $script:failed++ }
    $state = if ($isRight) { 'ok' } else { 'NOT' }
    $plain = ($seen -replace '[\r\n]+', ' ' -replace '\|', '/')
    if ($plain.Length -gt 300) { $plain = $plain.Substring(0, 300) }
    [void]$rows.Add("| $what | $state | $plain |")
    Write-Host "$state  $what  $plain"
}

function Test-Step([string]$what, [scriptblock]$step) {
    try { & $step } catch { Add-Row $what $false "$_" }
}

# --- the portable folder ---------------------------------------------------------------------------------------

function Test-Manifest {
    $wrong = @()
    foreach ($line in [IO.File]::ReadAllLines((Join-Path $Portable 'SHA256SUMS'))) {
        $digest, $name = $line -split '  ', 2
        $path = Join-Path $Portable ($name -replace '/', '\')
        if (-not (Test-Path -LiteralPath $path)) { $wrong += $name; continue }
        if ((Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash -ne $digest.ToUpper()) { $wrong += $name }
    }
    Add-Row 'every file is as the manifest says' ($wrong.Count -eq 0) ($wrong -join ', ')
}

function Invoke-Kenpo([string[]]$arguments, [int[]]$expected) {
    # What goes to the standard error would end Windows' own PowerShell otherwise.
    $ErrorActionPreference = 'Continue'
    $shown = & (Join-Path $Portable 'kenpo-xl.cmd') @arguments 2>&1 | Out-String
    $status = $LASTEXITCODE
    Add-Row "kenpo-xl $($arguments[0])" ($expected -contains $status) "status $status. $($shown.Trim() -split "`n" | Select-Object -Last 1)"
    return $shown
}

function Test-Watch([string]$root) {
    $log = Join-Path $work 'watch.txt'
    $python = Join-Path $Portable 'python\python.exe'
    $arguments = @('-X', 'utf8', '-P', '-B', '-m', 'kenpo_xl', 'watch', "`"$root`"")
    $watch = Start-Process -FilePath $python -ArgumentList $arguments -RedirectStandardError $log -WindowStyle Hidden -PassThru
    try {
        $lines = @()
        $until = (Get-Date).AddSeconds(120)
        # One line that it watches, one a book, one of what was made.
        while ($lines.Count -lt 3 -and -not $watch.HasExited -and (Get-Date) -lt $until) {
            Start-Sleep -Seconds 1
            $lines = @(Get-Content -LiteralPath $log -Encoding UTF8)
        }
        Add-Row 'kenpo-xl watch' ($lines.Count -ge 3 -and -not $watch.HasExited) "$($lines | Select-Object -Last 1)"
    } finally {
        # Killed on purpose: the nightly run below has to take over.
        if (-not $watch.HasExited) { Stop-Process -Id $watch.Id -Force; $watch.WaitForExit() }
    }
}

function Get-LeftProcess {
    $start = (Resolve-Path -LiteralPath (Join-Path $Portable 'python')).ProviderPath
    @(Get-Process -Name 'python', 'pythonw' -ErrorAction SilentlyContinue | Where-Object { $_.Path -and $_.Path.StartsWith($start) })
}

# --- Excel -----------------------------------------------------------------------------------------------------

Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
// Closes the message boxes of one process, and keeps their texts: nobody sits in front of the screen.
public class BoxCloser {
    delegate bool Seen(IntPtr window, IntPtr parameter);
    [DllImport("user32.dll")] static extern bool EnumWindows(Seen seen, IntPtr parameter);
    [DllImport("user32.dll")] static extern bool EnumChildWindows(IntPtr window, Seen seen, IntPtr parameter);
    [DllImport("user32.dll")] static extern uint GetWindowThreadProcessId(IntPtr window, out uint process);
    [DllImport("user32.dll", CharSet = CharSet.Unicode)] static extern int GetClassName(IntPtr window, StringBuilder text, int size);
    [DllImport("user32.dll", CharSet = CharSet.Unicode)] static extern int GetWindowText(IntPtr window, StringBuilder text, int size);
    [DllImport("user32.dll")] static extern bool PostMessage(IntPtr window, uint message, IntPtr first, IntPtr second);
    public readonly List<string> Texts = new List<string>();
    readonly uint process;
    readonly Timer timer;
    public BoxCloser(uint process) { this.process = process; timer = new Timer(state => Look(), null, 500, 500); }
    public void Stop() { timer.Dispose(); }
    void Look() { EnumWindows(Close, IntPtr.Zero); }
    bool Close(IntPtr window, IntPtr parameter) {
        uint owner; GetWindowThreadProcessId(window, out owner);
        StringBuilder name = new StringBuilder(64); GetClassName(window, name, 64);
        if (owner != process || name.ToString() != "#32770") return true;
        StringBuilder all = new StringBuilder();
        EnumChildWindows(window, delegate(IntPtr child, IntPtr unused) {
            StringBuilder text = new StringBuilder(1024); GetWindowText(child, text, 1024); all.Append(text).Append(' '); return true;
        }, IntPtr.Zero);
        lock (Texts) { Texts.Add(all.ToString()); }
        PostMessage(window, 0x0010, IntPtr.Zero, IntPtr.Zero);
        return true;
    }
}
public static class Windows {
    [DllImport("user32.dll")] public static extern uint GetWindowThreadProcessId(IntPtr window, out uint process);
}
'@

function Get-RepairLog { @(Get-ChildItem -Path $env:TEMP -Filter 'error*.xml' -ErrorAction SilentlyContinue).Count }

function Open-Book($excel, [string]$path) {
    $before = Get-RepairLog
    $book = $excel.Workbooks.Open($path, 0)
    Add-Row "opens without repair: $(Split-Path -Leaf $path)" ((Get-RepairLog) -eq $before) "$($book.Worksheets.Count) sheets"
    return $book
}

function Test-Compile($excel, $book) {
    $excel.VBE.ActiveVBProject = $book.VBProject
    # 578 is Debug, Compile; afterwards it is grey.
    $compile = $excel.VBE.CommandBars.FindControl(1, 578)
    if ($compile.Enabled) { $compile.Execute() }
    Add-Row "compiles: $($book.Name)" (-not $compile.Enabled) "$($book.VBProject.VBComponents.Count) modules"
}

function Test-Button($excel, $book, [string]$macro) {
    $closer.Texts.Clear()
    $began = Get-Date
    [void]$excel.Run("'$($book.Name -replace "'", "''")'!KenpoButtons.$macro")
    $seconds = ((Get-Date) - $began).TotalSeconds
    $said = "$($book.Names.Item('kx_status').RefersToRange.Value2)"
    # A refusal is an answer too; a failure of the program or no answer is not.
    $isRight = $said -ne '' -and $said -notmatch 'kenpo-xl\.log' -and $said -notmatch 'Python'
    Add-Row "button $macro" $isRight ('{0:n1} s. {1}' -f $seconds, $said)
    Add-Row "no Python is left after $macro" ((Get-LeftProcess).Count -eq 0) "$($closer.Texts.Count) boxes"
}

function Get-PageCount([string]$pdf) {
    $text = [Text.Encoding]::GetEncoding(28591).GetString([IO.File]::ReadAllBytes($pdf))
    ([regex]::Matches($text, '/Type\s*/Page[^s]')).Count
}

function Test-Pdf($book, [int]$expected) {
    $pdf = Join-Path $work "$([IO.Path]::GetFileNameWithoutExtension($book.Name))-excel.pdf"
    $book.ExportAsFixedFormat(0, $pdf)
    $pages = Get-PageCount $pdf
    Add-Row "pages at $scale %: $($book.Name)" ($expected -eq 0 -or $pages -eq $expected) "Excel $pages, ours $expected"
}

function Test-Workbooks($excel, [string[]]$paths, [hashtable]$pages) {
    foreach ($path in $paths) {
        Test-Step "book $(Split-Path -Leaf $path)" {
            $book = Open-Book $excel $path
            try {
                if ($book.HasVBProject) {
                    Test-Compile $excel $book
                    $macros = @($book.Worksheets.Item(1).Buttons() | ForEach-Object { ($_.OnAction -split '[.!]')[-1] })
                    # What closes the period or opens other books comes last or not at all.
                    foreach ($macro in @($macros | Where-Object { $_ -notin 'ClosePeriod', 'ReopenPeriod', 'OpenReport', 'NextPeriod', 'CarryBook' })) {
                        Test-Step "button $macro" { Test-Button $excel $book $macro }
                    }
                    foreach ($macro in 'NextFinding', 'BackToFindings') {
                        [void]$excel.Run("'$($book.Name)'!KenpoButtons.$macro")
                    }
                }
                Test-Pdf $book ([int]$pages[$path])
                $book.Save()
            } finally { $book.Close($false) }
            $again = Open-Book $excel $path
            $again.Close($false)
        }
    }
}

function Start-Excel {
    $excel = New-Object -ComObject Excel.Application
    $excel.Visible = $true
    $excel.DisplayAlerts = $false
    $excel.AutomationSecurity = 1
    [uint32]$process = 0
    [void][Windows]::GetWindowThreadProcessId([IntPtr]$excel.Hwnd, [ref]$process)
    $script:closer = New-Object BoxCloser $process
    return $excel
}

# --- the run ---------------------------------------------------------------------------------------------------

$Portable = (Resolve-Path -LiteralPath $Portable).ProviderPath
$work = Join-Path ([IO.Path]::GetTempPath()) "kenpo-xl-proof-$(Get-Random)"
$root = New-Item -ItemType Directory -Path (Join-Path $work 'root')
$folder = Join-Path $root.FullName 'period'
Copy-Item -LiteralPath $Period -Destination $folder -Recurse
$dpi = (Get-ItemProperty -Path 'HKCU:\Control Panel\Desktop\WindowMetrics' -Name AppliedDPI -ErrorAction SilentlyContinue)
$scale = if ($dpi) { [int]($dpi.AppliedDPI / 96 * 100) } else { 100 }
$security = 'HKCU:\Software\Microsoft\Office\16.0\Excel\Security'
$excel = $null
try {
    Test-Step 'manifest' { Test-Manifest }
    [void](Invoke-Kenpo @('plan', $folder) @(0))
    [void](Invoke-Kenpo @('build', $folder, '--python', (Join-Path $Portable 'python\pythonw.exe')) @(0, 1))
    [void](Invoke-Kenpo @('check', $folder) @(0, 1))
    $report = Invoke-Kenpo @('report', $folder) @(0)
    Test-Step 'watch' { Test-Watch $root.FullName }
    [void](Invoke-Kenpo @('nightly', $root.FullName, '--jobs', '2') @(0, 1))
    [void](Invoke-Kenpo @('doctor') @(0, 1))
    Add-Row 'no Python is left after the commands' ((Get-LeftProcess).Count -eq 0) ''
    Test-Step 'manifest' { Test-Manifest }
    if (-not $NoExcel) {
        $paths = @(Get-ChildItem -LiteralPath $folder -Recurse -Include '*.xlsx', '*.xlsm' | ForEach-Object { $_.FullName })
        # The report says its pages; it is the largest book in its folder that nobody submitted.
        $count = if ($report -match '(\d+)') { [int]$Matches[1] } else { 0 }
        $made = @([regex]::Matches($report, '[A-Za-z]:[^\r\n]+?\.xlsx') | ForEach-Object { $_.Value })
        $pages = @{}
        foreach ($path in $made) { $pages[$path] = $count }
        $old = Get-ItemProperty -Path $security -Name AccessVBOM -ErrorAction SilentlyContinue
        New-Item -Path $security -Force -ErrorAction SilentlyContinue | Out-Null
        Set-ItemProperty -Path $security -Name AccessVBOM -Value 1 -Type DWord
        $excel = Start-Excel
        Add-Row 'Excel' $true "$($excel.Version) build $($excel.Build), $($excel.OperatingSystem), $scale %"
        Test-Workbooks $excel $paths $pages
    }
} catch {
    Add-Row 'the run itself' $false "$_"
} finally {
    if ($excel) {
        $excel.Quit()
        [void][Runtime.InteropServices.Marshal]::ReleaseComObject($excel)
        $closer.Stop()
        if ($old) { Set-ItemProperty -Path $security -Name AccessVBOM -Value $old.AccessVBOM -Type DWord }
        else { Remove-ItemProperty -Path $security -Name AccessVBOM -ErrorAction SilentlyContinue }
    }
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction SilentlyContinue
}
$head = @('', "## $(Get-Date -Format 'yyyy-MM-dd HH:mm'), $([Environment]::OSVersion.VersionString), screen $scale %", '',
    "$($rows.Count - $script:failed) of $($rows.Count) as expected.", '', '| what | | seen |', '|---|---|---|')
[IO.File]::AppendAllLines($Result, [string[]]($head + $rows), (New-Object Text.UTF8Encoding $true))
Write-Host "$Result"
exit $(if ($script:failed) { 1 } else { 0 })
