"""Privacy: what must not leave the desk, masked."""

from tipclass.clean import TOKENS, mask_links, mask_phones, mask_serials

STEPS = (mask_links, mask_phones, mask_serials)


def mask(text: str) -> str:
    """Put a word in brackets in place of every phone number, long number and address of the net.

    >>> mask("请回电13800000000，谢谢")
    '请回电[电话]，谢谢'
    """
    for each in STEPS:
        text = each(text)
    for token, name in TOKENS.items():
        text = text.replace(token, name)
    return text
