"""The scheme of ambassadors: its staff's pages, the ambassadors' own and the enquirers'."""

from dataclasses import replace

from councils.roles import Permission
from lafse.isolation.rows import Audience, Expected


def own(get: int = 405, post: int = 405, about: tuple[str, str] | None = None, **sends: str) -> Expected:
    """To the ambassador; one whose object it is not finds none. Everybody else is led to where links are explained."""
    led = Expected(Audience.EVERYBODY, 405 if get == 405 else 302, 405 if post == 405 else 302)
    return replace(led, to_ambassadors=(get, post), about=about, sends=sends)


# Whoever has opened no link is led to the page that says so.
OWN: dict[str, Expected] = {
    "ambassadors:home": own(200),
    "ambassadors:log_in": Expected(Audience.EVERYBODY, 200, 422),
    "ambassadors:on_its_way": Expected(Audience.EVERYBODY, 200),
    "ambassadors:closed": Expected(Audience.EVERYBODY, 200, to_ambassadors=(302, 405)),
    "ambassadors:new_link": Expected(Audience.EVERYBODY, 405, 302),
    "ambassadors:log_out": Expected(Audience.EVERYBODY, 405, 302),
    "ambassadors:enter": Expected(Audience.EVERYBODY, 302, values={"token": "ambassador_link"}),
    "ambassadors:join": own(302, 302),
    "ambassadors:profile": own(200, 422),
    "ambassadors:offering": own(200, 302),
    "ambassadors:availability": own(200, 422),
    "ambassadors:preview": own(200),
    "ambassadors:pause": own(200, 422),
    "ambassadors:back": own(post=302),
    "ambassadors:stop": own(200, 302),
}
AN_AMBASSADOR = ("ambassador_id", "ambassador")


def of_an_ambassador(get: int = 405, post: int = 405, **sends: str) -> Expected:
    return Expected(Audience.MATCHERS, get, post, about=AN_AMBASSADOR, sends=sends)


PEOPLE: dict[str, Expected] = {
    "admin:ambassadors_ambassador_changelist": Expected(Audience.MATCHERS, 200),
    "admin:ambassadors_ambassador_invite": Expected(
        *(Audience.MATCHERS, 200, 302),
        about=("slug", "slug"),
        sends={"first_name": "Anna", "email": "anna.invited@example.org"},
    ),
    "admin:ambassadors_ambassador_change": of_an_ambassador(200),
    "admin:ambassadors_ambassador_confirm": of_an_ambassador(post=302),
    "admin:ambassadors_ambassador_pause": of_an_ambassador(post=302),
    "admin:ambassadors_ambassador_end_pause": of_an_ambassador(post=302),
    "admin:ambassadors_ambassador_mentor": of_an_ambassador(post=302, is_mentor="yes"),
    "admin:ambassadors_ambassador_invite_again": of_an_ambassador(post=409),
    "admin:ambassadors_ambassador_withdraw": of_an_ambassador(post=409),
    "admin:ambassadors_ambassador_keep_apart": of_an_ambassador(post=302, surname="Nobody"),
    "admin:ambassadors_ambassador_end_apart": Expected(Audience.MATCHERS, post=302, about=("apart_id", "apart")),
    "admin:ambassadors_ambassador_address": of_an_ambassador(200, 302, email="moved@example.org"),
    "admin:ambassadors_ambassador_leave": of_an_ambassador(200, 302),
    "admin:ambassadors_ambassador_take_out": Expected(
        Audience.ANSWERERS, post=200, about=AN_AMBASSADOR, sends={"purpose": "They asked"}
    ),
    "admin:ambassadors_scheme_changelist": Expected(Audience.MATCHERS, 200),
    "admin:ambassadors_scheme_change": Expected(
        *(Audience.MATCHERS, 200, 302),
        about=("slug", "slug"),
        needs=Permission.CHANGE_SETTINGS,
        sends={"runs": "on", "answer_days": "3", "standing_months": "3"},
    ),
}
OFFER = ("offer_id", "offer")
ASKED = ("offer_id", "asked")  # one that waits for the council's word
# What can be done no longer, or not yet, leads back to the conversation.
CONVERSATIONS: dict[str, Expected] = {
    "talk:conversation": Expected(Audience.EVERYBODY, 302, inside=(200, 405)),
    "talk:agree": Expected(Audience.EVERYBODY, 302, 302, inside=(302, 302)),
    "talk:other": Expected(Audience.EVERYBODY, 302, 302, inside=(302, 302)),
    "talk:number": Expected(Audience.EVERYBODY, 302, 302, inside=(200, 422)),
    "talk:take_number_back": Expected(Audience.EVERYBODY, 405, 302, inside=(405, 302)),
    "talk:time": Expected(Audience.EVERYBODY, 302, 302, inside=(200, 422)),
    "talk:calendar": Expected(Audience.EVERYBODY, 302, inside=(200, 405)),
    "talk:stop": Expected(Audience.EVERYBODY, 302, 302, inside=(200, 302)),
    "talk:spoke": Expected(Audience.EVERYBODY, 302, 302, inside=(200, 422)),
    "ambassadors:conversation": own(200, about=OFFER),
    "ambassadors:conversation_answer": own(post=302, about=OFFER, answer="accept"),
    "ambassadors:conversation_time": own(200, 422, about=OFFER),
    "ambassadors:conversation_calendar": own(200, about=OFFER),
    "ambassadors:conversation_stop": own(200, 302, about=OFFER),
    "ambassadors:conversation_spoke": own(200, 422, about=OFFER),
    "admin:ambassadors_introduction_open": Expected(Audience.MATCHERS, 200),
    "admin:ambassadors_introduction_link": Expected(
        *(Audience.MATCHERS, 405, 409), about=("key", "introduction"), sends={"link": "https://isolation.invalid/room"}
    ),
    "admin:ambassadors_introduction_place": Expected(
        *(Audience.MATCHERS, 405, 409), about=("key", "introduction"), sends={"place": "Town hall"}
    ),
    "admin:ambassadors_introduction_said_yes": Expected(  # we write to them
        *(Audience.MATCHERS, 405, 409), about=("key", "introduction")
    ),
    "admin:ambassadors_introduction_stop": Expected(Audience.MATCHERS, 405, 302, about=("key", "introduction")),
    "admin:ambassadors_introduction_stop_offer": Expected(Audience.MATCHERS, 405, 302, about=("key", "offer")),
}
WAITS = ("enquiry_id", "waiting")
MATCHING: dict[str, Expected] = {
    "admin:ambassadors_introduction_changelist": Expected(Audience.MATCHERS, 200),
    "admin:ambassadors_introduction_several": Expected(Audience.MATCHERS, 405, 409),  # nothing is ticked
    "admin:ambassadors_introduction_round": Expected(Audience.MATCHERS, 405, 302),
    "admin:ambassadors_introduction_fairness": Expected(Audience.MATCHERS, 200),
    "admin:ambassadors_introduction_suggest": Expected(Audience.MATCHERS, 200, about=WAITS),
    "admin:ambassadors_introduction_introduce": Expected(Audience.MATCHERS, 405, 409, about=WAITS),  # nobody is ticked
    "admin:ambassadors_introduction_confirm": Expected(Audience.MATCHERS, 200, about=ASKED, writes_to_both=True),
    "admin:ambassadors_introduction_agree": Expected(  # not ticked: the name to check is shown again
        *(Audience.MATCHERS, 405, 409), about=ASKED, writes_to_both=True
    ),
    "admin:ambassadors_introduction_refuse": Expected(*(Audience.MATCHERS, 405, 302), about=ASKED, writes_to_both=True),
}
WISHES: dict[str, Expected] = {
    "status:wish": Expected(Audience.EVERYBODY, 302, 302, inside=(200, 302)),
    "admin:enquiries_enquiry_wish": Expected(
        *(Audience.MATCHERS, 200, 302), outsiders=404, about=("enquiry_id", "enquiry"), sends={"talk_about": "money"}
    ),
}
A_CONCERN = {"about": "other", "text": "Something happened"}
OF = ("of", "offer")
TALK = ("talk_id", "talk")
CONCERNS_AND_LOG: dict[str, Expected] = {
    "talk:concern": Expected(Audience.EVERYBODY, 302, 302, inside=(200, 422)),
    "talk:concern_sent": Expected(Audience.EVERYBODY, 302, inside=(200, 405)),
    "ambassadors:concern": own(200, 422),
    "ambassadors:concern_sent": own(200),
    "ambassadors:concern_of": own(200, 422, about=OF),
    "ambassadors:concern_sent_of": own(200, about=OF),
    "ambassadors:mentoring": own(200),
    "ambassadors:log": own(200),
    "ambassadors:log_add": own(200, 422),
    "ambassadors:log_add_of": own(200, 422, about=OF),
    "ambassadors:log_change": own(200, 422, about=TALK),
    "ambassadors:log_take_back": own(post=302, about=TALK),
    # For everybody who is not of a safeguarding group these are not there.
    "admin:ambassadors_concern_changelist": Expected(Audience.SAFEGUARDERS, 200, outsiders=404),
    "admin:ambassadors_concern_change": Expected(
        Audience.SAFEGUARDERS, 200, outsiders=404, about=("concern_id", "concern")
    ),
    "admin:ambassadors_concern_close": Expected(
        Audience.SAFEGUARDERS, 405, 302, outsiders=404, about=("concern_id", "concern")
    ),
    "admin:ambassadors_concern_pass_on": Expected(
        *(Audience.MATCHERS, 200, 302), outsiders=404, about=("of", "introduction"), sends=A_CONCERN
    ),
    "admin:ambassadors_mentorship_begin": Expected(  # nobody is chosen
        *(Audience.MATCHERS, 405, 409), outsiders=404, about=("enquiry_id", "enquiry")
    ),
    "admin:ambassadors_mentorship_end": Expected(
        *(Audience.MATCHERS, 405, 302), outsiders=404, about=("mentorship_id", "mentorship")
    ),
    "admin:ambassadors_talk_changelist": Expected(Audience.TALK_APPROVERS, 200, 409),  # nothing is ticked
    "admin:ambassadors_talk_export": Expected(
        Audience.TALK_APPROVERS, 200, 200, sends={"purpose": "pay", "words": "For the payroll"}
    ),
}
AMBASSADORS = OWN | PEOPLE | CONVERSATIONS | MATCHING | WISHES | CONCERNS_AND_LOG
