from models.evaluation.board import SCHEMA, read_board
from models.evaluation.leaderboard import leaderboard
from models.resampling import Bootstrap
from tests.models.judged_rows import judged


def test_a_board_is_read_as_it_was_written(tmp_path):
    board = leaderboard(judged(), Bootstrap(5, 1))
    board.write_csv(tmp_path / "leaderboard.csv")
    assert board.columns == [*SCHEMA]
    assert read_board(tmp_path / "leaderboard.csv").equals(board)
