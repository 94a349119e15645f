"""What the simulator is told: every number with its unit and basis, checked by name, kind and range."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from register.parameters import Season, Section, parameter
from simulator.office import Office


def _month(text: object) -> date:
    """Read a month from text: DVC knows no dates in parameters."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValueError(f"found {text!r}, allowed is a month such as 2021-01; mend it") from None


Month = Annotated[
    date,
    BeforeValidator(_month),
    PlainSerializer(lambda day: f"{day:%Y-%m}"),
    WithJsonSchema({"type": "string", "format": "month"}),
]
Rate = Annotated[float, Field(ge=0)]
Months = Annotated[int, Field(ge=0)]
Disaster = Literal["drought", "flood", "meteorological", "geological"]
Group = Literal["unstable", "marginal", "sudden"]
Alert = Literal["illness", "disability", "accident", "employment", "disaster", "business"]
Guess = Literal["illness", "labour", "disability", "schooling", "employment", "other"]


class Shock(Section):
    """How often a cause strikes, for how long, how hard, at what cost."""

    a_year: float = parameter("chance of a household", unit="a year", ge=0)
    months: tuple[Months, Months] = parameter("how long it lasts, least and most", unit="months")
    takes: tuple[Rate, Rate] = parameter("of the affected income, least and most", unit="share")
    cost: float = parameter("median cost over rural_income", unit="ratio", ge=0)


class Shocks(Section):
    """What strikes, by cause."""

    illness: Shock = parameter("of a wage", source="DOMAIN 6.6 (1.5-3 %)")
    disability: Shock = parameter("of a wage", source="DOMAIN 6.6")
    accident: Shock = parameter("of a wage", source="DOMAIN 6.6")
    employment: Shock = parameter("of a wage", source="DOMAIN 6.6 (4-8 %)")
    labour: Shock = parameter("a spouse leaves, besides deaths", source="[M]")
    schooling: Shock = parameter("with an upper student", source="DOMAIN 6.6")
    business: Shock = parameter("of business income", source="DOMAIN 6.6")
    price: Shock = parameter("a crop, prefecture-wide", source="DOMAIN 6.6, [M]")
    disaster: Shock = parameter("a village; of business", source="DOMAIN 6.6")
    housing: Shock = parameter("found dangerous", source="DOMAIN 2.3 (<1 % of causes)")
    water: Shock = parameter("found unsafe", source="[M]")

    def __getitem__(self, cause: str) -> Shock:
        """Give the shock of a cause."""
        shock: Shock = getattr(self, cause)
        return shock

    def __contains__(self, cause: object) -> bool:
        """Say whether a cause strikes by itself."""
        return cause in type(self).model_fields


class SimulatorParameters(Section):
    """Section ``simulator`` of the parameters."""

    seed: int = parameter("decides everything, with the county's number", ge=0)
    counties: int = parameter("counties of the prefecture", source="DESIGN 11 (40,000 households)", ge=1)
    households_per_county: int = parameter("households", unit="households", source="DESIGN 11", ge=0)
    villages_per_county: int = parameter(
        "administrative villages, about 125 households each", source="[M]", ge=0
    )
    townships_per_county: int = parameter("townships", source="[M]", ge=0)
    first_month: Month = parameter(
        "first month of the register", source="the transition period began 2021, DOMAIN 1.1"
    )
    months: int = parameter("length of the register", unit="months", source="DESIGN 9", ge=1)
    lifted_out_share: float = parameter(
        "share of households lifted out of poverty", unit="share", source="DOMAIN 8.1 (20-25 %)", ge=0, le=1
    )
    relocated_share: float = parameter(
        "share of the lifted-out", unit="share", source="DOMAIN 6.1", ge=0, le=1
    )
    minority_share: float = parameter(
        "share of villages that are mostly minority", unit="share", source="DOMAIN 6.1 [S62]", ge=0, le=1
    )
    chronic_share: float = parameter(
        "households with chronic illness, about", unit="share", source="DOMAIN 8.1 [S57]", ge=0, le=1
    )
    head_age: float = parameter(
        "mean age of the heads in the year before the register",
        unit="years",
        source="[M], tuned to students",
        ge=0,
    )
    birth_rate: float = parameter(
        "a year, couples of 20 to 42 with room in the house", unit="a year", source="[M]", ge=0
    )
    split_rate: float = parameter(
        "a year, households with a grown child, who founds one", unit="a year", source="[M]", ge=0
    )
    merge_rate: float = parameter(
        "a year, households of one or two elders, who join another", unit="a year", source="[M]", ge=0
    )
    move_rate: float = parameter(
        "a year, to another village of the county", unit="a year", source="[M]", ge=0
    )
    moved_in_rate: float = parameter(
        "households a year from outside the county", unit="a year", source="[M]", ge=0
    )
    dissolve_rate: float = parameter(
        "households a year that dissolve or leave the county", unit="a year", source="[M]", ge=0
    )
    income_per_person: float = parameter(
        "yuan a year and person of the lifted-out, 2021, as reported",
        unit="yuan",
        source="DOMAIN 6.4 [S22]",
        ge=0,
    )
    ordinary_income_ratio: float = parameter(
        "ordinary over lifted-out households", unit="ratio", source="[M], from rural 14,200 of 2021", ge=0
    )
    income_growth: float = parameter(
        "growth of incomes", unit="a year", source="DOMAIN 6.4 (10-13 %, [M])", ge=0
    )
    level_log_sd: float = parameter(
        "log standard deviation of true lasting income",
        unit="log",
        source="tuned to 0.55 in all, DOMAIN 8.1",
        ge=0,
    )
    village_log_sd: float = parameter(
        "log standard deviation between villages", unit="log", source="[M]", ge=0
    )
    yearly_log_sd: float = parameter(
        "log standard deviation of a year's drift", unit="log", source="[M], tuned to the base rate", ge=0
    )
    unstable_log_sd: float = parameter(
        "log standard deviation of how unstable work is", unit="log", source="[M]", ge=0
    )
    wage_luck_sd: float = parameter(
        "standard deviation of a month's wage over its plan", source="[M], tuned to the oracle's AUC", ge=0
    )
    harvest_log_sd: float = parameter(
        "log standard deviation of a harvest about its plan", unit="log", source="[M]", ge=0
    )
    wage_share: float = parameter("share of income", unit="share", source="DOMAIN 6.4 [S22]", ge=0, le=1)
    business_share: float = parameter("share of income", unit="share", source="DOMAIN 6.4 [S22]", ge=0, le=1)
    farm_only_share: float = parameter(
        "share of households with workers that live from their farm alone",
        unit="share",
        source="[M]",
        ge=0,
        le=1,
    )
    allowance_ceiling: float = parameter(
        "of income_per_person, below which the living allowance may be had", source="[M]", ge=0
    )
    allowance_share: float = parameter(
        "of those below it who have it", unit="share", source="[M]", ge=0, le=1
    )
    allowance_per_person_month: float = parameter(
        "living allowance a month and person", unit="yuan", source="[M], tops up what there is", ge=0
    )
    gross_over_net: float = parameter("sales over what is left after costs", source="[M]", ge=0)
    rural_income: float = parameter(
        "yuan a year and person, rural Yunnan; costs of illness scale with it",
        unit="yuan",
        source="DOMAIN 4 [M]",
        ge=0,
    )
    chronic_payment: float = parameter(
        "yuan, median own payment of a chronic visit", unit="yuan", source="[M]", ge=0
    )
    cost_log_sd: float = parameter(
        "log standard deviation of what an illness or accident costs", unit="log", source="[M]", ge=0
    )
    claimed_share: float = parameter(
        "share of an accident's cost that insurance pays out", unit="share", source="[M]", ge=0, le=1
    )
    instalments: tuple[tuple[Months, Rate], ...] = parameter(
        "months after, and share of a cost paid then", source="[M]"
    )
    shocks: Shocks = parameter("what strikes a household")
    disaster_hit_share: float = parameter(
        "share of a struck village's households",
        unit="share",
        source="DOMAIN 6.6 (clustered, [M])",
        ge=0,
        le=1,
    )
    disaster_kinds: dict[Disaster, Rate] = parameter("shares of the disasters", unit="share", source="[M]")
    dangerous_share: float = parameter(
        "households whose house is dangerous before the register opens and stays so",
        unit="share",
        source="none, found ones are mended",
        ge=0,
        le=1,
    )
    dropout_rate: float = parameter(
        "a middle-school student and year", unit="a year", source="DOMAIN 6.5 [S75]", ge=0
    )
    report_compression: float = parameter(
        "reported over true log distance of lasting income from the mean",
        source="tuned to 0.38 and 0.55 in all, DOMAIN 8.1",
        ge=0,
    )
    report_log_sd: float = parameter(
        "log standard deviation of lasting misreporting", unit="log", source="[M]", ge=0
    )
    bunched_share: float = parameter(
        "of incomes reported about the line, written up above it",
        unit="share",
        source="DOMAIN 7.1 (bunching, [M])",
        ge=0,
        le=1,
    )
    bunched_to: tuple[Rate, Rate] = parameter("over the line, least and most", unit="ratio", source="[M]")
    minority_report_ratio: float = parameter(
        "minority over other households' recorded income at equal true income",
        unit="ratio",
        source="[M]",
        ge=0,
    )
    minority_late_ratio: float = parameter(
        "minority over other households' share of late records", unit="ratio", source="[M]", ge=0
    )
    true_incomes: bool = parameter(
        "flag, incomes written down as they are, all else that happens the same",
        source="studies.oracle_gap.comparison",
    )
    stock_share: float = parameter(
        "households monitored by the opening",
        unit="share",
        source="DOMAIN 6.2 (2.63 - 0.93 %) [S40]",
        ge=0,
        le=1,
    )
    stock_groups: dict[Group, Rate] = parameter(
        "shares of that stock", unit="share", source="DOMAIN 6.2 [S40][D]"
    )
    application_share: float = parameter(
        "of the lifted-out who visibly fall, found by application",
        unit="share",
        source="tuned to 1.5 % a year, DOMAIN 8.1",
        ge=0,
        le=1,
    )
    found_later_rate: float = parameter(
        "a month, the lifted-out below the line and not found", unit="a month", source="[M]", ge=0
    )
    attention_rate: float = parameter(
        "a month, the lifted-out close to the line, found on a visit", unit="a month", source="[M]", ge=0
    )
    ordinary_found_ratio: float = parameter(
        "ordinary over lifted-out households",
        unit="ratio",
        source="tuned to DOMAIN 8.1 (<= 0.8 % of the others)",
        ge=0,
    )
    breach_found_share: float = parameter(
        "of lost guarantees that end in monitoring, most are mended first",
        unit="share",
        source="DOMAIN 2.3 (<1 %)",
        ge=0,
        le=1,
    )
    alert_shares: dict[Alert, Rate] = parameter(
        "share of alerts that end in monitoring", unit="share", source="tuned to DOMAIN 2.3"
    )
    alert_loss: float = parameter(
        "share of a year's needs a shock takes before a department speaks up",
        unit="share",
        source="DOMAIN 4 [S41]",
        ge=0,
        le=1,
    )
    sudden_ceiling: float = parameter(
        "resources over needs above which an alert ends in nothing",
        source="DOMAIN 1.1 (coping ability)",
        ge=0,
    )
    quota_share: float = parameter(
        "of the lifted-out, most that may be monitored under the quota",
        unit="share",
        source="DOMAIN 1.1 [S3]",
        ge=0,
        le=1,
    )
    quota_until: Month = parameter("first month without a quota", source="DOMAIN 1.1 [S2]")
    least_months: int = parameter(
        "months from identification to elimination", unit="months", source="DOMAIN 1.5", ge=0
    )
    year_end_rate: float = parameter(
        "of those ready, eliminated a month in November and December",
        unit="a month",
        source="DOMAIN 6.2 [S40]",
        ge=0,
    )
    in_year_rate: float = parameter(
        "of those ready, eliminated a month before", unit="a month", source="DOMAIN 6.2 [S40]", ge=0
    )
    out_over_line: float = parameter(
        "resources over needs from which the risk counts as gone", source="[M]", ge=0
    )
    sudden_slowdown: float = parameter(
        "sudden over other households' chance of elimination", source="DOMAIN 6.2 [S40]", ge=0
    )
    help_per_person_month: float = parameter(
        "yuan a month and person while helped", unit="yuan", source="[M], about a third of the line", ge=0
    )
    lasting_help_share: float = parameter(
        "of the help's effect that stays: the job, the orchard, the skill",
        unit="share",
        source="[M]",
        ge=0,
        le=1,
    )
    cause_right_share: float = parameter(
        "of recorded main causes that are what truly weighs most", unit="share", source="[M]", ge=0, le=1
    )
    cause_guesses: dict[Guess, Rate] = parameter(
        "shares of what else is recorded", unit="share", source="DOMAIN 2.3"
    )
    same_month_share: float = parameter(
        "records entered by the end of their month", unit="share", source="[M]", ge=0, le=1
    )
    within_quarter_share: float = parameter(
        "entered within 3 months; label.settle_months relies on it", unit="share", source="[M]", ge=0, le=1
    )
    correction_share: float = parameter(
        "income records corrected later", unit="share", source="[M]", ge=0, le=1
    )
    dirty_share: float = parameter(
        "rows with one spoilt cell",
        unit="share",
        source="DOMAIN 8.1 (kept under ingest.max_quarantined_share)",
        ge=0,
        le=1,
    )
    duplicate_share: float = parameter("rows delivered twice", unit="share", source="[M]", ge=0, le=1)
    office: Office = parameter("how the offices keep and deliver their registers")
    risk_seasons: tuple[Season, ...] = parameter(
        "quarters whose true risk is worked out; evaluate.origins judges them"
    )
    futures: int = parameter("futures drawn for a household and season of risk_seasons", ge=1)

    def alert_share(self, cause: str) -> float:
        """Give the share of a cause's alerts that end in monitoring; none where it raises no alert."""
        return next((share for name, share in self.alert_shares.items() if name == cause), 0.0)
