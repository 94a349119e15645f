"""What is said of a household off the list that cannot be made out: Chinese / English."""

NOBODY = (
    "没有写是哪一户 / the row does not say which household it is about",
    (
        "填写户编号（或系统户编号）；没有的，填户主姓名和所在村 / "
        "enter the id or own number of the household, or the householder's name and the village"
    ),
)
NO_VILLAGE = (
    "有户主姓名而没有所在村 / there is a name but no village",
    "填写所在村，或改填户编号 / enter the village, or the id of the household",
)
UNKNOWN = (
    "登记册里没有这个户编号 / no household of the register has this id",
    (
        "按全国系统的户编号核对；没有编号的，清空该格，填户主姓名和所在村 / "
        "compare it with the national system; without one clear the cell, enter name and village"
    ),
)
NO_SUCH_NAME = (
    "所在村没有以此人为户主的户 / nobody of that name heads a household of that village in the register",
    "核对姓名和村名，与登记一致；或填写户编号 / compare name and village with the register, or enter the id",
)
SEVERAL = (
    "所在村有{n}户户主同名，分不清是哪一户 / {n} households of that village have a head of that name",
    "填写户编号（或系统户编号） / enter the id or own number of the household",
)
NO_NAMES = (
    "这里没有保存姓名，不能按姓名查 / no names are kept here, so none can be looked up",
    "填写户编号（或系统户编号） / enter the id or own number of the household",
)
OTHER_NAME = (
    "户编号与户主姓名不是同一户 / id and householder's name are of different households",
    "核对两格，改正一格，或清空其中一格 / compare the two cells, correct one, or clear it",
)
LISTED = (
    "该户在名单上：{place}走访顺序{rank} / the household is on the list: visit order {rank} of {place}",
    "填到“回头看”表该户的行，清空本行 / enter it in the row of that household in 回头看, clear this row",
)
