"""What a mapped cell holds: a number, or a text whose codes are all listed."""

import polars as pl

from register.cells.numbers import numbers
from register.errors import ContractError
from register.sources.fill import delivered, filled
from register.sources.header import safe_names
from register.sources.mapping_cell import Cell
from register.sources.panel.waves import POINT

#: Stands among the codes of a mapping for every text that is not listed.
REST = "*"
#: Rows that hold a value before it is nobody's own and may stand in a message.
SHARED = 8
#: Values that a message names, at most.
NAMED = 8


def number(file: str, fact: str, cell: Cell, frame: pl.DataFrame) -> pl.Series:
    """Read a cell as a number.

    Parameters
    ----------
    file, fact : str
        For the message.
    cell : Cell
        Several columns are added; what is missing counts nothing beside what is there.
    frame : DataFrame
        Delivered columns, as text.

    Returns
    -------
    Series of float, shape (n_rows,)
        Missing where all its columns are.

    Raises
    ------
    ContractError
        When a cell is no number.
    """
    if cell.codes is not None or not cell.headers:
        # A label such as "10 or more" is a number by its code; numbers need none.
        by_code = filled(cell.model_copy(update={"factor": 1}), {})
        texts = [frame.select(by_code.alias(fact))[fact]]
    else:
        texts = [frame.select(delivered(header, cell).alias(fact))[fact] for header in cell.headers]
    read = [one.to_frame(fact).select(numbers(pl.col(fact)))[fact] for one in texts]
    for one, made in zip(texts, read, strict=True):
        strange = one.filter(one.is_not_null() & made.is_null())
        if len(strange):
            raise ContractError(
                f"{file}: {fact}, column {_columns(cell, frame)}: {len(strange)} cells are no plain number"
                f"{_shared(strange)}; list what stands for no answer under no_answer, or clean the column"
            )
    columns = pl.DataFrame([one.alias(str(place)) for place, one in enumerate(read)])
    is_there = pl.any_horizontal(pl.all().is_not_null())
    total = pl.when(is_there).then(pl.sum_horizontal(pl.all())) * _factor(cell)
    return columns.select(total.alias(fact))[fact]


def text(file: str, fact: str, cell: Cell, frame: pl.DataFrame) -> pl.Series:
    """Read a cell as text; a code with or without capitals, and `*` for all that is not listed.

    Raises
    ------
    ContractError
        When a text is not among the codes and nothing is said of the rest.
    """
    made = filled(cell.model_copy(update={"codes": None}), {})
    texts = frame.select(made.str.replace(POINT, "${1}").alias(fact))[fact]
    if cell.codes is None:
        return texts
    codes = {code.casefold(): meaning for code, meaning in cell.codes.items()}
    codes |= {
        meaning.casefold(): meaning
        for meaning in cell.codes.values()
        if meaning and meaning.casefold() not in codes
    }
    folded = texts.str.to_lowercase()
    strange = texts.filter(texts.is_not_null() & ~folded.is_in(list(codes)))
    if len(strange) and REST not in codes:
        raise ContractError(
            f"{file}: {fact}, column {_columns(cell, frame)}: {len(strange)} cells are not among its codes"
            f"{_shared(strange)}; list them (a labelled code by its label), or write '*' for all others"
        )
    return folded.replace_strict(
        list(codes), list(codes.values()), default=codes.get(REST), return_dtype=pl.String
    )


def _columns(cell: Cell, frame: pl.DataFrame) -> str:
    return " and ".join(safe_names(cell.headers, frame.columns, cell.headers))


def _shared(strange: pl.Series) -> str:
    """Name the values that many rows share: no household's own."""
    counts = strange.value_counts(sort=True).filter(pl.col("count") >= SHARED)
    names = [one for one in counts[strange.name].to_list() if len(one) <= 40][:NAMED]
    return f", such as {sorted(names)}" if names else ""


def _factor(cell: Cell) -> float:
    whole, _, parts = str(cell.factor).partition("/")
    return float(whole) / float(parts or 1)
