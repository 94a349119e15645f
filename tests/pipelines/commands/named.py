"""An office whose vault knows one household by name; invented, and planted so that any trace is found."""

from pipelines.workspace.workspace import HERE
from register.intake.ingest import Settings, ingest
from register.vault.place import VaultPlace
from tests.deliveries import Given
from tests.households import household, village_tables

NAME, PHONE, ADDRESS, NUMBER = "欧阳金丝雀", "19900004242", "金丝雀巷42号", "53302319800101424X"


def invented_office(office):
    """Take in Ouyang, who heads household H1 and is in the vault; H2 named nobody."""
    who = {"household_id": "H1", "member_id": "H1-9", "relation": "head", "name": NAME, "id_number": NUMBER}
    ouyang = household("H1", income=90, members=0, state={"phone": PHONE, "address": ADDRESS})
    tables = village_tables({**ouyang, "members": [who]}, household("H2", income=90))
    place = VaultPlace(office / "artifacts/vault", office / "keys/vault.key")
    ingest(Given(tables), HERE.register, Settings("folder", 0.0, None, place))
