# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # The register and its quality 登记数据与质量
#
# What came in, what was refused and why, how late it was entered.
# Run in the folder of `params.yaml`, after `make run`.

# %%
import warnings

warnings.simplefilter("error")

import matplotlib.pyplot as plt
import polars as pl

from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.readings import readings
from register.seasons import season_end, seasons_between
from register.store import Register

params = load_params()
register = Register(HERE.register)
register.counties

# %% [markdown]
# ## Is no row lost? 是否有数据丢失？
# Rows in = accepted + quarantined + duplicates, by file.

# %%
ledger = pl.read_csv(HERE.register / "ledger.csv")
assert (ledger["rows_in"] == ledger["accepted"] + ledger["quarantined"] + ledger["duplicates"]).all()
ledger.group_by("table").agg(pl.col("rows_in", "accepted", "quarantined", "duplicates").sum()).sort("rows_in")

# %% [markdown]
# ## Why were rows refused? 哪些问题最多？

# %%
quarantine = pl.read_parquet(HERE.register / "quarantine.parquet")
reasons = quarantine.group_by("column", "reason").len().sort("len", "reason", descending=True)
reasons.head(15)

# %% [markdown]
# ## What contradicts itself? 哪些记录互相矛盾？
# Doubts by code (docs/consistency.md); they warn, nothing was refused for them.

# %%
findings = pl.read_parquet(HERE.register / "findings.parquet")
households = pl.col("household_id").n_unique().alias("households")
findings.group_by("severity", "code").agg(pl.len(), households).sort(
    "severity", "len", descending=[False, True]
)

# %% [markdown]
# ## How late are records entered? 录入滞后多久？
# Features at a date see only what was entered by then.

# %%
shard = register.shard(register.counties[0])
lateness = (pl.col("recorded_on") - pl.col("occurred_on")).dt.total_days()
delay = shard.tables["income"].select(days=lateness)
figure, axes = plt.subplots(figsize=(7, 3))
axes.hist(delay["days"], bins=60)
axes.set(xlabel="days from event to entry", ylabel="income records")
plt.show()

# %% [markdown]
# ## Where do households stand? 收入与监测线之比
# Reference resources over needs at the last four season ends; 1 is the line.

# %%
seasons = seasons_between(params.features.first_season, params.season)[-4:]
read = readings(shard, [season_end(one) for one in seasons], params.label.resources_months)
figure, axes = plt.subplots(figsize=(7, 3))
for (day,), rows in read.group_by("as_of_date", maintain_order=True):
    known = rows["resources_over_line"].drop_nulls()
    axes.hist(known, bins=80, range=(0, 6), histtype="step", label=str(day))
axes.axvline(1, color="black", linewidth=1)
axes.set(xlabel="resources over line", ylabel="households")
axes.legend()
plt.show()
