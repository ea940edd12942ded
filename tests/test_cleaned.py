"""Cleaned: many texts at once are what each is by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tipclass.clean import FURNITURE_WORDS, STEPS, clean, fold_width
from tipclass.cleaned import EARLY, FEW, LATE, clean_all

LETTERS = "有人电鱼西省市县某×Xx*○□、,。．！？!?!  \n\t\r\u3000\u200b_&<>()（）［：:-=+/@.☎※№⌂¶傾廢Ａ１①㎡ﬁ😀𝟘٣\ud800"
WORDS = (
    "138 0000 1380000 400- 000 12345678 A1+/ http :// www. a@b.cn &amp; &#39640; &lt;b&gt; <br> ＜br＞ (tài) _x000D_"
    " 某某 ** 地省 [打印] 编辑：张 编辑"
)
PIECES = st.sampled_from([*FURNITURE_WORDS, *LETTERS, *WORDS.split()])
TEXTS = st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=FEW, max_size=FEW + 4)


@given(TEXTS)
@settings(max_examples=300)
def test_many_texts_are_cleaned_as_each_is(texts: list[str]) -> None:
    assert clean_all(texts) == [clean(text) for text in texts]


def test_every_step_has_a_sign() -> None:
    assert {sign.step for sign in (*EARLY, *LATE)} | {fold_width} == set(STEPS)
