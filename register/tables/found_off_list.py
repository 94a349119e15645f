"""Visits off the list: what was found at a household that its season's list does not name."""

from register.contract import Table
from register.tables.lookbacks import LOOKBACKS

#: Says the same of a visit as a look-back does; that the list did not lead there is said by the table.
FOUND_OFF_LIST = Table(
    "found_off_list",
    "名单外走访",
    "visit off the list",
    "一行是对名单外一户的一次走访；由填好的工作簿读回 / "
    "a row is a visit to a household that is not on the season's list; read back from the filled workbook",
    LOOKBACKS.key,
    LOOKBACKS.event,
    LOOKBACKS.columns,
)
