"""Privacy: texts masked for the corpora, and what was left in."""

import re
from collections.abc import Iterator, Sequence

from tipclass.clean import LINK, PHONE, SERIAL, TOKENS, mask_links, mask_phones, mask_serials
from tipclass.disguise import mask_each

STEPS = (mask_links, mask_phones, mask_serials)
FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# What leads to one person, also where a mask that goes by the digits in a row would miss it.
PERSONAL = {
    "phone": re.compile(
        r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d{4}){2}|\(?0(?:10|2\d|[3-9]\d\d)\)?[ -]?[2-9]\d{2,3}[ -]?\d{4})(?!\d)"
    ),
    "id_number": re.compile(
        r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}", re.ASCII),
}
# An address may hold a phone number, so it goes first.
TOKEN_OF = {"email": LINK, "phone": PHONE, "id_number": SERIAL}
# Numbers that end in five noughts, and addresses of x's or under example (RFC 2606), are nobody's.
INVENTED = re.compile(r"0{5}$|^x{1,64}@|@(?:x{1,64}|example)\.|\.example$", re.IGNORECASE)


def mask_fully(text: str) -> str:
    """Mask a text for the corpora: the informant first, then every phone number, long number and address of the net.

    >>> mask_fully("我叫谢春生，老板的电话是13800000000")
    '我叫[举报人]，老板的电话是[电话]'
    """
    return mask_each_fully([text])[0]


def mask_each_fully(texts: Sequence[str]) -> list[str]:
    """Mask each of several texts as `mask_fully` does, in less time."""
    return list(map(mask, mask_each(texts)))


def mask(text: str) -> str:
    """Put a word in brackets in place of every phone number, long number and address of the net.

    >>> mask("请回电13800000000，谢谢")
    '请回电[电话]，谢谢'
    """
    for kind, token in TOKEN_OF.items():
        for start, end in reversed(_spans(text, kind)):
            text = text[:start] + token + text[end:]
    for each in STEPS:
        text = each(text)
    for token, name in TOKENS.items():
        text = text.replace(token, name)
    return text


def personal(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind (as in PERSONAL), start and end (code points) of each phone number, id and e-mail address left in.

    >>> list(personal("请回电138 1234 5678，或13800000000"))
    [('phone', 3, 16)]
    """
    for kind in PERSONAL:
        yield from ((kind, start, end) for start, end in _spans(text, kind))


def _spans(text: str, kind: str) -> list[tuple[int, int]]:
    found = PERSONAL[kind].finditer(text.translate(FULL_WIDTH))
    return [match.span() for match in found if not INVENTED.search(match[0])]
