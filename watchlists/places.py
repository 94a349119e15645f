"""Where the files of a place stand inside a release."""

from urllib.parse import quote


def file_stem(place_id: str) -> str:
    """Turn an id into a file name that cannot leave its folder, one id one name.

    Examples
    --------
    >>> file_stem("530100-07"), file_stem("../a")
    ('530100-07', '%2E%2E%2Fa')
    """
    return quote(place_id, safe="").replace(".", "%2E").replace("~", "%7E")


def workbook_path(county_id: str, township_id: str) -> str:
    """Path of a township's workbook in the release."""
    return f"workbooks/{file_stem(county_id)}/{file_stem(township_id)}.xlsx"


def card_path(township_id: str) -> str:
    """Path of a township's cards in the release."""
    return f"cards/{file_stem(township_id)}.html"


def board_path(county_id: str) -> str:
    """Path of a county's board in the release."""
    return f"boards/{file_stem(county_id)}.html"
