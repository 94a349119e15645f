"""`huitou oracle`: what the models reach beside the true risk of a simulated prefecture."""

from collections.abc import Callable

import polars as pl

from features.storage import read_features
from models.keys import KEYS
from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.own_numbers import key_made_under
from pipelines.workspace.parameters import load_params
from pipelines.workspace.training_outputs import origin_scores, training_facts
from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import read_parquet
from register.errors import StoreError
from register.keys.pseudonym import Pseudonymiser
from register.reference import alert_rules
from studies.oracle.truth import beside_the_oracle, hidden_by_help, read_truth, require_falls, rule_precision

MODELS = ("risk_model", "logistic", "income_over_line")


def oracle() -> str:
    """Compare the last run's models and the single alert rules with the truth.

    Returns
    -------
    str
        Three tables: rankings of the origins' cohorts, falls with help and had it stopped,
        and the precision of each rule.

    Raises
    ------
    StoreError
        When there was no run, or its source has no truth.
    ParamsError
        When the run is of a label the truth does not tell of.
    """
    if not HERE.training.is_file():
        raise StoreError(f"{HERE.training}: no trained model found; run huitou run first")
    label = training_facts(HERE)["label"]
    require_falls(label)
    known = read_parquet(HERE.cohort).select(*KEYS, "label")
    scored = pl.concat(rows.select(*KEYS, *MODELS) for rows in origin_scores(HERE).values())
    judged = scored.join(known, on=KEYS, how="inner")
    risk, resources = (read_truth(HERE.truth, name, pseudonym()) for name in ("risk", "resources"))
    tables = (
        beside_the_oracle(judged, risk, MODELS),
        hidden_by_help(judged, resources, label["months"], MODELS[0]),
        _rules(judged),
    )
    with pl.Config(tbl_formatting="MARKDOWN", tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True):
        return "\n\n".join(str(one) for one in tables) + "\n"


def pseudonym(workspace: Workspace = HERE) -> Callable[[str], str] | None:
    """Give what turns the source's household ids into the register's; None where they are the same."""
    made_under = noted_key(workspace)
    if made_under is None:
        return None
    named = Pseudonymiser(key_made_under(made_under, load_params().privacy))
    return lambda identifier: named.pseudonym("household_id", identifier)


def _rules(judged: pl.DataFrame) -> pl.DataFrame:
    rules = {rule.code: rule.when for rule in alert_rules()}
    names = sorted({name for when in rules.values() for name in when})
    marked = pl.concat(
        judged.join(read_features(path, columns=names), on=KEYS, how="inner")
        for path in sorted(HERE.features.glob("*.parquet"))
    )
    return rule_precision(marked, rules)
