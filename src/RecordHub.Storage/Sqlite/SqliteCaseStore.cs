using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Cases, their patients, and whose identifier is whose.</summary>
internal sealed class SqliteCaseStore(SqliteDatabase database, TimeProvider time) : ICaseStore
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc />
    public Task<CaseNumber> TakeNumberAsync(CancellationToken cancellationToken) => database.WriteAsync(
        static session => new CaseNumber(session.Number("UPDATE case_counter SET last = last + 1 RETURNING last")),
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> CreateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Create(session, file, resources), cancellationToken);

    /// <inheritdoc />
    public Task<CaseFile?> FindAsync(CaseNumber number, CancellationToken cancellationToken) => database.ReadAsync(
        session => CaseRows.Read(session, "WHERE c.number = $number", ("$number", number.Value)).FirstOrDefault(),
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CaseFile>> ListAsync(CaseNumber after, int count, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CaseFile>>(
            session => CaseRows.Read(
                session, "WHERE c.number > $after ORDER BY c.number LIMIT $count",
                ("$after", after.Value), ("$count", count)),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<CaseFile>> FindByIdentifiersAsync(
        IReadOnlyList<PatientIdentifier> identifiers, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<CaseFile>>(
            session =>
            {
                string[] patients = [.. identifiers
                    .Select(identifier => CaseRows.Owner(session, identifier)).OfType<string>().Distinct()];
                return CaseRows.Read(
                    session, "WHERE c.patient_id IN (SELECT value FROM json_each($patients)) ORDER BY c.number",
                    ("$patients", StoredJson.Of(patients)));
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<CasePatient?> FindPatientAsync(PatientIdentifier identifier, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => CaseRows.Owner(session, identifier) is { } owner ? CaseRows.ReadPatient(session, owner) : null,
            cancellationToken);

    /// <inheritdoc />
    public Task<bool> UpdateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Update(session, file, resources), cancellationToken);

    private bool Create(SqliteSession session, CaseFile file, IReadOnlyList<StoredResource> resources)
    {
        if (!MayBe(session, file.Patient)
            || session.Any("SELECT 1 FROM case_file WHERE number = $number", ("$number", file.Number.Value)))
        {
            return false;
        }

        session.Execute(
            """
            INSERT INTO case_file (number, specialty, status, patient_id, question, created_at, revision)
            VALUES ($number, $specialty, $status, $patient, $question, $at, $revision)
            """,
            ("$number", file.Number.Value), ("$specialty", file.Specialty), ("$status", file.Status),
            ("$patient", file.Patient.Id), ("$question", file.Question),
            ("$at", file.CreatedAt.ToUnixTimeMilliseconds()), ("$revision", file.Revision));
        CaseRows.AddPatient(session, file.Patient);
        SaveAll(session, resources);
        return true;
    }

    private bool Update(SqliteSession session, CaseFile file, IReadOnlyList<StoredResource> resources)
    {
        if (session.Execute(
            """
            UPDATE case_file SET specialty = $specialty, status = $status, question = $question, revision = revision + 1
            WHERE number = $number AND revision = $revision
            """,
            ("$specialty", file.Specialty), ("$status", file.Status), ("$question", file.Question),
            ("$number", file.Number.Value), ("$revision", file.Revision)) == 0)
        {
            return false;
        }

        CaseRows.UpdatePatient(session, file.Patient);
        SaveAll(session, resources);
        return true;
    }

    private static bool MayBe(SqliteSession session, CasePatient patient) =>
        patient.Identifiers.All(one => CaseRows.MayLink(session, new IdentifierLink(one, patient.Id, "case")));

    private void SaveAll(SqliteSession session, IReadOnlyList<StoredResource> resources)
    {
        ResourceWrite write = new(session, Now);
        foreach (StoredResource resource in resources)
        {
            write.Save(resource);
        }
    }
}
