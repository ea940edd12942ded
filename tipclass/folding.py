"""Folding: a raw text in plain digits, letters and simplified characters, each of them where it stood."""

import re

from tipclass.clean import simplify

# Look-alikes of one sign become that sign; the Chinese comma, colon and stop stay, since they end phrases.
_SIGNS = {
    "-": "－—–‐‑−―",
    "~": "～〜∼",
    "·": "•・‧∙⋅●",
    "*": "＊✱",
    "/": "／",
    "(": "（",
    ")": "）",
    " ": "\u3000\u00a0\t",
}
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，：；！？"}
_TABLE = str.maketrans(_WIDE | {like: sign for sign, likes in _SIGNS.items() for like in likes})


def fold(text: str) -> str:
    """Return the text folded character by character.

    >>> fold("倾倒１２．５吨，車牌冀Ｅ・７Ｋ３＊８")
    '倾倒12.5吨，车牌冀E·7K3*8'
    """
    return simplify.pattern.sub(_same_length, text).translate(_TABLE)


def _same_length(match: re.Match[str]) -> str:
    """Simplify a run of characters where that keeps each in its place; phrases that change their length stay."""
    simplified = simplify.replacement(match)
    return simplified if len(simplified) == len(match[0]) else match[0]
