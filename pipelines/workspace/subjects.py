"""Who is meant by an id of the list or an own number: a household, or one of its members."""

from collections.abc import Mapping

import polars as pl

from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.own_numbers import key_made_under
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.traces import HOUSEHOLD, PERSON, Subject
from pipelines.workspace.workspace import Workspace
from register.cells.blanks import BLANKS
from register.errors import StoreError
from register.keys.pseudonym import Pseudonymiser, is_pseudonym
from register.store import MANIFEST, Register


def subject_of(workspace: Workspace, wanted: str, params: Parameters) -> Subject:
    """Make out a household or a person by an id.

    Parameters
    ----------
    workspace : Workspace
    wanted : str
        Id of the list, or own number of a household or a person, as it was delivered.
    params : Parameters

    Returns
    -------
    Subject
        One that the register does not know is taken for a household: releases, runs and
        look-backs may know it.

    Raises
    ------
    StoreError
        When an own number is named and the key that makes an id of it is not at hand, or
        the register is damaged.
    """
    ids = _ids(workspace, wanted.strip(BLANKS), params)
    if (workspace.register / MANIFEST).is_file():
        register = Register(workspace.register)
        for county in register.counties:
            known = _in_county(register.shard(county).tables, ids, county)
            if known:
                return known
    return Subject(ids[HOUSEHOLD])


def _ids(workspace: Workspace, bare: str, params: Parameters) -> dict[str, str]:
    """Give the id it is as a household's and as a person's."""
    made_under = noted_key(workspace)
    if is_pseudonym(bare) or made_under is None:
        if not is_pseudonym(bare) and params.privacy.pseudonymise:
            raise StoreError(
                f"{workspace.register}: no register says under which key own numbers are hidden; "
                "name the household by its id of the list, or run huitou run first"
            )
        return {HOUSEHOLD: bare, PERSON: bare}
    hide = Pseudonymiser(key_made_under(made_under, params.privacy)).pseudonym
    return {kind: hide(kind, bare) for kind in (HOUSEHOLD, PERSON)}


def _in_county(tables: Mapping[str, pl.DataFrame], ids: dict[str, str], county: str) -> Subject | None:
    households, members = tables["households"], tables["members"]
    person = members.filter(pl.col(PERSON) == ids[PERSON])
    is_home = bool((households[HOUSEHOLD] == ids[HOUSEHOLD]).any())
    if not is_home and person.is_empty():
        return None
    home = ids[HOUSEHOLD] if is_home else person.sort("valid_from")[HOUSEHOLD][-1]
    everybody = members.filter(pl.col(HOUSEHOLD) == home)[PERSON].unique().sort()
    return Subject(home, tuple(everybody), None if is_home else ids[PERSON], county)
