from models.attribution.edge_walk import compiled


def test_where_no_cache_can_be_written_the_code_iscompiled_all_the_same():
    without_a_file = eval("lambda number: number + 1")  # numba finds no place to keep its code
    assert compiled(without_a_file)(1) == 2
