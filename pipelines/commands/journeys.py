"""What `huitou` alone shows: who comes, and the first commands of each."""

from collections.abc import Mapping, Sequence

from pipelines.workspace.error_words import Language

#: A journey: who goes it, and its commands with a line each.
Journey = tuple[str, Sequence[tuple[str, str]]]

JOURNEYS: Mapping[Language, Sequence[Journey]] = {
    "en": (
        (
            "Analysts: lists from your own data",
            (
                ("huitou start FOLDER", "look at what you have; what to mend, what to type"),
                ("huitou check FOLDER", "what contradicts itself, by township"),
                ("huitou run", "model, lists and report; made-up data unless --set says otherwise"),
                ("huitou retrain 2026Q1", "a new model for a new season"),
            ),
        ),
        (
            "Monitoring staff: visits",
            (
                ("huitou workbooks FOLDER --with-names", "workbooks to hand out"),
                ("huitou lookback FILE", "read filled workbooks back"),
                ("huitou progress", "who is still to be visited, where help is late"),
                ("huitou monthly 2026-01", "the month's tables and notices"),
            ),
        ),
        (
            "Evaluators: is the list good",
            (
                ("huitou explain HOUSEHOLD", "why it stands where it stands, with the records"),
                ("huitou protocol", "judge by other splits and learners"),
                ("huitou releases", "every release, verified"),
            ),
        ),
    ),
    "zh": (
        (
            "分析人员：用自己的数据出名单",
            (
                ("huitou start 文件夹", "看手头有什么，先改什么，输入什么"),
                ("huitou check 文件夹", "互相矛盾的记录，按乡镇列出"),
                ("huitou run", "模型、名单和报告；不用 --set 指明就用模拟数据"),
                ("huitou retrain 2026Q1", "为新一季训练新模型"),
            ),
        ),
        (
            "监测人员：走访",
            (
                ("huitou workbooks 文件夹 --with-names", "写出用于发放的工作簿"),
                ("huitou lookback 文件", "读回填好的工作簿"),
                ("huitou progress", "还有谁没走访，哪里帮扶逾期"),
                ("huitou monthly 2026-01", "当月统计表、评议表和公示"),
            ),
        ),
        (
            "评估人员：名单好不好",
            (
                ("huitou explain 户编号", "为什么排在这里，依据哪些记录"),
                ("huitou protocol", "换划分、换学习器再评判"),
                ("huitou releases", "各次发布和校验结果"),
            ),
        ),
    ),
}
LAST: Mapping[Language, str] = {
    "en": "All commands: huitou --help; one: huitou COMMAND --help. Pages: docs/README.md\n"
    "A score is a reason to visit, never a decision.",
    "zh": "全部命令：huitou --help；某个命令：huitou 命令 --help。文档：docs/README.zh.md\n"
    "评分是走访的理由，不是决定。",
}


def journeys(language: Language) -> str:
    """Write the journeys for a terminal of 80 columns, a command's line below it.

    Parameters
    ----------
    language : {"zh", "en"}

    Returns
    -------
    str

    Examples
    --------
    >>> print(journeys("en").splitlines()[0])
    Analysts: lists from your own data
    """
    written = ("\n".join([who, *map(_step, steps)]) for who, steps in JOURNEYS[language])
    return "\n\n".join([*written, LAST[language]]) + "\n"


def _step(step: tuple[str, str]) -> str:
    command, purpose = step
    return f"  {command}\n      {purpose}"
