"""Single sign-on: a council's own identity provider says who somebody is, and we decide whether to let them in.

A provider speaks for its own councils and for nobody else's rows: what comes through it is limited to them, even for
a person who also works elsewhere. allauth keeps the state of the two redirects and ends the log-in; what a provider
tells us is read here, more strictly: its document and its endpoints must stand at the issuer's own address, the
signature of every id token is verified (allauth trusts TLS instead), and neither token nor profile is kept.
"""
