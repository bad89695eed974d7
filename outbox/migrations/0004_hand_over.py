"""From one message to the next in one call, planned once a connection.

Planning two updates under row-level security takes PostgreSQL three times as long as carrying them out, and a
prepared statement does not survive a pooler in transaction mode; plans of a function do. It runs with the rights of
whoever calls it, in the scope that the caller has set.
"""

from django.db import migrations

# Leased is said by the lease's end, not by the state: that would draw the planner to the index of all leases.
HAND_OVER = """
    CREATE FUNCTION outbox_hand_over(
        last uuid, last_token bigint, reply text, provider text, following uuid, token bigint, sending interval,
        OUT settled boolean, OUT started boolean
    ) LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE outbox_message SET
            state = 'sent', settled_at = hub_now(), lease_until = NULL, started_at = NULL,
            lease_token = lease_token + 1, smtp_reply = reply, last_error = '', provider_id = provider
        WHERE id = last AND lease_token = last_token AND lease_until IS NOT NULL;
        settled := found;
        UPDATE outbox_message SET
            started_at = hub_now(), first_tried_at = coalesce(first_tried_at, hub_now()), attempts = attempts + 1
        WHERE id = following AND lease_token = token AND lease_until > hub_now() + sending
            AND expires_at > hub_now() AND NOT cancel_asked;
        started := found;
    END $$;
    REVOKE EXECUTE ON FUNCTION outbox_hand_over FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION outbox_hand_over TO lafse_app;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_senders_take_turns")]

    operations = [migrations.RunSQL(HAND_OVER, "DROP FUNCTION outbox_hand_over")]
