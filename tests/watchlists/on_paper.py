"""How large a sheet's characters are on A4, its columns made to fit the page."""

#: Pixels a character of a column's width in LibreOffice (Excel: 7), 96 to an inch.
CHARACTER = 7.43


def points(sheet):
    """Give the size of the second row's characters as they are printed."""
    area = sheet.print_area.split("!")[1].replace("$", "") if sheet.print_area else sheet.dimensions
    widths = {  # columns of one width stand together
        place: one.width for one in sheet.column_dimensions.values() for place in range(one.min, one.max + 1)
    }
    wide = sum(widths[cell.column] * CHARACTER for cell in sheet[area][0]) * 72 / 96
    room = 297 / 25.4 * 72 - (sheet.page_margins.left + sheet.page_margins.right) * 72
    return sheet["C2"].font.size * min(1, room / wide)
