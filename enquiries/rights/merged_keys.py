"""A case that others went into is found by what they said, too. When one of them is erased, it no longer is."""

from uuid import UUID

from enquiries.actions.indexing import keys_of, keys_sent
from enquiries.models import Enquiry, SearchKey, Submission


def forget_keys_of(case: Enquiry, *, using: str) -> None:
    """Of the cases in which this one goes on, keys that nobody else's answers give. Its own are gone already."""
    kept_id = case.merged_into_id
    while kept_id:
        kept = Enquiry.objects.using(using).select_for_update().get(council=case.council_id, pk=kept_id)
        if kept.erased_at is None:
            _keep_only_own(kept, without=case.pk, using=using)
        kept_id = kept.merged_into_id


def _keep_only_own(kept: Enquiry, *, without: UUID, using: str) -> None:
    cases = _read_together(kept, without=without, using=using)
    sent = Submission.objects.using(using).filter(council=kept.council_id, enquiry__in=[each.pk for each in cases])
    own = set().union(*map(keys_of, cases), *map(keys_sent, sent))
    keys = SearchKey.objects.using(using).filter(council=kept.council_id, enquiry=kept.pk)
    gone = [key.pk for key in keys if (key.kind, key.key) not in own]
    keys.filter(pk__in=gone).delete()


def _read_together(kept: Enquiry, *, without: UUID, using: str) -> list[Enquiry]:
    """The case and what went into it, directly or through another."""
    found, level = [kept], [kept.pk]
    while level:
        merged = Enquiry.objects.using(using).filter(council=kept.council_id, merged_into__in=level, erased_at=None)
        more = [each for each in merged if each.pk != without]
        level = [each.pk for each in more]
        found += more
    return found
