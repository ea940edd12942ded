"""Homes and posts: what is proposed as one."""

import pytest

from tipclass import homes, posts
from tipclass.guesses import Guess
from tipclass.traces import TraceKind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我家是302，别敲错", "我家是302"[3:]),
        ("住超市楼上二楼左手", "超市楼上二楼左手"),
        ("家在下河湾四组，院里有棵柿子树，好找", "下河湾四组，院里有棵柿子树"),
        ("我是渠口第二户", "渠口第二户"),
        ("住柳湾村三组，红铁门，厂在村头", "柳湾村三组，红铁门"),
        ("住同心家园23-1-7F", "同心家园23-1-7F"),
        ("我就住在渡口堤下那排红砖房，门朝东", "渡口堤下那排红砖房"),
    ],
)
def test_a_home_is_proposed_whole(text: str, found: str) -> None:
    assert any(found in text[start:end] for start, end in homes.candidates(text, ()))


def test_a_guess_is_proposed_beside_what_has_the_form() -> None:
    text = "渡口堤下那排红砖房是我的，对面是302"
    guessed = [Guess(TraceKind.ADDRESS, 0, 9, 1), Guess(TraceKind.WORK, 3, 5, 0)]
    assert (0, 9) in homes.candidates(text, guessed)
    assert set(homes.candidates(text, ())) < set(homes.candidates(text, guessed))
    assert (3, 5) in posts.candidates(text, (), guessed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我是注塑二班带班的", "注塑二班带班的"),
        ("我在那里喂了两年猪", "喂了两年猪"),
        ("我就在苗圃管育苗", "苗圃管育苗"),
        ("我在站里当外检员", "外检员"),
        ("工号B0417，夜班", "B0417"),
    ],
)
def test_a_post_is_proposed_whole(text: str, found: str) -> None:
    assert any(found in text[start:end] for start, end in posts.candidates(text, (), ()))
