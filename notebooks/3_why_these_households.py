# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Why these households 为什么是这些户
#
# Every risk is base + standing + fresh, group by group: what a household has lived with (长期处境) and
# what changed within the year (近一年的变化). The model attributes; it does not know the cause.
# A score is a reason to visit, never a decision.

# %%
import json

import matplotlib.pyplot as plt
import numpy as np
import polars as pl
import shap

from features.declaration import GROUPS
from features.storage import read_features
from pipelines.commands.explain_household import explain_household
from pipelines.workspace.workspace import HERE

scores = pl.read_parquet(HERE.releases / "current" / "scores.parquet")
listed = pl.read_parquet(HERE.releases / "current" / "watchlist.parquet")
scores.select("risk").describe()

# %% [markdown]
# ## Do the parts add up? 各部分之和是否等于风险？

# %%
margin = scores["base_margin"] + scores.select(pl.sum_horizontal("^phi_.*$")).to_series()
risk = scores["risk"]
assert np.abs(margin - (risk / (1 - risk)).log()).max() < 1e-9

# %% [markdown]
# ## Which causes are named, and of how many households none? 名单上点名的原因，多少户没有
# Named is what the register shows within the year and what moved the risk.

# %%
listed.group_by("main_cause").agg(pl.len()).sort("len", descending=True)

# %% [markdown]
# ## Would the model of another season split the risk alike? 换一个季度的模型，归因是否相同？

# %%
pl.DataFrame(json.loads((HERE.explanations / "stability.json").read_text(encoding="utf-8")))


# %% [markdown]
# ## What changed within the year 近一年的变化
# A dot a household, those with the highest risks; red is a higher risk.


# %%
def dressed(rows: pl.DataFrame, prefix: str, colour: str) -> shap.Explanation:
    """Dress one axis of the parts for the plots of shap."""
    known = rows.filter(pl.col("fresh_income").is_not_null(), pl.col(colour).is_not_null())
    return shap.Explanation(
        known.select(f"{prefix}_{group}" for group in GROUPS).to_numpy(),
        base_values=known["base_margin"].to_numpy(),
        data=np.repeat(known.select(pl.col(colour).cast(pl.Float64)).to_numpy(), len(GROUPS), axis=1),
        feature_names=list(GROUPS),
    )


# %%
sample = scores.sort("risk", descending=True).head(500)
shap.plots.beeswarm(dressed(sample, "fresh", "risk"), max_display=16, color_bar_label="risk", show=False)
plt.show()

# %% [markdown]
# ## What does income do, and work? 收入和务工的作用
# A group's part, standing and fresh together, over one of its features.

# %%
features = pl.concat(read_features(path) for path in sorted(HERE.features.glob("*.parquet")))
beside = sample.join(features, on=["household_id", "as_of_date"], how="left")

# %%
shap.plots.scatter(
    dressed(beside, "phi", "resources_over_line")[:, "income"], xmax="percentile(95)", show=False
)
plt.show()

# %%
shap.plots.scatter(
    dressed(beside, "phi", "wages_over_needs")[:, "employment"], xmax="percentile(95)", show=False
)
plt.show()

# %% [markdown]
# ## One household 一户
# The household with the highest risk: from the base to its own log-odds, cause by cause.

# %%
highest = dressed(sample, "phi", "risk")[0]
highest.data = None
shap.plots.waterfall(highest, max_display=16, show=False)
plt.show()

# %% [markdown]
# The same in words, as `huitou explain` says it.

# %%
print(explain_household(sample["household_id"][0]))
