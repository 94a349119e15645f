"""The key of invented data: published, so that ids, draws and figures come out alike everywhere."""

import hashlib

#: Whoever reads this can make the pseudonym of any invented id. A key file that holds it is refused.
PUBLISHED_KEY = hashlib.sha256(b"huitou: whoever was invented has nothing to hide").digest()
#: Kinds of source (`register.sources.open.KINDS`) whose households nobody ever was.
INVENTED = frozenset({"simulator"})


def is_invented(source_kind: str) -> bool:
    """Say whether nobody of a kind of source ever lived, so that its ids may be hidden under a published key.

    Examples
    --------
    >>> is_invented("simulator"), is_invented("folder")
    (True, False)
    """
    return source_kind in INVENTED
