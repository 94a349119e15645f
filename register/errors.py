"""Errors that a person can act on: one line each, with the exit code of the documented table."""


class HuitouError(ValueError):
    """Base of all expected failures.

    The message is one sentence that says what was found, where, what is allowed and
    what to do next. It never carries a personal value. `exit_code` is the code the
    command line ends with (README, "Exit codes").
    """

    exit_code = 1


class ParamsError(HuitouError):
    """A parameter is missing, unknown or outside what is allowed."""

    exit_code = 2


class SourceError(HuitouError):
    """The source cannot be opened or read."""

    exit_code = 3


class ContractError(HuitouError):
    """The data do not keep the contract of their table."""

    exit_code = 4


class SeasonError(HuitouError):
    """A season cannot be trained, judged or listed with the data at hand."""

    exit_code = 5


class PromotionError(HuitouError):
    """A run may not become the champion; one line a gate that it failed."""

    exit_code = 5


class StoreError(HuitouError):
    """A stored file is damaged, missing or cannot be written."""

    exit_code = 6


class LeakageError(HuitouError):
    """Something from after the as-of date, or a label, reached the features."""

    exit_code = 7


class Interrupted(HuitouError):
    """Whoever started the command stopped it: Ctrl-C, `kill`, or a terminal that was closed."""

    def __init__(self, message: str, exit_code: int = 130) -> None:
        super().__init__(message)
        self.exit_code = exit_code
