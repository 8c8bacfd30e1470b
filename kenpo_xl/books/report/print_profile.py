"""A LibreOffice profile that breaks lines as Excel does: no closing mark begins one (禁則).

A workbook of Excel cannot say so, and LibreOffice leaves it off in cells: before it saves the PDF, a macro of
the profile turns it on in the style that all cells inherit, with the marks of Japanese.
"""

from __future__ import annotations

from pathlib import Path

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"'
# The first setting keeps LibreOffice from putting its own, empty macros into a new profile.
_SETTINGS = """\
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Events/ApplicationEvents/Bindings">
<node oor:name="OnCopyTo" oor:op="replace"><prop oor:name="BindingURL" oor:op="fuse">
<value>vnd.sun.star.script:Standard.Lines.Keep?language=Basic&amp;location=application</value>
</prop></node></item>
</oor:items>
"""
_MACRO = """\
<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Lines" script:language="StarBasic">
Sub Keep(saved)
  On Error Resume Next
  Dim japanese As New com.sun.star.lang.Locale
  japanese.Language = &quot;ja&quot;
  japanese.Country = &quot;JP&quot;
  With saved.Source.StyleFamilies.getByName(&quot;CellStyles&quot;).getByName(&quot;Default&quot;)
    .CharLocaleAsian = japanese
    .ParaIsForbiddenRules = True
  End With
End Sub
</script:module>
"""
_FILES = {
    "registrymodifications.xcu": _SETTINGS,
    "basic/script.xlc": f'<library:libraries {_LIBRARY}><library:library library:name="Standard" '
    'library:link="false"/></library:libraries>\n',
    "basic/Standard/script.xlb": f'<library:library {_LIBRARY} library:name="Standard">'
    '<library:element library:name="Lines"/></library:library>\n',
    "basic/Standard/Lines.xba": _MACRO,
}


def make_print_profile(folder: Path) -> None:
    """Write the profile into a new folder."""
    for name, text in _FILES.items():
        path = folder / "user" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_HEAD + text, encoding="utf-8")
