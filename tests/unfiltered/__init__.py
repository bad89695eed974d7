"""A database backend whose scoped managers let every council through, so that row-level security stands alone."""
