"""`make docs`: write the pages that are made from declarations."""

from collections.abc import Callable
from pathlib import Path

from features.dictionary import data_dictionary
from models.evaluation.dictionary import metric_table
from pipelines.architecture import PAGE, architecture
from pipelines.workspace.parameters import reference
from register.atomic import write_text
from register.consistency.listing import check_list
from register.dictionary import register_reference
from watchlists.contents.schema import schema_page, schema_text

PAGES: dict[Path, Callable[[], str]] = {
    Path("docs/register.md"): register_reference,
    Path("docs/data_dictionary.md"): data_dictionary,
    Path("docs/consistency.md"): check_list,
    Path("docs/metrics.md"): metric_table,
    Path("docs/release_schema.md"): schema_page,
    Path("docs/release.schema.json"): schema_text,
    PAGE: architecture,
    **reference.PAGES,
}


def main() -> None:
    """Write every generated page."""
    for path, page in PAGES.items():
        write_text(path, page())


if __name__ == "__main__":
    main()
