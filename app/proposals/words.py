"""Words as the limits count them; `app/static/counter.js` counts in the same way while somebody types."""


def count(text: str) -> int:
    """How many words there are: runs of characters between white space that hold a letter or a digit.

    So “en-til-en-møte”, “24/7” and “e-post:” are one word each, and a dash or a bullet that stands alone is none, as
    are the marks of a claimed passage, [[ and ]].
    """
    return sum(any(character.isalnum() for character in run) for run in text.split())
