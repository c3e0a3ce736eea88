"""How a person's name becomes the two letters of an avatar. Pure."""

import unicodedata

THAI_LEADING_VOWELS = "เแโใไ"


def initials(name: str) -> str:
    """Grace Lam: GL. 林嘉慧: 林, family name first. Thai: the first consonant of each word, not the vowel before it."""
    words = [word for word in name.split() if word]
    if not words:
        return ""
    if _is_han(words[0][0]):
        return words[0][0]
    picked = words if len(words) < 3 else [words[0], words[-1]]
    return "".join(_letter(word) for word in picked).upper()


def badge(person: int, name: str, act: str) -> dict[str, object]:
    """Somebody at a ticket, as the script draws him."""
    return {"id": person, "name": name, "initials": initials(name), "act": act}


def _letter(word: str) -> str:
    return next((letter for letter in word if letter.isalnum() and letter not in THAI_LEADING_VOWELS), "")


def _is_han(letter: str) -> bool:
    return "CJK" in unicodedata.name(letter, "")
