"""Every table of the register, by name, in the order they are read."""

from register.contract import Table
from register.tables.assistance import ASSISTANCE
from register.tables.employment import EMPLOYMENT
from register.tables.found_off_list import FOUND_OFF_LIST
from register.tables.health import HEALTH
from register.tables.households import HOUSEHOLDS
from register.tables.housing import HOUSING
from register.tables.income import INCOME
from register.tables.land import LAND
from register.tables.lookbacks import LOOKBACKS
from register.tables.members import MEMBERS
from register.tables.monitoring import MONITORING
from register.tables.relocation import RELOCATION
from register.tables.schooling import SCHOOLING
from register.tables.shocks import SHOCKS
from register.tables.villages import VILLAGES
from register.tables.water import WATER

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        VILLAGES,
        HOUSEHOLDS,
        MEMBERS,
        INCOME,
        EMPLOYMENT,
        HEALTH,
        SCHOOLING,
        RELOCATION,
        HOUSING,
        WATER,
        LAND,
        SHOCKS,
        ASSISTANCE,
        MONITORING,
        LOOKBACKS,
        FOUND_OFF_LIST,
    )
}

__all__ = ["TABLES"]
