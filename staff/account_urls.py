"""Log-in, by allauth's own names. What accounts of ours do not have (signing up, several addresses) has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_required as staff
from django.urls import path
from django.views.decorators.http import require_POST

from staff import account_views, session_views
from staff.people import invitation_views
from staff.sign_on import views as sign_on

log_in, log_out = account.login, require_POST(account.logout)

urlpatterns = [
    path("", staff(second_step.index), name="mfa_index"),
    path("log-in/", log_in, name="account_login"),
    path("log-in/second-step/", account_views.SecondStep.as_view(), name="mfa_authenticate"),
    path("log-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("log-out/", log_out, name="account_logout"),
    path("not-active/", account.account_inactive, name="account_inactive"),
    path("again/", staff(account.reauthenticate), name="account_reauthenticate"),
    path("again/code/", staff(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", staff(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("password/", staff(account_views.change_password), name="account_change_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path(
        "password/new/<slug:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sessions/", staff(session_views.where), name="account_sessions"),
    path("sessions/<int:session_id>/end/", staff(session_views.end), name="account_session_end"),
    path("sessions/lasts/", staff(session_views.lasts), name="session_lasts"),
    path("app/", staff(account_views.SetUpApp.as_view()), name="mfa_activate_totp"),
    path("app/remove/", staff(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", staff(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", staff(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("passkeys/", staff(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", staff(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/rename/", staff(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", staff(account_views.remove_passkey), name="mfa_remove_webauthn"),
    path("invitation/", invitation_views.invitation, name="staff_invitation"),
    path("invitation/<str:token>/", invitation_views.open_link, name="staff_invitation_open"),
    path("sign-on/<slug:provider_id>/", sign_on.login, name="openid_connect_login"),
    path("sign-on/<slug:provider_id>/back/", sign_on.callback, name="openid_connect_callback"),
]
