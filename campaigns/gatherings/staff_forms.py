"""What staff say of an event, and of somebody who rings or stands at the door."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from campaigns.actions.bookings import MOST_PEOPLE, Booker
from campaigns.days_meant import TOO_FAR, is_meant
from campaigns.models import Booking, Gathering
from campaigns.states import GatheringKind
from councils.models import Council
from councils.postcodes.grammar import is_forces_number, key_of
from councils.routes import reasons
from enquiries.forms.casework import MOMENTS, StaffForm
from enquiries.forms.fields import email_field, line_field, lines_field, name_field, phone_field

MOST_PLACES = 2000
MOMENT = "Enter the day and the time, like 3/12/2026 19:00."
NO_SUCH_HOUR = "The clocks change in that hour. Choose a time before 1:00 or from 2:00 on."


class MomentField(forms.DateTimeField):
    """London's. Django tells of the hour in which the clocks change in words of its own, which no field can replace."""

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment: datetime | None = super().to_python(value)
        except forms.ValidationError as wrong:
            if getattr(wrong, "code", "") != "ambiguous_timezone":
                raise
            raise forms.ValidationError(f"{self.label}: {NO_SUCH_HOUR}", code=wrong.code) from None
        return moment


def moment_field(label: str, *, missing: str = "", help_text: str = "") -> MomentField:
    return MomentField(
        label=label,
        required=bool(missing),
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=MOMENTS,
        error_messages={"required": missing, "invalid": f"{label}: {MOMENT[0].lower()}{MOMENT[1:]}"},
    )


class GatheringForm(StaffForm):
    kind = forms.ChoiceField(label="What kind of event", choices=GatheringKind.choices)
    title = line_field("Title", "The title", 120, missing="Give the event a title.")
    about = lines_field("What it is about", "The text", 3000, rows=5, help_text="Plain text, for people new to this.")
    starts_at = moment_field("Starts", missing="Say when it starts.")
    ends_at = moment_field("Ends", missing="Say when it ends.")
    place = forms.ChoiceField(
        label="Where",
        choices=[("online", "Online"), ("there", "At a place")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is online or at a place."},
    )
    join_link = forms.URLField(
        label="Link to join online",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Only people who have booked are told it, in their reminders.",
        error_messages={"invalid": "Enter the whole link, like https://teams.microsoft.com/…"},
    )
    venue = line_field("Name of the place", "The name of the place", 120)
    address = line_field("Address", "The address", 300)
    postcode = line_field("Postcode of the place", "The postcode", 10)
    access = lines_field(
        *("Getting in and getting around", "The text", 1000),
        rows=3,
        help_text="Steps and lifts, parking, toilets, hearing loop, quiet room. Say also what is missing.",
    )
    places = forms.IntegerField(
        label="Places",
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text="Empty: as many as come.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Places: a whole number from 1 to {MOST_PLACES:,}, or empty."
        ),
    )
    booking_until = moment_field("Booking closes", help_text="Empty: when it starts.")
    shown = forms.ChoiceField(
        label="Who finds it",
        choices=[("listed", "Everybody: it is on the public list"), ("address", "Only people who have its address")],
        widget=forms.RadioSelect,
    )
    contact = line_field(
        "Whom to ask", "Whom to ask", 200, help_text="A team’s phone number or email address: everybody can read it."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)

    def __init__(
        self,
        data: object = None,
        *,
        initial: dict[str, Any] | None = None,
        now: datetime,
        councils: Sequence[Council] = (),
        row: Gathering | None = None,
    ) -> None:
        super().__init__(data, initial=initial or (initial_of(row) if row else None))
        self.now, self.row = now, row
        if len(councils) > 1:
            choices = [(council.slug, council.name) for council in councils]
            of = forms.ChoiceField(
                label="Who invites", choices=choices, error_messages={"invalid_choice": "Choose who invites."}
            )
            self.fields = {"council": of, **self.fields}
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_helptext"

    def clean_postcode(self) -> str:
        return refuse_no_postcode(self.cleaned_data["postcode"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for name, wrong in _wrong(told):
            if name not in self.errors:
                self.add_error(name, wrong)
        return told

    def clean_starts_at(self) -> datetime:
        """While it goes on, the link of one that began can still be put right."""
        starts: datetime = self.cleaned_data["starts_at"]
        if starts <= self.now and not (self.row and _same_minute(starts, self.row.starts_at)):
            raise forms.ValidationError("It has to start in the future.")
        return self._meant(starts)

    def clean_ends_at(self) -> datetime:
        return self._meant(self.cleaned_data["ends_at"])

    def _meant(self, moment: datetime) -> datetime:
        if not is_meant(moment.date(), self.now.date()) and moment > self.now:
            raise forms.ValidationError(TOO_FAR)
        return moment

    def answers(self) -> dict[str, Any]:
        """As the model has them. What belongs to the other sort of place is left out."""
        told = self.cleaned_data
        online = told["place"] == "online"
        there = dict.fromkeys(("venue", "address", "postcode", "access"), "")
        kept = {name: told[name] for name in ("kind", "title", "about", "starts_at", "ends_at", "places", "contact")}
        kept |= {name: told[name] for name in (*there, "join_link", "booking_until")}
        kept |= there if online else {"join_link": ""}
        return kept | {"is_online": online, "is_listed": told["shown"] == "listed"}


def initial_of(row: Gathering) -> dict[str, Any]:
    same = {name: getattr(row, name) for name in GatheringForm.base_fields if hasattr(row, name)}
    place, shown = "online" if row.is_online else "there", "listed" if row.is_listed else "address"
    return same | {"place": place, "shown": shown}


def _same_minute(one: datetime, other: datetime) -> bool:
    """A page shows no seconds."""
    return one == other.replace(second=0, microsecond=0)


def _wrong(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    starts, ends, until = told.get("starts_at"), told.get("ends_at"), told.get("booking_until")
    place = told.get("place")
    rules = [
        ("ends_at", starts and ends and ends <= starts, "It has to end after it starts."),
        ("booking_until", until and ends and until > ends, "Booking cannot close after the event is over."),
        ("join_link", place == "online" and not told.get("join_link"), "Enter the link with which people join."),
        ("venue", place == "there" and not told.get("venue"), "Say what the place is called."),
        ("address", place == "there" and not told.get("address"), "Enter the address of the place."),
    ]
    return [(name, wrong) for name, broken, wrong in rules if broken]


class BookerForm(StaffForm):
    """Somebody who rings, or stands at the door. `needs` is asked of those who ring."""

    name = name_field("Name", subject="The name", missing="Enter their name.")
    phone = phone_field("Phone")
    email = email_field("Email")
    postcode = line_field(
        "Postcode", "The postcode", 10, help_text="So that their own council answers. Empty where they will not say."
    )
    people = forms.TypedChoiceField(
        label="How many people", coerce=int, choices=[(n, str(n)) for n in range(1, MOST_PEOPLE + 1)]
    )
    needs = lines_field("What they need to take part", "The text", 500, rows=2)

    def __init__(self, data: object = None, *, at_the_door: bool = False) -> None:
        super().__init__(data)
        if at_the_door:
            del self.fields["needs"]
        for name in ("name", "phone", "email", "postcode"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["postcode"].widget.attrs["aria-describedby"] = "id_postcode_helptext"

    def clean_postcode(self) -> str:
        return refuse_no_postcode(self.cleaned_data["postcode"])

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        reachable = told.get("phone") or told.get("email")
        if not reachable and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", "Enter a phone number or an email address, so that we can reach them.")
        return told

    def booker(self) -> Booker:
        return Booker(**{"needs": "", **self.told()})


class PeopleForm(StaffForm):
    people = forms.TypedChoiceField(
        label="How many people",
        coerce=int,
        choices=BookerForm.base_fields["people"].choices,  # type: ignore[attr-defined]  # a choice field's
        error_messages={"required": "Say how many people."},
    )
    needs = lines_field("What they need to take part", "The text", 500, rows=2)

    @classmethod
    def of(cls, booking: Booking) -> "PeopleForm":
        return cls(initial={"people": booking.people, "needs": booking.needs})


def refuse_no_postcode(typed: str) -> str:
    if typed and key_of(typed) is None:
        wrong = reasons.forces_number() if is_forces_number(typed) else reasons.malformed(typed, len(typed))
        raise forms.ValidationError(f"{wrong} Correct the postcode, or leave it empty.")
    return typed
