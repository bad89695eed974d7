"""Who works where: invitations, roles, leavers.

Memberships and invitations are system tables: no row-level security stands behind what is decided here. So each action
asks for the permission in the council it is about, under that council's lock, and each page looks for rows among the
councils that its reader manages.
"""
