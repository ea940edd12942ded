"""Training, from corpus to model: folds, calibration, policy, fit, probes."""

import hashlib
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tipclass import __version__
from tipclass.calibration import LEAST_KNOWN, fit_calibration, fit_policy
from tipclass.card import write_card
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, fingerprint, folds, label_words, load_corpus
from tipclass.decide import NEVER, Judgement, Policy, decide
from tipclass.doubt import doubts
from tipclass.evaluate import Evaluation, evaluate, labelled
from tipclass.lexicon import Lexicon, read_words
from tipclass.manifest import Manifest
from tipclass.model_files import TAXONOMY, Probe, content_id, hashes, model_content
from tipclass.neighbours import Example, Neighbours, build_neighbours, excerpts
from tipclass.passages import split
from tipclass.records import Cause, Decision
from tipclass.reference import Reference, observe, refer
from tipclass.scorer import Scorer, judgements
from tipclass.segment import View, suggest_frequencies
from tipclass.settings import corpora_folder
from tipclass.taxonomy import Taxonomy, parse_taxonomy, read_taxonomy, taxonomy_of_names
from tipclass.verdicts import Verdicts, verdicts_of

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]

PROBES_PER_CATEGORY = 3
LONGEST_PROBE = 300  # characters
MOST_EXAMPLES = 10_000  # texts that a model keeps to show: more make it larger, and staff no wiser
FROM_LABELS = "labels"
LEXICON = "lexicon"  # the folder beside a taxonomy
VERSIONED = ("jieba", "numpy", "scikit-learn", "scipy")


@dataclass(frozen=True)
class Trained:
    """What training gives: the classifier, its policy, its nearest texts, and what the folds measured.

    Without folds the evaluation and the reference are None, and there are no verdicts.
    """

    classifier: TipClassifier
    policy: Policy
    neighbours: Neighbours
    evaluation: Evaluation | None
    verdicts: Verdicts
    reference: Reference | None = None


@dataclass(frozen=True)
class Decided:
    """What was decided of tips out of fold: rows of the corpus, certainties of shape (rows, categories), decisions."""

    rows: Columns
    certainties: Matrix
    decisions: Sequence[Decision]


@dataclass(frozen=True)
class Stored:
    """A model ready to be saved."""

    content: Mapping[str, bytes]
    manifest: Manifest
    card: str


@dataclass(frozen=True)
class OutOfFold:
    """What classifiers said of tips when they saw neither their register nor their group.

    Shapes: rows, fold (scored tips,); decisions (scored tips, categories); counts (scored tips, 2), words known and
    all; `passages` has for each scored tip the decisions and the counts of its passages.
    """

    rows: Columns
    fold: Columns
    decisions: Matrix
    counts: Columns
    doubts: tuple[Cause | None, ...]
    passages: tuple[tuple[Matrix, Columns, Sequence[bool]], ...]

    def take(self, places: Columns) -> "OutOfFold":
        """Return some of the scored tips."""
        chosen = places.tolist()
        return OutOfFold(
            self.rows[places],
            self.fold[places],
            self.decisions[places],
            self.counts[places],
            tuple(self.doubts[place] for place in chosen),
            tuple(self.passages[place] for place in chosen),
        )

    def judgements(self, calibration: Matrix) -> list[Judgement]:
        """Return what a calibration makes of every scored tip."""
        cut = [
            [
                replace(each, listed=listed)
                for each, listed in zip(
                    judgements(decisions, calibration, counts, [None] * len(counts), [()] * len(counts)),
                    marks,
                    strict=True,
                )
            ]
            for decisions, counts, marks in self.passages
        ]
        return judgements(self.decisions, calibration, self.counts, self.doubts, cut)


def train(
    corpus: Corpus,
    classifier: TipClassifier,
    *,
    targets: Mapping[str, float],
    done: Callable[[int], None] = lambda count: None,
) -> Trained:
    """Calibrate and fit the policy on out-of-fold decisions, measure on them, and fit on the whole corpus.

    `targets` are the precisions promised, by category, in [0.5, 1]; `done` hears of each finished fold. Folds leave out
    whole registers and whole groups (see `corpus.folds`). Raises CorpusError when a category is too small for them.

    >>> from tipclass.corpus import LabelledTip
    >>> from tipclass.taxonomy import parse_taxonomy, taxonomy_of_names
    >>> taxonomy = parse_taxonomy(taxonomy_of_names(["电鱼", "污水"]), source="example")
    >>> said = zip(taxonomy.codes, ("第{}个河湾有人电鱼", "第{}个厂排污水"))
    >>> tips = [LabelledTip(f"{code}{n}", text.format(n), (code,)) for code, text in said for n in range(8)]
    >>> corpus = Corpus(tuple(tips), taxonomy)
    >>> trained = train(corpus, TipClassifier(taxonomy.codes, min_df=1), targets=dict.fromkeys(taxonomy.codes, 0.9))
    >>> trained.evaluation.accuracy.value
    1.0
    """
    views = classifier.views(corpus.texts)
    out = out_of_fold(corpus, classifier, views, done=done)
    calibration, policy = settle(corpus, out, targets)
    fitted = classifier.fit_views(views, corpus.indicator).calibrate(calibration)
    decided = decide_folds(corpus, out, targets)
    verdicts = verdicts_of([corpus.tips[row] for row in decided.rows], decided.decisions)
    neighbours, evaluation = _neighbours(corpus, fitted), measure(corpus, decided)
    return Trained(fitted, policy, neighbours, evaluation, verdicts, _reference(corpus, out, decided))


def settle(corpus: Corpus, out: OutOfFold, targets: Mapping[str, float]) -> tuple[Matrix, Policy]:
    """Fit calibration and policy on what was said out of fold."""
    indicator, main = corpus.indicator[out.rows], corpus.main[out.rows]
    calibration = fit_calibration(out.decisions, indicator, main)
    return calibration, fit_policy(out.judgements(calibration), indicator, main, targets)


def measure(corpus: Corpus, decided: Decided) -> Evaluation:
    """Evaluate what was decided out of fold."""
    known = labelled(corpus).rows(decided.rows)
    return evaluate(decided.certainties, decided.decisions, known, corpus.taxonomy.codes)


def _reference(corpus: Corpus, out: OutOfFold, decided: Decided) -> Reference | None:
    """Sum up what was seen of the texts that can be read, if there are any."""
    seen = observe(decided.decisions, out.counts, [corpus.tips[row].text for row in decided.rows])
    return refer(seen, corpus.taxonomy.codes) if seen.categories else None


def decide_folds(corpus: Corpus, out: OutOfFold, targets: Mapping[str, float]) -> Decided:
    """Decide on what was said out of fold; calibration and policy too are those of the other folds."""
    parts = np.unique(out.fold)
    measured = []
    for part in parts:
        test = np.flatnonzero(out.fold == part)
        rest = np.flatnonzero(out.fold != part) if len(parts) > 1 else test
        calibration, policy = settle(corpus, out.take(rest), targets)
        measured += [
            (place, judgement.certainties, decide(judgement, policy, corpus.taxonomy))
            for place, judgement in zip(test.tolist(), out.take(test).judgements(calibration), strict=True)
        ]
    places, sure, decisions = zip(*sorted(measured, key=lambda each: each[0]), strict=True)
    return Decided(out.rows[list(places)], np.array(sure), decisions)


def train_without_folds(corpus: Corpus, classifier: TipClassifier, *, targets: Mapping[str, float]) -> Trained:
    """Fit only: scores stay uncalibrated, and since nothing was measured the policy sends every tip to review."""
    codes = corpus.taxonomy.codes
    policy = Policy(
        least_known=LEAST_KNOWN,
        least_share=0.0,
        passage=NEVER,
        target=targets,
        accept=dict.fromkeys(codes, NEVER),
        label=dict.fromkeys(codes, 0.5),
    )
    views = classifier.views(corpus.texts)
    fitted = classifier.fit_views(views, corpus.indicator)
    return Trained(fitted, policy, _neighbours(corpus, fitted), None, {})


def _neighbours(corpus: Corpus, classifier: TipClassifier) -> Neighbours:
    scorer = Scorer(classifier.arrays(), classifier.lexicon, corpus.taxonomy.codes)
    chosen = [corpus.tips[row] for row in sorted(_by_hash(corpus)[:MOST_EXAMPLES])]
    texts = [tip.text for tip in chosen]
    examples = [Example(tip.id, tip.labels, text) for tip, text in zip(chosen, excerpts(texts), strict=True)]
    cuts = scorer.segmenter.cuts(texts)
    return build_neighbours(examples, scorer.telling_words(scorer.features(cuts)))


def out_of_fold(
    corpus: Corpus,
    classifier: TipClassifier,
    views: Sequence[View],
    *,
    jobs: int = -1,
    done: Callable[[int], None] = lambda count: None,
) -> OutOfFold:
    """Score every tip, and the passages of every tip that has several, by a classifier fitted on the other folds."""
    from joblib import Parallel, delayed

    indicator, splits = corpus.indicator, folds(corpus)
    cut = [passages if len(passages) > 1 else [] for passages in map(split, corpus.texts)]
    parts = [
        classifier.views([text[each.start : each.end] for each in passages])
        for text, passages in zip(corpus.texts, cut, strict=True)
    ]
    results = Parallel(n_jobs=jobs, return_as="generator")(
        delayed(_score_fold)(
            classifier,
            [views[row] for row in fit],
            indicator[fit],
            [views[row] for row in test],
            [parts[row] for row in test],
        )
        for fit, test in splits
    )
    scored = []
    for result in results:
        scored.append(result)
        done(1)
    rows = np.concatenate([test for _, test in splits])
    fold = np.repeat(np.arange(len(splits)), [len(test) for _, test in splits])
    order = np.argsort(rows)
    decisions, counts = (np.concatenate([each[place] for each in scored])[order] for place in (0, 1))
    passages = [
        (*said, [each.listed for each in cut[row]])
        for row, said in zip(rows, (said for _, _, part in scored for said in part), strict=True)
    ]
    unread = tuple(doubts([corpus.tips[row].text for row in rows[order]]))
    return OutOfFold(rows[order], fold[order], decisions, counts, unread, tuple(passages[place] for place in order))


def _score_fold(
    classifier: TipClassifier,
    fit_views: Sequence[View],
    fit_indicator: Columns,
    test_views: Sequence[View],
    test_passages: Sequence[Sequence[View]],
) -> tuple[Matrix, Columns, list[tuple[Matrix, Columns]]]:
    from sklearn.base import clone

    fitted = clone(classifier).fit_views(fit_views, fit_indicator)
    flat = [view for views in test_passages for view in views]
    ends = np.cumsum([len(views) for views in test_passages])[:-1]
    decisions = fitted.decide_views(flat) if flat else np.zeros((0, fit_indicator.shape[1]))
    passages = zip(np.split(decisions, ends), np.split(fitted.word_counts(flat), ends), strict=True)
    return fitted.decide_views(test_views), fitted.word_counts(test_views), list(passages)


# --- what goes in, what comes out ----------------------------------------------------------------


def prepare(sources: Sequence[Path], taxonomy: str | None) -> tuple[Corpus, str, Lexicon]:
    """Read corpus, taxonomy (as TOML) and lexicon; `taxonomy` is a file, or `labels` for the labels that occur."""
    content = _taxonomy_toml(sources, taxonomy)
    parsed = parse_taxonomy(content, source=taxonomy or TAXONOMY)
    corpus = load_corpus(sources, parsed, leave_out=taxonomy == FROM_LABELS)
    return corpus, content, suggest_frequencies(_lexicon_words(sources, parsed, taxonomy))


def _lexicon_words(sources: Sequence[Path], parsed: Taxonomy, taxonomy: str | None) -> dict[str, tuple[str, ...]]:
    """Read the lexicon beside the taxonomy; without one, what that of the usual taxonomy has for its categories."""
    if taxonomy == FROM_LABELS:
        return {}
    if taxonomy and (own := Path(taxonomy).parent / LEXICON).is_dir():
        return read_words(own, parsed)
    usual = taxonomy_file(sources).parent / LEXICON
    return read_words(usual, parsed, others=bool(taxonomy)) if usual.is_dir() else {}


def taxonomy_file(sources: Sequence[Path]) -> Path:
    """Return the taxonomy file beside the corpus, else the shipped one."""
    beside = (folder / TAXONOMY for source in sources for folder in (source, source.parent))
    return next((path for path in beside if path.is_file()), corpora_folder() / TAXONOMY)


def taxonomy_for(sources: Sequence[Path], taxonomy: str | None) -> Taxonomy:
    """Read the taxonomy a corpus is under: a file, the labels that occur, or what `taxonomy_file` finds."""
    return parse_taxonomy(_taxonomy_toml(sources, taxonomy), source=taxonomy or TAXONOMY)


def _taxonomy_toml(sources: Sequence[Path], taxonomy: str | None) -> str:
    if taxonomy == FROM_LABELS:
        return taxonomy_of_labels(sources)
    return read_taxonomy(Path(taxonomy) if taxonomy else taxonomy_file(sources))


def taxonomy_of_labels(sources: Sequence[Path]) -> str:
    """Return a taxonomy (TOML) of the labels that occur in a corpus (see `taxonomy_of_names`)."""
    return taxonomy_of_names(label_words(sources))


def package(
    trained: Trained,
    corpus: Corpus,
    taxonomy_toml: str,
    *,
    tried: Sequence[Mapping[str, float]] = (),
    ablated: Sequence[Mapping[str, str | float]] = (),
) -> Stored:
    """Turn a trained classifier into the files of a model folder, with its manifest and card.

    `tried` are the settings a search tried, each with its macro-F1; `ablated` the figures without one part each.
    """
    classifier, taxonomy = trained.classifier, corpus.taxonomy
    arrays = classifier.arrays()
    scorer = Scorer(arrays, classifier.lexicon, taxonomy.codes)
    content = model_content(
        taxonomy_toml,
        trained.policy,
        classifier.lexicon,
        arrays,
        trained.neighbours,
        _probes(corpus, scorer),
        trained.verdicts,
        trained.reference,
    )
    manifest = Manifest(
        id=content_id(content),
        versions={"tipclass": __version__} | {name: metadata.version(name) for name in VERSIONED},
        parameters={name: value for name, value in classifier.get_params().items() if isinstance(value, int | float)},
        corpus=_facts(corpus),
        figures=trained.evaluation.figures() if trained.evaluation else {},
        files=hashes(content),
        tried=tuple(map(dict, tried)),
        ablated=tuple(map(dict, ablated)),
    )
    return Stored(content, manifest, write_card(manifest, taxonomy))


def _probes(corpus: Corpus, scorer: Scorer) -> list[Probe]:
    """Score a few short texts a category, chosen by hash: the same corpus gives the same probes."""
    ordered, texts = [corpus.tips[row] for row in _by_hash(corpus)], []
    for code in corpus.taxonomy.codes:
        mine = [tip.text for tip in ordered if tip.labels[0] == code and len(tip.text) <= LONGEST_PROBE]
        texts += mine[:PROBES_PER_CATEGORY]
    return [
        Probe(text, corpus.taxonomy.codes[int(row.argmax())], float(row.max()))
        for text, row in zip(texts, scorer.score(texts), strict=True)
    ]


def _by_hash(corpus: Corpus) -> list[int]:
    """Return the rows of the corpus in an order that is as good as chance and always the same."""
    keys = [hashlib.sha256(text.encode()).digest() for text in corpus.texts]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _facts(corpus: Corpus) -> dict[str, Any]:
    main = Counter(tip.labels[0] for tip in corpus.tips)
    return {
        "tips": len(corpus.tips),
        "categories": len(corpus.taxonomy.codes),
        "several_labels": sum(len(tip.labels) > 1 for tip in corpus.tips),
        "median_length": int(statistics.median(len(tip.text) for tip in corpus.tips)),
        "main_labels": {code: main[code] for code in corpus.taxonomy.codes},
        "fingerprint": fingerprint(corpus),
    }
