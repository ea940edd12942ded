"""Omissions: what a training goes without, each in a sentence."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tipclass import messages
from tipclass.corpus import Corpus, unused_columns
from tipclass.doubt import doubts
from tipclass.evaluate import Evaluation
from tipclass.lexicon import Lexicon
from tipclass.readers import first_few
from tipclass.taxonomy import Taxonomy

MOST_UNREADABLE = 0.05  # share of the texts


def of_labels(corpus: Corpus, sources: Sequence[Path]) -> Iterator[str]:
    """Tell what a corpus without a taxonomy of its own gives no answer to, and what of it is not used."""
    yield messages.LEFT_OUT_TAXONOMY
    if corpus.left_out:
        places = first_few([finding.place for finding in corpus.left_out])
        yield messages.LEFT_OUT_ROWS.format(count=len(corpus.left_out), places=places)
    if columns := unused_columns(sources):
        yield messages.LEFT_OUT_COLUMNS.format(columns="、".join(columns))


def of_corpus(corpus: Corpus, lexicon: Lexicon) -> Iterator[str]:
    """Tell what any corpus may lack: words of a lexicon, registers, texts that can be read."""
    if not lexicon.terms:
        yield messages.LEFT_OUT_LEXICON
    if not any(tip.register for tip in corpus.tips):
        yield messages.LEFT_OUT_REGISTERS
    unreadable = len(corpus.tips) - doubts(corpus.texts).count(None)
    if unreadable > MOST_UNREADABLE * len(corpus.tips):
        yield messages.LEFT_OUT_UNREADABLE.format(count=unreadable, share=unreadable / len(corpus.tips))


def of_folds(measured: Evaluation, taxonomy: Taxonomy) -> Iterator[str]:
    """Tell which categories had too few texts to be tested."""
    untested = [taxonomy.name(each.code) for each in measured.categories if not each.support]
    if untested:
        yield messages.LEFT_OUT_UNTESTED.format(count=len(untested), names=first_few(untested))
