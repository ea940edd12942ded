"""Models in memory: all that deciding needs, and what else a model says of itself once it is asked for."""

import csv
import functools
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tipclass import messages, verdicts
from tipclass.decide import Policy
from tipclass.documents import ZIP_DAMAGE
from tipclass.errors import ModelError, TipclassError
from tipclass.lexicon import parse_lexicon
from tipclass.manifest import Manifest
from tipclass.model_files import (
    EXAMPLES,
    FOLDS,
    LEXICON,
    NEIGHBOURS,
    POLICY,
    PROBES,
    REFERENCE,
    TAXONOMY,
    VOCABULARY,
    WEIGHTS,
    Probe,
    parse_arrays,
    parse_neighbours,
    parse_probes,
    parse_rows,
)
from tipclass.neighbours import Neighbours
from tipclass.reference import Reference, parse_reference
from tipclass.scorer import Arrays, Scorer
from tipclass.taxonomy import Taxonomy, parse_taxonomy
from tipclass.verdicts import Verdicts

PROBE_TOLERANCE = 1e-6
# What content raises that agrees with its hashes and is none of ours all the same; csv.Error is none of the others.
UNFIT = (*ZIP_DAMAGE, MemoryError, TypeError, csv.Error, TipclassError)


@dataclass(frozen=True)
class Model:
    """A trained model in memory, with all it needs to decide; `content` are its files, checked by hash.

    What deciding does not need is read when it is first asked for, and raises ModelError if it does not fit.
    """

    manifest: Manifest
    taxonomy: Taxonomy
    policy: Policy
    scorer: Scorer
    content: Mapping[str, bytes] = field(repr=False)

    @functools.cached_property
    def neighbours(self) -> Neighbours:
        """The texts of the corpus that others are held against."""
        with _fitting(self.manifest.id):
            found = parse_neighbours(self.content[EXAMPLES], self.content[NEIGHBOURS], self.taxonomy)
            unfit = found.problem(len(self.scorer.arrays.words))
        if unfit:
            raise _unfit(self.manifest.id, NEIGHBOURS)
        return found

    @functools.cached_property
    def probes(self) -> tuple[Probe, ...]:
        """The texts that must score as they did at training."""
        with _fitting(self.manifest.id):
            return tuple(parse_probes(self.content[PROBES], self.taxonomy))

    @functools.cached_property
    def verdicts(self) -> Verdicts:
        """The verdicts out of fold; empty where the model has none."""
        with _fitting(self.manifest.id):
            return verdicts.from_rows(parse_rows(self.content[FOLDS]), self.taxonomy) if FOLDS in self.content else {}

    @functools.cached_property
    def reference(self) -> Reference | None:
        """What the folds saw of the corpus; None where the model has none."""
        with _fitting(self.manifest.id):
            found = parse_reference(self.content[REFERENCE]) if REFERENCE in self.content else None
        if found and set(found.categories) != set(self.taxonomy.codes):
            raise _unfit(self.manifest.id, REFERENCE)
        return found

    @property
    def id(self) -> str:
        """The identity: `m` and ten hex digits of the hash of its content."""
        return self.manifest.id

    def broken_probes(self) -> list[Probe]:
        """Score the probes again and return those that come out otherwise than at training."""
        scores = self.scorer.score([probe.text for probe in self.probes])
        columns = [self.taxonomy.codes.index(probe.category) for probe in self.probes]
        return [
            probe
            for probe, row, column in zip(self.probes, scores, columns, strict=True)
            if row.argmax() != column or abs(row[column] - probe.score) > PROBE_TOLERANCE
        ]


def model_of(manifest: Manifest, content: Mapping[str, bytes], name: str) -> Model:
    """Return the model that files say; raises ModelError, which names it so, where they do not fit each other."""
    with _fitting(name):
        taxonomy = parse_taxonomy(content[TAXONOMY].decode(), source=TAXONOMY)
        policy = Policy.model_validate(tomllib.loads(content[POLICY].decode()))
        lexicon = parse_lexicon(content[LEXICON].decode())
        arrays = parse_arrays(content[VOCABULARY], content[WEIGHTS])
        problem = arrays.problem() or _mismatch(arrays, policy, taxonomy)
    if problem:
        raise _unfit(name, problem)
    return Model(manifest, taxonomy, policy, Scorer(arrays, lexicon, taxonomy.codes), content)


def _mismatch(arrays: Arrays, policy: Policy, taxonomy: Taxonomy) -> str:
    if arrays.intercept.size != len(taxonomy.codes):
        return TAXONOMY
    tables = (policy.target, policy.accept, policy.label)
    return "" if all(set(table) == set(taxonomy.codes) for table in tables) else POLICY


@contextmanager
def _fitting(name: str) -> Iterator[None]:
    """Turn what reading an unfit file raises into a ModelError."""
    try:
        yield
    except UNFIT as error:
        raise _unfit(name, type(error).__name__) from None


def _unfit(name: str, cause: str) -> ModelError:
    return ModelError(messages.MODEL_INCOMPATIBLE.format(path=name, cause=cause))
