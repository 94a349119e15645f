"""Features over a household's own values, its earlier ones, and those of others in its place."""

SPLIT = (
    *("wage_income", "second_wage_income", "bonus_income", "business_income"),
    *("pension_income", "aid_income", "remittance_income", "property_income"),
)
#: One feature a table that is never missing where the table has a record.
TOLD = {
    *("n_earners", "n_workers", "n_chronic_members", "is_relocated"),
    *("months_since_house_check", "n_unsafe_water_24m", "n_active_measures"),
}


def over(values, part, whole):
    return values[part] / values[whole] if values[part] is not None and values[whole] else None


def split(values):
    parts = [values[one] for one in SPLIT]
    return max(parts) / sum(parts) if None not in parts and sum(parts) else None


def minus(values, before, name):
    if not before or values[name] is None or before[-1][name] is None:
        return None
    return values[name] - before[-1][name]


def resources(before):
    return [one["resources_over_line"] for one in before if one["resources_over_line"] is not None]


HOUSEHOLD = {
    "resources_without_bonus": lambda values: (
        None
        if values["resources_over_line"] is None
        else values["resources_over_line"] - (values["bonus_income"] or 0)
    ),
    "largest_source_share": split,
    "best_wage_share": lambda values: over(values, "best_wage_over_needs", "wages_over_needs"),
    "employed_per_working_age": lambda values: over(values, "n_workers", "n_working_age"),
    "site_employment": lambda values: (
        over(values, "n_workers", "n_working_age") if values["is_relocated"] else None
    ),
    "persons_per_room": lambda values: over(values, "n_members", "n_rooms"),
    "own_payment_over_income_12m": lambda values: over(values, "own_payment_over_needs_12m", "all_income"),
    "care_per_able_member": lambda values: (
        None
        if values["n_incapacitated_members"] is None
        else values["n_incapacitated_members"] / max(values["n_able_to_work"] or 0, 1)
    ),
    "n_silent_tables": lambda values: sum(values[one] is None for one in TOLD),
}
HISTORY = {
    "earlier_resources": lambda _, before: before[-1]["resources_over_line"] if before else None,
    "lowest_earlier_resources": lambda _, before: min(resources(before[-4:]), default=None),
    "mean_earlier_resources": lambda _, before: (
        sum(resources(before[-4:])) / len(resources(before[-4:])) if resources(before[-4:]) else None
    ),
    "n_past_falls": lambda _, before: (
        sum(one < 1 for one in resources(before[-4:])) if resources(before[-4:]) else None
    ),
    "n_earlier_observations": lambda _, before: len(resources(before[-4:])),
    "months_since_below_line": lambda values, before: min(
        (
            values["month"] - one["month"]
            for one in before[-4:]
            if one["resources_over_line"] is not None and one["resources_over_line"] < 1
        ),
        default=None,
    ),
    "months_since_observation": lambda values, before: (
        values["month"] - before[-1]["month"] if before else None
    ),
    "wage_change": lambda values, before: minus(values, before, "wage_income"),
    "household_size_change": lambda values, before: minus(values, before, "household_size"),
    "working_age_change": lambda values, before: minus(values, before, "n_working_age"),
    "workers_change": lambda values, before: minus(values, before, "n_workers"),
    "livestock_change": lambda values, before: minus(values, before, "livestock"),
}
VILLAGE = {
    "neighbours_resources": lambda other: other["resources_over_line"],
    "neighbours_below_line": lambda other: (
        None if other["resources_over_line"] is None else other["resources_over_line"] < 1
    ),
    "neighbours_past_falls": lambda other: other["n_past_falls"],
    "neighbours_employed": lambda other: other["employed_per_working_age"],
    "neighbours_disasters": lambda other: (other["n_disasters_12m"] or 0) > 0,
    "neighbours_disaster_loss": lambda other: other["disaster_loss_over_needs_12m"] or 0,
}
TOWNSHIP = {"township_resources": lambda other: other["resources_over_line"]}
COUNTY = {"county_resources": lambda other: other["resources_over_line"]}
PASSES = (HOUSEHOLD, HISTORY, VILLAGE, TOWNSHIP, COUNTY)
