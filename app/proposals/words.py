"""Words as the limits count them."""


def count(text: str) -> int:
    """How many words there are: runs of characters between white space that hold a letter or a digit.

    So “en-til-en-møte”, “24/7” and “e-post:” are one word each, and a dash or a bullet that stands alone is none.
    """
    return sum(any(character.isalnum() for character in run) for run in text.split())
