"""What everybody may open: the public site, the form, “Your enquiry”, and the addresses for programs."""

from lafse.isolation.rows import Audience, Expected

EVERYBODY = Audience.EVERYBODY


def public(get: int = 200, post: int = 405, **values: str) -> Expected:
    return Expected(Audience.EVERYBODY, get, post, values=values)


PUBLIC_PAGES = {
    "healthz": public(),
    "readyz": public(),
    "robots": public(),
    "favicon": public(302),
    "pages:home": public(),
    "pages:councils": public(),
    "pages:council": public(slug="council"),
    "pages:what_happens_next": public(),
    "pages:privacy": public(),
    "pages:privacy_version": public(version="notice"),
    "pages:accessibility": public(),
    "pages:cookies": public(),
    "pages:contact": public(),
    "pages:worried": public(),
    "pages:worried_council": public(slug="council"),
}

# A visitor who has answered nothing yet is led back to the first page.
FORM = {
    "enquire:start": public(302),
    "enquire:postcode": public(200, 422),
    "enquire:area": public(302, 302),
    "enquire:outside": public(302, 302),
    "enquire:council": public(302, 302),
    "enquire:reason": public(302, 302),
    "enquire:fostering": public(302, 302),
    "enquire:details": public(302, 302),
    "enquire:contact": public(302, 302),
    "enquire:more": public(302, 302),
    "enquire:check": public(302, 302),
    "enquire:sent": public(302),
    "enquire:prepare": public(302, 302),
    "enquire:finish": public(405, 302),
    "enquire:right_door": public(door="door"),
    "enquire:your_council": public(slug="council"),
}

# For programs: without a signature nobody is told anything.
HOOKS = {
    "hooks:notify": public(405, 401),
    "hooks:mail_events": public(405, 401),
    "incoming:mail": public(405, 401),
}

# Whoever has opened no link is led to the page that says so.
YOUR_ENQUIRY = {
    "status:page": Expected(EVERYBODY, 302, inside=(200, 405)),
    "status:contact": Expected(EVERYBODY, 302, 302, inside=(200, 422)),
    "status:interest": Expected(EVERYBODY, 302, 302, inside=(200, 422)),
    "status:stop_writing": Expected(EVERYBODY, 302, 302, inside=(200, 302)),
    "status:delete": Expected(EVERYBODY, 302, 302, inside=(200, 302)),
    "status:leave": public(405, 302),
    "status:closed": Expected(EVERYBODY, 200, inside=(302, 405)),
    "status:new_link": public(405, 302),
    "status:lost": public(200, 422),
    "status:on_its_way": public(),
    "status:open": Expected(EVERYBODY, 302, values={"token": "status_link"}),
    "status:stop": Expected(EVERYBODY, 200, 200, values={"token": "stop_link"}, sends={"stop": "yes"}, by_link=True),
}
