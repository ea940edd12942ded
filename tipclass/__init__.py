"""Classifies Chinese tips and referral documents into the categories of ecological, food and drug policing.

The names below are what other programs may rely on. Each is imported when it is first asked for, since a prediction
needs neither pandas nor scikit-learn.

>>> import tipclass
>>> tip = tipclass.Tip("1", "印染厂一下雨就从后墙的管子往河里放黑水")
>>> entry = tipclass.triage_batch([tip], tipclass.open_model())[0]
>>> entry.decision.main.code
'water_pollution'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tipclass.classifier import TipClassifier
    from tipclass.corpus import load_corpus
    from tipclass.office import load_office
    from tipclass.readers import read_tips
    from tipclass.records import Entry, Route, Tip
    from tipclass.store import open_model
    from tipclass.training import train
    from tipclass.triage import triage_batch

__version__ = "0.1.0"
__all__ = [
    "Entry",
    "Route",
    "Tip",
    "TipClassifier",
    "load_corpus",
    "load_office",
    "open_model",
    "read_tips",
    "train",
    "triage_batch",
]

MODULES = {
    "Entry": "records",
    "Route": "records",
    "Tip": "records",
    "TipClassifier": "classifier",
    "load_corpus": "corpus",
    "load_office": "office",
    "open_model": "store",
    "read_tips": "readers",
    "train": "training",
    "triage_batch": "triage",
}


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
