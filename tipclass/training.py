"""Training, from corpus to model: folds, calibration, policy, fit, probes."""

import hashlib
import json
import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from tipclass import __version__
from tipclass.card import write_card
from tipclass.classifier import TipClassifier
from tipclass.corpus import Corpus, folds, label_words, load_corpus
from tipclass.decide import NEVER, PASSAGE, Policy, decide, holds_lead
from tipclass.evaluate import Evaluation, evaluate
from tipclass.lexicon import Lexicon, read_words
from tipclass.manifest import Manifest
from tipclass.scorer import Scorer, sigmoid
from tipclass.segment import View, suggest_frequencies
from tipclass.settings import corpora_folder
from tipclass.store import TAXONOMY, Probe, content_id, hashes, model_content
from tipclass.taxonomy import Taxonomy, load_taxonomy, parse_taxonomy

Matrix = NDArray[np.float64]
Columns = NDArray[np.int64]

LEAST_KNOWN = 2  # words
POOLED_BELOW = 60  # a category with fewer out-of-fold predictions shares its threshold with the other small ones
BOUND = 1.282  # standard normal quantile of the one-sided 90 % bound on precision
MARGINS = (0.0, 0.1, 0.2, 0.3)
PROBES_PER_CATEGORY = 3
LONGEST_PROBE = 300  # characters
FROM_LABELS = "labels"
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
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


def train(corpus: Corpus, classifier: TipClassifier, *, target_precision: float) -> Trained:
    """Calibrate and fit the policy on out-of-fold scores, measure on them, and fit on the whole corpus."""
    views = classifier.views(corpus.texts)
    out = out_of_fold(corpus, classifier, views)
    indicator, main = corpus.indicator[out.rows], corpus.main[out.rows]
    calibration = fit_calibration(out.decisions, indicator)
    scores = sigmoid(out.decisions * calibration[0] + calibration[1])
    policy = fit_policy(scores, indicator, main, corpus.taxonomy.codes, target_precision=target_precision)
    leads = [
        holds_lead(sigmoid(each * calibration[0] + calibration[1]).tolist(), corpus.taxonomy) for each in out.passages
    ]
    decisions = [
        decide(row, known, policy, corpus.taxonomy, lead=lead)
        for row, known, lead in zip(scores.tolist(), out.known.tolist(), leads, strict=True)
    ]
    evaluation = evaluate(scores, decisions, indicator, main, corpus.taxonomy.codes)
    fitted = classifier.fit_views(views, corpus.indicator).calibrate(calibration)
    return Trained(fitted, policy, evaluation)


def train_without_folds(corpus: Corpus, classifier: TipClassifier, *, target_precision: float) -> Trained:
    """Fit only: scores stay uncalibrated, and since nothing was measured the policy sends every tip to review."""
    codes = corpus.taxonomy.codes
    policy = Policy(
        target_precision=target_precision,
        margin=0.0,
        least_known=LEAST_KNOWN,
        accept=dict.fromkeys(codes, NEVER),
        label=dict.fromkeys(codes, 0.5),
    )
    return Trained(classifier.fit(corpus.texts, corpus.indicator), policy, None)


def out_of_fold(corpus: Corpus, classifier: TipClassifier, views: Sequence[View], *, jobs: int = -1) -> OutOfFold:
    """Score every tip by a classifier fitted on the other folds."""
    from joblib import Parallel, delayed

    indicator = corpus.indicator
    splits = folds(corpus)
    scored = Parallel(n_jobs=jobs)(
        delayed(_score_fold)(classifier, [views[row] for row in fit], indicator[fit], [views[row] for row in test])
        for fit, test in splits
    )
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


def fit_calibration(decisions: Matrix, indicator: Columns) -> Matrix:
    """Return slope and offset a category, shape (2, categories), that make decision values logits (Platt scaling)."""
    columns = []
    for values, labels in zip(decisions.T, indicator.T, strict=True):
        if labels.all() or not labels.any():
            columns.append((1.0, 0.0))
            continue
        fitted = LogisticRegression(C=1e4).fit(values[:, None], labels)
        columns.append((max(0.05, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])))
    return np.array(columns).T


def fit_policy(
    scores: Matrix, indicator: Columns, main: Columns, codes: Sequence[str], *, target_precision: float
) -> Policy:
    """Choose the thresholds that let most tips go on while what goes on keeps the promised precision."""
    policies = [_policy(scores, indicator, main, codes, target_precision, margin) for margin in MARGINS]
    return max(policies, key=lambda policy: (_coverage(scores, codes, policy), -policy.margin))


def _policy(
    scores: Matrix, indicator: Columns, main: Columns, codes: Sequence[str], target: float, margin: float
) -> Policy:
    best = np.sort(scores, axis=1)[:, ::-1]
    clear = best[:, 0] - best[:, 1] >= margin
    predicted, top, right = scores.argmax(axis=1), best[:, 0], scores.argmax(axis=1) == main
    small = [column for column in range(len(codes)) if (clear & (predicted == column)).sum() < POOLED_BELOW]
    pooled = clear & np.isin(predicted, small)
    shared = least_score(top[pooled], right[pooled], target)
    accept = {}
    for column, code in enumerate(codes):
        mine = clear & (predicted == column)
        accept[code] = shared if column in small else least_score(top[mine], right[mine], target)
    label = {code: label_threshold(scores[:, column], indicator[:, column]) for column, code in enumerate(codes)}
    return Policy(target_precision=target, margin=margin, least_known=LEAST_KNOWN, accept=accept, label=label)


def _coverage(scores: Matrix, codes: Sequence[str], policy: Policy) -> float:
    best = np.sort(scores, axis=1)[:, ::-1]
    threshold = np.array([policy.accept[code] for code in codes])[scores.argmax(axis=1)]
    return float(((best[:, 0] >= threshold) & (best[:, 0] - best[:, 1] >= policy.margin)).mean())


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
    if taxonomy == FROM_LABELS:
        content = taxonomy_of_labels(sources)
    else:
        content = (Path(taxonomy) if taxonomy else taxonomy_file(sources)).read_text(encoding="utf-8")
    parsed = parse_taxonomy(content, source=taxonomy or TAXONOMY)
    lexicon_folder = taxonomy_file(sources).parent / "lexicon"
    words = read_words(lexicon_folder, parsed) if lexicon_folder.is_dir() and taxonomy != FROM_LABELS else {}
    return load_corpus(sources, parsed), content, suggest_frequencies(words)


def taxonomy_file(sources: Sequence[Path]) -> Path:
    """Return the taxonomy file beside the corpus, else the shipped one."""
    beside = (folder / TAXONOMY for source in sources for folder in (source, source.parent))
    return next((path for path in beside if path.is_file()), corpora_folder() / TAXONOMY)


def taxonomy_beside(sources: Sequence[Path]) -> Taxonomy:
    """Read the taxonomy that `taxonomy_file` finds."""
    return load_taxonomy(taxonomy_file(sources))


def taxonomy_of_labels(sources: Sequence[Path]) -> str:
    """Return a taxonomy (TOML) of the labels that occur in a corpus, sorted; a label that is no code gets a number."""
    names = sorted(label_words(sources))
    codes = (name if CODE.fullmatch(name) else f"c{number:02}" for number, name in enumerate(names, 1))
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
    scores = scorer.score(texts)
    return [
        Probe(text, corpus.taxonomy.codes[int(row.argmax())], float(row.max()))
        for text, row in zip(texts, scores, strict=True)
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
