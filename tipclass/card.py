"""The model card: a manifest's facts in prose and tables."""

from collections.abc import Mapping
from typing import Any

from tipclass.manifest import Manifest
from tipclass.taxonomy import Taxonomy


def write_card(manifest: Manifest, taxonomy: Taxonomy) -> str:
    """Return the card as Markdown; a section stands only where the manifest has its facts."""
    parts = [_head(manifest), _corpus(manifest.corpus, taxonomy)]
    if manifest.figures:
        parts.append(_figures(manifest.figures))
        parts += [part(manifest.figures, taxonomy) for part in (_categories, _confusions)]
    return "\n".join(parts)


def _head(manifest: Manifest) -> str:
    settings = ", ".join(f"{key} {value}" for key, value in sorted(manifest.parameters.items()))
    versions = ", ".join(f"{name} {version}" for name, version in sorted(manifest.versions.items()))
    return f"""# Model {manifest.id}

Routes Chinese tips and referral documents to {manifest.corpus["categories"]} categories. Meant for an intake desk where
a person reviews what the model leaves to review; its scores are hints, never findings, and it has not seen any office's
own tips.

Parameters: {settings}.
Versions: {versions}.
"""


def _corpus(corpus: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    rows = "\n".join(f"| {code} | {taxonomy.name(code)} | {count} |" for code, count in corpus["main_labels"].items())
    return f"""## Trained on

{corpus["tips"]} texts, {corpus["several_labels"]} of them with several labels, median length
{corpus["median_length"]} characters; fingerprint {corpus["fingerprint"][:16]}.

| code | name | texts with this main label |
|---|---|--:|
{rows}
"""


def _figures(figures: Mapping[str, Any]) -> str:
    def interval(name: str) -> str:
        return "{value:.3f} [{low:.3f}, {high:.3f}]".format(**figures[name])

    return f"""## Out-of-fold figures

Each text was scored by a model that saw no text of its register and none that tells the same story. They are figures
over composed texts: expect real text to come out lower.

| figure | value |
|---|--:|
| texts scored | {figures["tips"]} |
| main label right | {interval("accuracy")} |
| macro-F1 of the main label | {interval("macro_f1")} |
| main label among the two / three best | {figures["top2"]:.3f} / {figures["top3"]:.3f} |
| labels: micro-F1 | {figures["label_micro_f1"]:.3f} |
| labels: macro-F1 | {figures["label_macro_f1"]:.3f} |
| labels: exact match | {figures["exact_match"]:.3f} |
| labels a text | {figures["labels_per_tip"]:.2f} |
| sent on without a person | {figures["coverage"]:.3f} |
| right among those | {figures["selective_accuracy"]:.3f} |
| expected calibration error | {figures["calibration_error"]:.3f} |
| tips with a lead set aside | {figures["lost"]} |
"""


def _categories(figures: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    rows = "\n".join(
        f"| {taxonomy.name(each['code'])} | {each['support']} | "
        f"{each['precision']:.3f} | {each['recall']:.3f} | {each['f1']:.3f} |"
        for each in figures["categories"]
    )
    return f"## By category\n\n| category | support | precision | recall | F1 |\n|---|--:|--:|--:|--:|\n{rows}\n"


def _confusions(figures: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    rows = "\n".join(
        f"| {taxonomy.name(each['label'])} | {taxonomy.name(each['category'])} | {each['count']} |"
        for each in figures["confusions"][:10]
    )
    return f"## Commonest confusions\n\n| label | taken for | texts |\n|---|---|--:|\n{rows}\n"
