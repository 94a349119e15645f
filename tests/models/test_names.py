import models.names
from models.names import POOLED, RISE, SCORE


def test_a_name_in_a_table_is_said_once():
    """A name that a table of features, seasons or counties could also hold would be taken for one of them."""
    names = {name: value for name, value in vars(models.names).items() if name.isupper()}
    assert names == {"POOLED": POOLED, "SCORE": SCORE, "RISE": RISE}
    assert len(set(names.values())) == len(names)
