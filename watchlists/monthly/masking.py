"""How a household is named where everybody can read it."""


def masked(head: str, household_id: str) -> str:
    """Name a household by the first character of its head's name; by its id where no name is known.

    Never more than one character: of a name of two, more would be the whole of it.

    Examples
    --------
    >>> masked("王小明", "H1"), masked("", "H1")
    ('王**', 'H1')
    """
    name = head.strip()
    return f"{name[0]}**" if name else household_id
