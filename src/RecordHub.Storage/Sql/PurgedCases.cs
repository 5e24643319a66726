using RecordHub.Core.Cases;

namespace RecordHub.Storage.Sql;

/// <summary>Keeps rows out of purged cases.</summary>
internal static class PurgedCases
{
    /// <summary>
    /// Those of the cases that are purged. Of the others none will be before this transaction ends: a purge that begins
    /// later sees all that is written.
    /// </summary>
    internal static async ValueTask<IReadOnlySet<CaseNumber>> AmongAsync(Session session, IEnumerable<CaseNumber> cases)
    {
        long[] numbers = [.. cases.Where(number => !number.IsNone).Select(number => number.Value).Distinct().Order()];
        return numbers.Length == 0 ? new HashSet<CaseNumber>() : (await session.QueryAsync(
            $"SELECT number, status FROM case_file WHERE {session.Dialect.In("number", "$cases")} ORDER BY number{session.Dialect.RowShare}",
            static row => (Number: row.GetCase(0), Status: row.GetString(1)), ("$cases", session.Dialect.List(numbers)))
            .ConfigureAwait(false))
            .Where(one => one.Status == CaseStatus.Purged).Select(one => one.Number).ToHashSet();
    }

    /// <summary>Whether one of the cases is purged, see <see cref="AmongAsync"/>.</summary>
    internal static async ValueTask<bool> AnyAsync(Session session, IEnumerable<CaseNumber> cases) =>
        (await AmongAsync(session, cases).ConfigureAwait(false)).Count > 0;
}
