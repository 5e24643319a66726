using RecordHub.Core.Cases;
using RecordHub.Core.Retention;

namespace RecordHub.Storage.Sql;

/// <summary>Rows of legal holds.</summary>
internal static class HoldRows
{
    internal static ValueTask<CaseHold?> FindAsync(Session session, CaseNumber number) => session.FirstAsync(
        "SELECT reason, placed_by, placed_at FROM case_hold WHERE case_number = $case",
        row => new CaseHold(number, row.GetString(0), row.GetString(1), row.GetTime(2)), ("$case", number.Value));
}
