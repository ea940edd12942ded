"""Scales: the weights of signs are summed, and like surroundings are weighed once."""

from tipclass import scales
from tipclass.surroundings import Surroundings


def test_like_surroundings_are_weighed_once(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    asked = []

    def signs(_: Surroundings, start: int, end: int) -> list[str]:
        asked.append((start, end))
        return ["near", "near", "unknown"]

    monkeypatch.setattr(scales, "weights", lambda table: {"any": -1.0, "near": 0.5})
    weigher = scales.Scales(Surroundings("甲乙丙" * 9), "table", signs, reach=2)
    assert weigher.weight(6, 7) == weigher.weight(9, 10) == -0.5
    assert asked == [(6, 7)]
