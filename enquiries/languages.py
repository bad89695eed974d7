"""Names of languages, so that who needs Polish finds who speaks it. No ORM.

Stored as written here, or, of one that is not on the list, as typed with a capital letter to each word.
"""

import re

# Besides English. The ones most spoken in the South East, and those of children who came alone to seek asylum.
COMMON: tuple[str, ...] = (
    *("Albanian", "Amharic", "Arabic", "Bengali", "British Sign Language", "Cantonese", "Dari", "Farsi", "French"),
    *("German", "Gujarati", "Hindi", "Italian", "Kurdish", "Lithuanian", "Mandarin", "Nepali", "Pashto", "Polish"),
    *("Portuguese", "Punjabi", "Romanian", "Russian", "Somali", "Spanish", "Tamil", "Tigrinya", "Turkish"),
    *("Ukrainian", "Urdu", "Vietnamese", "Yoruba"),
)
LONGEST = 60
MOST = 12
_ALSO = {
    "panjabi": "Punjabi",
    "bsl": "British Sign Language",
    "sign language": "British Sign Language",
    "nepalese": "Nepali",
    "persian": "Farsi",
    "sorani": "Kurdish",
    "kurmanji": "Kurdish",
    "bangla": "Bengali",
    "pushto": "Pashto",
}
_KNOWN = {name.casefold(): name for name in COMMON} | _ALSO
_BETWEEN = re.compile(r"[,;/\n]|\band\b", re.IGNORECASE)


def named(text: str) -> tuple[str, ...]:
    """Each once, in order: "polish, Welsh and BSL" is Polish, Welsh, British Sign Language. English is everybody's."""
    typed = (" ".join(part.split()).strip(" .") for part in _BETWEEN.split(text))
    known = (called(part) for part in typed if part)
    return tuple(dict.fromkeys(name for name in known if name != "English"))


def called(typed: str) -> str:
    """One language."""
    return _KNOWN.get(typed.casefold(), typed.title())


def not_on_the_list(languages: list[str]) -> str:
    """For the free line."""
    return ", ".join(name for name in languages if name not in COMMON)
