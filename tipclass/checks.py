"""Checks and statistics of a corpus."""

import statistics
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipclass import messages
from tipclass.corpus import Corpus, Finding, LabelledTip, read_corpus, run_shares
from tipclass.errors import CorpusError
from tipclass.privacy import personal
from tipclass.taxonomy import Taxonomy

if TYPE_CHECKING:
    import pandas

LEAST_PER_CATEGORY = 10
NEAR_REPEAT = 0.5  # share of a text's runs that stand in other texts
MOST_NEAR_REPEATS = 0.03  # of all texts
LEAST_COMPARED = 20  # texts whose median length says something
APART = 10  # times; files written on purpose to be short differ from the rest of their register up to sevenfold
QUOTAS = "quotas.toml"

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def check(
    sources: Sequence[Path], taxonomy: Taxonomy, *, strict: bool, against: Sequence[Path] = ()
) -> tuple[int, list[Finding]]:
    """Return how many tips can be used, and all findings; with `strict` the quotas beside the corpus are held too.

    `against` is a corpus that is only measured on; texts that stand in it as well are findings.
    """
    tips, findings = read_corpus(sources, taxonomy)
    corpus = Corpus(tuple(tips), taxonomy)
    for each in CHECKS:
        findings += each(corpus)
    if against:
        measured, unusable = read_corpus(against, taxonomy)
        findings += [*unusable, *_across(corpus, measured)]
    if strict:
        findings += [finding for quotas in _quota_files(sources) for finding in _quotas(corpus, quotas)]
    return len(tips), findings


def _same_ids(corpus: Corpus) -> Iterator[Finding]:
    first: dict[str, LabelledTip] = {}
    for tip in corpus.tips:
        other = first.setdefault(tip.id, tip)
        if other is not tip:
            yield Finding(tip.place, messages.CHECK_SAME_ID.format(id=tip.id, other=other.place))


def _same_texts(corpus: Corpus) -> Iterator[Finding]:
    first: dict[str, LabelledTip] = {}
    for tip in corpus.tips:
        other = first.setdefault("".join(tip.text.split()), tip)
        if other is not tip:
            same = set(other.labels) == set(tip.labels)
            problem = messages.CHECK_SAME_TEXT if same else messages.CHECK_CONTRADICTION
            yield Finding(tip.place, problem.format(other=other.place))


def _set_aside_alone(corpus: Corpus) -> Iterator[Finding]:
    for tip in corpus.tips:
        if len(tip.labels) > 1:
            for label in corpus.taxonomy.set_aside.intersection(tip.labels):
                yield Finding(tip.place, messages.CHECK_SET_ASIDE_ALONE.format(name=corpus.taxonomy.name(label)))


def _small_categories(corpus: Corpus) -> Iterator[Finding]:
    counts = Counter(tip.labels[0] for tip in corpus.tips)
    for category in corpus.taxonomy.category:
        if counts[category.code] < LEAST_PER_CATEGORY:
            fields = {"name": category.name, "count": counts[category.code], "least": LEAST_PER_CATEGORY}
            yield Finding("", messages.CHECK_SMALL_CATEGORY.format(**fields))


def _near_repeats(corpus: Corpus) -> Iterator[Finding]:
    share = near_repeat_share(corpus)
    if share > MOST_NEAR_REPEATS:
        yield Finding("", messages.CHECK_NEAR_REPEATS.format(share=share, limit=MOST_NEAR_REPEATS))


def _personal(corpus: Corpus) -> Iterator[Finding]:
    for tip in corpus.tips:
        for kind, start, _ in personal(tip.text):
            yield Finding(tip.place, messages.CHECK_PERSONAL.format(start=start + 1, kind=messages.ELEMENTS[kind]))


def _lengths_apart(corpus: Corpus) -> Iterator[Finding]:
    """Find the files whose texts of a register are of another length than those of the register elsewhere."""
    for register, files in _by_register(corpus).items():
        for mine in files.values():
            others = [tip for tips in files.values() for tip in tips if tips is not mine]
            median, elsewhere = (statistics.median([len(tip.text) for tip in tips] or [0]) for tips in (mine, others))
            if min(len(mine), len(others)) >= LEAST_COMPARED and not 1 / APART < median / elsewhere < APART:
                counts = {"count": len(mine), "median": int(median), "others": int(elsewhere), "limit": APART}
                name = messages.REGISTERS.get(register, register)
                yield Finding(mine[0].place, messages.CHECK_LENGTHS.format(register=name, **counts))


def _rare_registers(corpus: Corpus) -> Iterator[Finding]:
    """Find the registers that a single one of several files has, and hardly any text."""
    registers = _by_register(corpus)
    several = len({_file(tip) for tip in corpus.tips}) > 1
    for register, files in registers.items():
        tips = [tip for mine in files.values() for tip in mine]
        if several and register and len(files) == 1 and len(tips) < LEAST_PER_CATEGORY:
            yield Finding(tips[0].place, messages.CHECK_REGISTER.format(register=register, count=len(tips)))


def _by_register(corpus: Corpus) -> dict[str, dict[str, list[LabelledTip]]]:
    found: dict[str, dict[str, list[LabelledTip]]] = {}
    for tip in corpus.tips:
        found.setdefault(tip.register, {}).setdefault(_file(tip), []).append(tip)
    return found


def _file(tip: LabelledTip) -> str:
    return tip.place.rpartition(":")[0]


CHECKS = (
    _same_ids,
    _same_texts,
    _set_aside_alone,
    _small_categories,
    _near_repeats,
    _personal,
    _lengths_apart,
    _rare_registers,
)


def _across(corpus: Corpus, measured: Sequence[LabelledTip]) -> Iterator[Finding]:
    """Find the texts that stand, alike or nearly, in a corpus that is measured on."""
    border = len(corpus.tips)
    pairs = run_shares([*corpus.texts, *(tip.text for tip in measured)])[1]
    near = {one: measured[two - border] for one, two in pairs if one < border <= two}
    same = {"".join(tip.text.split()): tip for tip in measured}  # a text of a few characters has no runs
    for row, tip in enumerate(corpus.tips):
        other = same.get("".join(tip.text.split())) or near.get(row)
        if other:
            yield Finding(tip.place, messages.CHECK_BORDER.format(other=other.place))


def near_repeat_share(corpus: Corpus) -> float:
    """Return the share of tips half of whose 8-character runs stand in other tips."""
    return float((run_shares(corpus.texts)[0] >= NEAR_REPEAT).mean()) if corpus.tips else 0.0


# --- quotas --------------------------------------------------------------------------------------


def _quota_files(sources: Sequence[Path]) -> Iterator[Mapping[str, Any]]:
    for source in sources:
        path = source / QUOTAS
        if path.is_file():
            try:
                yield tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise CorpusError(messages.QUOTAS_INVALID.format(path=path, cause=error)) from None


def _quotas(corpus: Corpus, quotas: Mapping[str, Any]) -> Iterator[Finding]:
    """Hold each count of a quota table against what the corpus has."""
    main = Counter(tip.labels[0] for tip in corpus.tips)
    words = ((word, each.code) for each in corpus.taxonomy.category for word in (each.code, *each.aliases))
    have: dict[str, Counter[str]] = {
        "total": Counter({"tips": len(corpus.tips)}),
        "main": Counter({word: main[code] for word, code in words}),  # also under the names it bore before
        "register": Counter(tip.register for tip in corpus.tips),
        "trait": Counter(trait for tip in corpus.tips for trait in tip.traits),
        "share": Counter(_shares(corpus)),
    }
    for table, wanted in quotas.items():
        for name, least in wanted.items():
            if have[table][name] < least:
                fields = {"what": f"{table}.{name}", "count": have[table][name], "least": least}
                yield Finding("", messages.CHECK_QUOTA.format(**fields))


def _shares(corpus: Corpus) -> dict[str, Any]:
    """Return shares in per cent: tips with several labels, and texts by length."""
    tips = [tip for tip in corpus.tips if tip.labels[0] not in corpus.taxonomy.set_aside]
    lengths = [len(tip.text) for tip in corpus.tips]

    def per_cent(part: int, whole: int) -> float:
        return round(100 * part / max(1, whole), 1)

    return {
        "several_labels": per_cent(sum(len(tip.labels) > 1 for tip in tips), len(tips)),
        "under_60": per_cent(sum(n < 60 for n in lengths), len(lengths)),
        "from_60_to_299": per_cent(sum(60 <= n < 300 for n in lengths), len(lengths)),
        "from_300": per_cent(sum(n >= 300 for n in lengths), len(lengths)),
    }


# --- statistics ----------------------------------------------------------------------------------


def frame(corpus: Corpus) -> "pandas.DataFrame":
    """Return the corpus as a table: name of the main label, number of labels, length, register, source."""
    import pandas

    rows = [
        (corpus.taxonomy.name(tip.labels[0]), len(tip.labels), len(tip.text), tip.register or "-", tip.source or "-")
        for tip in corpus.tips
    ]
    return pandas.DataFrame(rows, columns=["main", "labels", "length", "register", "source"])


def describe(corpus: Corpus) -> list[str]:
    """Return sentences on lengths, labels and repeats."""
    lengths = frame(corpus)["length"]
    shares = _shares(corpus)
    return [
        messages.STATS_LENGTHS.format(
            short=shares["under_60"],
            middle=shares["from_60_to_299"],
            long=shares["from_300"],
            very_long=(lengths >= 800).sum(),
            median=int(lengths.median()),
        ),
        messages.STATS_SEVERAL.format(share=shares["several_labels"]),
        messages.STATS_NEAR.format(share=near_repeat_share(corpus)),
    ]


def tables(corpus: Corpus) -> Iterator[Table]:
    """Yield title, column names and rows: categories; registers and sources by size and length; traits."""
    main = Counter(tip.labels[0] for tip in corpus.tips)
    further = Counter(label for tip in corpus.tips for label in tip.labels[1:])
    rows = [(each.name, str(main[each.code]), str(further[each.code])) for each in corpus.taxonomy.category]
    rows.append((messages.STATS_ALL, str(len(corpus.tips)), str(sum(further.values()))))
    yield messages.STATS_TITLE, (messages.COLUMN_CATEGORY, messages.STATS_MAIN, messages.STATS_FURTHER), rows
    table = frame(corpus)
    for column, title in (("register", messages.STATS_REGISTER), ("source", messages.STATS_SOURCE)):
        parts = table.groupby(column).agg(
            tips=("length", "size"), median=("length", "median"), kinds=("main", "nunique")
        )
        heads = (title, messages.STATS_COUNT, messages.STATS_MEDIAN, messages.STATS_KINDS)
        counted = parts.astype(int).astype(str).itertuples()
        yield title, heads, [tuple(row) for row in counted]
    traits = Counter(trait for tip in corpus.tips for trait in tip.traits)
    trait_heads = (messages.STATS_TRAIT, messages.STATS_COUNT)
    yield messages.STATS_TRAIT, trait_heads, [(name, str(count)) for name, count in sorted(traits.items())]
