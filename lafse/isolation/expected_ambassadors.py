"""The scheme of ambassadors: its staff's pages, the ambassadors' own and the enquirers'."""

from lafse.isolation.rows import Audience, Expected

OWN: dict[str, Expected] = {}
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
