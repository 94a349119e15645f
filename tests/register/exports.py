"""Invented exports of the national system, written as real workbooks in the described layout."""

import io
import zipfile

from openpyxl import Workbook

DAY = "2025-10-31"
PLACE = {"县": "元谋县", "乡": "元马镇", "行政村": "星火村", "自然村": "上村"}
FILES = {
    "行政村信息": "(自定义)行政村信息.xlsx",
    "户信息": "(乡村建设)户信息.xlsx",
    "监测对象信息": "(自定义)监测对象信息.xlsx",
    "已外出务工": "(务工月监测)已外出务工信息.xlsx",
    "计划外出务工": "(务工月监测)计划外出务工信息.xlsx",
}
VILLAGE = {
    **PLACE,
    **dict.fromkeys(["总户数", "总人口", "低保户数", "低保人数", "特困人口", "残疾人口"], 5),
    **dict.fromkeys(["危房户数", "未实现饮水安全户数", "执业(助理)医师", "参加养老保险人数"], 1),
    **dict.fromkeys(
        ["是否出列", "到乡镇通硬化路", "客运班车", "村小学", "卫生室", "文化室", "公厕", "垃圾点"], "是"
    ),
    "村级集体经济收入(万元)": "12.35",
    "备注": "",
}
EARNED = [
    *["a1务工", "a2行业部门公益岗", "a3乡镇公益岗", "a4村级公益岗", "a5自主采摘"],
    *["b1种植", "b2养殖", "b3林果", "b4其他"],
    *["c1资产收益扶贫分红", "c2土地流转", "c3金融贷款项目", "c4代种代养", "c5其他"],
    *["d1计划生育金", "d2低保金", "d3特困供养金", "d4养老保险金", "d5生态补偿", "d6其他转移性收入"],
    *["其他理赔收入", "e1种植", "e2养殖", "e3林果", "e4其他"],
]
HOUSEHOLD = {
    **PLACE,
    "户编号": "5323280001",
    "户类型": "脱贫户",
    "入户路类型": "硬化路",
    "与村主干路距离(公里)": "0.5",
    "联系电话": "13800000000",
    "家庭住址": "上村1号",
    "危房等级": "B级",
    "住房面积": 96,
    "主要燃料": "柴草",
    "耕地": 3.5,
    "林地": None,
    "林果面积": None,
    "加入合作组织": "否",
    "年度": "2024",
    **dict.fromkeys(EARNED),
    "a1务工": 8000,
}
MEMBER = {
    "人编号": "53232800010001",
    "姓名": "王某",
    "证件号码": "532328198003120017",
    "性别": "男",
    "民族": "彝族",
    "与户主关系": "户主",
    "文化程度": "小学",
    "劳动技能": "普通劳动力",
    "特困供养": "否",
    "健康状况": "健康",
    "居民医保": "是",
    "职工医保": "否",
    "在校生状况": None,
    "政治面貌": "群众",
}
MONITORED = {
    **PLACE,
    "户编号": HOUSEHOLD["户编号"],
    "监测对象类别": "脱贫不稳定户",
    **{f"致贫/返贫风险{slot}": None for slot in range(1, 6)},
    "因自然灾害子项": None,
    "识别监测时间": "202403",
    "纳入监测对象的人均收入参考范围": 7600,
    "合规自付支出": "21000",
    **dict.fromkeys(
        ["住房出现安全问题", "义务教育阶段失学辍学", "饮水出现安全问题", "有成员未参加基本医保"], "否"
    ),
    "风险是否已消除": "否",
    "消除监测时间": None,
    "风险消除方式": None,
}
WORK = {
    **PLACE,
    "户编号": HOUSEHOLD["户编号"],
    "人编号": MEMBER["人编号"],
    "监测月份": "202509",
    "是否已务工": "是",
    "务工所在地": "省外",
    "所属行业": "制造业",
    "就业渠道": "亲友介绍",
    "开始时间": "202502",
    "结束时间": None,
    "务工月收入": 4200,
    "务工企业名称": "某厂",
}
PLAN = {**PLACE, "户编号": HOUSEHOLD["户编号"], "人编号": MEMBER["人编号"], "是否计划务工": "是"}


def workbook(path, rows, header_row=1):
    """Write rows (mappings of header to value) as the one sheet of a workbook."""
    book = Workbook()
    sheet = book.active
    for place, name in enumerate(rows[0], start=1):
        sheet.cell(header_row, place, name)
    for number, row in enumerate(rows, start=header_row + 1):
        for place, value in enumerate(row.values(), start=1):
            sheet.cell(number, place, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def write_exports(folder, day=DAY, **rows):
    """Write the exports whose rows are given, by the short names of `FILES`."""
    for name, values in rows.items():
        workbook(folder / day / FILES[name], values)
    return folder


def wang(**changes):
    """One row of the Wang household's only member."""
    return {**HOUSEHOLD, **MEMBER, **changes}


def with_part(raw, name, content):
    """Put a part into a zipped workbook, in place of the one of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, content)
    return out.getvalue()
