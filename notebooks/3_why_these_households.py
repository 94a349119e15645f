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
import matplotlib.pyplot as plt
import numpy as np
import polars as pl
import shap

from pipelines.workspace import RELEASES

scores = pl.read_parquet(RELEASES / "current" / "scores.parquet")
listed = pl.read_parquet(RELEASES / "current" / "watchlist.parquet")
causes = [name for name in scores.columns if name.startswith("phi_")]
scores.select("risk", "risk_low", "risk_high").describe()

# %% [markdown]
# ## Do the parts add up? 各原因之和是否等于风险？

# %%
margin = scores["base_margin"] + scores.select(pl.sum_horizontal(causes)).to_series()
risk = scores["risk"]
assert np.abs(margin - (risk / (1 - risk)).log()).max() < 1e-9

# %% [markdown]
# ## Which causes lead the list? 名单上的主要原因

# %%
listed.group_by("main_cause").len().sort("len", descending=True)

# %% [markdown]
# ## How does each cause push the risk? 各原因的贡献分布

# %%
sample = scores.sort("risk", descending=True).head(500)
explanation = shap.Explanation(
    sample.select(causes).to_numpy(),
    base_values=sample["base_margin"].to_numpy(),
    feature_names=[name.removeprefix("phi_") for name in causes],
)
shap.plots.bar(explanation, max_display=len(causes), show=False)
plt.tight_layout()
plt.show()

# %% [markdown]
# ## One household 一户
# The household with the highest risk: from the base to its own log-odds, cause by cause.

# %%
shap.plots.waterfall(explanation[0], max_display=len(causes), show=False)
plt.tight_layout()
plt.show()
