"""Staff's pages of the scheme. Each set of pages says its own addresses."""
