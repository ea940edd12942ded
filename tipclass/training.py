"""Training, from corpus to model: folds, calibration, policy, fit, probes."""

import hashlib
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from tipclass import __version__
from tipclass.card import write_card
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, folds, label_words, load_corpus
from tipclass.decide import NEVER, PASSAGE, Judgement, Policy, decide, holds_lead
from tipclass.evaluate import Evaluation, evaluate
from tipclass.lexicon import Lexicon, read_words
from tipclass.manifest import Manifest
from tipclass.scorer import Scorer, certainties, scores
from tipclass.segment import View, suggest_frequencies
from tipclass.settings import corpora_folder
from tipclass.store import TAXONOMY, Probe, content_id, hashes, model_content
from tipclass.taxonomy import CODE, Taxonomy, parse_taxonomy, read_taxonomy

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]

LEAST_KNOWN = 2  # words
POOLED_BELOW = 60  # a category with fewer out-of-fold predictions shares its threshold with the other small ones
BOUND = 1.282  # standard normal quantile of the one-sided 90 % bound on precision
PROBES_PER_CATEGORY = 3
LONGEST_PROBE = 300  # characters
FROM_LABELS = "labels"
VERSIONED = ("jieba", "numpy", "scikit-learn", "scipy")


@dataclass(frozen=True)
class Trained:
    """What training gives: the classifier, its policy, and the out-of-fold evaluation (None without folds)."""

    classifier: TipClassifier
    policy: Policy
    evaluation: Evaluation | None


@dataclass(frozen=True)
class Stored:
    """A model ready to be saved."""

    content: Mapping[str, bytes]
    manifest: Manifest
    card: str


@dataclass(frozen=True)
class OutOfFold:
    """Decision values of tips scored by classifiers that saw neither their register nor their group.

    Shapes: rows (scored tips,), decisions (scored tips, categories), known (scored tips,); `passages` has for each
    scored tip the decision values of its passages, shape (passages, categories).
    """

    rows: Columns
    decisions: Matrix
    known: Columns
    passages: tuple[Matrix, ...]


def train(
    corpus: Corpus,
    classifier: TipClassifier,
    *,
    target_precision: float,
    done: Callable[[int], None] = lambda count: None,
) -> Trained:
    """Calibrate and fit the policy on out-of-fold scores, measure on them, and fit on the whole corpus.

    `done` hears of each finished fold.
    """
    views = classifier.views(corpus.texts)
    out = out_of_fold(corpus, classifier, views, done=done)
    indicator, main = corpus.indicator[out.rows], corpus.main[out.rows]
    calibration = fit_calibration(out.decisions, indicator, main)
    sure = certainties(out.decisions, calibration)
    labels = scores(out.decisions, calibration)
    policy = fit_policy(sure, labels, indicator, main, corpus.taxonomy.codes, target_precision=target_precision)
    leads = [holds_lead(certainties(each, calibration).tolist(), corpus.taxonomy) for each in out.passages]
    judgements = zip(labels.tolist(), sure.tolist(), out.known.tolist(), leads, strict=True)
    decisions = [decide(Judgement(*judgement), policy, corpus.taxonomy) for judgement in judgements]
    evaluation = evaluate(sure, decisions, indicator, main, corpus.taxonomy.codes)
    fitted = classifier.fit_views(views, corpus.indicator).calibrate(calibration)
    return Trained(fitted, policy, evaluation)


def train_without_folds(corpus: Corpus, classifier: TipClassifier, *, target_precision: float) -> Trained:
    """Fit only: scores stay uncalibrated, and since nothing was measured the policy sends every tip to review."""
    codes = corpus.taxonomy.codes
    policy = Policy(
        target_precision=target_precision,
        least_known=LEAST_KNOWN,
        accept=dict.fromkeys(codes, NEVER),
        label=dict.fromkeys(codes, 0.5),
    )
    return Trained(classifier.fit(corpus.texts, corpus.indicator), policy, None)


def out_of_fold(
    corpus: Corpus,
    classifier: TipClassifier,
    views: Sequence[View],
    *,
    jobs: int = -1,
    done: Callable[[int], None] = lambda count: None,
) -> OutOfFold:
    """Score every tip by a classifier fitted on the other folds."""
    from joblib import Parallel, delayed

    indicator = corpus.indicator
    splits = folds(corpus)
    results = Parallel(n_jobs=jobs, return_as="generator")(
        delayed(_score_fold)(classifier, [views[row] for row in fit], indicator[fit], [views[row] for row in test])
        for fit, test in splits
    )
    scored = []
    for result in results:
        scored.append(result)
        done(1)
    rows = np.concatenate([test for _, test in splits])
    order = np.argsort(rows)
    decisions = np.vstack([part for part, _, _ in scored])
    known = np.concatenate([part for _, part, _ in scored])
    passages = [each for _, _, part in scored for each in part]
    return OutOfFold(rows[order], decisions[order], known[order], tuple(passages[place] for place in order))


def _score_fold(
    classifier: TipClassifier, fit_views: Sequence[View], fit_indicator: Columns, test_views: Sequence[View]
) -> tuple[Matrix, Columns, list[Matrix]]:
    from sklearn.base import clone

    fitted = clone(classifier).fit_views(fit_views, fit_indicator)
    vocabulary = fitted.words_.vocabulary_
    known = np.array([sum(word in vocabulary for word in view.words) for view in test_views], dtype=np.int64)
    cut = [view.pieces(PASSAGE) or [view] for view in test_views]
    ends = np.cumsum([len(passages) for passages in cut])
    passages = fitted.decide_views([passage for each in cut for passage in each])
    return fitted.decide_views(test_views), known, np.split(passages, ends[:-1])


def fit_calibration(decisions: Matrix, indicator: Columns, main: Columns) -> Matrix:
    """Return slope, offset and temperature, shape (3,), for decision values of shape (texts, categories).

    All categories share them: out of fold, whole registers are missing, and numbers of their own would make up for
    that where the finished model need not. Slope and offset turn a decision value into log-odds (Platt scaling),
    the temperature makes a softmax over categories as sure as it is right.
    """
    platt = LogisticRegression(C=1e4).fit(decisions.reshape(-1, 1), indicator.reshape(-1))

    def loss(temperature: float) -> float:
        sure = certainties(decisions, np.array([1.0, 0.0, temperature]))
        return float(-np.log(sure[np.arange(len(main)), main] + 1e-12).mean())

    temperature = minimize_scalar(loss, bounds=(0.05, 20.0), method="bounded").x
    return np.array([float(platt.coef_[0, 0]), float(platt.intercept_[0]), float(temperature)])


def fit_policy(
    sure: Matrix, labels: Matrix, indicator: Columns, main: Columns, codes: Sequence[str], *, target_precision: float
) -> Policy:
    """Choose the thresholds that let most tips go on while what goes on keeps the promised precision.

    `sure` are certainties, `labels` scores, both of shape (tips, categories).
    """
    predicted, top = sure.argmax(axis=1), sure.max(axis=1)
    right = predicted == main
    small = [column for column in range(len(codes)) if (predicted == column).sum() < POOLED_BELOW]
    pooled = np.isin(predicted, small)
    shared = least_score(top[pooled], right[pooled], target_precision)
    accept = {}
    for column, code in enumerate(codes):
        mine = predicted == column
        accept[code] = shared if column in small else least_score(top[mine], right[mine], target_precision)
    label = {code: label_threshold(labels[:, column], indicator[:, column]) for column, code in enumerate(codes)}
    return Policy(target_precision=target_precision, least_known=LEAST_KNOWN, accept=accept, label=label)


def least_score(top: Matrix, right: NDArray[np.bool_], target: float) -> float:
    """Return the lowest threshold above which the lower bound on precision holds the target; NEVER where none does."""
    order = np.argsort(-top, kind="stable")
    counts = np.arange(1, len(top) + 1)
    holds = np.flatnonzero(wilson_low(np.cumsum(right[order]), counts) >= target)
    return round(float(top[order][holds[-1]]), 4) if holds.size else NEVER


def wilson_low(hits: NDArray[np.int64], counts: NDArray[np.int64]) -> Matrix:
    """Return the lower end of the one-sided Wilson interval of hits / counts, elementwise."""
    share, z2 = hits / counts, BOUND**2
    centre = share + z2 / (2 * counts)
    spread = BOUND * np.sqrt(share * (1 - share) / counts + z2 / (4 * counts**2))
    low: Matrix = (centre - spread) / (1 + z2 / counts)
    return low


def label_threshold(scores: Matrix, labels: Columns) -> float:
    """Return the threshold in [0.3, 0.8] with the best F1 for giving a category as a label."""
    thresholds = np.round(np.arange(0.3, 0.81, 0.05), 2)
    hit = np.array([(labels[scores >= t] == 1).sum() for t in thresholds])
    given = np.array([(scores >= t).sum() for t in thresholds])
    return float(thresholds[np.argmax(2 * hit / np.maximum(1, given + labels.sum()))])


# --- what goes in, what comes out ----------------------------------------------------------------


def prepare(sources: Sequence[Path], taxonomy: str | None) -> tuple[Corpus, str, Lexicon]:
    """Read corpus, taxonomy (as TOML) and lexicon; `taxonomy` is a file, or `labels` for the labels that occur."""
    content = _taxonomy_toml(sources, taxonomy)
    parsed = parse_taxonomy(content, source=taxonomy or TAXONOMY)
    lexicon_folder = taxonomy_file(sources).parent / "lexicon"
    words = read_words(lexicon_folder, parsed) if lexicon_folder.is_dir() and taxonomy != FROM_LABELS else {}
    return load_corpus(sources, parsed), content, suggest_frequencies(words)


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
    """Return a taxonomy (TOML) of the labels that occur in a corpus, sorted; a label that is no code gets a number."""
    names = sorted(label_words(sources))
    codes = (name if re.fullmatch(CODE, name) else f"c{number:02}" for number, name in enumerate(names, 1))
    # A JSON string is a TOML string.
    return "\n".join(
        f"[[category]]\ncode = {json.dumps(code)}\nname = {json.dumps(name, ensure_ascii=False)}\n"
        for code, name in zip(codes, names, strict=True)
    )


def package(trained: Trained, corpus: Corpus, taxonomy_toml: str) -> Stored:
    """Turn a trained classifier into the files of a model folder, with its manifest and card."""
    classifier, taxonomy = trained.classifier, corpus.taxonomy
    arrays = classifier.arrays()
    scorer = Scorer(arrays, classifier.lexicon, taxonomy.codes)
    content = model_content(taxonomy_toml, trained.policy, classifier.lexicon, arrays, _probes(corpus, scorer))
    manifest = Manifest(
        id=content_id(content),
        versions={"tipclass": __version__} | {name: metadata.version(name) for name in VERSIONED},
        parameters={name: value for name, value in classifier.get_params().items() if isinstance(value, int | float)},
        corpus=_facts(corpus),
        figures=trained.evaluation.figures() if trained.evaluation else {},
        files=hashes(content),
    )
    return Stored(content, manifest, write_card(manifest, taxonomy))


def _probes(corpus: Corpus, scorer: Scorer) -> list[Probe]:
    """Score a few short texts a category, chosen by hash: the same corpus gives the same probes."""
    ordered = sorted(corpus.tips, key=lambda tip: hashlib.sha256(tip.text.encode()).digest())
    texts = []
    for code in corpus.taxonomy.codes:
        mine = [tip.text for tip in ordered if tip.labels[0] == code and len(tip.text) <= LONGEST_PROBE]
        texts += mine[:PROBES_PER_CATEGORY]
    return [
        Probe(text, corpus.taxonomy.codes[int(row.argmax())], float(row.max()))
        for text, row in zip(texts, scorer.score(texts), strict=True)
    ]


def _facts(corpus: Corpus) -> dict[str, Any]:
    main = Counter(tip.labels[0] for tip in corpus.tips)
    lines = sorted(f"{tip.text}\t{';'.join(tip.labels)}" for tip in corpus.tips)
    return {
        "tips": len(corpus.tips),
        "categories": len(corpus.taxonomy.codes),
        "several_labels": sum(len(tip.labels) > 1 for tip in corpus.tips),
        "median_length": int(statistics.median(len(tip.text) for tip in corpus.tips)),
        "main_labels": {code: main[code] for code in corpus.taxonomy.codes},
        "fingerprint": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    }
