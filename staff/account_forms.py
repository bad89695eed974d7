"""The forms of the second step. A code is good once: the step of time it belongs to is kept beside the app's secret,
under a lock, so that two web processes agree; allauth's own note in the cache lasts for 30 s and a code for 90.
"""

from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import (
    clear_totp_secret,
    format_hotp_value,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from councils.models import User
from staff.second_step import one_try, whatever_was_sent
from staff.secrets import decrypted, encrypted

MESSAGES = {
    "incorrect_code": "That was not accepted. Try again, or use another way.",
    "cannot_delete_authenticator": "This is the only second step that you have. Set up another one first.",
    "cannot_generate_recovery_codes": "Set up an app or a passkey first. Recovery codes come with it.",
}
WRONG = "That code is not right. Check that you typed the one that the app shows now."
USED = "That code was used already: each is good once. Wait for the next one, at most half a minute."
LAST_STEP = "last_step"  # in the data of an app: of the last code that was accepted
_WAITING = "staff.app_secret"  # in the session, encrypted: of the app that is being set up

if TYPE_CHECKING:
    Codes = AuthenticateForm
else:
    Codes = object


def code_field(label: str) -> forms.CharField:
    typed = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "autocapitalize": "off"}
    return forms.CharField(
        label=label, widget=forms.TextInput(attrs=typed), error_messages={"required": "Enter the code."}
    )


def step_of(secret: str, code: str) -> int | None:
    """The half minute since 1970 that this code is for, of those that are accepted now."""
    for step in yield_hotp_counters_from_time():
        if format_hotp_value(hotp_value(secret, step)) == code:
            return int(step)
    return None


def use_up(app: Authenticator, code: str) -> bool:
    """False where this code, or a later one, was used before. Its row must be locked."""
    step = step_of(decrypted(app.data["secret"]), code)
    if step is None or step <= app.data.get(LAST_STEP, 0):
        return False
    app.data[LAST_STEP] = step
    app.save(update_fields=["data"])
    return True


def in_words(refusal: ValidationError) -> ValidationError:
    """allauth has one sentence for codes and passkeys alike."""
    return ValidationError(WRONG, code=refusal.code) if refusal.code == "incorrect_code" else refusal


class GoodOnce(Codes):
    """An app's code, or a recovery code; both may be pasted with spaces in them."""

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split()).replace("-", "")
        with one_try(self.user, context.request):
            return self._accepted()

    def _accepted(self) -> str:
        codes = Authenticator.objects.select_for_update().filter(user=self.user)
        apps = [each for each in codes if each.type == Authenticator.Type.TOTP]
        try:
            code: str = super().clean_code()
        except ValidationError as refusal:
            typed = self.cleaned_data["code"]
            if any(validate_totp_code(decrypted(app.data["secret"]), typed) for app in apps):
                raise ValidationError(USED, code="used_code") from None
            raise in_words(refusal) from None
        if self.authenticator.type == Authenticator.Type.TOTP and not use_up(self.authenticator, code):
            raise ValidationError(USED, code="used_code")
        return code


class EnterCode(GoodOnce, AuthenticateForm):
    code = code_field("Code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # else the summary of what is wrong comes first
            self.fields["code"].widget.attrs["autofocus"] = True


class ConfirmByCode(GoodOnce, ReauthenticateForm):
    code = code_field("Code")


class SetUpApp(ActivateTOTPForm):
    """The secret stays the same while the page is looked at again, and lies in the session encrypted."""

    code = code_field("Code that the app shows")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clear_totp_secret(context.request)
        session = context.request.session
        if waiting := session.get(_WAITING):
            self.secret = decrypted(waiting)
        else:
            session[_WAITING] = encrypted(self.secret)

    @property
    def secret_in_groups(self) -> str:
        """Four letters each, for typing."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        try:
            return str(super().clean_code())
        except ValidationError as refusal:
            raise in_words(refusal) from None

    def is_set_up(self, user: User) -> None:
        """The code that proved it is used up, and the session forgets the secret."""
        context.request.session.pop(_WAITING, None)
        use_up(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP), self.cleaned_data["code"])


def name_field() -> forms.CharField:
    return forms.CharField(
        label="Name", max_length=60, required=False, help_text="So that you know it again: “Work laptop”, “Blue key”."
    )


class AddPasskey(AddWebAuthnForm):
    name = name_field()
    passwordless = forms.BooleanField(
        label="Log in with it alone, without my password",
        required=False,
        initial=True,
        help_text="It asks for your fingerprint, your face or its PIN. Untick this for a key that has none of them.",
    )

    def clean(self) -> dict[str, Any]:
        with whatever_was_sent():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class RenamePasskey(EditWebAuthnForm):
    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Enter a name."})
