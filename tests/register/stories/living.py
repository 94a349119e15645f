"""Stories of a living: work, land, income, household, identity.

Code, what is told, the household in doubt, the one in order.
"""

from tests.register.stories.telling import (
    BORN,
    CHILD,
    CITIZEN,
    PUPIL,
    SENT,
    born,
    earning,
    farms,
    home,
    job,
    spell,
    study,
    wage,
)

STORIES = [
    (
        "work_ends_before_start",
        "Wu's job ended on the day it began",
        home("wu", employment=[job(ended_on="2024-03-01")]),
        home("li", employment=[job(ended_on="2024-03-02")]),
    ),
    (
        "low_wage",
        "Wu earns 399 a month, Li 400",
        home("wu", employment=[job(monthly_wage=399)]),
        home("li", employment=[job(monthly_wage=400)]),
    ),
    (
        "post_without_wage",
        "Wu sweeps the village and is not paid",
        home("wu", employment=[job("public_post", monthly_wage=0)]),
        home("li", employment=[job("public_post", monthly_wage=0)], income=500, **SENT),
    ),
    (
        "post_at_odd_age",
        "Wu holds a post at 75, Li at 69",
        home("wu", {"birth_date": born(1950)}, employment=[job("public_post")]),
        home("li", {"birth_date": born(1956)}, employment=[job("public_post")]),
    ),
    (
        "many_posts",
        "Wu holds three posts; of Li's three one has ended",
        home("wu", employment=[job("public_post", started_on=f"2024-0{month}-01") for month in (1, 2, 3)]),
        home(
            "li",
            employment=[
                *(job("public_post", started_on=f"2024-0{month}-01") for month in (1, 2)),
                job("public_post", ended_on="2024-12-01"),
            ],
        ),
    ),
    (
        "student_at_work",
        "Wu attends high school and works; Li helps at home",
        home("wu", PUPIL, schooling=[study("high")], employment=[job()]),
        home("li", PUPIL, schooling=[study("high")], employment=[job("family_worker")]),
    ),
    (
        "child_at_work",
        "Wu is ten and employed; Li is 45",
        home("wu", CHILD, employment=[job()]),
        home("li", employment=[job()]),
    ),
    (
        "impossible_hours",
        "Wu works 60 hours in each of two jobs; Li 50",
        home("wu", employment=[job(hours_week=60), job("self_employed", hours_week=60)]),
        home("li", employment=[job(hours_week=50), job("self_employed", hours_week=50)]),
    ),
    (
        "employment_cause_without_work",
        "nobody at the Wus ever worked",
        home("wu", monitoring=spell("employment")),
        home("li", monitoring=spell("employment"), employment=[job()]),
    ),
    (
        "land_out_of_range",
        "Wu has 150 mu of fields and 60 of orchard",
        home("wu", land=[farms("2024-01-01", 150, orchard_mu=60)]),
        home("li", land=[farms("2024-01-01", 150, orchard_mu=40)]),
    ),
    (
        "large_arable",
        "Wu had 5 mu and now has 101",
        home("wu", land=[farms("2023-01-01", 5), farms("2024-01-01", 101)]),
        home("li", land=[farms("2023-01-01", 101), farms("2024-01-01", 5)]),
    ),
    (
        "rents_out_more_than_owned",
        "Wu rents out 8 of 5 mu",
        home("wu", land=[farms("2024-01-01", 5, rented_out_mu=8)]),
        home("li", land=[farms("2024-01-01", 5, forest_mu=5, rented_out_mu=8)]),
    ),
    (
        "far_from_road",
        "Wu lives 6 km from the road, Li 5",
        home("wu", state={"road_distance_km": 6}),
        home("li", state={"road_distance_km": 5}),
    ),
    (
        "income_jump",
        "Wu's income went from 5,000 to 30,000; Li's to 12,000",
        earning("wu", wage(5_000, "2024-06-30"), wage(30_000)),
        earning("li", wage(5_000, "2024-06-30"), wage(12_000)),
    ),
    (
        "allowance_without_income",
        "Wu receives the allowance and no transfer is on record",
        home("wu", state={"has_minimum_income": True}),
        earning("li", (3_000, "social_aid", "2025-06-30"), state={"has_minimum_income": True}),
    ),
    (
        "costs_above_income",
        "Wu spent 900 to earn 400 with pigs; Li spent 700",
        earning("wu", (400, "livestock", "2025-06-30"), (900, "business_cost", "2025-06-30")),
        earning("li", (400, "livestock", "2025-06-30"), (700, "business_cost", "2025-06-30")),
    ),
    (
        "without_members",
        "nobody lives at the Wus'",
        {"households": [{"household_id": "wu"}]},
        home("li"),
    ),
    (
        "without_head",
        "the Wus have no head",
        home("wu", {"relation": "spouse"}),
        home("li", {"relation": "head"}, {"relation": "spouse"}),
    ),
    (
        "two_heads",
        "both Wus are the head",
        home("wu", {"relation": "head"}, {"relation": "head"}),
        home("li", {"relation": "head"}, {"relation": "spouse"}),
    ),
    (
        "stale",
        "nothing about the Wus has been written down since 2020",
        home("wu"),
        home("li", income=100, **SENT),
    ),
    (
        "record_after_leaving",
        "Wu died in 2024 and took up work in 2025; Li before",
        home("wu", {"valid_to": "2024-05-01"}, employment=[job(started_on="2025-01-01")]),
        home("li", {"valid_to": "2024-05-01"}, employment=[job()]),
    ),
    (
        "unknown_member",
        "a ninth Wu works whom nobody knows",
        home("wu", employment=[job(member_id="wu-9")]),
        home("li", employment=[job()]),
    ),
    (
        "member_spelt_otherwise",
        "Wu's job is entered in capital letters, that of an eighth Li under a number nobody has",
        home("wu", employment=[job(member_id="WU-1")]),
        home("li", employment=[job(member_id="li-8")]),
    ),
    (
        "member_elsewhere",
        "Li's job is entered under the Wus",
        home("wu", employment=[job(member_id="li-1")]),
        home("li", employment=[job("self_employed")]),
    ),
    (
        "too_old",
        "Wu was born in 1910",
        home("wu", {"birth_date": born(1910)}),
        home("li", {"birth_date": born(1920)}),
    ),
    (
        "child_too_old",
        "Wu's child is ten years younger",
        home("wu", {"relation": "head"}, {"relation": "child", "birth_date": born(1990)}),
        home("li", {"relation": "head"}, {"relation": "child", "birth_date": born(1993)}),
    ),
    (
        "too_many_members",
        "sixteen Wus, fifteen Lis",
        home("wu", *[{}] * 16),
        home("li", *[{}] * 15),
    ),
    (
        "lifted_out_without_date",
        "nobody knows when the Wus were lifted out",
        home("wu", state={"category": "lifted_out"}),
        home("li", state={"category": "lifted_out", "lifted_out_on": "2019-12-01"}),
    ),
    (
        "origin_unknown",
        "the Wus split from a household nobody knows; the Lis from the Wus",
        home("wu", state={"origin": "split", "origin_household_id": "zhao"}),
        home("li", state={"origin": "split", "origin_household_id": "wu"}),
    ),
    (
        "duplicate_id_number",
        "two Wus have one number",
        home("wu", {"id_number": CITIZEN}, {"id_number": CITIZEN.lower()}),
        home("li", {"id_number": "110105194912310034"}),
    ),
    (
        "id_number_length",
        "Wu's number has 17 digits; Li's certificate 20",
        home("wu", {"id_number": CITIZEN[:-1]}),
        home("li", {"id_number": CITIZEN + "41"}),
    ),
    (
        "id_number_checksum",
        "the last digit of Wu's number is mistyped",
        home("wu", {"id_number": CITIZEN[:-1] + "3"}),
        home("li", {"id_number": CITIZEN}),
    ),
    (
        "id_number_against_birth",
        "Wu's number says 1949, the register 1980",
        home("wu", {"id_number": CITIZEN}),
        home("li", {"id_number": CITIZEN + "41", "birth_date": BORN}),
    ),
    (
        "no_answer_code",
        "Wu was asked for a wage and refused (99998); Li earns 98765",
        earning("wu", wage(99_998)),
        earning("li", wage(98_765)),
    ),
    (
        "unshown_character",
        "one Wu bears a hanzi of the private-use area, the Lis a rare one that has a number of its own",
        home("wu", {"name": "吴\ue816"}),
        home("li", {"name": "李𠮷"}),
    ),
]
