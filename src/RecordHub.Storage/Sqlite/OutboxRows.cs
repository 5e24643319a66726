using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Outbox rows as part of other writes.</summary>
internal static class OutboxRows
{
    /// <summary>Asks for something, or asks again.</summary>
    internal static void Ask(SqliteSession session, OutboxTopic topic, string key, long dueAt)
    {
        session.Execute(
            """
            INSERT INTO outbox (topic, key, generation, attempts, due_at, leased_until) VALUES ($topic, $key, 1, 0, $due, 0)
            ON CONFLICT (topic, key) DO UPDATE SET generation = generation + 1, attempts = 0, due_at = MIN(due_at, $due)
            """,
            ("$topic", topic.ToString()), ("$key", key), ("$due", dueAt));
        session.OutboxTouched = true;
    }

    /// <summary>Asks for a study to be rebuilt; more of it within the delay makes no second rebuilding.</summary>
    internal static void Ask(SqliteSession session, StudyKey study, long dueAt) =>
        Ask(session, OutboxTopic.Study, KeyOf(study), dueAt);

    /// <summary>Whatever was asked is done.</summary>
    internal static void Remove(SqliteSession session, OutboxTopic topic, string key)
    {
        session.Execute(
            "DELETE FROM outbox WHERE topic = $topic AND key = $key", ("$topic", topic.ToString()), ("$key", key));
        session.OutboxTouched = true;
    }

    /// <summary>What was asked up to a generation is done; when more was asked meanwhile, it is due again.</summary>
    internal static void Complete(SqliteSession session, OutboxTopic topic, string key, long generation, long dueAt)
    {
        int removed = session.Execute(
            "DELETE FROM outbox WHERE topic = $topic AND key = $key AND generation = $generation",
            ("$topic", topic.ToString()), ("$key", key), ("$generation", generation));
        if (removed == 0)
        {
            session.Execute(
                "UPDATE outbox SET leased_until = 0, due_at = $due WHERE topic = $topic AND key = $key",
                ("$due", dueAt), ("$topic", topic.ToString()), ("$key", key));
        }

        session.OutboxTouched = true;
    }

    /// <summary>Case number, a blank, Study Instance UID.</summary>
    internal static string KeyOf(StudyKey study) => $"{study.Case} {study.StudyInstanceUid}";
}
