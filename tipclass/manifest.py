"""The manifest of a model: its identity and the facts of its training."""

from typing import Any

from pydantic import BaseModel, ConfigDict

FORMAT = 3  # raised when a model of the new program cannot be read by the old one
OLDEST = 2  # the oldest format that can still be read


class Manifest(BaseModel):
    """What manifest.json holds.

    `files` maps file name to SHA-256, `figures` is the out-of-fold evaluation or empty, `tried` the settings a search
    tried, each with its macro-F1 out of fold, `ablated` what is left without one part of the classifier.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    id: str
    versions: dict[str, str]
    parameters: dict[str, Any]
    corpus: dict[str, Any]
    figures: dict[str, Any]
    files: dict[str, str]
    tried: tuple[dict[str, float], ...] = ()
    ablated: tuple[dict[str, str | float], ...] = ()
