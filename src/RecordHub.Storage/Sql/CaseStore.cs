using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Cases, their patients, and whose identifier is whose.</summary>
internal sealed class CaseStore(Database database, TimeProvider time) : ICaseStore
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public Task<CaseNumber> TakeNumberAsync(CancellationToken cancellationToken) => database.WriteAsync(
        static async session => new CaseNumber(await session.NumberAsync(
            "UPDATE case_counter SET last = last + 1 RETURNING last").ConfigureAwait(false)),
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> CreateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken) =>
        database.WriteAsync(session => CreateAsync(session, file, resources), cancellationToken);

    /// <inheritdoc />
    public Task<CaseFile?> FindAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => (await CaseRows.ReadAsync(
                session,
                $"WHERE c.number = $number AND {Scope.Condition(session.Dialect, scope, "c.number", "c.tenant")}",
                [("$number", number.Value), .. Scope.Parameters(session.Dialect, scope)]).ConfigureAwait(false))
                .SingleOrDefault(),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CaseFile>> ListAsync(
        CaseNumber after, int count, AccessScope scope, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => CaseRows.ReadAsync(
                session,
                $"""
                WHERE c.number > $after AND {Scope.Condition(session.Dialect, scope, "c.number", "c.tenant")}
                ORDER BY c.number LIMIT $count
                """,
                [("$after", after.Value), ("$count", count), .. Scope.Parameters(session.Dialect, scope)]),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CaseFile>> FindByIdentifiersAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                HashSet<string> patients = [];
                foreach (PatientIdentifier identifier in identifiers)
                {
                    if (await CaseRows.OwnerAsync(session, identifier, tenant).ConfigureAwait(false) is { } owner)
                    {
                        patients.Add(owner);
                    }
                }

                return await OfPatientsAsync(session, patients).ConfigureAwait(false);
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CaseFile>> FindByKeysAsync(
        IReadOnlyList<string> keys, int count, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CaseFile>>(
            async session =>
            {
                List<string> patients = await session.QueryAsync(
                    $"""
                    SELECT p.id FROM (
                      SELECT x.resource, COUNT(*) AS keys FROM resource_index x
                      WHERE x.type = 'Patient' AND x.parameter = '_match' AND {session.Dialect.In("x.value", "$keys")}
                      GROUP BY x.resource
                    ) found JOIN resource r ON r.key = found.resource JOIN patient p ON p.id = r.id
                    WHERE r.deleted = 0 AND p.tenant = $tenant ORDER BY found.keys DESC, p.id LIMIT $count
                    """,
                    static row => row.GetString(0),
                    ("$keys", session.Dialect.List(keys.Select(IndexText.Of).OfType<string>())),
                    ("$tenant", tenant.ToString()), ("$count", (long)count)).ConfigureAwait(false);
                IReadOnlyList<CaseFile> files = await OfPatientsAsync(session, patients).ConfigureAwait(false);
                return [.. files.OrderBy(file => patients.IndexOf(file.Patient.Id)).ThenBy(file => file.Number.Value).Take(count)];
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<CasePatient?> FindPatientAsync(
        PatientIdentifier identifier, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session => await CaseRows.OwnerAsync(session, identifier, tenant).ConfigureAwait(false) is { } owner
                ? await CaseRows.ReadPatientAsync(session, owner).ConfigureAwait(false)
                : null,
            cancellationToken);

    /// <inheritdoc />
    public Task<CasePatient?> FindPatientAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(async session => await CaseRows.ReadPatientAsync(session, id).ConfigureAwait(false), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<IdentifierLink>> FindTakenBackAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, CancellationToken cancellationToken) =>
        database.ReadAsync(session => LinkRows.TakenBackAsync(session, identifiers, tenant), cancellationToken);

    /// <inheritdoc />
    public Task<bool> UpdateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken) =>
        database.WriteAsync(session => UpdateAsync(session, file, resources, Now), cancellationToken);

    /// <summary>The same inside a transaction.</summary>
    internal static async ValueTask<bool> UpdateAsync(
        Session session, CaseFile file, IReadOnlyList<StoredResource> resources, long now)
    {
        if (await session.ExecuteAsync(
            """
            UPDATE case_file SET specialty = $specialty, status = $status, question = $question, revision = revision + 1,
              status_since = CASE WHEN status = $status THEN status_since ELSE $now END
            WHERE number = $number AND revision = $revision
            """,
            ("$now", now),
            ("$specialty", file.Specialty), ("$status", file.Status), ("$question", file.Question),
            ("$number", file.Number.Value), ("$revision", file.Revision)).ConfigureAwait(false) == 0)
        {
            return false;
        }

        CaseRows.UpdatePatient(session, file.Patient);
        await ResourceWrite.SaveAsync(session, resources, [], now).ConfigureAwait(false);
        return true;
    }

    /// <summary>Asks for another look at what is not in a case that takes records now, and could be in it.</summary>
    internal static async ValueTask AskWaitingAsync(Session session, CaseFile file, long now)
    {
        ItemId[] waiting =
        [
            .. await RecordKeyRows.FindWaitingAsync(session, file).ConfigureAwait(false),
            .. await RecordKeyRows.FindCertainAsync(session, file).ConfigureAwait(false),
            .. await RecordKeyRows.FindTooLateAsync(session, file).ConfigureAwait(false),
        ];
        foreach (string item in waiting.Select(item => item.ToString()).Distinct().Order(StringComparer.Ordinal))
        {
            OutboxRows.Ask(session, OutboxTopic.Item, item, now);
        }
    }

    private static ValueTask<IReadOnlyList<CaseFile>> OfPatientsAsync(Session session, IEnumerable<string> patients) =>
        CaseRows.ReadAsync(
            session, $"WHERE {session.Dialect.In("c.patient_id", "$patients")} ORDER BY c.number",
            ("$patients", session.Dialect.List(patients)));

    private async ValueTask<bool> CreateAsync(Session session, CaseFile file, IReadOnlyList<StoredResource> resources)
    {
        session.Lock(
        [
            $"case {file.Number}", .. file.Patient.Identifiers.Select(CaseRows.LockOf),
            .. resources.Select(one => ResourceWrite.LockOf((one.Type, one.Id))),
        ]);
        if (!await MayBeAsync(session, file).ConfigureAwait(false) || await IsOtherAsync(session, file.Patient).ConfigureAwait(false)
            || await session.AnyAsync("SELECT 1 FROM case_file WHERE number = $number", ("$number", file.Number.Value))
                .ConfigureAwait(false))
        {
            return false;
        }

        session.Write(
            """
            INSERT INTO case_file (number, specialty, status, patient_id, question, created_at, revision, tenant, status_since)
            VALUES ($number, $specialty, $status, $patient, $question, $at, $revision, $tenant, $at)
            """,
            ("$number", file.Number.Value), ("$specialty", file.Specialty), ("$status", file.Status),
            ("$patient", file.Patient.Id), ("$question", file.Question),
            ("$at", file.CreatedAt.ToUnixTimeMilliseconds()), ("$revision", file.Revision),
            ("$tenant", file.Tenant.ToString()));
        CaseRows.AddPatient(session, file.Patient, file.Tenant);
        await AskWaitingAsync(session, file, Now).ConfigureAwait(false);
        await ResourceWrite.SaveAsync(session, resources, [], Now).ConfigureAwait(false);
        return true;
    }

    // Whether the id is that of somebody else.
    private static async ValueTask<bool> IsOtherAsync(Session session, CasePatient patient) =>
        await CaseRows.ReadPatientAsync(session, patient.Id).ConfigureAwait(false) is { } there
        && (there.Name != patient.Name || there.BirthDate != patient.BirthDate || there.Sex != patient.Sex);

    private static async ValueTask<bool> MayBeAsync(Session session, CaseFile file)
    {
        foreach (PatientIdentifier identifier in file.Patient.Identifiers)
        {
            if (!await CaseRows.MayLinkAsync(session, identifier, file.Patient.Id, file.Tenant).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }
}
