"""Folders as offices and researchers have them: exports under days, a survey in Stata files, waves in CSV."""

from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from register.proposal.looking import look
from tests.register import exports

DAYS = ("2024-10-31", "2025-10-31")
WANG = {**exports.HOUSEHOLD, **exports.MEMBER}
BESIDE = {
    "行政村信息": [exports.VILLAGE],
    "监测对象信息": [exports.MONITORED],
    "已外出务工": [exports.WORK],
    "计划外出务工": [exports.PLAN],
}
#: Where the Uganda panel lies, if anywhere (outside the repository: none of its data are committed).
UGANDA = Path(__file__).parents[4] / "shared/panels/uganda"


def wide(row):
    """Write the brackets of headers in full width."""
    return {name.replace("(", "（").replace(")", "）"): value for name, value in row.items()}


def titled(path, row, title="元谋县户信息表"):
    """Write a workbook with a title above its header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    for cells in ([title], list(row), list(row.values())):
        book.active.append(cells)
    book.save(path)
    return path


def office(folder, **household):
    """Write the five exports under two days, as the shipped mapping expects them."""
    for day in DAYS:
        exports.write_exports(folder, day, **BESIDE, 户信息=[{**WANG, **household}])
    return folder


def careless_office(folder):
    """Titles, full-width brackets, a header of its own, two columns short, and a department's list."""
    row = wide({name: value for name, value in WANG.items() if name not in ("主要燃料", "b3林果")})
    row["危房等级认定"] = row.pop("危房等级")
    for day in DAYS:
        exports.write_exports(folder, day, **BESIDE)
        exports.workbook(folder / day / exports.FILES["行政村信息"], [wide(exports.VILLAGE)])
        titled(folder / day / exports.FILES["户信息"], row)
    listed = "户编号,鉴定日期,危房等级,录入日期\n5323280001,2025-01-02,C,2025-02-01\n"
    (folder / DAYS[1] / "住房鉴定.csv").write_bytes(listed.encode("gb18030"))
    return folder


def waves(folder, days=("2009-12-31", "2010-12-31", "2011-12-31"), n=40):
    """A panel as CSV: a file of households and one of persons a wave; the year stands in the name."""
    folder.mkdir(parents=True, exist_ok=True)
    for wave, year in enumerate(day[:4] for day in days):
        homes = [
            {"case_id": home, "ea_id": home // 4, "TOT_consumption": 70 + home, "food_consumption_weekly": 40}
            for home in range(n)
        ]
        people = [
            {"id_hh": home, "id_ind": home * 10 + one, "ind_age": 20 * one + wave, "ind_position": one}
            for home in range(n)
            for one in (1, 2)
        ]
        pd.DataFrame(homes).to_csv(folder / f"result_{year}.csv", index=False)
        pd.DataFrame(people).to_csv(folder / f"persons_{year}.csv", index=False)
    return folder


def interviews(folder, n=40):
    """A panel as Stata: one file of homes, one of persons, three interviews each, codes with labels."""
    folder.mkdir(parents=True, exist_ok=True)
    days = pd.to_datetime(["2010-10-13", "2013-11-02", "2016-10-20"])
    homes = [
        {
            "hhid": home,
            "ea_id": home // 4,
            "district": home // 20,
            "interview_date": day,
            "spent": 900.0,
        }
        for home in range(n)
        for day in days
    ]
    people = [
        {"hhid": home, "pid": one, "age": 20.0 * one + day.year - 2010, "sex": one, "interview_date": day}
        for home in range(n)
        for day in days
        for one in (1, 2)
    ]
    about = {"spent": "Total expenditure"}
    pd.DataFrame(homes).to_stata(folder / "homes.dta", write_index=False, variable_labels=about)
    labels = {"sex": {1: "Male", 2: "Female"}}
    pd.DataFrame(people).to_stata(folder / "persons.dta", write_index=False, value_labels=labels)
    return folder


def only_look(folder):
    """Look at a folder of one table."""
    (one,), remarks = look(folder)
    assert remarks == []
    return one
