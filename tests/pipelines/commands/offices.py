"""An office with own numbers, names in the vault, a list, and people who look for households."""

import polars as pl

from pipelines.stages.ingest import main as ingest_stage
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.keys.key_file import load_key
from register.keys.pseudonym import Pseudonymiser
from tests.households import household, village_tables, write_folder
from tests.parameters import write_parameters

#: By own number, as the export has it: householder and what is recorded of the household.
LISTED, OTHER, WATCHED, TWIN = (f"053062300100{number:04}" for number in (17, 18, 19, 20))
HEADS = {LISTED: "欧阳金丝雀", OTHER: "王桂花", WATCHED: "阿依·古丽", TWIN: "王桂花"}
PHONE, ADDRESS = "19900004242", "金丝雀巷42号"
IDENTIFIED = {
    "occurred_on": "2024-05-10",
    "event": "identified",
    "group": "unstable",
    "main_cause": "illness",
}


def _home(number, head):
    who = {"member_id": f"{number}9", "relation": "head", "name": head}
    reached = {"phone": PHONE, "address": ADDRESS} if number == LISTED else {}
    watched = [IDENTIFIED] if number == WATCHED else []
    home = household(number, members=0, income=300.0, state=reached, monitoring=watched)
    return {**home, "members": [{"household_id": number, **who}]}


def county_office(office):
    """Take in the export of four households and publish a list; give their ids by own number.

    Ouyang is listed, one Wang scored and not listed, A-yi monitored; the other Wang is out of the cohort.
    """
    keys = {"privacy.key_file": str(office / "keys/pseudonym.key"), "privacy.vault": str(office / "vault")}
    write_parameters(office, {"source.kind": "folder", "source.path": "sent", "season": "2025Q4", **keys})
    tables = village_tables(*(_home(number, head) for number, head in HEADS.items()))
    tables["villages"] = tables["villages"].with_columns(region_id=pl.lit("530000"), name=pl.lit("大河村"))
    write_folder(office / "sent", tables)
    ingest_stage(HERE, load_params())
    hide = Pseudonymiser(load_key(office / "keys/pseudonym.key")).pseudonym
    return {number: hide("household_id", number) for number in HEADS}
