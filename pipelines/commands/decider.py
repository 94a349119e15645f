"""Who decides and why, as a command that asks for both keeps them."""

from register.errors import ParamsError


def decider(by: str, why: str) -> dict[str, str]:
    """Write a name and a reason each on one line.

    Parameters
    ----------
    by, why : str
        As the terminal said.

    Returns
    -------
    dict
        ``by`` and ``why``.

    Raises
    ------
    ParamsError
        When nobody or no reason is named.

    Examples
    --------
    >>> decider(" 李红 ", "填错 户")
    {'by': '李红', 'why': '填错 户'}
    """
    both = {"by": " ".join(by.split()), "why": " ".join(why.split())}
    if not all(both.values()):
        raise ParamsError("--by and --why: found nothing, allowed are a name and a reason; both are kept")
    return both
