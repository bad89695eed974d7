"""The figures that no journey adds to (dashboards.recounts): messages, money, clicks, events, time given, and months
that were confirmed. Pure."""

from dashboards.figure import Figure, Split, Unit

OF_ROWS = (
    Figure(
        "delivered",
        "Messages delivered",
        "Emails and texts, not those to staff, that the receiver's server or network took and that did not come back; "
        "on the day on which they left.",
        Unit.MESSAGES,
        (Split.LANE,),
    ),
    Figure(
        "bounced",
        "Messages that came back",
        "Emails and texts, not those to staff, that were refused because there is no such address, or taken first and "
        "sent back later; on the day on which they left.",
        Unit.MESSAGES,
        (Split.LANE,),
    ),
    Figure(
        "unsent",
        "Messages not sent",
        "Emails and texts, not those to staff, that could not be sent, not in time, or not to an address that is "
        "spared; also those of which nobody knows whether they left. On the day on which that was settled.",
        Unit.MESSAGES,
        (Split.LANE,),
    ),
    Figure(
        "spend",
        "Spend",
        "Money that a council wrote down for a campaign, spread evenly over the days that it was spent on.",
        Unit.PENCE,
        (Split.SOURCE, Split.CAMPAIGN),
    ),
    Figure(
        "clicks",
        "Clicks",
        "How often one of our short addresses or links in an email was followed, also by machines that look links "
        "over; on the day on which it was.",
        Unit.CLICKS,
        (Split.SOURCE, Split.CODE),
    ),
    Figure(
        "attended",
        "Came to an event",
        "Bookings of information evenings, trainings and other events of which somebody wrote down that they came, "
        "also of those who had not booked; on the day of the event, for the council that invited.",
        Unit.BOOKINGS,
    ),
    Figure(
        "stayed_away",
        "Booked and did not come",
        "Bookings of which somebody wrote down that nobody came; on the day of the event.",
        Unit.BOOKINGS,
    ),
    Figure(
        "talks",
        "Conversations and meetings logged",
        "What ambassadors wrote down of their conversations and meetings, for the day that they gave; not what was "
        "sent back to them.",
        Unit.TALKS,
    ),
    Figure(
        "talk_minutes",
        "Minutes that ambassadors gave",
        "How long those conversations and meetings took, as the ambassadors wrote it down.",
        Unit.MINUTES,
    ),
    Figure(
        "confirmed",
        "Months in which open applications were confirmed",
        "A council has said of each of its open applications how it stands, or a step of this month said it; one for a "
        "council and a month, on the day on which the last of them was said.",
        Unit.MONTHS,
    ),
)
