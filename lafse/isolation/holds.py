"""A legal hold in each scratch council, on an enquiry that is not there: what is asked of the others goes on."""

import uuid

from councils.models import Council, LegalHold, User
from councils.tenancy import as_council


def held(council: Council, word: str, *, by: User) -> uuid.UUID:
    with as_council(council):
        return LegalHold.objects.create(council=council, subject_id=uuid.uuid4(), reason=word, placed_by=by).pk
