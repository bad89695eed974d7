"""Triggers that say which counts of other tables to make anew, and how long that took the last time.

A message that ends is no event, and not told here either: in an email to many that would be a million rows. The last
days are counted anew again and again; told is only what changes a day before them. What is told of a day says which.
"""

from django.db import migrations, models

TELL = """
    CREATE FUNCTION tell_recounter() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO dashboards_tofold (id, council_id, kind, key, at)
        VALUES (gen_random_uuid(), coalesce(NEW.council_id, OLD.council_id), TG_ARGV[0],
                coalesce(NEW.id, OLD.id), hub_now());
        RETURN NULL;
    END $$;
    CREATE FUNCTION tell_recounter_of_day() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO dashboards_tofold (id, council_id, kind, key, at)
        VALUES (gen_random_uuid(), OLD.council_id,
                'messages ' || (OLD.settled_at AT TIME ZONE 'Europe/London')::date, OLD.id, hub_now());
        RETURN NULL;
    END $$;
    CREATE TRIGGER recounter_is_told AFTER UPDATE ON outbox_message FOR EACH ROW
        WHEN (OLD.settled_at < hub_now() - interval '20 hours' AND (
            OLD.settled_at IS DISTINCT FROM NEW.settled_at OR OLD.state <> NEW.state
            OR OLD.receipt <> NEW.receipt AND NOT (OLD.receipt = '' AND NEW.receipt = 'delivered')))
        EXECUTE FUNCTION tell_recounter_of_day();
    CREATE TRIGGER recounter_is_told AFTER INSERT OR UPDATE OR DELETE ON campaigns_spend FOR EACH ROW
        EXECUTE FUNCTION tell_recounter('spend');
    CREATE TRIGGER recounter_is_told AFTER INSERT ON campaigns_booking FOR EACH ROW
        WHEN (NEW.state = 'came') EXECUTE FUNCTION tell_recounter('bookings');
    CREATE TRIGGER recounter_is_told_of_change AFTER UPDATE ON campaigns_booking FOR EACH ROW
        WHEN (OLD.state <> NEW.state OR OLD.gathering_id <> NEW.gathering_id)
        EXECUTE FUNCTION tell_recounter('bookings');
    CREATE TRIGGER recounter_is_told AFTER UPDATE ON campaigns_gathering FOR EACH ROW
        WHEN (OLD.starts_at <> NEW.starts_at) EXECUTE FUNCTION tell_recounter('bookings');
    CREATE TRIGGER recounter_is_told AFTER INSERT ON ambassadors_talk FOR EACH ROW
        EXECUTE FUNCTION tell_recounter('talks');
    CREATE TRIGGER recounter_is_told_of_change AFTER UPDATE ON ambassadors_talk FOR EACH ROW
        WHEN (OLD.state <> NEW.state OR OLD.minutes <> NEW.minutes OR OLD."on" <> NEW."on")
        EXECUTE FUNCTION tell_recounter('talks');
"""
TELL_NO_MORE = """
    DROP FUNCTION tell_recounter() CASCADE;
    DROP FUNCTION tell_recounter_of_day() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0004_counted_in_releases"),
        ("outbox", "0007_settled_by_day"),
        ("campaigns", "0003_clicks_by_day"),
        ("ambassadors", "0004_where_ambassadors_lived"),
    ]

    operations = [
        migrations.AddField("folded", "recounted_at", models.DateTimeField(null=True)),
        migrations.AddField("folded", "recount_took", models.FloatField(default=0)),
        migrations.RunSQL(TELL, TELL_NO_MORE),
    ]
