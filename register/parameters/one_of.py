"""A text that must be one of some names the code declares elsewhere."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler


class OneOf:
    """What ``Literal`` says of names that are written out, for names that are declared.

    Parameters
    ----------
    names : iterable of str
        What is allowed.

    Examples
    --------
    >>> from typing import Annotated
    >>> from register.parameters import Section, parameter
    >>> class Chosen(Section):
    ...     kind: Annotated[str, OneOf(("folder", "sql"))] = parameter("what is read")
    >>> Chosen.of({"kind": "tape"}, "source")
    Traceback (most recent call last):
    ...
    register.errors.ParamsError: source.kind: found 'tape', allowed is folder or sql; mend it
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._literal = Literal[tuple(names)]

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> Any:  # noqa: ANN401 - pydantic's own kind
        """Give pydantic the schema of a literal."""
        return handler.generate_schema(self._literal)
