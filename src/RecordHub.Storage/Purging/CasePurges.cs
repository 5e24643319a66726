using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Retention;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Purging;

/// <summary>Purges with their state in the database: each step is one transaction, or harmless to do again.</summary>
internal sealed class CasePurges(
    Database database, IBlobStore blobs, StorageOptions options, TimeProvider time) : ICasePurges
{
    private readonly BlobRemoval _removal = new(database, blobs, time);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public Task<PurgeStart> BeginAsync(PurgeRequest request, CancellationToken cancellationToken) =>
        database.WriteAsync(session => BeginAsync(session, request), cancellationToken);

    /// <inheritdoc />
    public async Task<PurgeState> StepAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        PurgeState state = await FindAsync(number, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A purge that nobody asked for has no step.");
        switch (state.Step)
        {
            case PurgeStep.Rows:
                await database.WriteAsync(session => RowsAsync(session, number), cancellationToken).ConfigureAwait(false);
                break;
            case PurgeStep.Blobs:
                await BlobsAsync(number, cancellationToken).ConfigureAwait(false);
                await MarkAsync(number, PurgeStep.Scrub, cancellationToken).ConfigureAwait(false);
                break;
            case PurgeStep.Scrub:
                ForgetImports();
                await database.ScrubAsync(cancellationToken).ConfigureAwait(false);
                await MarkAsync(number, PurgeStep.Verify, cancellationToken).ConfigureAwait(false);
                break;
            case PurgeStep.Verify:
                await SealAsync(number, cancellationToken).ConfigureAwait(false);
                break;
            default:
                break;
        }

        return await FindAsync(number, cancellationToken).ConfigureAwait(false) ?? state;
    }

    /// <inheritdoc />
    public Task<PurgeState?> FindAsync(CaseNumber number, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstAsync(
            "SELECT step, certificate FROM purge WHERE case_number = $case",
            static row => new PurgeState(row.GetEnum<PurgeStep>(0), row.GetText(1)), ("$case", number.Value)),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CaseNumber>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CaseNumber>>(
            async session => await session.QueryAsync(
                "SELECT case_number FROM purge WHERE step <> $done ORDER BY case_number", static row => row.GetCase(0),
                ("$done", nameof(PurgeStep.Done))).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, long>> CountAsync(CaseNumber number, CancellationToken cancellationToken) =>
        database.ReadAsync(session => PurgeFindings.CountAsync(session, number), cancellationToken);

    private async ValueTask<PurgeStart> BeginAsync(Session session, PurgeRequest request)
    {
        (string, SqlValue) mine = ("$case", request.Case.Value);
        await session.QueryAsync(
            $"SELECT 1 FROM case_file WHERE number = $case{session.Dialect.RowLock}", static _ => 1, mine).ConfigureAwait(false);
        if (await FileAsync(session, request.Case).ConfigureAwait(false) is not { } file)
        {
            return new PurgeStart.NotFound();
        }

        if (file.Status == CaseStatus.Purged)
        {
            return new PurgeStart.Begun();
        }

        if (await HoldRows.FindAsync(session, request.Case).ConfigureAwait(false) is { } hold)
        {
            return new PurgeStart.OnHold(hold);
        }

        if (await PurgeScope.CountUndecidedAsync(session, file).ConfigureAwait(false) is > 0 and var undecided)
        {
            return new PurgeStart.Undecided(undecided);
        }

        session.Write(
            "UPDATE case_file SET status = $purged, status_since = $now, revision = revision + 1 WHERE number = $case",
            ("$purged", CaseStatus.Purged), ("$now", Now), mine);
        session.Write(
            """
            INSERT INTO purge (case_number, step, reason, asked_by, asked_at, removed)
            VALUES ($case, $step, $reason, $by, $now, '{}')
            """,
            mine, ("$step", nameof(PurgeStep.Rows)), ("$reason", request.Reason.Trim()), ("$by", request.By), ("$now", Now));
        await OperationLog.AppendAsync(
            session,
            new OperationEntry(Now, "purge begun", request.Case.Value, request.By, request.Reason.Trim(), string.Empty))
            .ConfigureAwait(false);
        return new PurgeStart.Begun();
    }

    private async ValueTask<bool> RowsAsync(Session session, CaseNumber number)
    {
        if (await FileAsync(session, number).ConfigureAwait(false) is not { } file)
        {
            return false;
        }

        IReadOnlyDictionary<string, long> removed = await new PurgeRows(session, file, Now).RunAsync().ConfigureAwait(false);
        session.Write(
            "UPDATE purge SET step = $step, removed = $removed WHERE case_number = $case", ("$step", nameof(PurgeStep.Blobs)),
            ("$removed", JsonSerializer.Serialize(removed, PurgeJson.Default.IReadOnlyDictionaryStringInt64)),
            ("$case", number.Value));
        return true;
    }

    private async Task BlobsAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        // Copies that a receipt found superfluous are nobody's, and may be the case's.
        (List<ContentHash> own, List<ContentHash> spare) = await database.ReadAsync(
            async session => (
                await session.QueryAsync(
                    "SELECT blob FROM purge_blob WHERE case_number = $case AND outcome = ''", static row => row.GetHash(0),
                    ("$case", number.Value)).ConfigureAwait(false),
                await session.QueryAsync("SELECT blob FROM spare_blob", static row => row.GetHash(0)).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        foreach (ContentHash blob in own)
        {
            bool gone = await _removal.TryRemoveAsync(blob, cancellationToken).ConfigureAwait(false);
            await database.WriteAsync(
                session => session.ExecuteAsync(
                    "UPDATE purge_blob SET outcome = $outcome WHERE case_number = $case AND blob = $blob",
                    ("$outcome", gone ? PurgedBlob.Removed : PurgedBlob.Kept), ("$case", number.Value), ("$blob", blob.Bytes())),
                cancellationToken).ConfigureAwait(false);
        }

        foreach (ContentHash blob in spare.Except(own))
        {
            await _removal.TryRemoveAsync(blob, cancellationToken).ConfigureAwait(false);
        }
    }

    // Journals of imports name files, which may name patients; without its journal an import only looks at all files again.
    private void ForgetImports()
    {
        DirectoryInfo imports = new(Path.Combine(options.DataFolder, "imports"));
        foreach (FileInfo journal in imports.Exists ? imports.GetFiles("*.ndjson") : [])
        {
            journal.Delete();
        }
    }

    private Task<int> MarkAsync(CaseNumber number, PurgeStep step, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE purge SET step = $step WHERE case_number = $case", ("$step", step.ToString()), ("$case", number.Value)),
        cancellationToken);

    private async Task SealAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        PurgeFindings findings = await PurgeFindings.LookAsync(database, blobs, number, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(session => SealAsync(session, number, findings), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> SealAsync(Session session, CaseNumber number, PurgeFindings findings)
    {
        (string, SqlValue) mine = ("$case", number.Value);
        session.Lock(["operations"]);
        string journal = await OperationLog.HeadAsync(session).ConfigureAwait(false);
        (string reason, string by, DateTimeOffset asked, string removed, string tenant) = await session.FirstAsync(
            $"""
            SELECT p.reason, p.asked_by, p.asked_at, p.removed, c.tenant FROM purge p JOIN case_file c ON c.number = p.case_number
            WHERE p.case_number = $case AND p.step <> 'Done'
            """,
            static row => (row.GetString(0), row.GetString(1), row.GetTime(2), row.GetString(3), row.GetString(4)), mine)
            .ConfigureAwait(false);
        if (removed is null)
        {
            return false; // Somebody else was faster.
        }

        string certificate = JsonSerializer.Serialize(
            new PurgeCertificate
            {
                Case = number.Value,
                Tenant = tenant,
                Reason = reason,
                By = by,
                AskedAt = asked,
                FinishedAt = time.GetUtcNow(),
                Method = findings.Method,
                Removed = JsonSerializer.Deserialize(removed, PurgeJson.Default.IReadOnlyDictionaryStringInt64)
                    ?? new Dictionary<string, long>(),
                Blobs = findings.Blobs,
                Verification = findings.Checks,
                Journal = journal,
            },
            PurgeJson.Default.PurgeCertificate);
        session.Write(
            "UPDATE purge SET step = 'Done', certificate = $certificate WHERE case_number = $case",
            ("$certificate", certificate), mine);
        session.Write("DELETE FROM purge_item WHERE case_number = $case", mine);
        await OperationLog.AppendAsync(
            session, new OperationEntry(Now, "purged", number.Value, by, reason, ContentHashOf(certificate))).ConfigureAwait(false);
        return true;
    }

    private static string ContentHashOf(string certificate) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(certificate)));

    private static async ValueTask<CaseFile?> FileAsync(Session session, CaseNumber number) =>
        (await CaseRows.ReadAsync(session, "WHERE c.number = $number", ("$number", number.Value)).ConfigureAwait(false))
        .SingleOrDefault();
}
