"""The report of a list whose maker was not judged here: what it rests on, and that it promises nothing."""

from pathlib import Path

from register.atomic import write_text
from watchlists.label_wording import ORDER, UNTESTED, wording_of
from watchlists.pages.pages import page
from watchlists.report.list_section import Delivered, list_section
from watchlists.report.parameters import ReportParameters


def write_unjudged_report(target: Path, delivered: Delivered, params: ReportParameters) -> None:
    """Write ``report.html`` for a list made before any season could be judged here.

    Parameters
    ----------
    target : Path
        The page.
    delivered : Delivered
        The list of the season; its summary says in ``delivered_by`` what made it and why.
    params : ReportParameters
        All parameters.

    References
    ----------
    ADR 21.
    """
    words = {"order": ORDER, "untested": UNTESTED, "told": wording_of(params.label.written())}
    write_text(target, page("report_unjudged.html", list_section(delivered, params) | words))
