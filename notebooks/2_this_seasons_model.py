# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # This season's model 本季模型
#
# What was tried, read through MLflow, and how it did on seasons it had not seen.

# %%
import os

from pipelines.workspace.tracking import EXPERIMENT, MODEL_NAME, SETTINGS, tracking_uri

os.environ.update(SETTINGS)

import matplotlib.pyplot as plt
import mlflow
import polars as pl

from models.evaluation.board import read_board
from pipelines.workspace.workspace import HERE

mlflow.set_tracking_uri(tracking_uri())

# %% [markdown]
# ## What was tried? 试过哪些？

# %%
runs = mlflow.search_runs(experiment_names=[EXPERIMENT])
challenger = mlflow.MlflowClient().get_model_version_by_alias(MODEL_NAME, "challenger")
runs.filter(regex="run_id|status|start_time|metrics|params.season")

# %% [markdown]
# ## Which one is the challenger, and on which data was it trained? 当前模型与数据

# %%
run = mlflow.get_run(challenger.run_id)
pl.DataFrame({"name": list(run.data.tags), "value": list(run.data.tags.values())}).filter(
    pl.col("name").str.starts_with("digest.")
).sort("name")

# %% [markdown]
# ## Is it better than the rules in force, past incomes and logistic regression? 是否优于现行规则和简单方法？
# Out of time, all origins pooled, with 95 % intervals over villages.

# %%
leaderboard = read_board(HERE.tables / "leaderboard.csv")
own = leaderboard.filter(pl.col("compared_with").is_null(), origin="pooled", metric="auc")
pooled = own.sort("subgroup", "model")
pooled

# %%
figure, axes = plt.subplots(figsize=(7, 6))
names = [f"{row['model']} ({row['subgroup']})" for row in pooled.iter_rows(named=True)]
spread = [(pooled["value"] - pooled["low"]).to_list(), (pooled["high"] - pooled["value"]).to_list()]
axes.errorbar(pooled["value"], names, xerr=spread, fmt="o", capsize=3)
axes.set(xlabel="AUC, out of time", xlim=(0.4, 1))
figure.tight_layout()
plt.show()

# %% [markdown]
# ## Is a risk of 10 % really 10 %? 校准

# %%
reliability = pl.read_csv(HERE.tables / "reliability.csv")
reliability
