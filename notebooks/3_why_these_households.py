# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Why these households 为什么是这些户
#
# Risk split by cause. The model attributes; it does not know the cause.
# A score is a reason to visit, never a decision.

# %%
import json

import matplotlib.pyplot as plt
import numpy as np
import polars as pl
import shap

from pipelines.commands.explain_household import explain_household
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from watchlists.pages.cause_plots import parts_by_cause

scores = pl.read_parquet(HERE.releases / "current" / "scores.parquet")
listed = pl.read_parquet(HERE.releases / "current" / "watchlist.parquet")
scores.select("risk", "risk_low", "risk_high").describe()

# %% [markdown]
# ## Do the parts add up? 各原因之和是否等于风险？

# %%
margin = scores["base_margin"] + scores.select(pl.sum_horizontal("^phi_.*$")).to_series()
risk = scores["risk"]
assert np.abs(margin - (risk / (1 - risk)).log()).max() < 1e-9

# %% [markdown]
# ## Which causes lead the list, and do the members of the model agree? 名单上的主要原因

# %%
firm = (pl.col("main_cause_support") == 1).mean().alias("firm")
listed.group_by("main_cause").agg(pl.len(), firm).sort("len", descending=True)

# %% [markdown]
# ## Would the model of another season name the same cause? 换一个季度的模型，主要原因是否相同？

# %%
pl.DataFrame(json.loads((HERE.explanations / "stability.json").read_text(encoding="utf-8")))

# %% [markdown]
# ## How does each cause push the risk? 各原因的贡献分布
# A dot a household, those with the highest risks; red is a higher risk.

# %%
sample = scores.sort("risk", descending=True).head(500)
shap.plots.beeswarm(parts_by_cause(sample), max_display=16, color_bar_label="risk", show=False)
plt.show()

# %% [markdown]
# ## What does income do, and work? 收入和务工的作用
# A group's part over one of its features.

# %%
features = pl.concat(read_parquet(path) for path in sorted(HERE.features.glob("*.parquet")))
beside = sample.join(features, on=["household_id", "as_of_date"], how="left")

# %%
income = parts_by_cause(beside, pl.col("resources_over_line"))[:, "income"]
shap.plots.scatter(income, xmax="percentile(95)", show=False)
plt.show()

# %%
work = parts_by_cause(beside, pl.col("wages_over_needs"))[:, "employment"]
shap.plots.scatter(work, xmax="percentile(95)", show=False)
plt.show()

# %% [markdown]
# ## One household 一户
# The household with the highest risk: from the base to its own log-odds, cause by cause.

# %%
highest = parts_by_cause(sample)[0]
highest.data = None
shap.plots.waterfall(highest, max_display=16, show=False)
plt.show()

# %% [markdown]
# The same in words, as `huitou explain` says it.

# %%
print(explain_household(sample["household_id"][0]))
