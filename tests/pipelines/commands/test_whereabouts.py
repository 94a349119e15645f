"""What is gathered of one household: nothing of the vault unless it is asked for."""

import pytest

from pipelines.commands.whereabouts import whereabouts
from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.store import Register
from tests.pipelines.commands.offices import ADDRESS, HEADS, LISTED, OTHER, PHONE, county_office
from tests.watchlists.explaining import kept, released, scored


@pytest.fixture
def gathered(office):
    """Ouyang is listed; the others are on record and not scored."""
    ids = county_office(office)
    listed = [scored(ids[LISTED], rank=3)]
    release = released(office, listed, [kept(ids[LISTED])], hidden_under=noted_key(HERE))
    shard = Register(HERE.register).shard("C1")

    def gather(number, *, with_names):
        return [*whereabouts(shard, ids[number], release, load_params(), with_names=with_names)]

    return gather


@pytest.mark.parametrize("number", HEADS)
def test_nothing_of_the_vault_is_told_unless_asked_for(gathered, number):
    plain, named = (str(gathered(number, with_names=asked)) for asked in (False, True))
    for secret in (*HEADS, *HEADS.values(), PHONE, ADDRESS):
        assert secret not in plain
    assert HEADS[number] in named
    assert number in named
    assert (PHONE in named) == (number == LISTED)


@pytest.mark.parametrize("number", [LISTED, OTHER])
def test_every_sentence_stands_in_both_languages(gathered, number):
    for zh, en in gathered(number, with_names=True):
        assert zh
        assert en
