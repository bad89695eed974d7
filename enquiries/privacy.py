"""Which privacy notice is shown. Every enquiry stores the version that its sender saw, so old ones stay readable."""

VERSIONS = ("2026-11", "2026-11-22", "2026-11-23", "2026-11-24")  # templates/pages/privacy/<version>.html, newest last
CURRENT = VERSIONS[-1]
