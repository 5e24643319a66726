using RecordHub.Core.Cases;

namespace RecordHub.Storage.Sql;

/// <summary>Keeps rows out of purged cases.</summary>
internal static class PurgedCases
{
    /// <summary>
    /// Whether one of the cases is purged. If none is, none will be before this transaction ends: a purge that begins
    /// later sees all that is written.
    /// </summary>
    internal static async ValueTask<bool> AnyAsync(Session session, IEnumerable<CaseNumber> cases)
    {
        long[] numbers = [.. cases.Where(number => !number.IsNone).Select(number => number.Value).Distinct().Order()];
        return numbers.Length > 0 && (await session.QueryAsync(
            $"SELECT status FROM case_file WHERE {session.Dialect.In("number", "$cases")} ORDER BY number{session.Dialect.RowShare}",
            static row => row.GetString(0), ("$cases", session.Dialect.List(numbers))).ConfigureAwait(false))
            .Contains(CaseStatus.Purged);
    }
}
