"""Decisions: what scores mean under a policy. Pure; the wording of reasons is the only Chinese in it."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from tipclass import messages
from tipclass.records import Decision, Route, Scored
from tipclass.taxonomy import Taxonomy

NEVER = 2.0  # a threshold no score reaches: a category that cannot hold the promise accepts nothing
PASSAGE = 240  # characters of a passage that is looked at by itself
# The least score of what is set aside, and of the category that makes a passage a lead: more likely than not.
LIKELY = 0.5


class Policy(BaseModel):
    """The thresholds that decide, each category with its own; fitted by `training.fit_policy`.

    accept: least score of the main label for going on without a person.
    label: least score for being given as a further label.
    margin: least lead of the main label over the runner-up.
    least_known: least number of words the model must know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target_precision: float
    margin: float
    least_known: int
    accept: Mapping[str, float]
    label: Mapping[str, float]

    def dumps(self) -> str:
        """Return the policy as TOML."""
        head = f"target_precision = {self.target_precision}\nmargin = {self.margin}\nleast_known = {self.least_known}\n"
        tables = (("accept", self.accept), ("label", self.label))
        return head + "".join(
            f"\n[{name}]\n" + "".join(f"{code} = {value}\n" for code, value in table.items()) for name, table in tables
        )


def decide(
    scores: Sequence[float], known: int, policy: Policy, taxonomy: Taxonomy, *, lead: bool = False, top: int = 3
) -> Decision:
    """Turn the scores of one tip, in the taxonomy's order, into what staff should do.

    `known` is how many of its words the model knows, `lead` whether one of its passages holds a lead (see
    `holds_lead`), `top` how many candidates are named.
    """
    pairs = (Scored(code, float(score)) for code, score in zip(taxonomy.codes, scores, strict=True))
    ranked = sorted(pairs, key=lambda each: (-each.score, each.code))
    if ranked[0].code in taxonomy.set_aside and (lead or ranked[0].score < LIKELY):
        # What is set aside is lost, so in doubt the best category that is not comes first.
        ranked.sort(key=lambda each: each.code in taxonomy.set_aside)
    main, runner_up = ranked[0], ranked[1]
    route, reason = _route(main, runner_up, known, policy, taxonomy)
    return Decision(route, (main, *_further(ranked, policy, taxonomy)), tuple(ranked[:top]), runner_up.code, reason)


def holds_lead(passages: Iterable[Sequence[float]], taxonomy: Taxonomy) -> bool:
    """Tell whether some passage, by its scores, is more likely than not of a category that is not set aside."""
    aside = [code in taxonomy.set_aside for code in taxonomy.codes]
    for scores in passages:
        best = max(score for score, is_aside in zip(scores, aside, strict=True) if not is_aside)
        if best >= LIKELY and all(best > score for score, is_aside in zip(scores, aside, strict=True) if is_aside):
            return True
    return False


def _route(main: Scored, runner_up: Scored, known: int, policy: Policy, taxonomy: Taxonomy) -> tuple[Route, str]:
    name, other = taxonomy.name(main.code), taxonomy.name(runner_up.code)
    if known == 0:
        return Route.REVIEW, messages.REASON_NO_KNOWN_WORDS
    if known < policy.least_known:
        return Route.REVIEW, messages.REASON_FEW_KNOWN_WORDS.format(known=known)
    if policy.accept[main.code] >= NEVER:
        return Route.REVIEW, messages.REASON_NEVER.format(name=name, score=main.score)
    if main.score < policy.accept[main.code]:
        return Route.REVIEW, messages.REASON_UNSURE.format(name=name, score=main.score, other=other)
    if main.score - runner_up.score < policy.margin:
        return Route.REVIEW, messages.REASON_CLOSE.format(name=name, other=other)
    if main.code in taxonomy.set_aside:
        return Route.SET_ASIDE, messages.REASON_SET_ASIDE.format(score=main.score)
    return Route.ACCEPT, messages.REASON_ACCEPT.format(name=name, score=main.score)


def _further(ranked: Sequence[Scored], policy: Policy, taxonomy: Taxonomy) -> tuple[Scored, ...]:
    """Return the further labels; what is set aside holds no second matter and is no second matter."""
    if ranked[0].code in taxonomy.set_aside:
        return ()
    return tuple(
        each for each in ranked[1:] if each.code not in taxonomy.set_aside and each.score >= policy.label[each.code]
    )
