"""Twenty councils on few connections: `pages` that end badly, `asking` them in random order through the real
middleware, `bouncer` for the same through PgBouncer."""
