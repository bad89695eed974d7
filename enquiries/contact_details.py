"""Names, phone numbers and email addresses as people type them. A refusal is a sentence for the person."""

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

NAME_LENGTH = 100
EMAIL_LENGTH = 254
PHONE_TYPED_LENGTH = 40
# Direction marks that some keyboards add and that carry no meaning here.
HARMLESS_MARKS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u061c\ufeff"))
# Embeddings, overrides and isolates: they make a name read differently from what it is.
DIRECTION_TRICKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
POSSIBLE = ValidationResult.IS_POSSIBLE
UK_COUNTRY_CODE = 44
# Ranges in which every number has ten digits. Some of 01 and 08 are shorter.
UK_TEN_DIGITS = re.compile(r"[2379]|5[56]")
# 070 are personal and 076 pager numbers: no text message arrives there.
UK_MOBILE = re.compile(r"\+447[1-57-9]")
# Where most personal mail in Britain lives, for guessing at a slip of the finger.
COMMON_DOMAINS: tuple[str, ...] = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.co.uk",
    "live.co.uk",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.co.uk",
    "ymail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "aol.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "sky.com",
    "talktalk.net",
    "virginmedia.com",
    "ntlworld.com",
    "blueyonder.co.uk",
    "tiscali.co.uk",
    "proton.me",
    "protonmail.com",
)
# Real providers that lie one letter from another one, so they are no slip.
REAL_DOMAINS: frozenset[str] = frozenset({*COMMON_DOMAINS, "mail.com", "gmx.com", "email.com", "live.ie", "sky.co.uk"})


class DetailRefused(ValueError):
    """What was typed cannot be used; the message says why, in words for the person who typed it."""


def clean_line(text: str) -> str:
    """One line of text: composed (NFC), single spaces, no control characters, no direction tricks."""
    text = unicodedata.normalize("NFC", text).translate(HARMLESS_MARKS)
    refuse_unwritable(text)
    return " ".join(text.split())


def clean_lines(text: str) -> str:
    """Several lines of text: line breaks and tabs are allowed, other control characters are not."""
    text = unicodedata.normalize("NFC", text).translate(HARMLESS_MARKS)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    refuse_unwritable(text.replace("\n", " "))
    return text.strip()


def refuse_unwritable(text: str) -> None:
    if DIRECTION_TRICKS.search(text):
        raise DetailRefused("contains hidden characters that change the direction of the text. Type it again")
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} for letter in text):
        raise DetailRefused("contains characters that we cannot use, such as a line break. Type it again")


def clean_name(text: str) -> str:
    name = clean_line(text)
    if len(name) > NAME_LENGTH:
        raise DetailRefused(f"must be {NAME_LENGTH} characters or fewer")
    if not any(letter.isalpha() for letter in name):
        raise DetailRefused("must have at least one letter")
    return name


def clean_phone(text: str) -> str:
    """E.164, read as a UK number unless it starts with + or 00."""
    typed = clean_line(text)
    if len(typed) > PHONE_TYPED_LENGTH:
        raise DetailRefused("is too long for a phone number")
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", typed), "GB")
    except NumberParseException:
        number = None
    if number is None or not _is_possible(number):
        raise DetailRefused("is not a phone number we can use. Check it and type it in full, like 07700 900982")
    if number.extension:
        raise DetailRefused(f"has an extension ({number.extension}), which we cannot use. Type the number without it")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _is_possible(number: PhoneNumber) -> bool:
    """Possible, not "valid": the library's list of ranges is older than the newest numbers."""
    digits = str(number.national_number)
    if number.country_code == UK_COUNTRY_CODE and UK_TEN_DIGITS.match(digits) and len(digits) != 10:
        return False
    return phonenumbers.is_possible_number_with_reason(number) == POSSIBLE


def spoken_phone(number: str) -> str:
    """National grouping for a UK number, international for any other."""
    parsed = phonenumbers.parse(number, "GB")
    local = parsed.country_code == UK_COUNTRY_CODE
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL if local else PhoneNumberFormat.INTERNATIONAL)


def hint_of_phone(number: str) -> str:
    """Enough for its owner to know it by."""
    return f"ends in {number[-3:]}"


def hint_of_email(email: str) -> str:
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"


def is_uk_mobile(number: str) -> bool:
    return UK_MOBILE.match(number) is not None


def may_be_texted(phone: str) -> bool:
    """A mobile, or a number abroad of which we cannot tell."""
    return bool(phone) and (is_uk_mobile(phone) or not phone.startswith("+44"))


def clean_email(text: str) -> str:
    """Grammar only: asking the network whether the domain exists would make the person wait for somebody else."""
    typed = clean_line(text)
    if len(typed) > EMAIL_LENGTH:
        raise DetailRefused("is too long for an email address")
    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError:
        raise DetailRefused("is not complete. Type it in full, like name@example.com") from None


def likely_email(email: str) -> str | None:
    """The address that was probably meant, when the domain is one slip away from a common one."""
    local, _, domain = email.rpartition("@")
    domain = domain.lower()
    if domain in REAL_DOMAINS:
        return None
    near = [common for common in COMMON_DOMAINS if is_one_slip(domain, common)]
    return f"{local}@{near[0]}" if near else None


def is_one_slip(typed: str, meant: str) -> bool:
    """One letter missing, added, wrong or swapped with its neighbour."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest_typed, rest_meant = typed[start:], meant[start:]
    swapped = rest_typed[1::-1] + rest_typed[2:] if len(rest_typed) > 1 else rest_typed
    return (
        rest_typed[1:] == rest_meant[1:]
        or rest_typed[1:] == rest_meant
        or rest_typed == rest_meant[1:]
        or swapped == rest_meant
    )
