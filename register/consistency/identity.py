"""Identity: phones and identity numbers, read before they part to the vault.

A finding says whose entry is in doubt, never what stands in it.
"""

import polars as pl

from register.consistency.declaration import check
from register.consistency.known import Known
from register.ids.identifiers import is_citizen_number

#: A citizen's number has 18 characters, a disability certificate 20 or 22 (DOMAIN 3.6).
LENGTHS = (18, 20, 22)
#: The same phone is written with blanks, dashes or the country's code.
PHONE = pl.col("phone").str.replace_all(r"[\s-]", "").str.replace(r"^(?:\+|00)?86(1\d{10})$", "${1}")
NUMBER = pl.col("id_number").str.to_uppercase()
#: Code -> whose entries (`Known`) and how they compare, within a county and across.
ENTRIES = {
    "shared_phone": ("people", PHONE),
    "shared_household_phone": ("households", PHONE),
    "duplicate_id_number": ("people", NUMBER),
}


@check(
    severity="warning",
    zh="多户使用同一电话",
    en="one phone in several households",
    next_step="核实并更新联系电话 / verify and update the phone",
    reads=("members.phone",),
    limits=("phone_households",),
    source="DOMAIN 3.6, same phone across households [C1]",
)
def shared_phone(known: Known) -> pl.DataFrame:
    entered = known.people.filter(pl.col("phone").is_not_null())
    homes = pl.col("household_id").n_unique().over(PHONE)
    return entered.filter(homes >= known.limits["phone_households"])


@check(
    severity="warning",
    zh="多户登记同一户联系电话",
    en="one household phone in several households",
    next_step="核实并更新联系电话 / verify and update the phone",
    reads=("households.phone",),
    limits=("phone_households",),
    source="DOMAIN 3.6, same phone across households [C1]",
)
def shared_household_phone(known: Known) -> pl.DataFrame:
    entered = known.households.filter(pl.col("phone").is_not_null())
    return entered.filter(pl.len().over(PHONE) >= known.limits["phone_households"])


@check(
    severity="error",
    zh="证件号码重复",
    en="one identity number of several persons",
    next_step="核对证件，合并重复人员 / check the card; merge a person entered twice",
    reads=("members.id_number",),
    source="DOMAIN 3.6, duplicate ids [C1]",
)
def duplicate_id_number(known: Known) -> pl.DataFrame:
    entered = known.people.filter(pl.col("id_number").is_not_null())
    return entered.filter(pl.len().over(NUMBER) > 1)


@check(
    severity="error",
    zh="证件号码位数不是18、20或22位",
    en="identity number of a length other than 18, 20 or 22",
    next_step="按证件更正号码 / correct the number from the card",
    reads=("members.id_number",),
    source="DOMAIN 3.6, id length not 18/20/22 [C1]",
)
def id_number_length(known: Known) -> pl.DataFrame:
    return known.people.filter(~pl.col("id_number").str.len_chars().is_in(LENGTHS))


@check(
    severity="error",
    zh="证件号码校验位不符",
    en="identity number whose last character does not fit the others",
    next_step="按证件更正号码 / correct the number from the card",
    reads=("members.id_number",),
    source="GB 11643-1999; RELIABILITY case 5",
)
def id_number_checksum(known: Known) -> pl.DataFrame:
    citizens = known.people.filter(pl.col("id_number").str.len_chars() == LENGTHS[0])
    return citizens.filter(~is_citizen_number(citizens["id_number"]))


@check(
    severity="warning",
    zh="证件号码中的出生日期与登记不符",
    en="date of birth differs from the one in the identity number",
    next_step="按证件更正出生日期或号码 / correct the date or the number from the card",
    reads=("members.id_number", "members.birth_date"),
    source="GB 11643-1999, digits 7 to 14",
)
def id_number_against_birth(known: Known) -> pl.DataFrame:
    long = known.people.filter(pl.col("id_number").str.len_chars().is_in(LENGTHS))
    return long.filter(pl.col("id_number").str.slice(6, 8) != pl.col("birth_date").dt.strftime("%Y%m%d"))
