import re

from watchlists.pages.trade_off_plot import trade_off


def test_every_point_is_named_and_the_axes_are_of_both_languages():
    drawn = trade_off([("0", -7.7, -10.5, -4.7, 17.8, 16.3, 19.3), ("4", -5.7, -8.4, -2.6, 17.8, 16.2, 19.4)])
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"召回率差，百分点 recall gap, points", "召回率 recall, %", "0", "4"} <= set(texts)
