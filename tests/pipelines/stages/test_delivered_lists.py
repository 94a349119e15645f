from pipelines.stages.delivered_lists import headline_of_list
from tests.watchlists.judged import delivered_tables


def test_runs_are_compared_by_the_delivered_list_and_what_its_duties_cost():
    tables = delivered_tables()
    figures = headline_of_list(tables)
    own = tables["delivered"].filter(origin="pooled", list="delivered").row(0, named=True)
    duties = tables["duties"].row(0, named=True)
    assert figures["delivered_precision"] == own["precision"]
    assert figures["delivered_error_low"] == own["error_low"]
    assert (figures["duties_visits"], figures["duties_cost"]) == (duties["visits"], duties["cost"])
