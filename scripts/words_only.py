"""Train a model of words alone, without characters and folds, to measure speed with.

python scripts/words_only.py CORPUS FOLDER
"""

import sys
from pathlib import Path

from tipclass import training
from tipclass.classifier import TipClassifier
from tipclass.store import save_model, set_current


def main(source: str, folder: str) -> None:
    """Store the model in a folder of models and put it to use there."""
    corpus, taxonomy, lexicon = training.prepare([Path(source)], None)
    classifier = TipClassifier(corpus.taxonomy.codes, lexicon, character_weight=0.0)
    targets = dict.fromkeys(corpus.taxonomy.codes, 0.95)
    stored = training.package(training.train_without_folds(corpus, classifier, targets=targets), corpus, taxonomy)
    models = Path(folder)
    save_model(models / stored.manifest.id, stored.content, stored.manifest, stored.card)
    set_current(models, stored.manifest.id)


if __name__ == "__main__":
    main(*sys.argv[1:])
