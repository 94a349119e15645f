"""Features over a table: each a function of the household's records and what is told about it."""

WAGE = {"wage", "wage_second", "public_post", "bonus"}
BUSINESS = {"crop", "livestock", "forest", "own_business"}
EARNED = {
    *WAGE, *BUSINESS, "pension", "social_aid", "subsidy", "remittance", "scholarship", "property", "other",
}  # fmt: skip
DISASTERS = {"flood", "geological", "drought", "pest", "meteorological", "earthquake", "other_disaster"}
LOSSES = {"crop_loss", "livestock_loss", "price_fall", "venture_failure"}
HURT = {"accident_injury", "accident_death"}
DEBT = {"borrowed_family", "borrowed_bank", "bought_on_credit"}
COPING = {"spent_savings", *DEBT, "sold_belongings"}
YEARS = {"none": 0.0, "primary": 6.0, "middle": 9.0, "high": 12.0, "college": 15.0, "university": 16.0}
#: Tables whose silence says that nothing happened.
EVENTS = {"shocks", "schooling"}
MOVES = {"site_move", "scattered_move", "second_move"}


def needs(rows, scale, column="amount"):
    """Add money up in needs over the resources window."""
    return year(rows, scale, column) * 12 / scale["months"]


def year(rows, scale, column="amount"):
    """Add money up in a year's needs."""
    paid = [row for row in rows if row[column] is not None]
    return sum((row[column] / (row["line"] * scale["needs"] * 12) for row in paid), 0.0)


def current(rows, scale, kinds=None):
    rows = [row for row in rows if row["ago"] < scale["months"]]
    return rows if kinds is None else [row for row in rows if row["source"] in kinds]


def lately(rows, months=12, kinds=None, column="kind", least=0):
    rows = [row for row in rows if least <= row["ago"] < months]
    return rows if kinds is None else [row for row in rows if row[column] in kinds]


def since(rows):
    return min((row["ago"] for row in rows), default=None)


def since_in_two_years(rows):
    return None if not rows else min(24, since(rows))


def since_in_five_years(rows):
    return min(60, *(row["ago"] for row in rows), 60)


def persons(rows):
    return len({row["member_id"] for row in rows})


def here(rows, kinds=None):
    return [row for row in rows if row["age"] is not None and (kinds is None or row["kind"] in kinds)]


def share(rows, column, kinds):
    known = [row[column] in kinds for row in rows if row[column] is not None]
    return sum(known) / len(known) if known else None


def mean(values):
    known = [one for one in values if one is not None]
    return sum(known) / len(known) if known else None


def most(values):
    return max((one for one in values if one is not None), default=None)


def last(rows, column, kinds=None):
    known = [row[column] for row in rows if row[column] is not None]
    if not known:
        return None
    return known[-1] if kinds is None else int(known[-1] in kinds)


def over(part, whole):
    return None if part is None or not whole else part / whole


def of_rural(value, scale):
    return None if value is None or scale["rural"] is None else value / scale["rural"]


def at_work(rows):
    return [row for row in rows if row["open"] and row["age"] is not None and row["activity"] != "seeking"]


def employees(rows):
    return [row for row in at_work(rows) if row["activity"] in {"employee", "public_post"}]


def stopped(rows):
    ended = [row for row in rows if row["activity"] != "seeking" and row["ended_ago"] is not None]
    return [row for row in ended if row["ended_ago"] < 12]


def lasted(row):
    return row["ago"] - row["ended_ago"]


def quarters(rows, scale):
    return [year(lately(rows, at + 3, EARNED, "source", at), scale) for at in (0, 3, 6, 9)]


def unequal(values):
    return over(sum(abs(one - sum(values) / 4) for one in values), sum(values) * 2)


def months_worked(row):
    return min(row["ago"] + 1, 12) - (0 if row["ended_ago"] is None else row["ended_ago"] + 1)


def lost_main_worker(rows):
    recent = [row for row in rows if row["ended_ago"] is not None and row["ended_ago"] < 12]
    recent += [row for row in rows if row["open"] and row["ago"] < 24]
    gone = most(row["monthly_wage"] for row in recent if row["age"] is None)
    return int((gone or 0) > (most(row["monthly_wage"] for row in recent if row["age"] is not None) or 0))


def students(rows):
    spells = [row for row in rows if row["open"] and row["age"] is not None]
    return [row for row in spells if row["stage"] not in {"dropped_out", "not_attending"}]


def school_years(rows):
    return [most([YEARS.get(row["education"]), row["attends"]]) for row in rows]


def adults(rows):
    return [row for row in rows if row["age"] >= 18]


def aged(rows, youngest, oldest):
    return len([row for row in rows if youngest <= row["age"] <= oldest])


ABLE = {"skilled", "ordinary"}


def asked_about_work(rows):
    return any(row["does"] is not None for row in rows)


def inactive(rows):
    """List adults under 65 who neither hold a job nor look for one."""
    return [row for row in adults(rows) if row["age"] < 65 and not row["does"]]


def of_working_age(rows):
    return [row for row in rows if row["age"] is not None and 16 <= row["age"] <= 59]


def going_on(rows, kinds=None):
    return [row for row in rows if row["open"] and (kinds is None or row["measure"] in kinds)]


INCOME = {
    "wage_income": lambda rows, scale: needs(current(rows, scale, {"wage", "public_post"}), scale),
    "second_wage_income": lambda rows, scale: needs(current(rows, scale, {"wage_second"}), scale),
    "bonus_income": lambda rows, scale: needs(current(rows, scale, {"bonus"}), scale),
    "business_income": lambda rows, scale: needs(current(rows, scale, BUSINESS), scale),
    "pension_income": lambda rows, scale: needs(current(rows, scale, {"pension"}), scale),
    "aid_income": lambda rows, scale: needs(
        current(rows, scale, {"social_aid", "subsidy", "scholarship"}), scale
    ),
    "remittance_income": lambda rows, scale: needs(current(rows, scale, {"remittance"}), scale),
    "property_income": lambda rows, scale: needs(current(rows, scale, {"property", "other"}), scale),
    "all_income": lambda rows, scale: needs(current(rows, scale, EARNED), scale),
    "claims": lambda rows, scale: needs(current(rows, scale, {"claim"}), scale),
    "unstable_share": lambda rows, scale: over(
        needs(current(rows, scale, {"bonus", "remittance", "other", "scholarship"}), scale),
        needs(current(rows, scale, EARNED), scale),
    ),
    "policy_income_share": lambda rows, scale: over(
        needs(current(rows, scale, {"public_post", "social_aid", "subsidy", "scholarship"}), scale),
        needs(current(rows, scale, EARNED), scale),
    ),
    "business_share": lambda rows, scale: over(
        needs(current(rows, scale, BUSINESS), scale), needs(current(rows, scale, EARNED), scale)
    ),
    "n_sources": lambda rows, scale: len(
        {r["source"] for r in current(rows, scale, EARNED) if r["amount"] > 0}
    ),
    "n_earners": lambda rows, scale: len(
        {r["member_id"] for r in current(rows, scale, WAGE) if r["amount"] > 0} - {None}
    ),
    "n_pensioners": lambda rows, scale: len(
        {r["member_id"] for r in current(rows, scale, {"pension"}) if r["amount"] > 0} - {None}
    ),
    "n_months_with_wage": lambda rows, _: len(
        {r["ago"] for r in lately(rows, 12, WAGE, "source") if r["amount"] > 0}
    ),
    "recent_income_share": lambda rows, scale: over(quarters(rows, scale)[0], sum(quarters(rows, scale))),
    "lowest_quarter_share": lambda rows, scale: over(min(quarters(rows, scale)), sum(quarters(rows, scale))),
    "highest_quarter_share": lambda rows, scale: over(max(quarters(rows, scale)), sum(quarters(rows, scale))),
    "income_volatility": lambda rows, scale: unequal(quarters(rows, scale)),
    "income_change_1y": lambda rows, scale: (
        year(lately(rows, 12, EARNED, "source"), scale) - year(lately(rows, 24, EARNED, "source", 12), scale)
    ),
    "business_change_1y": lambda rows, scale: (
        year(lately(rows, 12, BUSINESS, "source"), scale)
        - year(lately(rows, 24, BUSINESS, "source", 12), scale)
    ),
    "has_business_loss": lambda rows, scale: int(
        sum(row["amount"] for row in current(rows, scale, {"business_cost"}))
        > sum(row["amount"] for row in current(rows, scale, BUSINESS))
    ),
    "months_since_income_entry": lambda rows, _: min(row["entered_ago"] for row in rows),
    "mean_entry_lag_12m": lambda rows, _: mean(
        (row["recorded_on"] - row["occurred_on"]).days for row in lately(rows)
    ),
    "n_corrections_12m": lambda rows, _: sum(row["version"] for row in lately(rows)),
    "records_per_entry_month_12m": lambda rows, _: over(
        len(lately(rows)), len({row["entered_ago"] for row in lately(rows)})
    ),
}
EMPLOYMENT = {
    "n_workers": lambda rows, _: len(at_work(rows)),
    "n_employees": lambda rows, _: len(employees(rows)),
    "n_seeking": lambda rows, _: len(
        [r for r in rows if r["open"] and r["age"] is not None and r["activity"] == "seeking"]
    ),
    "n_formal": lambda rows, _: len([row for row in employees(rows) if row["is_formal"]]),
    "weekly_hours": lambda rows, _: sum(row["hours_week"] or 0 for row in at_work(rows)),
    "wages_over_needs": lambda rows, scale: year(at_work(rows), scale, "monthly_wage") * 12,
    "best_wage_over_needs": lambda rows, scale: most(
        [0, *(year([row], scale, "monthly_wage") * 12 for row in at_work(rows) if row["monthly_wage"])]
    ),
    "longest_tenure": lambda rows, _: most(
        [0, *(row["ago"] if row["tenure_months"] is None else row["tenure_months"] for row in at_work(rows))]
    ),
    "best_skill": lambda rows, _: most(
        {"operative": 1, "technical": 2, "professional": 3}.get(row["skill"], 0)
        for row in [*at_work(rows), {"skill": "unskilled"}]
    ),
    "irregular_sector_share": lambda rows, _: share(at_work(rows), "sector", {"construction", "domestic"}),
    "outside_share": lambda rows, _: share(at_work(rows), "place", {"outside", "abroad"}),
    "n_organised": lambda rows, _: len(
        [row for row in at_work(rows) if row["channel"] in {"organised", "workshop"}]
    ),
    "n_spells_ended_12m": lambda rows, _: len(stopped(rows)),
    "n_short_spells_12m": lambda rows, _: len([row for row in stopped(rows) if lasted(row) < 3]),
    "n_returned_early_12m": lambda rows, _: len(
        [
            row
            for row in rows
            if row["place"] in {"province", "outside", "abroad"}
            and row["ended_ago"] is not None
            and row["ended_ago"] < 12
            and lasted(row) < 6
        ]
    ),
    "months_since_work": lambda rows, _: (
        0
        if at_work(rows)
        else min((r["ended_ago"] for r in rows if r["activity"] != "seeking" and not r["open"]), default=None)
    ),
    "work_months_12m": lambda rows, _: sum(
        max(0, months_worked(row)) for row in rows if row["activity"] != "seeking" and row["age"] is not None
    ),
    "n_out_of_work": lambda rows, _: persons(here(stopped(rows)) + at_work(rows)) - persons(at_work(rows)),
    "has_lost_main_worker": lambda rows, _: lost_main_worker(rows),
}
TREATED = {"inpatient", "outpatient"}
HEALTH = {
    "own_payment_over_needs_12m": lambda rows, scale: year(lately(rows, 12, TREATED), scale, "own_payment"),
    "own_payment_over_needs_3m": lambda rows, scale: year(lately(rows, 3, TREATED), scale, "own_payment"),
    "own_payment_over_rural_income_12m": lambda rows, scale: of_rural(
        sum(row["own_payment"] or 0 for row in lately(rows, 12, TREATED)), scale
    ),
    "largest_stay_over_rural_income_12m": lambda rows, scale: of_rural(
        most([0, *(row["own_payment"] for row in lately(rows, 12, {"inpatient"}))]), scale
    ),
    "n_chronic_members": lambda rows, _: persons(here(rows, {"chronic"})),
    "n_major_illness_members": lambda rows, _: persons(here(rows, {"major_illness"})),
    "n_new_major_illness_12m": lambda rows, _: len(lately(rows, 12, {"major_illness"})),
    "months_since_inpatient": lambda rows, _: since_in_five_years(lately(rows, 10**6, {"inpatient"})),
    "uninsured_share": lambda rows, _: share(lately(rows, 12, {"insurance"}), "insurance", {"none"}),
    "employer_insured_share": lambda rows, _: share(
        lately(rows, 12, {"insurance"}), "insurance", {"employee", "private", "several"}
    ),
    "n_disabled_members": lambda rows, _: persons(here(rows, {"disability"})),
    "has_severe_disability": lambda rows, _: int(
        any(row["grade"] in {1, 2} for row in here(rows, {"disability"}))
    ),
    "n_incapacitated_members": lambda rows, _: persons(here(rows, {"incapacity"})),
    "months_since_disability": lambda rows, _: since_in_five_years(
        lately(rows, 10**6, {"disability", "incapacity"})
    ),
    "n_new_disability_12m": lambda rows, _: persons(lately(here(rows), 12, {"disability", "incapacity"})),
}
SCHOOLING = {
    "n_adult_students": lambda rows, _: len([row for row in students(rows) if row["age"] >= 18]),
    "n_students": lambda rows, _: len(students(rows)),
    "n_beyond_compulsory": lambda rows, _: len(
        [row for row in students(rows) if row["stage"] in {"high", "vocational", "college", "university"}]
    ),
    "school_cost_over_needs": lambda rows, scale: year(students(rows), scale, "own_cost_year"),
    "largest_school_cost_over_rural_income": lambda rows, scale: of_rural(
        most([0, *(row["own_cost_year"] for row in students(rows))]), scale
    ),
    "n_dropouts": lambda rows, _: len([r for r in here(rows) if r["open"] and r["stage"] == "dropped_out"]),
    "n_children_not_attending": lambda rows, _: len(
        [r for r in here(rows) if r["open"] and r["stage"] == "not_attending" and 6 <= r["age"] <= 17]
    ),
    "n_in_private_school": lambda rows, _: len([row for row in students(rows) if row["is_private"]]),
    "n_before_transition": lambda rows, _: len([row for row in students(rows) if 15 <= row["age"] <= 18]),
    "n_in_last_year": lambda rows, _: len(
        lately(students(rows), 36, {"middle", "high", "vocational", "college"}, "stage", 24)
    ),
}
MEMBERS = {
    "household_size": lambda rows, _: len(rows),
    "n_under_6": lambda rows, _: len([row for row in rows if row["age"] < 6]),
    "n_under_18": lambda rows, _: len([row for row in rows if row["age"] < 18]),
    "n_elderly": lambda rows, _: len([row for row in rows if row["age"] >= 60]),
    "is_elderly_only": lambda rows, _: int(all(row["age"] >= 60 for row in rows)),
    "is_single_adult": lambda rows, _: int(
        len([row for row in rows if row["age"] >= 18]) == 1 and any(row["age"] < 18 for row in rows)
    ),
    "age_of_head": lambda rows, _: mean(row["age"] for row in rows if row["relation"] == "head"),
    "n_working_age": lambda rows, _: len(of_working_age(rows)),
    "n_able_to_work": lambda rows, _: len([r for r in rows if r["labour"] in {"skilled", "ordinary"}]),
    "n_weak_labour": lambda rows, _: len(
        [r for r in of_working_age(rows) if r["labour"] in {"weak", "lost"}]
    ),
    "dependent_share": lambda rows, _: 1 - len(of_working_age(rows)) / len(rows),
    "mean_education": lambda rows, _: mean(school_years(adults(rows))),
    "highest_education": lambda rows, _: most(school_years(rows)),
    "n_under_3": lambda rows, _: aged(rows, 0, 2),
    "n_aged_6_to_12": lambda rows, _: aged(rows, 6, 12),
    "n_aged_13_to_17": lambda rows, _: aged(rows, 13, 17),
    "n_aged_18_to_24": lambda rows, _: aged(rows, 18, 24),
    "n_aged_25_to_44": lambda rows, _: aged(rows, 25, 44),
    "n_aged_45_to_64": lambda rows, _: aged(rows, 45, 64),
    "n_aged_65_and_over": lambda rows, _: aged(rows, 65, 200),
    "age_of_youngest": lambda rows, _: min(row["age"] for row in rows),
    "mean_age": lambda rows, _: mean(row["age"] for row in rows),
    "has_spouse": lambda rows, _: int(any(row["relation"] == "spouse" for row in rows)),
    "n_adults_at_home": lambda rows, _: (
        len([row for row in inactive(rows) if row["labour"] in ABLE and row["attends"] is None])
        if asked_about_work(rows)
        else None
    ),
    "n_inactive_adults": lambda rows, _: len(inactive(rows)) if asked_about_work(rows) else None,
    "is_spouse_at_work": lambda rows, _: most(
        int(bool(row["does"] - {"seeking"}))
        for row in rows
        if row["relation"] == "spouse" and row["does"] is not None
    ),
    "lowest_education": lambda rows, _: min(
        (years for years in school_years(adults(rows)) if years is not None), default=None
    ),
    "n_primary_at_most": lambda rows, _: len(
        [years for years in school_years(adults(rows)) if years in {0.0, 6.0}]
    ),
    "n_higher_education": lambda rows, _: len([one for one in school_years(rows) if one in {15.0, 16.0}]),
    "education_of_head": lambda rows, _: mean(school_years([r for r in rows if r["relation"] == "head"])),
    "education_of_spouse": lambda rows, _: mean(
        school_years([row for row in rows if row["relation"] == "spouse"])
    ),
}
SHOCKS = {
    "n_disasters_12m": lambda rows, _: len(lately(rows, 12, DISASTERS)),
    "disaster_loss_over_needs_12m": lambda rows, scale: year(lately(rows, 12, DISASTERS), scale, "loss"),
    "months_since_disaster": lambda rows, _: since_in_five_years(lately(rows, 10**6, DISASTERS)),
    "n_accidents_12m": lambda rows, _: len(lately(rows, 12, HURT)),
    "accident_loss_over_needs_12m": lambda rows, scale: year(lately(rows, 12, HURT), scale, "loss"),
    "months_since_accident": lambda rows, _: since_in_five_years(lately(rows, 10**6, HURT)),
    "n_business_losses_12m": lambda rows, _: len(lately(rows, 12, LOSSES)),
    "business_loss_over_needs_12m": lambda rows, scale: year(lately(rows, 12, LOSSES), scale, "loss"),
    "n_price_falls_12m": lambda rows, _: len(lately(rows, 12, {"price_fall"})),
    "n_coping_12m": lambda rows, _: len(lately(rows, 12, COPING)),
    "has_spent_savings_12m": lambda rows, _: int(bool(lately(rows, 12, {"spent_savings"}))),
    "has_borrowed_12m": lambda rows, _: int(bool(lately(rows, 12, DEBT))),
}
ASSISTANCE = {
    "n_active_measures": lambda rows, _: len(going_on(rows)),
    "n_active_kinds": lambda rows, _: len({row["measure"] for row in going_on(rows)}),
    "has_employment_help": lambda rows, _: int(bool(going_on(rows, {"employment", "public_post"}))),
    "has_social_help": lambda rows, _: int(bool(going_on(rows, {"social_security", "social"}))),
    "n_measures_ending_3m": lambda rows, _: len(
        [row for row in going_on(rows) if row["ends_in"] is not None and row["ends_in"] <= 3]
    ),
    "help_over_needs_12m": lambda rows, scale: year(lately(rows), scale),
    "months_since_help_began": lambda rows, _: since_in_two_years(going_on(rows)),
    "months_until_help_ends": lambda rows, _: min(
        (row["ends_in"] for row in going_on(rows) if row["ends_in"] is not None), default=None
    ),
}
RELOCATION = {
    "is_relocated": lambda rows, _: int(any(row["kind"] in MOVES for row in rows)),
    "months_since_move": lambda rows, _: since(lately(rows, 10**6, MOVES)),
    "move_distance": lambda rows, _: last(rows, "distance_km"),
    "is_from_elsewhere": lambda rows, _: int(
        any(row["kind"] in {"from_elsewhere", "from_abroad", "recent_arrival"} for row in rows)
    ),
    "n_joined_12m": lambda rows, _: len(lately(rows, 12, {"member_joined"})),
    "n_left_12m": lambda rows, _: len(lately(rows, 12, {"member_left"})),
    "has_second_move": lambda rows, _: int(any(row["kind"] == "second_move" for row in rows)),
    "has_site_workshop": lambda rows, _: last(rows, "site_has_workshop"),
}
OVER = {
    "income": INCOME,
    "employment": EMPLOYMENT,
    "health": HEALTH,
    "schooling": SCHOOLING,
    "members": MEMBERS,
    "shocks": SHOCKS,
    "assistance": ASSISTANCE,
    "relocation": RELOCATION,
    "monitoring": {
        "n_identifications": lambda rows, _: len([r for r in rows if r["event"] == "identified"]),
        "months_since_elimination": lambda rows, _: since(
            [row for row in rows if row["event"] == "eliminated"]
        ),
    },
    "households": {
        "is_lifted_out": lambda rows, _: last(rows, "category", {"lifted_out"}),
        "was_poor_through_labour": lambda rows, _: last(
            rows, "structural_cause", {"skills", "labour", "motivation"}
        ),
    },
    "land": {
        "arable_land": lambda rows, _: last(rows, "arable_mu"),
        "livestock": lambda rows, _: last(rows, "livestock_units"),
        "is_in_cooperative": lambda rows, _: last(rows, "is_in_cooperative"),
    },
    "housing": {
        "has_dangerous_house": lambda rows, _: last(rows, "grade", {"C", "D"}),
        "n_rooms": lambda rows, _: last(rows, "rooms"),
        "is_tenant": lambda rows, _: last(rows, "tenure", {"tenant"}),
        "has_poor_floor": lambda rows, _: last(rows, "has_poor_floor"),
        "has_poor_roof": lambda rows, _: last(rows, "has_poor_roof"),
        "has_toilet": lambda rows, _: last(rows, "has_toilet"),
        "has_mains_fuel": lambda rows, _: last(rows, "fuel", {"mains"}),
        "is_near_hazard": lambda rows, _: last(rows, "is_near_hazard"),
        "months_since_house_check": lambda rows, _: None if not rows else min(12, since(rows)),
    },
    "water": {
        "has_unsafe_water": lambda rows, _: last(rows, "status", {"cut", "quality", "distance"}),
        "n_unsafe_water_24m": lambda rows, _: len(lately(rows, 24, {"cut", "quality", "distance"}, "status")),
        "has_indoor_water": lambda rows, _: last(rows, "supply", {"indoor"}),
        "has_network_water": lambda rows, _: last(rows, "source", {"network"}),
    },
    "villages": {
        "distance_to_town": lambda rows, _: last(rows, "distance_to_town_km"),
        "has_village_clinic": lambda rows, _: last(rows, "has_clinic"),
        "is_remote_village": lambda rows, _: last(rows, "is_remote"),
    },
}
