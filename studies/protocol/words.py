"""What readers call the splits, calibration maps and losses of the protocol: Chinese first, then English."""

from watchlists.label_wording import Words

#: The reference of a split board stands in its column ``risk_model``.
SPLIT_WORDS: dict[str, Words] = {
    "risk_model": ("逐季滚动（本项目的评判）", "rolling origin (as evaluate judges)"),
    "household_disjoint": ("评判户从未参加训练", "households never trained on"),
    "region_held_out": ("评判地区从未参加训练", "regions never trained on"),
    "random": ("随机划分（看得到未来，只作对照）", "random rows (sees the future, shown once)"),
}
MAP_WORDS: dict[str, Words] = {
    "identity": ("不校准", "identity"),
    "line": ("直线", "line"),
    "beta": ("贝塔校准", "beta"),
    "isotonic": ("保序回归", "isotonic"),
    "venn_abers": ("维恩-阿伯斯合并", "Venn-Abers merged"),
}
#: Of what no leaderboard holds.
LOSS_WORDS: dict[str, Words] = {
    "brier": ("Brier 分", "Brier score"),
    "log_loss_difference": ("对数损失减直线的", "log loss less that of the line"),
    "brier_difference": ("Brier 分减直线的", "Brier score less that of the line"),
}
