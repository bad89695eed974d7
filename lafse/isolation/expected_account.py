"""One's own account: log-in, the second step, single sign-on. Nobody's here is anybody else's; those of the check have
no password and no second step of their own, so there is nothing to change or to confirm by."""

from lafse.isolation.rows import Audience, Expected

STAFF, EVERYBODY = Audience.STAFF, Audience.EVERYBODY
LOGGED_OUT = Expected(EVERYBODY, 200, 200, logged_in=302)
NOTHING_PENDING = Expected(EVERYBODY, 302, 302)
NO_WAY_TO_CONFIRM = Expected(STAFF, 403, 403)
NONE_OF_MINE = Expected(STAFF, 404, 404)
ANOTHERS_PASSKEY = Expected(STAFF, 404, 404, about=("pk", "passkey"))
NO_PROVIDER = Expected(EVERYBODY, 404, 404, values={"provider_id": "provider"})

ACCOUNT: dict[str, Expected] = {
    "admin:login": LOGGED_OUT,  # the same addresses, by the names that the admin site knows
    "admin:logout": Expected(EVERYBODY, 405, 302),
    "account_login": LOGGED_OUT,
    "account_logout": Expected(EVERYBODY, 405, 302),
    "account_inactive": Expected(EVERYBODY, 200, 405),
    "account_reauthenticate": NO_WAY_TO_CONFIRM,
    "account_change_password": Expected(STAFF, 302, 302),
    "account_reset_password": Expected(EVERYBODY, 200, 200),
    "account_reset_password_done": Expected(EVERYBODY, 200, 405),
    "account_reset_password_from_key": Expected(EVERYBODY, 200, 200, path="/staff/account/password/new/1/none/"),
    "account_reset_password_from_key_done": Expected(EVERYBODY, 200, 405),
    "mfa_index": Expected(STAFF, 200),
    "account_sessions": Expected(STAFF, 200),
    "account_session_end": Expected(STAFF, 405, 404, about=("session_id", "session")),
    "session_lasts": Expected(STAFF, 200, 200),
    "mfa_authenticate": NOTHING_PENDING,
    "mfa_login_webauthn": NOTHING_PENDING,
    "mfa_reauthenticate": NO_WAY_TO_CONFIRM,
    "mfa_reauthenticate_webauthn": NO_WAY_TO_CONFIRM,
    "mfa_activate_totp": Expected(STAFF, 200, 200),
    "mfa_deactivate_totp": NONE_OF_MINE,
    "mfa_view_recovery_codes": Expected(STAFF, 404),
    "mfa_generate_recovery_codes": Expected(STAFF, 200, 200),
    "mfa_list_webauthn": Expected(STAFF, 200),
    "mfa_add_webauthn": Expected(STAFF, 200, 200),
    "mfa_edit_webauthn": ANOTHERS_PASSKEY,
    "mfa_remove_webauthn": ANOTHERS_PASSKEY,
    "openid_connect_login": NO_PROVIDER,
    "openid_connect_callback": NO_PROVIDER,
}
