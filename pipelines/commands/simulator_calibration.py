"""`huitou calibration`: the simulated prefecture beside published figures."""

from pipelines.workspace.parameters import load_params
from simulator.calibration import calibration


def report(counties: int) -> str:
    """Simulate some counties and write every figure beside its band and source, as Markdown."""
    table = calibration(load_params().simulator, counties)
    inside = int(table["is_inside"].sum())
    lines = [
        f"{inside} of {len(table)} figures of {counties} simulated counties lie in their bands.",
        "",
        "| figure | what it is | simulated | published | band | | source |",
        "|---|---|---|---|---|---|---|",
        *(_line(row) for row in table.iter_rows(named=True)),
    ]
    return "\n".join(lines) + "\n"


def _line(row: dict[str, object]) -> str:
    inside = "inside" if row["is_inside"] else "**OUTSIDE**"
    return (
        f"| `{row['figure']}` | {row['en']} | {row['simulated']:g} | {row['published']} "
        f"| {row['low']:g} to {row['high']:g} | {inside} | {row['source']} |"
    )
