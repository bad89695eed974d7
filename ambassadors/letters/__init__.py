"""What the hub writes to the two of an introduction, and to staff. Nothing to an ambassador names the enquirer or says
what they wish: the link opens the page that does, so that nothing of them has to be found in another council's mail
when they are erased."""
