"""Runs: copies share many of them, other texts none."""

from tipclass.runs import LENGTH, runs

TEXT = "小官河又变颜色了 从电镀厂后墙那根白管子下来的 凌晨一点左右最凶 我在河东村养鸭 月初死了二十几只 没人赔"


def shared(one: str, two: str) -> float:
    table = runs([one, two])
    return float(table[0].multiply(table[1]).sum())


def test_a_copy_with_a_changed_sign_shares_most_of_them() -> None:
    assert shared(TEXT, TEXT.replace("凌晨", "清晨").replace(" ", "")) > shared(TEXT, TEXT) / 2 > 1


def test_other_words_share_none() -> None:
    assert shared(TEXT, "隔壁饭店每天油烟直排 楼上几十户人家开不了窗 打过很多次电话没有用") == 0


def test_runs_do_not_reach_over_texts() -> None:
    assert runs(["小官河", "又变颜"]).shape[1] == 0
    assert runs([]).shape == (0, 0)
    assert runs(["字" * (LENGTH - 1)]).nnz == 0
