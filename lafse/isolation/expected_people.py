"""Who works where: invitations, roles, leavers, and which council one works for now."""

from lafse.isolation.rows import Audience, Expected

STAFF, MANAGERS = Audience.STAFF, Audience.PEOPLE_MANAGERS
SOMEBODY = {"name": "Somebody", "email": "somebody@isolation.invalid", "role": "officer"}


def person(get: int = 405, post: int = 405, **sends: str) -> Expected:
    return Expected(MANAGERS, get, post, about=("membership_id", "membership"), sends=sends)


def invitation(post: int) -> Expected:
    return Expected(MANAGERS, 405, post, about=("invitation_id", "invitation"))


PEOPLE: dict[str, Expected] = {
    "admin:work_for": Expected(STAFF, 405, 302),
    "admin:roles": Expected(STAFF, 200),
    "admin:councils_membership_changelist": Expected(Audience.CASEWORKERS, 200),
    "admin:councils_membership_invite": Expected(MANAGERS, 200, 302, about=("slug", "council_slug"), sends=SOMEBODY),
    "admin:councils_membership_invite_again": invitation(post=302),
    "admin:councils_membership_withdraw": invitation(post=302),
    "admin:councils_membership_change": person(200),
    "admin:councils_membership_role": person(post=302, to="safeguarding"),
    "admin:councils_membership_remove": person(post=302),
    "admin:councils_membership_second_step": person(post=302),
    "staff_invitation_open": Expected(Audience.EVERYBODY, 302, path="/staff/account/invitation/made-up/"),
    "staff_invitation": Expected(Audience.EVERYBODY, 200, 200),
}
