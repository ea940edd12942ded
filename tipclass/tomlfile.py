"""TOML files that people edit: read, checked against a model, refused with a sentence that says where."""

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tipclass import messages
from tipclass.errors import InputError

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, *, what: str, error: type[InputError]) -> str:
    """Return the text of a file; raises `error`, naming `what` it is, when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise error(messages.TOML_MISSING.format(what=what, path=path)) from None
    except UnicodeDecodeError:
        raise error(messages.TOML_ENCODING.format(what=what, path=path)) from None
    except OSError as cause:
        raise error(messages.TOML_CLOSED.format(what=what, path=path, cause=cause.strerror)) from None


def parse_toml(content: str, model: type[Model], *, what: str, source: str, error: type[InputError]) -> Model:
    """Build a model from the text of a file; raises `error`, naming the first place that does not hold together."""
    try:
        return model.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as cause:
        raise error(messages.TOML_SYNTAX.format(what=what, path=source, cause=cause)) from None
    except ValidationError as found:
        first = found.errors()[0]
        place = " ".join(map(_place, first["loc"])) or source
        raise error(messages.TOML_INVALID.format(what=what, path=source, place=place, cause=_cause(first))) from None


def load_toml(path: Path, model: type[Model], *, what: str, error: type[InputError]) -> Model:
    """Read a file into a model; raises `error` as `read_toml` and `parse_toml` do."""
    return parse_toml(read_toml(path, what=what, error=error), model, what=what, source=path.name, error=error)


def _cause(found: ErrorDetails) -> str:
    """Say in Chinese what is wrong with a value; our own validators say it themselves."""
    context = found.get("ctx", {})
    if "error" in context:
        return str(context["error"])
    expected = re.sub("', '|' or '", "、", str(context.get("expected", ""))).strip("'")
    sentence = messages.VALUE_CAUSES.get(found["type"], found["msg"])
    return sentence.format(expected=expected, most=context.get("max_length", ""))


def _place(step: str | int) -> str:
    return step if isinstance(step, str) else messages.TOML_PLACE.format(number=step + 1)
