"""How an email gets out: approved by a second person, started, paused, and counted at the end."""
