"""Which group of its village (村民小组) a household belongs to, as its address says."""

import re

#: What a group is called at its end; 3组, 大湾村民小组, 第二社.
_END = r"(?:村民小组|小组|组|社)"
#: Where the village's own name is not in the address, it ends with one of these.
_VILLAGE = re.compile(r".*(?:村委会|居委会|社区|村(?!民))")
_GROUP = re.compile(rf"(?:民委员会|委会)?[\s,，]*([^\s,，]{{1,20}}?){_END}")


def group_name(written: str) -> str:
    """Reduce a group's name to what tells it from others, however it was written.

    Examples
    --------
    >>> group_name("第3村民小组"), group_name("3组"), group_name(" 大湾小组 "), group_name("3")
    ('3', '3', '大湾', '3')
    """
    return re.sub(rf"^第|{_END}$", "", written.strip())


def group_of(address: str | None, village_name: str | None) -> str | None:
    """Find the group in an address; None where it names none.

    Parameters
    ----------
    address : str or None
        As the vault has it.
    village_name : str or None
        The village it is in; what follows its name is the group.

    Examples
    --------
    >>> group_of("模拟村0239组", "模拟村023"), group_of("小湾镇杨家村委会大湾村民小组12号", None)
    ('9', '大湾')
    >>> group_of("金丝雀巷42号", None) is None
    True
    """
    place = address or ""
    _, named, after = place.rpartition(village_name) if village_name else ("", "", "")
    behind = after if named else _VILLAGE.sub("", place, count=1)
    match = _GROUP.match(behind)
    return group_name(match[1]) if match else None
