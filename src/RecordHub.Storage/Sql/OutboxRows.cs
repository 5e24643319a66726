using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Outbox rows as part of other writes.</summary>
internal static class OutboxRows
{
    /// <summary>When an entry that was given up is due.</summary>
    internal const long Never = long.MaxValue;

    /// <summary>Asks for something, or asks again.</summary>
    internal static void Ask(Session session, OutboxTopic topic, string key, long dueAt)
    {
        session.Write(
            """
            INSERT INTO outbox (topic, key, generation, attempts, due_at, leased_until, trace)
            VALUES ($topic, $key, 1, 0, $due, 0, $trace)
            ON CONFLICT (topic, key) DO UPDATE SET generation = outbox.generation + 1, attempts = 0, setbacks = 0, lost = 0,
              last_error = NULL, failed_since = NULL, trace = COALESCE(excluded.trace, outbox.trace),
              due_at = CASE WHEN outbox.due_at < $due THEN outbox.due_at ELSE $due END
            """,
            ("$topic", Enum.GetName(topic)), ("$key", key), ("$due", dueAt), ("$trace", session.Trace));
        session.OutboxTouched = true;
    }

    /// <summary>Asks for a study to be rebuilt; more of it within the delay makes no second rebuilding.</summary>
    internal static void Ask(Session session, StudyKey study, long dueAt) =>
        Ask(session, OutboxTopic.Study, KeyOf(study), dueAt);

    /// <summary>Whatever was asked of these is done.</summary>
    internal static void Remove(Session session, OutboxTopic topic, IEnumerable<string> keys)
    {
        session.Write(
            $"DELETE FROM outbox WHERE topic = $topic AND {session.Dialect.In("key", "$keys")}",
            ("$topic", topic.ToString()), ("$keys", session.Dialect.List(keys)));
        session.OutboxTouched = true;
    }

    /// <summary>Whether something is still asked for; nobody else finishes it before this transaction ends.</summary>
    internal static ValueTask<bool> IsAskedAsync(Session session, OutboxTopic topic, string key) => session.AnyAsync(
        $"SELECT 1 FROM outbox WHERE topic = $topic AND key = $key{session.Dialect.RowLock}",
        ("$topic", topic.ToString()), ("$key", key));

    /// <summary>It was given up: kept, and never due by itself.</summary>
    internal static void Park(Session session, OutboxTopic topic, string key, GivenUp given, long now)
    {
        session.Write(
            """
            UPDATE outbox SET leased_until = 0, due_at = $never, attempts = $attempts, last_error = $error,
              failed_since = COALESCE(failed_since, $now)
            WHERE topic = $topic AND key = $key
            """,
            ("$never", Never), ("$attempts", given.Attempts), ("$error", given.Error), ("$now", now),
            ("$topic", topic.ToString()), ("$key", key));
        session.OutboxTouched = true;
    }

    /// <summary>What was asked up to a generation is done; when more was asked meanwhile, it is due again.</summary>
    internal static async ValueTask CompleteAsync(
        Session session, OutboxTopic topic, string key, long generation, long dueAt)
    {
        int removed = await session.ExecuteAsync(
            "DELETE FROM outbox WHERE topic = $topic AND key = $key AND generation = $generation",
            ("$topic", topic.ToString()), ("$key", key), ("$generation", generation)).ConfigureAwait(false);
        if (removed == 0)
        {
            session.Write(
                "UPDATE outbox SET leased_until = 0, due_at = $due WHERE topic = $topic AND key = $key",
                ("$due", dueAt), ("$topic", topic.ToString()), ("$key", key));
        }

        session.OutboxTouched = true;
    }

    /// <summary>Case number, a blank, Study Instance UID.</summary>
    internal static string KeyOf(StudyKey study) => $"{study.Case} {study.StudyInstanceUid}";
}
