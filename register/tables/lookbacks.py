"""Look-backs: what a visit to a listed household found."""

from register.contract import Column, Table, household_id, recorded_on
from register.tables.assistance import ASSISTANCE
from register.tables.monitoring import MONITORING

LOOKBACKS = Table(
    "lookbacks",
    "回头看",
    "look-back",
    "一行是对名单上一户的一次走访；由填好的工作簿读回 / "
    "a row is a visit to a listed household; read back from the filled workbook",
    ("household_id", "visited_on"),
    "visited_on",
    (
        household_id(),
        Column("visited_on", "date", "走访日期", "visited on", required=True),
        Column(
            "season",
            "text",
            "名单季度",
            "season of the list",
            usage="label",
            privacy="",
            description="按哪一季度的名单走访 / whose list led to the visit",
        ),
        Column(
            "role",
            "code",
            "走访人身份",
            "who visited",
            usage="label",
            privacy="",
            meanings={
                "village_monitor": "村级监测员（网格员）",
                "village_cadre": "村干部",
                "work_team": "驻村工作队",
                "helper": "帮扶责任人",
                "township": "乡镇干部",
                "county": "县级部门人员",
                "other": "其他",
            },
        ),
        Column(
            "result",
            "code",
            "核实结果",
            "result",
            required=True,
            usage="label",
            meanings={
                "confirmed": "风险属实",
                "not_confirmed": "未发现风险",
                "already_helped": "已有帮扶",
                "moved_away": "已迁出",
                "not_at_home": "户主不在家",
                "withdrawn": "撤销",
            },
            description="户主不在家的须再访或电话核实，不算已走访；撤销的是此前读回的同一次走访，"
            "撤销以后不算 / nobody at home is to be tried again or asked by phone, and is no visit yet; "
            "withdrawn takes back a visit that was read before: it counts no longer from then on",
        ),
        Column(
            "causes_found",
            "codes",
            "核实的原因",
            "causes found",
            usage="label",
            privacy="sensitive",
            meanings=MONITORING.by_name["main_cause"].meanings,
            most=5,
            description="官方致贫返贫风险1至5，代码表100A27，第一个为主要原因 / "
            "official causes in up to five slots, code table 100A27; the first is the main one",
        ),
        Column(
            "measures_begun",
            "codes",
            "开始的措施",
            "measures begun",
            usage="label",
            privacy="sensitive",
            meanings=ASSISTANCE.by_name["measure"].meanings,
            most=len(ASSISTANCE.by_name["measure"].meanings),
            description="14类帮扶措施 / the fourteen groups of measures",
        ),
        Column(
            "contact",
            "code",
            "核实方式",
            "how verified",
            usage="label",
            privacy="",
            meanings={"in_person": "入户核实", "phone": "电话核实"},
            description="农户不在家的，可电话、微信核实；空着即入户 / "
            "who is away may be asked by phone or WeChat; empty is in person",
        ),
        Column(
            "note",
            "text",
            "备注",
            "note",
            usage="vault",
            privacy="sensitive",
            description="可能写有姓名，进保险库 / may name people, so it goes to the vault",
        ),
        recorded_on(),
    ),
)
