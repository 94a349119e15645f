"""Pages that need no network: autoescaped templates that come with the code."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.label_wording import UNDER_HELP

_ENVIRONMENT = Environment(
    loader=PackageLoader("watchlists.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, values: Mapping[str, Any]) -> str:
    """Fill a template of this package; every value is escaped unless it is `Markup`.

    A page that takes a `LabelWording` as ``told`` is said in its words.
    """
    notices = {"notice_zh": NOTICE_ZH, "notice_en": NOTICE_EN, "under_help": UNDER_HELP}
    filled = _ENVIRONMENT.get_template(template).render({**notices, **values})
    return values["told"].worded(filled) if "told" in values else filled


def drawing(svg: str) -> Markup:
    """Let through a picture this program has drawn itself."""
    return Markup(svg[svg.index("<svg") :])
