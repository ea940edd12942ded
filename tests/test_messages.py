"""The table of interface text: nothing in it is left over."""

import re
from pathlib import Path

from tipclass import messages

PACKAGE = Path(messages.__file__).parent


def test_every_message_is_used() -> None:
    paths = (*PACKAGE.glob("*.py"), *PACKAGE.glob("pages/**/*.html"))
    sources = [path.read_text(encoding="utf-8") for path in paths if path.name != "messages.py"]
    used = set(re.findall(r"messages\.([A-Z0-9_]+)", "\n".join(sources)))
    assert {name for name in vars(messages) if name.isupper() and name[0] != "_"} == used
