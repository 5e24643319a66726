using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Who opened package versions, and which of them were withdrawn from.</summary>
internal sealed class ReaderStore(Database database, TimeProvider time) : IReaderStore
{
    /// <inheritdoc />
    public Task NoteAsync(IReadOnlyCollection<PackageReading> readings, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Note(session, readings), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<PackageReader>> ListReadersAsync(CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PackageReader>>(
            async session => await session.QueryAsync(
                """
                SELECT r.version, r.name, r.role, r.kind, MIN(r.first_at), MAX(r.last_at),
                  (SELECT MIN(w.at) FROM package_withdrawal w WHERE w.case_number = $case AND w.version = r.version)
                FROM package_reading r WHERE r.case_number = $case
                GROUP BY r.version, r.reader, r.name, r.role, r.kind ORDER BY r.version, MIN(r.first_at), r.name, r.kind
                """,
                ToReader, ("$case", number.Value)).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task WithdrawAsync(Withdrawal withdrawal, StoredResource notice, CancellationToken cancellationToken) =>
        database.WriteAsync(session => WithdrawAsync(session, withdrawal, notice), cancellationToken);

    private static ValueTask<bool> Note(Session session, IReadOnlyCollection<PackageReading> readings)
    {
        foreach (PackageReading reading in readings)
        {
            // The version that was current at the time of reading; none was when nothing had been published.
            session.Write(
                $"""
                INSERT INTO package_reading (case_number, version, reader, kind, day, name, role, first_at, last_at)
                SELECT case_number, version, $reader, $kind, $day, $name, $role, $at, $at FROM package
                WHERE case_number = $case AND {(reading.Version is null ? "created_at <= $at" : "version = $version")}
                ORDER BY version DESC LIMIT 1
                ON CONFLICT (case_number, version, reader, kind, day) DO UPDATE SET last_at = excluded.last_at
                """,
                ("$case", reading.Case.Value), ("$version", reading.Version), ("$reader", reading.Reader),
                ("$kind", reading.Kind.ToString()),
                ("$day", reading.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("$name", reading.Name), ("$role", reading.Role), ("$at", reading.At.ToUnixTimeMilliseconds()));
        }

        return ValueTask.FromResult(true);
    }

    private async ValueTask<bool> WithdrawAsync(Session session, Withdrawal withdrawal, StoredResource notice)
    {
        if (await PurgedCases.AnyAsync(session, [withdrawal.Case]).ConfigureAwait(false))
        {
            return false; // Nobody has the case any more.
        }

        foreach (int version in withdrawal.Versions)
        {
            session.Write(
                """
                INSERT INTO package_withdrawal (case_number, version, at, decided_by) VALUES ($case, $version, $at, $by)
                ON CONFLICT DO NOTHING
                """,
                ("$case", withdrawal.Case.Value), ("$version", version), ("$at", withdrawal.At.ToUnixTimeMilliseconds()),
                ("$by", withdrawal.By));
        }

        await ResourceWrite.SaveAsync(session, [notice], [], time.GetUtcNow().ToUnixTimeMilliseconds()).ConfigureAwait(false);
        return true;
    }

    private static PackageReader ToReader(Row row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetEnum<ReadingKind>(3), row.GetTime(4), row.GetTime(5),
        row.IsNull(6) ? null : row.GetTime(6));
}
