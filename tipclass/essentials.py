"""The essentials of a model in the words of those who use it; its card says the same at length, in English."""

from collections.abc import Iterator

from tipclass import messages
from tipclass.card import weakest_categories, weakest_registers
from tipclass.evaluate import Evaluation
from tipclass.manifest import Manifest
from tipclass.taxonomy import Taxonomy

Line = tuple[str, str]  # a name, and what is told under it


def essentials(manifest: Manifest, measured: Evaluation | None, taxonomy: Taxonomy) -> Iterator[Line]:
    """Yield what a model is for, what it was trained on, how it was tried, and where it is weak."""
    corpus = manifest.corpus
    counts = (f"{taxonomy.name(code)} {count}" for code, count in corpus["main_labels"].items())
    yield messages.ESSENTIAL_USE, messages.ESSENTIAL_USE_TOLD
    yield messages.ESSENTIAL_CORPUS, messages.ESSENTIAL_CORPUS_TOLD.format(**corpus)
    yield messages.ESSENTIAL_CATEGORIES, "、".join(counts)
    if measured:
        yield from _measured(measured, taxonomy)
    yield messages.ESSENTIAL_LIMITS, messages.ESSENTIAL_LIMITS_TOLD
    yield messages.ESSENTIAL_MADE, _made(manifest)


def _measured(measured: Evaluation, taxonomy: Taxonomy) -> Iterator[Line]:
    yield messages.ESSENTIAL_FOLDS, messages.ESSENTIAL_FOLDS_TOLD
    weak = (f"{taxonomy.name(each.code)} {each.f1.value:.2f}" for each in weakest_categories(measured))
    yield messages.ESSENTIAL_WEAK, messages.ESSENTIAL_WEAK_TOLD.format(names="、".join(weak))
    registers = weakest_registers(measured)
    names = (messages.REGISTERS.get(each.name, each.name) for each in registers)
    least = (f"{name} {each.selective_accuracy.value:.0%}" for name, each in zip(names, registers, strict=True))
    if registers:
        yield messages.ESSENTIAL_REGISTERS, messages.ESSENTIAL_REGISTERS_TOLD.format(names="、".join(least))


def _made(manifest: Manifest) -> str:
    versions = "、".join(f"{name} {version}" for name, version in sorted(manifest.versions.items()))
    settings = "、".join(f"{name} {value}" for name, value in sorted(manifest.parameters.items()))
    mark = manifest.corpus["fingerprint"][:16]
    return messages.ESSENTIAL_MADE_TOLD.format(versions=versions, settings=settings, fingerprint=mark)
