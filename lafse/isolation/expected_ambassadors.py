"""The scheme of ambassadors: its staff's pages, the ambassadors' own and the enquirers'."""

from lafse.isolation.rows import Audience, Expected

# Whoever has opened no link is led to the page that says so.
OWN: dict[str, Expected] = {
    "ambassadors:home": Expected(Audience.EVERYBODY, 302),
    "ambassadors:log_in": Expected(Audience.EVERYBODY, 200, 422),
    "ambassadors:on_its_way": Expected(Audience.EVERYBODY, 200),
    "ambassadors:closed": Expected(Audience.EVERYBODY, 200),
    "ambassadors:new_link": Expected(Audience.EVERYBODY, 405, 302),
    "ambassadors:log_out": Expected(Audience.EVERYBODY, 405, 302),
    "ambassadors:enter": Expected(Audience.EVERYBODY, 302, values={"token": "status_link"}),
    "ambassadors:join": Expected(Audience.EVERYBODY, 302, 302),
    "ambassadors:profile": Expected(Audience.EVERYBODY, 302, 302),
    "ambassadors:offering": Expected(Audience.EVERYBODY, 302, 302),
    "ambassadors:availability": Expected(Audience.EVERYBODY, 302, 302),
    "ambassadors:preview": Expected(Audience.EVERYBODY, 302),
    "ambassadors:pause": Expected(Audience.EVERYBODY, 302, 302),
    "ambassadors:back": Expected(Audience.EVERYBODY, 405, 302),
    "ambassadors:stop": Expected(Audience.EVERYBODY, 302, 302),
}
PEOPLE: dict[str, Expected] = {}
CONVERSATIONS: dict[str, Expected] = {}
MATCHING: dict[str, Expected] = {}
WISHES: dict[str, Expected] = {
    "status:wish": Expected(Audience.EVERYBODY, 302, 302, inside=(200, 302)),
    "admin:enquiries_enquiry_wish": Expected(
        *(Audience.MATCHERS, 200, 302), outsiders=404, about=("enquiry_id", "enquiry"), sends={"talk_about": "money"}
    ),
}
CONCERNS_AND_LOG: dict[str, Expected] = {}
AMBASSADORS = OWN | PEOPLE | CONVERSATIONS | MATCHING | WISHES | CONCERNS_AND_LOG
