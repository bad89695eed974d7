"""How people come: short addresses, codes, clicks; what that cost and what it brought."""
