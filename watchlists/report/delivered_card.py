"""What the model card tells first: the list as visitors get it, season by season, and its duties' price."""

from watchlists.report.cells import Section
from watchlists.report.delivered import first_screen, promises
from watchlists.report.duties import price
from watchlists.report.parameters import ReportParameters
from watchlists.report.published_evaluation import PublishedEvaluation
from watchlists.report.weighted import weighted_section

WEIGHTED = "### 加权到总体 Weighted to the population\n\n"
HEAD = "### 交付的名单：先必访，再按风险 The list as delivered: duties first, then risk\n\n"


def delivered_list(evaluation: PublishedEvaluation, params: ReportParameters) -> str:
    """Write the figures of the first screen of the report, and its table of seasons, as Markdown."""
    cost = price(evaluation, params)
    lines = [_line(card) for card in first_screen(evaluation)]
    lines += [f"- {cost[0]}", f"  {cost[1]}"] if cost else []
    tables = _table(promises(evaluation))
    weighted = weighted_section(evaluation)
    if weighted:
        tables = f"{tables}\n\n{WEIGHTED}{_table(weighted)}"
    return f"{HEAD}{chr(10).join(lines)}\n\n{tables}\n"


def _line(card: dict[str, str]) -> str:
    beside = f"; {card['beside']}" if card["beside"] else ""
    return f"- {card['zh']} {card['en']}: {card['value']} ({card['of']}){beside}"


def _table(section: Section) -> str:
    columns = ["", *(" ".join(one) for one in section["columns"])]
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for row in section["rows"]:
        cells = [" ".join(one).strip() for one in (row["name"], *row["cells"])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
