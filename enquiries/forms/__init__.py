from enquiries.forms.person import ContactForm, DetailsForm, MoreForm
from enquiries.forms.place import AreaForm, CouncilForm, OutsideForm, PostcodeForm
from enquiries.forms.prepare import PrepareForm
from enquiries.forms.reason import FosteringForm, ReasonForm
from enquiries.forms.step import StepForm, WayOut

__all__ = [
    "AreaForm",
    "ContactForm",
    "CouncilForm",
    "DetailsForm",
    "FosteringForm",
    "MoreForm",
    "OutsideForm",
    "PostcodeForm",
    "PrepareForm",
    "ReasonForm",
    "StepForm",
    "WayOut",
]
