"""Decisions: what scores mean under a policy. Pure; the wording of reasons is the only Chinese in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from tipclass import messages
from tipclass.records import Decision, Route, Scored
from tipclass.taxonomy import Taxonomy

NEVER = 2.0  # a threshold no score reaches: a category that cannot hold the promise accepts nothing
PASSAGE = 240  # characters of a passage that is looked at by itself
# The least score of what is set aside, and of the category that makes a passage a lead: more likely than not.
LIKELY = 0.5
PLAUSIBLE = 0.1  # the least certainty of a rival worth naming


class Policy(BaseModel):
    """The thresholds that decide, each category with its own; fitted by `training.fit_policy`.

    accept: least certainty of the main label for going on without a person.
    label: least score for being given as a further label.
    least_known: least number of words the model must know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target_precision: float
    least_known: int
    accept: Mapping[str, float]
    label: Mapping[str, float]

    def dumps(self) -> str:
        """Return the policy as TOML."""
        head = f"target_precision = {self.target_precision}\nleast_known = {self.least_known}\n"
        tables = (("accept", self.accept), ("label", self.label))
        return head + "".join(
            f"\n[{name}]\n" + "".join(f"{code} = {value}\n" for code, value in table.items()) for name, table in tables
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of one tip, in the taxonomy's order.

    scores: how likely each category is among the labels; certainties: how likely each is the main one; known: how many
    words of the tip the model knows; lead: whether one of its passages holds a lead (see `holds_lead`).
    """

    scores: Sequence[float]
    certainties: Sequence[float]
    known: int
    lead: bool = False


def decide(judgement: Judgement, policy: Policy, taxonomy: Taxonomy, *, top: int = 3) -> Decision:
    """Turn what the model says of a tip into what staff should do; `top` is how many candidates are named."""
    certainty = dict(zip(taxonomy.codes, judgement.certainties, strict=True))
    pairs = (Scored(code, float(score)) for code, score in zip(taxonomy.codes, judgement.scores, strict=True))
    ranked = sorted(pairs, key=lambda each: (-certainty[each.code], each.code))
    if ranked[0].code in taxonomy.set_aside and (judgement.lead or certainty[ranked[0].code] < LIKELY):
        # What is set aside is lost, so in doubt the best category that is not comes first.
        ranked.sort(key=lambda each: each.code in taxonomy.set_aside)
    main, runner_up = ranked[0].code, ranked[1].code
    sure = float(certainty[main])
    rival = taxonomy.name(runner_up) if certainty[runner_up] >= PLAUSIBLE else ""
    route, reason = _route(main, rival, sure, judgement.known, policy, taxonomy)
    labels = (ranked[0], *_further(ranked, policy, taxonomy))
    return Decision(route, sure, labels, tuple(ranked[:top]), runner_up, reason)


def holds_lead(passages: Iterable[Sequence[float]], taxonomy: Taxonomy) -> bool:
    """Tell whether some passage, by its certainties, is likely to be of a category that is not set aside."""
    dispatched = [place for place, code in enumerate(taxonomy.codes) if code not in taxonomy.set_aside]
    return any(max(certainties[place] for place in dispatched) >= LIKELY for certainties in passages)


def _route(
    main: str, rival: str, certainty: float, known: int, policy: Policy, taxonomy: Taxonomy
) -> tuple[Route, str]:
    name = taxonomy.name(main)
    if known == 0:
        return Route.REVIEW, messages.REASON_NO_KNOWN_WORDS
    if known < policy.least_known:
        return Route.REVIEW, messages.REASON_FEW_KNOWN_WORDS.format(known=known)
    if policy.accept[main] >= NEVER:
        return Route.REVIEW, messages.REASON_NEVER.format(name=name, certainty=certainty)
    if certainty < policy.accept[main]:
        also = messages.ALSO_LIKELY.format(other=rival) if rival else ""
        return Route.REVIEW, messages.REASON_UNSURE.format(name=name, certainty=certainty, also=also)
    if main in taxonomy.set_aside:
        return Route.SET_ASIDE, messages.REASON_SET_ASIDE.format(certainty=certainty)
    return Route.ACCEPT, messages.REASON_ACCEPT.format(name=name, certainty=certainty)


def _further(ranked: Sequence[Scored], policy: Policy, taxonomy: Taxonomy) -> tuple[Scored, ...]:
    """Return the further labels; what is set aside holds no second matter and is no second matter."""
    if ranked[0].code in taxonomy.set_aside:
        return ()
    return tuple(
        each for each in ranked[1:] if each.code not in taxonomy.set_aside and each.score >= policy.label[each.code]
    )
