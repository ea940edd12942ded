"""Printable text: what stands in a tip or a name must not steer the terminal it is shown on."""

import re

# C0 without tab and newline, delete, C1, marks that turn the direction of writing, lone surrogates.
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BREAKING = re.compile("[\t\n\u2028\u2029]")


def printable(text: str) -> str:
    r"""Put a space in the place of each character that would steer a terminal.

    >>> printable("甲\x1b[2J乙\n丙")
    '甲 [2J乙\n丙'
    """
    return STEERING.sub(" ", text)


def one_line(name: str) -> str:
    r"""Write a name, whatever stands in it, on one line, a question mark for each character nobody can see.

    >>> one_line("a\n\x9b.csv")
    'a??.csv'
    """
    return BREAKING.sub("?", STEERING.sub("?", name))


def escaped(json: str) -> str:
    r"""Escape in a JSON text what would steer a terminal; what it says stays the same.

    >>> escaped('{"text": "甲\x9b2J"}')
    '{"text": "甲\\u009b2J"}'
    """
    return STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json)
