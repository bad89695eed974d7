"""Who is sent figures by email. Whether somebody has a right to them is asked here, and again at each sending."""

from councils.access import Access, access_of
from councils.models import Council, Hub, User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import as_hub
from dashboards.actions.annotating import office_of
from dashboards.models import Report
from dashboards.states import Every
from staff.trail import record_account


def send_to(hub: Hub, *, to: User, council: Council | None, every: Every, by: Access) -> Report:
    """From the next week or month on. Chosen twice, it is sent once. Raises Refused."""
    _require(hub, by)
    if not may_have(to, hub, council):
        whose = council.name if council else "the whole hub"
        raise Refused(f"{to.name} may not see the figures of {whose}. Whoever manages people can change that.")
    with as_hub(hub):
        report, made = Report.objects.get_or_create(
            hub=hub, to=to, council=council, every=every, defaults={"by": by.user}
        )
    if made:
        office, key = office_of(hub), report.pk
        record_account("figures.report_chosen", user=to, by=by.user, council=office, report=key, every=str(every))
    return report


def stop(hub: Hub, key: int, *, by: Access) -> bool:
    """False where it is not sent any more."""
    _require(hub, by)
    with as_hub(hub):
        report = Report.objects.filter(hub=hub, pk=key).select_related("to").first()
        if report is None:
            return False
        Report.objects.filter(hub=hub, pk=key).delete()
    record_account("figures.report_stopped", user=report.to, by=by.user, council=office_of(hub), report=key)
    return True


def may_have(user: User, hub: Hub, council: Council | None) -> bool:
    """By the roles that they hold now."""
    access = access_of(user)
    if council is None:
        return access.hub == hub.pk and access.sees_region
    return council.hub_id == hub.pk and access.may(Permission.SEE_OWN_FIGURES, council.pk)


def _require(hub: Hub, by: Access) -> None:
    if by.hub != hub.pk or not by.sees_region:
        raise Refused("Only who sees the figures of the whole hub may have them sent.")
    by.require(Permission.SEND_FIGURES, office_of(hub).pk)
