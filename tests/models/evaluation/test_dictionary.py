from models.evaluation.declaration import declared_metrics
from models.evaluation.dictionary import metric_table


def test_every_metric_has_a_row_of_as_many_cells_as_the_head():
    rows = [row for row in metric_table().splitlines() if row.startswith("| ")]
    assert len({row.count(" | ") for row in rows}) == 1
    assert len(rows) == 1 + len(declared_metrics())
