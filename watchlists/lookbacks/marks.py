"""Which list a cell says that its workbook is of."""

import re

from watchlists.release.store import ID_DIGITS

#: Season and id of a list, as `watchlists.lookbacks.sheet.mark` writes them, alone in a cell.
MARKED = re.compile(rf"((?:19|20)\d\dQ[1-4])-([0-9a-f]{{{ID_DIGITS}}})")
