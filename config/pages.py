"""The templates of the pages, in `config/pages/`."""

from __future__ import annotations

from pathlib import Path

import jinja2


def load() -> jinja2.Environment:
    """Templates that escape whatever is put into them and refuse a blank that is not filled."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
