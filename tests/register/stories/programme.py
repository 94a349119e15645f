"""Stories of the programme: monitoring, elimination, measures.

Code, what is told, the household in doubt, the one in order.
"""

from tests.register.stories.telling import (
    ABLE,
    PUPIL,
    SENT,
    earning,
    eliminated,
    graded,
    help_of,
    home,
    identified,
    over,
    spell,
    study,
    wage,
)

STORIES = [
    (
        "below_line_unmonitored",
        "Wu was lifted out and lives on 90 where the line is 100; Li too, and is monitored",
        home("wu", state={"category": "lifted_out"}, income=90, **SENT),
        home("li", state={"category": "lifted_out"}, income=90, monitoring=spell(), **SENT),
    ),
    (
        "breach_unmonitored",
        "the Wus' house is graded D; the Lis' was and is B now",
        home("wu", housing=[graded("D", "2024-01-01")]),
        home(
            "li",
            housing=[
                graded("D", "2024-01-01"),
                graded("B", "2025-01-01"),
            ],
            monitoring=over(),
        ),
    ),
    (
        "high_income_identified",
        "Wu had 24,000 in the year before identification; Li 12,000",
        earning("wu", wage(24_000, "2024-08-31"), monitoring=spell()),
        earning("li", wage(12_000, "2024-08-31"), monitoring=spell()),
    ),
    (
        "tiny_wage_identified",
        "Wu earned 80 in the year before identification",
        earning("wu", wage(80, "2024-08-31"), monitoring=spell()),
        earning("li", wage(800, "2024-08-31"), monitoring=spell()),
    ),
    (
        "identified_without_measure",
        "nothing has been done for Wu since January; Li was identified in December",
        home("wu", monitoring=spell()),
        home(
            "li",
            monitoring=[identified("2025-12-10")],
            assistance=[help_of(on="2024-01-01", ended_on="2024-03-01")],
        ),
    ),
    (
        "identified_without_cause",
        "Wu was identified for nothing",
        home("wu", monitoring=spell(None)),
        home("li", monitoring=spell("illness")),
    ),
    (
        "identified_twice",
        "Wu was identified in January and again in June; Li was eliminated in between",
        home("wu", monitoring=[identified(), identified("2025-06-10")]),
        home("li", monitoring=[identified(), eliminated("2025-05-10"), identified("2025-06-10")]),
    ),
    (
        "group_against_category",
        "Wu never was poor and is down as unstable; Li is marginal",
        home("wu", state={"category": "ordinary"}, monitoring=spell(group="unstable")),
        home("li", state={"category": "ordinary"}, monitoring=spell(group="marginal")),
    ),
    (
        "cause_repeated",
        "Wu's first and second cause are both illness",
        home("wu", monitoring=spell("illness", cause_2="illness")),
        home("li", monitoring=spell("illness", cause_2="schooling")),
    ),
    (
        "disaster_without_kind",
        "Wu was hit by some disaster, Li by a flood",
        home("wu", monitoring=spell("disaster")),
        home("li", monitoring=spell("disaster", disaster_kind="flood")),
    ),
    (
        "housing_cause_without_breach",
        "the Wus' house never was graded dangerous",
        home("wu", monitoring=spell("housing")),
        home("li", monitoring=spell("housing"), housing=[graded("C", "2024-01-01")]),
    ),
    (
        "water_cause_without_breach",
        "the Wus' water never was found unsafe",
        home("wu", monitoring=spell("water")),
        home("li", monitoring=spell("water"), water=[{"occurred_on": "2024-01-01", "status": "cut"}]),
    ),
    (
        "eliminated_early",
        "Wu was eliminated after five months, Li on the day six were full",
        home("wu", monitoring=over("2025-06-10")),
        home("li", monitoring=over("2025-07-10")),
    ),
    (
        "eliminated_without_measure",
        "Wu got out without help; Li with",
        home("wu", monitoring=over(elimination_mode="helped")),
        home("li", monitoring=over(), assistance=[help_of()]),
    ),
    (
        "eliminated_below_line",
        "Wu lived on 90 a month where the line is 100 when eliminated",
        home("wu", income=90, first="2024-06", last="2025-12", monitoring=over()),
        home("li", income=110, first="2024-06", last="2025-12", monitoring=over()),
    ),
    (
        "eliminated_unsafe",
        "the entry says Wu's child had dropped out",
        home("wu", monitoring=over(has_unsafe_house=False, has_dropout=True)),
        home("li", monitoring=over(has_unsafe_house=False, has_dropout=False)),
    ),
    (
        "eliminated_in_dangerous_house",
        "the Wus' house was graded C when they were eliminated",
        home("wu", monitoring=over(), housing=[graded("C", "2024-01-01")]),
        home(
            "li",
            monitoring=over(),
            housing=[
                graded("C", "2024-01-01"),
                graded("A", "2025-06-01"),
            ],
        ),
    ),
    (
        "eliminated_with_unsafe_water",
        "the Wus' water was cut when they were eliminated",
        home("wu", monitoring=over(), water=[{"occurred_on": "2024-01-01", "status": "cut"}]),
        home("li", monitoring=over(), water=[{"occurred_on": "2024-01-01", "status": "safe"}]),
    ),
    (
        "eliminated_without_labour",
        "the Wus are without labour and were eliminated",
        home("wu", state={"has_no_labour": True}, monitoring=over()),
        home("li", state={"has_no_labour": False}, monitoring=over()),
    ),
    (
        "eliminated_without_mode",
        "nobody says how Wu was eliminated",
        home("wu", monitoring=over()),
        home("li", monitoring=over(elimination_mode="natural")),
    ),
    (
        "eliminated_without_identification",
        "Wu was eliminated and never identified",
        home("wu", monitoring=[eliminated()]),
        home("li", monitoring=over()),
    ),
    (
        "relief_only",
        "Wu can work and gets social security only; Li a post too",
        home("wu", ABLE, monitoring=spell(), assistance=[help_of("social_security")]),
        home("li", ABLE, monitoring=spell(), assistance=[help_of("social_security"), help_of("public_post")]),
    ),
    (
        "education_without_student",
        "the Wus get education support and have no student",
        home("wu", assistance=[help_of("education")]),
        home("li", PUPIL, assistance=[help_of("education")], schooling=[study("high")]),
    ),
    (
        "work_measure_without_worker",
        "nobody at the Wus can work, and they get work support",
        home("wu", {"labour": "none"}, assistance=[help_of("employment")]),
        home("li", {"labour": "weak"}, assistance=[help_of("employment")]),
    ),
    (
        "measures_miss_the_cause",
        "Wu is ill and gets water; Li is ill and gets health",
        home("wu", monitoring=spell("illness"), assistance=[help_of("water")]),
        home("li", monitoring=spell("illness"), assistance=[help_of("health")]),
    ),
    (
        "measure_ends_before_start",
        "Wu's help ended on the day it began",
        home("wu", assistance=[help_of(ended_on="2025-02-01")]),
        home("li", assistance=[help_of(ended_on="2025-03-01")]),
    ),
]
