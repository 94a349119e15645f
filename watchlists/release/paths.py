"""Where the files of a place stand inside a release: every path carries the whole key."""

from register.file_names import file_stem


def workbook_path(county_id: str, township_id: str) -> str:
    """Path of a township's workbook in the release."""
    return f"workbooks/{file_stem(county_id)}/{file_stem(township_id)}.xlsx"


def card_path(county_id: str, township_id: str) -> str:
    """Path of a township's cards in the release; two counties may share a township's id."""
    return f"cards/{file_stem(county_id)}/{file_stem(township_id)}.html"


def board_path(county_id: str) -> str:
    """Path of a county's board in the release."""
    return f"boards/{file_stem(county_id)}.html"


def place_name(county_id: str, township_id: str) -> str:
    """Name a township by its county and itself, one that is the whole county once.

    Examples
    --------
    >>> place_name("530901", "530901T02"), place_name("panel", "panel")
    ('530901 530901T02', 'panel')
    """
    return " ".join(dict.fromkeys((county_id, township_id)))
