"""The office program itself, started once without a window for many files: what hands do, as a macro."""

import os
import subprocess

FILTERS = {
    ".xlsx": ("Calc MS Excel 2007 XML", ""),
    ".xls": ("MS Excel 97", ""),
    ".ods": ("calc8", ""),
}
#: As a person saves the third sheet as CSV: comma, quotes, encoding, cells as they are shown.
CSV = "44,34,{encoding},1,,0,false,true,false,false,false,3"
ENCODINGS = {"utf-8": 76, "gbk": 67}
#: What hands do, word for word as the macro calls it.
MACRO = """
Function Named(name As String, value As Variant) As Variant
    Dim one As New com.sun.star.beans.PropertyValue
    one.Name = name
    one.Value = value
    Named = one
End Function

Function Opened(path As String) As Object
    Opened = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, Array(Named("Hidden", True)))
End Function

Function Sealed(password As String) As Variant
    Dim key As New com.sun.star.beans.NamedValue, way As New com.sun.star.beans.NamedValue
    key.Name = "OOXPassword"
    key.Value = password
    way.Name = "CryptoType"
    way.Value = "Standard"
    Sealed = CreateUnoValue("[]com.sun.star.beans.NamedValue", Array(key, way))
End Function

Sub SaveAs(doc As Object, path As String, filter As String, options As String, password As String)
    Dim how(1) As Variant
    how(0) = Named("FilterName", filter)
    how(1) = Named("FilterOptions", options)
    If password <> "" Then
        ReDim Preserve how(2)
        how(2) = Named("Password", password)
        If filter = "Calc MS Excel 2007 XML" Then how(2) = Named("EncryptionData", Sealed(password))
    End If
    doc.storeToURL(ConvertToURL(path), how())
    doc.close(True)
End Sub

Sub SortDown(sheet As Object, area As String, column As Integer)
    Dim fields(0) As New com.sun.star.table.TableSortField
    sheet.unprotect("")
    fields(0).Field = column
    fields(0).IsAscending = False
    sheet.getCellRangeByName(area).sort(Array(Named("SortFields", fields()), Named("ContainsHeader", True)))
End Sub

Sub FilterRows(sheet As Object, area As String, column As Integer, text As String)
    Dim fields(0) As New com.sun.star.sheet.TableFilterField
    Dim range As Object, how As Object
    range = sheet.getCellRangeByName(area)
    how = range.createFilterDescriptor(True)
    fields(0).Field = column
    fields(0).IsNumeric = False
    fields(0).StringValue = text
    fields(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
    how.setFilterFields(fields())
    how.ContainsHeader = True
    range.filter(how)
End Sub

Sub Comment(sheet As Object, cell As String, text As String)
    sheet.unprotect("")
    sheet.Annotations.insertNew(sheet.getCellRangeByName(cell).CellAddress, text)
End Sub

Sub Photo(doc As Object, sheet As Object, path As String)
    Dim shape As Object, size As New com.sun.star.awt.Size
    shape = doc.createInstance("com.sun.star.drawing.GraphicObjectShape")
    shape.Graphic = createUnoService("com.sun.star.graphic.GraphicProvider").queryGraphic( _
        Array(Named("URL", ConvertToURL(path))))
    size.Width = 2000
    size.Height = 2000
    shape.setSize(size)
    sheet.DrawPage.add(shape)
End Sub

Sub Main
    Dim doc As Object, sheet As Object
    On Error GoTo Fault
{work}
    StarDesktop.terminate()
    Exit Sub
Fault:
    Open {fault} For Output As #1
    Print #1, Error$ & " in line " & Erl
    Close #1
    StarDesktop.terminate()
End Sub
"""
#: A profile that the program takes for its own: into a new one it copies an empty library over ours.
SET_UP = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Hands"/>
</library:library>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"
 xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Hands"
 script:language="StarBasic">{code}</script:module>
"""


class Hands:
    """Jobs for the program, done in one start.

    Parameters
    ----------
    folder : Path
        For its profile.
    """

    def __init__(self, folder):
        self.folder, self._work = folder, []

    def save(self, source, target, *steps, encoding=None, password=""):
        """Open a workbook, take steps on its sheet 回头看, and save it as what the name ends in."""
        name, options = FILTERS.get(target.suffix, ("Text - txt - csv (StarCalc)", ""))
        saved = target
        if encoding:
            options = CSV.format(encoding=ENCODINGS[encoding])
            saved = target.with_name(f"{target.stem}-回头看.csv")
        self._work += [
            f"doc = Opened({quoted(source)})",
            f"sheet = doc.Sheets.getByName({quoted('回头看')})",
            *steps,
            f"SaveAs doc, {quoted(target)}, {quoted(name)}, {quoted(options)}, {quoted(password)}",
        ]
        return saved

    def work(self):
        """Start the program; all saves are done when it ends."""
        basic = self.folder / "profile" / "user" / "basic"
        (basic / "Standard").mkdir(parents=True)
        (basic.parent / "registrymodifications.xcu").write_text(SET_UP, encoding="utf-8")
        (basic / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
        (basic / "Standard" / "script.xlb").write_text(LIBRARY, encoding="utf-8")
        fault = self.folder / "fault.txt"
        work = "\n".join(f"    {line}" for line in self._work)
        code = MACRO.replace("{work}", work).replace("{fault}", quoted(fault))
        escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        (basic / "Standard" / "Hands.xba").write_text(MODULE.format(code=escaped), encoding="utf-8")
        profile = f"-env:UserInstallation=file://{self.folder / 'profile'}"
        command = ["soffice", profile, "--headless", "--norestore", "macro:///Standard.Hands.Main"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        assert not fault.exists(), fault.read_text(encoding="utf-8")


def quoted(text):
    """Write a text as the macro has it."""
    return '"' + str(text).replace('"', '""') + '"'
