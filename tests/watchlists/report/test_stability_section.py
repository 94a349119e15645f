from watchlists.report.stability_section import stability_section


def test_members_and_models_of_past_seasons_are_named_in_words():
    rows = [
        {"compared_with": "member 1", "households": 2043, "spearman": 0.934, "same_main_cause": 0.83},
        {"compared_with": "2024Q1", "households": 2043, "spearman": None, "same_main_cause": None},
    ]
    member, season = stability_section(rows)["rows"]
    assert member["name"] == ("本模型成员 1", "member 1")
    assert member["cells"] == [("2,045",), ("0.93",), ("83%",)]
    assert season["name"] == ("2024Q1 的模型", "model of 2024Q1")
    assert season["cells"] == [("2,045",), ("–",), ("–",)]
