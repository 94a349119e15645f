"""What a simulated prefecture looks like: the figures that are published of real ones."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from register.tables import TABLES
from register.tables.income import BUSINESS, COST, EARNED, WAGE
from simulator.measured_truth import true_figures

Tables = Mapping[str, pl.DataFrame]
#: Day on which the people are counted, and the years that incomes are published of.
COUNTED = date(2024, 12, 31)
CAUSES = ("illness", "disability", "labour", "schooling", "employment", "accident", "disaster", "business")


def figures(text: Tables, truth: Tables) -> dict[str, float]:
    """Measure what `bands.yaml` names.

    Parameters
    ----------
    text : mapping of str to DataFrame
        Tables as delivered, all counties; spoilt cells count as missing.
    truth : mapping of str to DataFrame
        The truth, all counties.

    Returns
    -------
    dict of str to float
    """
    tables = {name: _typed(name, frame) for name, frame in text.items()}
    people = _people(tables)
    return {
        **_shares(tables, people),
        **_work(tables, people),
        **_income(tables, people),
        **true_figures(truth),
        **_monitored(tables, people),
        **_recording(tables["income"]),
    }


def _typed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Read the text as the contract says, the last version of every fact."""
    table = TABLES[name]
    typed = frame.select(_read(column, kind) for column, kind in table.schema.items())
    return typed.sort("recorded_on").unique(list(table.key), keep="last", maintain_order=True)


def _read(column: str, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Date():
        return pl.col(column).str.to_date("%Y-%m-%d", strict=False)
    return pl.col(column).eq("true") if kind == pl.Boolean() else pl.col(column).cast(kind, strict=False)


def _sum(frame: pl.DataFrame, column: str) -> float:
    return float(frame.select(pl.col(column).cast(pl.Float64).sum()).item())


def _people(tables: Tables) -> pl.DataFrame:
    """List the households of the counting day with their persons."""
    households = _in_force(tables["households"]).unique("household_id", keep="last")
    sizes = _in_force(tables["members"]).unique("member_id", keep="last").group_by("household_id").agg(
        persons=pl.len(),
        able=pl.col("labour").is_in(["skilled", "ordinary"]).sum(),
        minority=(pl.col("ethnicity") == "minority").any(),
    )  # fmt: skip
    return households.join(sizes, on="household_id").with_columns(lifted=pl.col("category") == "lifted_out")


def _in_force(states: pl.DataFrame) -> pl.DataFrame:
    ended = pl.col("valid_to").is_null() | (pl.col("valid_to") > COUNTED)
    return states.filter((pl.col("valid_from") <= COUNTED) & ended).sort("valid_from")


def _mean(frame: pl.DataFrame, what: pl.Expr) -> float:
    return float(frame.select(what.cast(pl.Float64).mean()).item() or 0.0)


def _has(people: pl.DataFrame, records: pl.DataFrame) -> float:
    return _mean(people, pl.col("household_id").is_in(records["household_id"].unique().implode()))


def _shares(tables: Tables, people: pl.DataFrame) -> dict[str, float]:
    lifted, others = people.filter("lifted"), people.filter(~pl.col("lifted"))
    moved = tables["relocation"].filter(pl.col("site_id").is_not_null())
    studies = tables["schooling"].filter(
        pl.col("started_on") <= COUNTED, pl.col("ended_on").is_null() | (pl.col("ended_on") > COUNTED)
    )
    return {
        "lifted_out_share": _mean(people, pl.col("lifted")),
        "persons_lifted_out": _mean(lifted, pl.col("persons")),
        "persons_ordinary": _mean(others, pl.col("persons")),
        "relocated_share": _has(lifted, moved),
        "minority_share": _mean(people, pl.col("minority")),
        "chronic_share": _has(people, tables["health"].filter(pl.col("kind") == "chronic")),
        "student_share": _has(people, studies),
    }


def _work(tables: Tables, people: pl.DataFrame) -> dict[str, float]:
    jobs = tables["employment"].filter(
        pl.col("started_on") <= COUNTED, pl.col("ended_on").is_null() | (pl.col("ended_on") > COUNTED)
    )
    lifted = people.filter("lifted")
    away = jobs.filter(
        (pl.col("activity") == "employee") & (pl.col("place") != "village"),
        pl.col("household_id").is_in(lifted["household_id"].implode()),
    ).unique("member_id")
    return {
        "labour_share": _sum(people, "able") / _sum(people, "persons"),
        "away_share": len(away) / _sum(lifted, "persons"),
        "outside_share": _mean(away, pl.col("place") == "outside"),
    }


def _income(tables: Tables, people: pl.DataFrame) -> dict[str, float]:
    lifted = people.filter("lifted")
    income = tables["income"].filter(pl.col("household_id").is_in(lifted["household_id"].implode()))
    measured: dict[str, float] = {}
    for year in (2021, 2022):
        at = income.filter(pl.col("occurred_on").dt.year() == year)
        total = {
            name: _sum(at.filter(pl.col("source").is_in(sources)), "amount")
            for name, sources in (("wage", WAGE), ("business", BUSINESS), ("all", EARNED), ("cost", COST))
        }
        net = total["all"] - total["cost"]
        measured[f"income_{year}"] = net / _sum(lifted, "persons")
        business = total["business"] - total["cost"]
        shares = {"wage": total["wage"], "business": business, "other": net - total["wage"] - business}
        measured |= {f"{name}_share": amount / net for name, amount in shares.items()}
    return measured


def _monitored(tables: Tables, people: pl.DataFrame) -> dict[str, float]:
    events = tables["monitoring"].drop_nulls(["occurred_on", "event"]).sort("household_id", "occurred_on")
    identified = events.filter(pl.col("event") == "identified").drop_nulls("group").join(
        people.select("household_id", "lifted"), on="household_id"
    )  # fmt: skip
    first: date = tables["households"].select(pl.col("valid_from").min()).item()
    last: date = events.select(pl.col("recorded_on").max()).item()
    new, years = identified.filter(pl.col("occurred_on") >= first), (last - first).days / 365.25
    rates = {
        name: len(new.filter(pl.col("lifted") == lifted)) / years / int((people["lifted"] == lifted).sum())
        for name, lifted in (("included_lifted_out", True), ("included_ordinary", False))
    }
    early = identified.filter(pl.col("occurred_on") <= date(2021, 12, 31))
    groups = {
        f"{group}_2021": _mean(early, pl.col("group") == group)
        for group in ("unstable", "marginal", "sudden")
    }
    causes = {f"cause_{cause}": _mean(new, pl.col("main_cause") == cause) for cause in CAUSES}
    guarantees = _mean(new, pl.col("main_cause").is_in(["housing", "water"]))
    return {
        **rates,
        "sudden_inflow": _mean(new, pl.col("group") == "sudden"),
        **groups,
        **causes,
        "cause_guarantees": guarantees,
        **_eliminated(events),
    }


def _eliminated(events: pl.DataFrame) -> dict[str, float]:
    before = events.with_columns(
        since=pl.col("occurred_on").shift(1).over("household_id"),
        was=pl.col("event").shift(1).over("household_id"),
        of=pl.col("group").shift(1).over("household_id"),
    )
    ended = before.filter((pl.col("event") == "eliminated") & (pl.col("was") == "identified")).with_columns(
        months=(pl.col("occurred_on") - pl.col("since")).dt.total_days() / 30.44
    )
    sudden = pl.col("of") == "sudden"
    return {
        "months_watched": float(ended.filter(~sudden)["months"].median() or 0),  # type: ignore[arg-type]
        "months_watched_sudden": float(ended.filter(sudden)["months"].median() or 0),  # type: ignore[arg-type]
        "shortest_watch": float(ended["months"].min() or 0),  # type: ignore[arg-type]
        "year_end_share": _mean(ended, pl.col("occurred_on").dt.month() >= 11),
    }


def _recording(income: pl.DataFrame) -> dict[str, float]:
    """Measure lateness where every record has had a year to arrive."""
    rows = income.filter(pl.col("occurred_on").is_between(date(2022, 1, 1), date(2024, 6, 30)))
    late = (
        12 * (pl.col("recorded_on").dt.year() - pl.col("occurred_on").dt.year()).cast(pl.Int64)
        + pl.col("recorded_on").dt.month().cast(pl.Int64)
        - pl.col("occurred_on").dt.month().cast(pl.Int64)
    )
    return {"same_month_share": _mean(rows, late == 0), "quarter_share": _mean(rows, late <= 3)}
