"""The sentences above and below the forms of the month, each with what it rests on."""

from pathlib import Path
from typing import Literal

from register.parameters import parameter
from register.reference.cited import FOLDER, Named, entries
from register.reference.monthly_forms import Form

Place = Literal["title", "above", "below"]


class FormSentence(Named):
    """A sentence above or below the table of a paper; braces take place, month and days."""

    paper: Form = parameter("the paper it stands on")
    place: Place = parameter("where on the paper")


def form_sentences(paper: Form, path: Path = FOLDER / "monthly_sentences.yaml") -> tuple[FormSentence, ...]:
    """Load the sentences of a paper from top to bottom.

    Raises
    ------
    ParamsError
        When an entry lacks a date or a source.

    Examples
    --------
    >>> [one.code for one in form_sentences("meeting") if one.place == "title"]
    ['meeting_title']
    """
    return tuple(one for one in entries(path, FormSentence) if one.paper == paper)
