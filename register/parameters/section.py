"""A section of parameters: a frozen model that knows every name, unit, range and who decided."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic.config import JsonDict

from register.errors import ParamsError
from register.parameters.refusal import refusal
from register.seasons import season_end


def parameter(
    meaning: str,
    *,
    default: object = ...,
    unit: str = "",
    who: str = "project",
    source: str = "",
    alias: str | None = None,
    **limits: Any,  # noqa: ANN401 - whatever pydantic can bound: ge, gt, le, lt, min_length, max_length
) -> Any:  # noqa: ANN401 - it stands where the value will
    """Declare one parameter.

    Parameters
    ----------
    meaning : str
        What it says, in a few words; the comment beside it in the file begins with them.
    default : object, optional
        What holds where the file says nothing; without one the file must say it.
    unit : str
        Such as ``months``; empty for names, flags and plain counts the meaning tells.
    who : str
        Who decided, and may decide otherwise.
    source : str
        What the value rests on.
    alias : str, optional
        The name in the file, where Python keeps it for itself.
    **limits
        What pydantic can bound: ``ge``, ``gt``, ``le``, ``lt``, ``min_length``, ``max_length``.
    """
    about: JsonDict = {"unit": unit, "who": who, "source": source}
    return Field(default, alias=alias, description=meaning, json_schema_extra=about, **limits)


class Section(BaseModel):
    """Names and values of YAML, closed and strict: a text is no number, and a number no flag.

    Examples
    --------
    >>> class Window(Section):
    ...     months: int = parameter("length of the window", unit="months", ge=3)
    >>> Window.of({"months": 12}, "label").months
    12
    >>> Window.of({"months": "twelve"}, "label")
    Traceback (most recent call last):
    ...
    register.errors.ParamsError: label.months: found 'twelve', allowed is a whole number from 3; mend it
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, validate_by_name=True
    )

    @classmethod
    def of(cls, values: object, name: str = "") -> Self:
        """Take the section from what YAML holds.

        Parameters
        ----------
        values : object
            Names and values.
        name : str
            What the section is called, for the message.

        Raises
        ------
        HuitouError
            The first name that is unknown or missing, or value of another kind or out of
            range: where, what was found, what is allowed, what to do.
        """
        try:
            return cls.model_validate_json(_json(values))
        except RecursionError:
            raise ParamsError(f"{name}: found names and values inside themselves; write them out") from None
        except ValidationError as error:
            raise refusal(error, cls, name) from None

    def written(self) -> dict[str, Any]:
        """Give names and values as YAML, JSON and the tracking store hold them."""
        return self.model_dump(mode="json", by_alias=True)


def _json(values: object) -> str:
    """Write YAML's values as JSON, which knows lists and text where Python has more kinds than YAML."""
    return json.dumps(_plain(values))


def _plain(value: object) -> object:
    """Bring what YAML tags can make, such as sets and days, to the kinds that JSON has."""
    match value:
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
        case None | str() | bool() | int() | float():
            return value
        case date():
            return value.isoformat()
        case set():
            return {str(name): None for name in value}
    return [_plain(one) for one in value] if isinstance(value, Iterable) else str(value)


def _season(name: str) -> str:
    season_end(name)
    return name


#: A season such as ``2025Q4``.
Season = Annotated[str, AfterValidator(_season), WithJsonSchema({"type": "string", "format": "season"})]

#: What a line rises by at a change, as a share: 0.04 makes a new line of 1.04 times the old one.
Rise = Annotated[float, Field(gt=-1, le=1)]
