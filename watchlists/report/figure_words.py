"""What readers call the models, tables and groups of an evaluation: Chinese first, then English."""

from watchlists.label_wording import OutcomeWords, Words

#: Models and baselines in the order they are shown; a score column not named here keeps its own name.
MODELS: dict[str, Words] = {
    "risk_model": ("本模型", "risk model"),
    "risk_came": ("本模型，按实际调整的线", "risk model, for the rise that came"),
    "rules": ("收入和规则的排序", "order by income and rules"),
    "income": ("只按收入的排序", "order by income alone"),
    "blend": ("树与逻辑回归的平均", "blend of trees and logistic"),
    "trees": ("梯度提升树", "boosted trees"),
    "single": ("单棵提升模型", "a single booster"),
    "hist_gradient_boosting": ("直方图梯度提升", "HistGradientBoosting"),
    "logistic": ("逻辑回归", "logistic regression"),
    "blend_free": ("平均，不限方向", "blend, any direction"),
    "trees_free": ("梯度提升树，不限方向", "boosted trees, any direction"),
    "single_free": ("单棵提升模型，不限方向", "a single booster, any direction"),
    "hist_gradient_boosting_free": ("直方图梯度提升，不限方向", "HistGradientBoosting, any direction"),
    "catboost": ("CatBoost 提升树", "CatBoost"),
    "explainable_boosting": (
        "可解释提升机，每个特征一条曲线",
        "explainable boosting machine, a curve a feature",
    ),
    "logistic_free": ("逻辑回归，不限方向", "logistic regression, any direction"),
    "logistic_splines": ("样条逻辑回归", "logistic regression with splines"),
    "income_over_line": ("当前收入与线之比", "income over the line"),
    "lagged_income": ("一年前收入", "income a year ago"),
    "mean_past_income": ("以往平均收入", "mean of past incomes"),
    "past_falls": ("以往跌破次数", "number of past falls"),
    "village_mean": ("同村其他户平均收入", "mean income of the village"),
    "line_rule": ("收入低于1.5倍线", "line rule: income below 1.5 lines"),
    "eight_visits": ("八必访", "eight priority visits"),
    "alerts": ("部门预警合并", "union of department alerts"),
    "medical_rule": ("医疗自付50%/100%规则", "medical 50 % / 100 % rule"),
    "base_rate": ("基准率（随机）", "base rate (by lot)"),
}
SUBGROUPS: dict[str, Words] = {
    "all": ("全部", "all"),
    "return": ("曾贫困（返贫）", "poor before (return)"),
}
GROUPS: dict[str, Words] = {
    "minority": ("户主为少数民族", "head of an ethnic minority"),
    "female_head": ("女户主", "female head"),
    "elderly_only": ("全户老人", "elderly members only"),
    "disabled": ("有残疾人", "a disabled member"),
    "relocated": ("易地搬迁户", "relocated"),
    "remote": ("偏远村", "remote village"),
    "household_size": ("家庭人口", "household size"),
    "category": ("户类别", "category"),
    "fallen_as": ("成为", "became"),
}
VALUES: dict[str, Words] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "lifted_out": ("脱贫户", "lifted out"),
    "ordinary": ("一般农户", "ordinary rural"),
    "unstable": ("脱贫不稳定户", "unstable"),
    "marginal": ("边缘易致贫户", "marginal"),
    "sudden": ("突发严重困难户", "sudden hardship"),
}
#: Columns of tables shown as they are; braces take the words of the outcome.
COLUMNS: dict[str, Words] = {
    "origin": ("季度", "season judged"),
    "season": ("季度", "season"),
    "as_of_date": ("名单日期", "as of"),
    "first_trained": ("训练起", "trained from"),
    "last_trained": ("训练止", "trained to"),
    "last_label_known_on": ("最后标签已知于", "last label known on"),
    "window_opens": ("评判窗口起", "window opens"),
    "window_closes": ("评判窗口止", "window closes"),
    "n_trained": ("训练户次", "trained on"),
    "n_trained_positive": ("其中{zh}", "of them {past}"),
    "n_judged": ("评判户次", "judged"),
    "n_judged_positive": ("其中{zh}", "of them {past}"),
    "n_unknown": ("结果未知", "unknown"),
    "n_repeated": ("重复行", "repeated"),
    "split": ("划分", "split"),
    "trainings": ("训练次数", "trainings"),
    "outcome_known_from": ("结果最早已知于", "outcomes known from"),
    "n_shared_rows": ("两边都有的户次", "rows on both sides"),
    "n_shared_households": ("两边都有的户", "households on both sides"),
    "n_shared_regions": ("两边都有的地区", "regions on both sides"),
    "n_seen_before": ("此前也在训练中", "also trained on, earlier"),
    "n": ("户次", "n"),
    "n_return": ("曾贫困", "poor before"),
    "n_known": ("结果已知", "known"),
    "n_positive": ("{zh}", "{past}"),
    "window_open": ("窗口未到期", "window open"),
    "in_breach": ("当日已不安全", "in breach already"),
    "left_register": ("已离开登记", "left the register"),
    "not_observed": ("未观察到", "not observed"),
    "already_monitored": ("此前已被识别", "monitored already"),
    "older_regime": ("按旧规则", "older rules"),
    "regimes": ("监测规则", "rules of monitoring"),
    "crosses": ("跨越变化", "crosses a change"),
    "n_older": ("按旧规则不用", "of older rules, not used"),
    "base_rate": ("基础比例", "base rate"),
    "subgroup": ("人群", "subgroup"),
    "model": ("做法", "model"),
    "compared_with": ("比较对象", "less"),
    "metric": ("指标", "metric"),
    "list": ("名单", "list"),
    "ties": ("并列次序", "ties"),
    "value": ("值", "value"),
    "low": ("区间低", "low"),
    "high": ("区间高", "high"),
    "group": ("属性", "attribute"),
    "mean_risk": ("平均风险", "mean risk"),
    "bias": ("偏差", "bias"),
    "relative_bias": ("相对偏差", "relative bias"),
    "slope": ("斜率", "slope"),
    "selection_rate": ("入列率", "selection rate"),
    "recall_at_capacity": ("召回率", "recall at capacity"),
    "recall_gap": ("召回率差", "recall gap, points"),
    "recall_gap_expected": ("按风险应有的差", "gap expected from the risks, points"),
    "precision_at_capacity": ("命中率", "precision at capacity"),
    "exclusion_error": ("漏测率", "exclusion error"),
    "false_positive_rate": ("误列率", "false positive rate"),
    "share_percent": ("走访比例 %", "share visited, %"),
    "precision": ("命中率", "precision"),
    "precision_worst": ("最差次序", "worst order"),
    "precision_best": ("最好次序", "best order"),
    "recall": ("召回率", "recall"),
    "lift": ("提升倍数", "lift"),
}
#: Why an outcome is not known, in the order of `models.labels.label_rules.CENSORED`.
UNKNOWN: dict[str, Words] = {
    "window_open": ("窗口未到期（window open）", "the window is open"),
    "in_breach": (
        "名单日期时住房、饮水或就学已不安全，属必访，不属预测（in breach）",
        "the household was without safe housing, water or schooling at the date: a duty, no forecast",
    ),
    "left_register": ("已离开登记（left register）", "the household left the register"),
    "not_observed": ("窗口内没有收入记录（not observed）", "nothing was observed in the window"),
    "already_monitored": (
        "名单日期前已被识别、之后才录入（monitored already）",
        "the household had been identified before the date and was entered later",
    ),
    "older_regime": (
        "按含义不同的旧监测规则（older rules）",
        "the window lies in older rules of monitoring, which meant something else",
    ),
}
#: What can be done about a group the list finds too few of (EVALUATION 2: published with the remedy).
REMEDIES: dict[str, Words] = {
    "sudden": (
        "突发困难来自事后的疾病、事故和灾害，事前名单难以预见：由部门预警和应急走访补上，不靠本名单。",
        "Sudden hardship follows illness, accident and disaster after the list: leave it to alerts.",
    ),
    "cover": (
        "为该类户保留走访名额（params.yaml 的 watchlist.minimum_cover），并核对其收入和健康记录是否及时。",
        "Reserve visits for it (watchlist.minimum_cover in params.yaml); check that its records are in time.",
    ),
    "": (
        "该类户基础比例较低时，按风险排序自然列得少：核对其收入和健康记录是否及时，名额充裕时再往下走访。",
        "Where its base rate is lower, a list by risk holds fewer: check its records, visit further down.",
    ),
}


def column_words(name: str, outcome: OutcomeWords) -> Words:
    """Name a column of a table in both languages, where it counts the outcome by the outcome's name."""
    zh, en = words_of(COLUMNS, name)
    return zh.format(zh=outcome.zh), en.format(past=outcome.past)


def words_of(table: dict[str, Words], name: str) -> Words:
    """Name a thing in both languages; one not declared by its own name.

    Examples
    --------
    >>> words_of(MODELS, "new_idea")
    ('new_idea', 'new idea')
    """
    return table.get(name, (name, name.replace("_", " ")))
