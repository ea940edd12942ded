"""Decisions: what scores mean under a policy. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from tipclass.records import Cause, Decision, Matter, Passage, Route, Scored
from tipclass.taxonomy import Taxonomy

NEVER = 2.0  # a threshold no score reaches: a category that cannot hold the promise accepts nothing
LIKELY = 0.6  # the least certainty of what is set aside: in doubt a tip, since what is set aside is lost
# The least certainty of a passage that could be a lead in what as a whole looks like none, and of one that makes a tip
# of it. Chosen out of fold, where 0.6 sends one such text in seven to a person.
LEAD, CLEAR = 0.6, 0.9
# So many categories, each the sure one of an item, make a numbered list one of several matters rather than of the
# points of one. Chosen out of fold, where labels by item then raise micro-F1 of such texts from 0.83 to 0.87.
SEVERAL, SURE = 3, 0.8


class Policy(BaseModel):
    """The thresholds that decide; fitted by `training.fit_policy`.

    least_known: least number of words the model must know; least_share: least share of the words it must know.
    passage: least certainty of a passage for giving its category as a further label of the whole.
    By category: target, the precision promised of what goes on; accept, the least certainty of the main label for
    going on without a person; label, the least score for being given as a further label.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    least_known: int
    least_share: float
    passage: float
    target: Mapping[str, float]
    accept: Mapping[str, float]
    label: Mapping[str, float]

    def dumps(self) -> str:
        """Return the policy as TOML."""
        head = "".join(f"{name} = {getattr(self, name)}\n" for name in ("least_known", "least_share", "passage"))
        return head + "".join(
            f"\n[{name}]\n" + "".join(f"{code} = {value}\n" for code, value in getattr(self, name).items())
            for name in ("target", "accept", "label")
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of a text, in the taxonomy's order.

    scores: how likely each category is among the labels; certainties: how likely each is the main one; known: how many
    of its `words` the model knows; doubt: why no category can be read from the text, if so; listed: whether it is an
    item of a list; passages: the same of each passage, where the text has several.
    """

    scores: Sequence[float]
    certainties: Sequence[float]
    known: int
    words: int
    doubt: Cause | None = None
    listed: bool = False
    passages: tuple["Judgement", ...] = ()


def decide(judgement: Judgement, policy: Policy, taxonomy: Taxonomy, *, top: int = 3) -> Decision:
    """Turn what the model says of a text into what staff should do; `top` is how many candidates are named."""
    certainty = dict(zip(taxonomy.codes, judgement.certainties, strict=True))
    ranked = sorted(sorted(certainty), key=certainty.__getitem__, reverse=True)  # of equal ones the first by name
    lead = strongest_lead(judgement, taxonomy) if ranked[0] in taxonomy.set_aside else None
    # What is set aside is lost, so in doubt the best category that is not comes first.
    if ranked[0] in taxonomy.set_aside and certainty[ranked[0]] < LIKELY:
        ranked.sort(key=lambda code: code in taxonomy.set_aside)
    elif lead and lead.score >= CLEAR:
        ranked.sort(key=lambda code: code != lead.code)
    main, runner_up = ranked[:2]
    cause = _cause(main, certainty[main], judgement, lead, policy, taxonomy)
    score = _label_scores(judgement, policy, taxonomy)
    labels = [main]
    if main not in taxonomy.set_aside:  # what is set aside holds no second matter and is no second matter
        least = policy.label
        labels += [c for c in ranked[1:] if score[c] >= least[c] and c not in taxonomy.set_aside]
    return Decision(
        ROUTES.get(cause, Route.REVIEW),
        cause,
        float(certainty[main]),
        tuple(Scored(code, score[code]) for code in labels),
        tuple(Scored(code, score[code]) for code in ranked[:top]),
        Scored(runner_up, float(certainty[runner_up])),
    )


ROUTES = {Cause.CERTAIN: Route.ACCEPT, Cause.SET_ASIDE: Route.SET_ASIDE}


def strongest_lead(judgement: Judgement, taxonomy: Taxonomy) -> Scored | None:
    """Return the category that some passage is likeliest of, if that passage could be a lead.

    What is set aside never is; of what no department takes, only what is clear.
    """
    if not judgement.passages:
        return None
    leads = (
        Scored(code, float(certainty))
        for passage in judgement.passages
        for code, certainty in zip(taxonomy.codes, passage.certainties, strict=True)
        if could_be_lead(code, certainty, taxonomy)
    )
    return max(leads, key=lambda each: each.score, default=None)


def could_be_lead(code: str, certainty: float, taxonomy: Taxonomy) -> bool:
    """Tell whether a passage of this category and certainty could be a lead in what as a whole looks like none."""
    return code not in taxonomy.set_aside and certainty >= (CLEAR if code in taxonomy.no_department else LEAD)


def _cause(
    main: str, certainty: float, judgement: Judgement, lead: Scored | None, policy: Policy, taxonomy: Taxonomy
) -> Cause:
    least = policy.accept[main]
    causes = (
        (judgement.doubt is not None, judgement.doubt or Cause.EMPTY),
        (judgement.known < policy.least_known, Cause.FEW_KNOWN),
        (judgement.known + 1 < policy.least_share * (judgement.words + 1), Cause.UNLIKE),
        (lead is not None, Cause.LEAD),
        (least >= NEVER, Cause.NEVER),
        (certainty < least, Cause.UNSURE),
        (main in taxonomy.set_aside, Cause.SET_ASIDE),
        (True, Cause.CERTAIN),
    )
    return next(cause for holds, cause in causes if holds)


def _label_scores(judgement: Judgement, policy: Policy, taxonomy: Taxonomy) -> dict[str, float]:
    """Return how likely each category is among the labels: by the whole text, or by a passage that is sure of it."""
    best = dict(zip(taxonomy.codes, map(float, judgement.scores), strict=True))
    if not judgement.passages:
        return best
    least = LEAD if _lists_matters(judgement, taxonomy) else policy.passage
    for passage in judgement.passages:
        told = _likeliest(passage, taxonomy)
        if told.score >= (least if passage.listed else policy.passage):
            best[told.code] = max(best[told.code], told.score)
    return best


def _lists_matters(judgement: Judgement, taxonomy: Taxonomy) -> bool:
    told = (_likeliest(passage, taxonomy) for passage in judgement.passages if passage.listed)
    return len({each.code for each in told if each.score >= SURE} - taxonomy.set_aside) >= SEVERAL


def _likeliest(judgement: Judgement, taxonomy: Taxonomy) -> Scored:
    certainty, code = max(zip(judgement.certainties, taxonomy.codes, strict=True), key=lambda pair: pair[0])
    return Scored(code, float(certainty))


def matters(passages: Sequence[Passage], judgement: Judgement, decision: Decision, taxonomy: Taxonomy) -> list[Matter]:
    """Return the matters a long text tells, each with the stretch it stands in.

    Each item of a list is one; elsewhere neighbouring passages of one category are, if they are likely of it. What
    says nothing of its own belongs to the matter before it, but no item of a list of several matters is given up. A
    text that is set aside holds only the leads it may have.
    """
    if len(passages) < 2:
        return []
    likeliest = (_likeliest(each, taxonomy) for each in judgement.passages)
    told = [Matter(passage, each.code, each.score) for passage, each in zip(passages, likeliest, strict=True)]
    if decision.main.code in taxonomy.set_aside:
        return [each for each in told if could_be_lead(each.code, each.certainty, taxonomy)]
    several = _lists_matters(judgement, taxonomy)
    found: list[Matter] = []
    for each in told:
        listed = each.passage.listed
        clear = (several and listed) or (each.code not in taxonomy.set_aside and (listed or each.certainty >= LIKELY))
        if found and _continues(found[-1], each, clear=clear):
            found[-1] = _joined(found[-1], each, named=clear)
        elif clear:
            found.append(each)
    return found


def _continues(before: Matter, after: Matter, *, clear: bool) -> bool:
    """Tell whether a passage belongs to the matter before it.

    In a list only a piece of the same item does, and an item that says nothing of its own; elsewhere, what is of the
    same category or unclear.
    """
    if before.passage.listed:
        return after.passage.item == before.passage.item or (after.passage.listed and not clear)
    return not clear or (not after.passage.listed and before.code == after.code)


def _joined(before: Matter, after: Matter, *, named: bool) -> Matter:
    """Stretch a matter over what follows; the surer of the two names it, if the second may."""
    surer = after if named and after.certainty > before.certainty else before
    return replace(surer, passage=replace(before.passage, end=after.passage.end))
