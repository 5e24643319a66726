using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Storage.Sql;

/// <summary>Rows of cases, patients and identifiers.</summary>
internal static class CaseRows
{
    internal const string Columns =
        "c.number, c.specialty, c.status, c.question, c.created_at, c.revision, c.tenant, c.status_since, "
        + "p.id, p.family, p.given, p.prefix, p.suffix, p.birth_date, p.sex";

    private const int PatientStart = 8;

    /// <summary>Cases with their patients; the condition is one of the caller's own, over <c>c</c> and <c>p</c>.</summary>
    internal static async ValueTask<IReadOnlyList<CaseFile>> ReadAsync(
        Session session, string condition, params (string Name, SqlValue Value)[] parameters)
    {
        List<CaseFile> files = await session.QueryAsync(
            $"SELECT {Columns} FROM case_file c JOIN patient p ON p.id = c.patient_id {condition}", ToCase, parameters)
            .ConfigureAwait(false);
        ILookup<string, PatientIdentifier> identifiers = await IdentifiersAsync(
            session, files.Select(file => file.Patient.Id)).ConfigureAwait(false);
        return files.ConvertAll(file =>
            file with { Patient = file.Patient with { Identifiers = [.. identifiers[file.Patient.Id]] } });
    }

    internal static async ValueTask<CasePatient?> ReadPatientAsync(Session session, string id)
    {
        CasePatient? patient = await session.FirstAsync(
            "SELECT p.id, p.family, p.given, p.prefix, p.suffix, p.birth_date, p.sex FROM patient p WHERE p.id = $id",
            static row => ToPatient(row, 0), ("$id", id)).ConfigureAwait(false);
        return patient is null ? null : patient with
        {
            Identifiers = [.. (await IdentifiersAsync(session, [id]).ConfigureAwait(false))[id]],
        };
    }

    /// <summary>The tenant's patient that owns an identifier; null when nobody does, or when it has no issuer.</summary>
    internal static async ValueTask<string?> OwnerAsync(Session session, PatientIdentifier identifier, Tenant tenant) =>
        identifier.Issuer.Length == 0 ? null : await session.FirstAsync(
            """
            SELECT patient_id FROM identifier
            WHERE tenant = $tenant AND issuer = $issuer AND value = $value AND issuer <> ''
            """,
            static row => row.GetString(0), ("$tenant", tenant.ToString()), ("$issuer", identifier.Issuer),
            ("$value", identifier.Value)).ConfigureAwait(false);

    /// <summary>What <see cref="Session.Lock"/> calls an identifier.</summary>
    internal static string LockOf(PatientIdentifier identifier) => $"identifier {identifier.Issuer}|{identifier.Value}";

    /// <summary>Whether the identifier is, for the tenant, nobody's or this patient's already.</summary>
    internal static async ValueTask<bool> MayLinkAsync(
        Session session, PatientIdentifier identifier, string patientId, Tenant tenant) =>
        await OwnerAsync(session, identifier, tenant).ConfigureAwait(false) is not { } owner || owner == patientId;

    /// <summary>Remembers whose it is; false when that was known. How it first came to be known stays.</summary>
    internal static async ValueTask<bool> LinkAsync(Session session, IdentifierLink link, Tenant tenant) =>
        await session.ExecuteAsync(
            """
            INSERT INTO identifier (issuer, value, patient_id, because, tenant)
            VALUES ($issuer, $value, $patient, $because, $tenant) ON CONFLICT DO NOTHING
            """,
            ("$issuer", link.Identifier.Issuer), ("$value", link.Identifier.Value), ("$patient", link.PatientId),
            ("$because", link.Because), ("$tenant", tenant.ToString())).ConfigureAwait(false) > 0;

    /// <summary>Forgets whose it is; false when it was not known, or when the case itself names it.</summary>
    internal static async ValueTask<bool> UnlinkAsync(Session session, PatientIdentifier identifier, string patientId) =>
        await session.ExecuteAsync(
            """
            DELETE FROM identifier
            WHERE issuer = $issuer AND value = $value AND patient_id = $patient AND because <> 'case'
            """,
            ("$issuer", identifier.Issuer), ("$value", identifier.Value), ("$patient", patientId))
            .ConfigureAwait(false) > 0;

    /// <summary>Saves a patient with the identifiers; one that is there stays as it is, and gets the identifiers.</summary>
    internal static void AddPatient(Session session, CasePatient patient, Tenant tenant)
    {
        session.Write(
            """
            INSERT INTO patient (id, family, given, prefix, suffix, birth_date, sex, tenant)
            VALUES ($id, $family, $given, $prefix, $suffix, $birth, $sex, $tenant) ON CONFLICT DO NOTHING
            """,
            [.. Demographics(patient), ("$tenant", tenant.ToString())]);
        foreach (PatientIdentifier identifier in patient.Identifiers)
        {
            Enter(session, identifier, patient.Id, tenant);
        }
    }

    /// <summary>Saves changed demographics. Identifiers change by links alone: those read earlier may be out of date.</summary>
    internal static void UpdatePatient(Session session, CasePatient patient) => session.Write(
        """
        UPDATE patient SET family = $family, given = $given, prefix = $prefix, suffix = $suffix, birth_date = $birth,
          sex = $sex
        WHERE id = $id
        """,
        Demographics(patient));

    // What a person enters stands by itself, whatever came before it.
    private static void Enter(Session session, PatientIdentifier identifier, string patientId, Tenant tenant) => session.Write(
        """
        INSERT INTO identifier (issuer, value, patient_id, because, tenant)
        VALUES ($issuer, $value, $patient, 'case', $tenant)
        ON CONFLICT (issuer, value, patient_id) DO UPDATE SET because = 'case'
        """,
        ("$issuer", identifier.Issuer), ("$value", identifier.Value), ("$patient", patientId),
        ("$tenant", tenant.ToString()));

    private static (string Name, SqlValue Value)[] Demographics(CasePatient patient) =>
    [
        ("$id", patient.Id), ("$family", patient.Name.Family), ("$given", patient.Name.Given),
        ("$prefix", patient.Name.Prefix), ("$suffix", patient.Name.Suffix), ("$birth", patient.BirthDate.ToString()),
        ("$sex", patient.Sex.ToString()),
    ];

    private static async ValueTask<ILookup<string, PatientIdentifier>> IdentifiersAsync(
        Session session, IEnumerable<string> patientIds) =>
        (await session.QueryAsync(
            $"""
            SELECT patient_id, issuer, value FROM identifier WHERE {session.Dialect.In("patient_id", "$patients")}
            ORDER BY issuer, value
            """,
            static row => (Patient: row.GetString(0), Identifier: new PatientIdentifier(row.GetString(1), row.GetString(2))),
            ("$patients", session.Dialect.List(patientIds.Distinct()))).ConfigureAwait(false))
        .ToLookup(static one => one.Patient, static one => one.Identifier, StringComparer.Ordinal);

    private static CaseFile ToCase(Row row) => new()
    {
        Number = row.GetCase(0),
        Specialty = row.GetString(1),
        Status = row.GetString(2),
        Question = row.GetString(3),
        CreatedAt = row.GetTime(4),
        Revision = row.GetInt32(5),
        Tenant = Tenant.Parse(row.GetString(6)),
        StatusSince = row.GetTime(7),
        Patient = ToPatient(row, PatientStart),
    };

    private static CasePatient ToPatient(Row row, int start) => new()
    {
        Id = row.GetString(start),
        Name = new PersonName(
            row.GetString(start + 1), row.GetString(start + 2), row.GetText(start + 3), row.GetText(start + 4)),
        BirthDate = PartialDate.TryParse(row.GetString(start + 5), out PartialDate date) ? date : default,
        Sex = row.GetEnum<AdministrativeSex>(start + 6),
    };
}
