"""A small evaluation, as evaluate writes it."""

from register.atomic import write_json, write_text

HEAD = "origin,subgroup,model,metric,value,low,high,n,n_positive\n"
BOARD = "".join(
    f"pooled,all,{model},{metric},{value},0.6,0.9,983,450\n"
    for model, value in (("risk_model", 0.764), ("logistic", 0.754))
    for metric in ("auc", "ap")
)
DIFFERENCE = "pooled,all,risk_model-minus-logistic,auc_difference,0.01,-0.002,0.02,983,450\n"
SUMMARY = {
    "season": "2025Q4",
    "households": 40000,
    "listed": 768,
    "listed_by_rule": 131,
    "must_visits_without_place": 3,
    "entered": 5,
    "stayed": 700,
    "left": 4,
    "new": 63,
    "townships": 64,
    "listed_by_cover": 0,
    "left_unimproved": 2,
    "on_relief_only": 5,
    "lacks_follow_up": 6,
    "with_measures_ending": 7,
    "delivered_by": "champion 2025Q3-0a1b2c3d, promoted by Li on 2025-11-02: better",
}


def judgement_in(folder):
    tables = folder / "tables"
    write_text(tables / "leaderboard.csv", HEAD + BOARD + DIFFERENCE)
    write_text(
        tables / "reliability.csv", "bin,n,n_positive,mean_risk,observed\n1,9,1,0.1,0.11\n2,9,4,0.4,0.44\n"
    )
    write_json(folder / "metrics.json", {"auc": 0.764})
    return folder
