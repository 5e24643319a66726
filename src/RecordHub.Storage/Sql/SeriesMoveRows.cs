using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>Which series a person has moved from one case to another.</summary>
internal static class SeriesMoveRows
{
    internal static ValueTask<bool> Save(Session session, SeriesMove move)
    {
        foreach (string series in move.Series)
        {
            (string, SqlValue)[] parameters =
            [
                ("$from", move.From.Value), ("$study", move.StudyInstanceUid), ("$series", series), ("$to", move.To.Value),
                ("$by", move.By), ("$at", move.At.ToUnixTimeMilliseconds()),
            ];
            session.Write(
                "DELETE FROM series_move WHERE from_case = $to AND study_uid = $study AND series_uid = $series",
                parameters.AsSpan(1, 3));
            session.Write(
                """
                INSERT INTO series_move (from_case, study_uid, series_uid, to_case, decided_by, decided_at)
                VALUES ($from, $study, $series, $to, $by, $at)
                ON CONFLICT (from_case, study_uid, series_uid) DO UPDATE SET
                  to_case = excluded.to_case, decided_by = excluded.decided_by, decided_at = excluded.decided_at
                """,
                parameters);
        }

        return ValueTask.FromResult(true);
    }

    internal static async ValueTask<IReadOnlyDictionary<string, CaseNumber>> FindAsync(
        Session session, CaseNumber from, string study) => (await session.QueryAsync(
            "SELECT series_uid, to_case FROM series_move WHERE from_case = $from AND study_uid = $study",
            static row => (Series: row.GetString(0), To: row.GetCase(1)),
            ("$from", from.Value), ("$study", study)).ConfigureAwait(false))
            .ToDictionary(row => row.Series, row => row.To, StringComparer.Ordinal);

    internal static ValueTask<bool> Forget(Session session, string study, CaseNumber to)
    {
        session.Write(
            "DELETE FROM series_move WHERE study_uid = $study AND to_case = $to", ("$study", study), ("$to", to.Value));
        return ValueTask.FromResult(true);
    }
}
