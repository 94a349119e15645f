"""A workbook as WPS Office writes it. Imitated: the program cannot be had here.

What public reports and files say WPS Spreadsheets 11 and 12 do otherwise than the programs
that are tested for real, each by editing the parts of the package:

- every worksheet declares WPS's own namespace ``etc`` beside xdr, x14 and mc, and
  ``xl/customStorage``, ``customXml`` hang on relationships and namespaces of its own
  (``http://www.wps.cn/officeDocument/2017/etCustomData``, ``.../2023/relationships/customStorage``,
  ``https://web.wps.cn/et/2018/main``; seen in files of public repositories);
- ``docProps/custom.xml`` holds KSOProductBuildVer and ICV, ``app.xml`` names WPS Office (the same);
- texts are shared strings, some in runs of fonts (``<r><rPr>``), with ``<phoneticPr>`` after them;
- the stated dimension is A1 whatever the sheet holds (github.com/langgenius/dify/issues/1039);
- a typed date is its serial number under a Chinese format, and the default style is 常规;
- empty cells keep a style and ``spans`` stand on rows;
- members of the zip may be parted by backslashes (github.com/tafia/calamine/issues/530,
  github.com/PHPOffice/PhpSpreadsheet/issues/3472, both of Chinese offices' files).
"""

import re
import zipfile
from xml.etree import ElementTree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WPS = "http://www.wps.cn/officeDocument"
OWN = {
    "xmlns:xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "xmlns:x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "xmlns:etc": f"{WPS}/2017/etCustomData",
}
ADDED = {
    "docProps/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties">'
    "<Application>WPS Office_12.1.0.26895_F1E327BC-269C-435d-A152-05C5408002CA</Application></Properties>",
    "docProps/custom.xml": f'<Properties xmlns="{OFFICE}/custom-properties" '
    f'xmlns:vt="{OFFICE}/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    "<vt:lpwstr>2052-12.1.0.26895</vt:lpwstr></property></Properties>",
    "xl/customStorage/customStorage.xml": f'<s:customStorage xmlns:s="{WPS}/2023/customStorage"/>',
    "customXml/item1.xml": '<allowEditUser xmlns="https://web.wps.cn/et/2018/main"/>',
}
TYPES = {
    "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "/xl/customStorage/customStorage.xml": "application/vnd.wps-officedocument.customStorage+xml",
    "/xl/sharedStrings.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
}


def q(name, namespace=MAIN):
    return f"{{{namespace}}}{name}"


def saved_by_wps(source, target, separator="/"):
    """Write `source` to `target` in that shape."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = []
    for name in sorted(parts):
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = written(worksheet(ElementTree.fromstring(parts[name]), strings))
    parts |= {name: text.encode() for name, text in ADDED.items()}
    parts["xl/sharedStrings.xml"] = written(shared(strings))
    parts["xl/styles.xml"] = styles(parts["xl/styles.xml"].decode()).encode()
    parts["[Content_Types].xml"] = content_types(parts["[Content_Types].xml"])
    parts["xl/_rels/workbook.xml.rels"] = relationships(parts["xl/_rels/workbook.xml.rels"])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("/", separator), content)
    return target


def written(root):
    """Serialise, the root's namespace being the default one, as office programs have it."""
    text = ElementTree.tostring(root, "unicode")
    own = re.match(r"<(\w+):", text)[1]
    plain = text.replace(f"<{own}:", "<").replace(f"</{own}:", "</").replace(f"xmlns:{own}=", "xmlns=")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{plain}'.encode()


def worksheet(root, strings):
    """Declare the namespaces, state A1, number the strings, and let rows have spans."""
    root.attrib |= OWN
    root.find(q("dimension")).set("ref", "A1")
    for row in root.iter(q("row")):
        row.set("spans", f"1:{len(row)}")
    for cell in root.iter(q("c")):
        if cell.get("t") == "inlineStr":
            strings.append("".join(cell.itertext()))
            cell[:] = []
            cell.set("t", "s")
            ElementTree.SubElement(cell, q("v")).text = str(len(strings) - 1)
        elif not len(cell):
            cell.attrib.pop("t", None)
    return root


def shared(strings):
    """List the strings; every second one as two runs, as after a cell was edited in part."""
    table = ElementTree.Element(
        q("sst"), nsmap={None: MAIN}, count=str(len(strings)), uniqueCount=str(len(strings))
    )
    for number, text in enumerate(strings):
        item = ElementTree.SubElement(table, q("si"))
        if number % 2 and len(text) > 1:
            for part in (text[:1], text[1:]):
                run = ElementTree.SubElement(item, q("r"))
                ElementTree.SubElement(ElementTree.SubElement(run, q("rPr")), q("rFont"), val="宋体")
                ElementTree.SubElement(run, q("t")).text = part
        else:
            ElementTree.SubElement(item, q("t")).text = text
        ElementTree.SubElement(item, q("phoneticPr"), fontId="1", type="noConversion")
    return table


def styles(text):
    """Format dates as WPS offers them in China, and name the default style 常规."""
    dated = text.replace(
        'formatCode="yyyy-mm-dd"', 'formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"'
    )
    assert dated != text
    return re.sub(r'name="Normal"', 'name="常规"', dated)


def content_types(raw):
    root = ElementTree.fromstring(raw)
    for part, kind in TYPES.items():
        ElementTree.SubElement(
            root, q("Override", f"{PACKAGE}/content-types"), PartName=part, ContentType=kind
        )
    return written(root)


def relationships(raw):
    root = ElementTree.fromstring(raw)
    for number, (kind, place) in enumerate(
        (
            (f"{OFFICE}/relationships/sharedStrings", "sharedStrings.xml"),
            (f"{WPS}/2023/relationships/customStorage", "customStorage/customStorage.xml"),
            (f"{OFFICE}/relationships/customXml", "../customXml/item1.xml"),
        ),
        90,
    ):
        told = {"Id": f"rId{number}", "Type": kind, "Target": place}
        ElementTree.SubElement(root, q("Relationship", f"{PACKAGE}/relationships"), told)
    return written(root)
