"""What people may ask of their data, how long it is kept, and who has looked at it."""

from lafse.isolation.rows import Audience, Expected

RIGHTS: dict[str, Expected] = {
    "admin:enquiries_enquiry_trail": Expected(Audience.TRAIL_READERS, 200, about=("enquiry_id", "enquiry")),
}
