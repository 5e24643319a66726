using Microsoft.Data.Sqlite;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Storage.Sqlite;

/// <summary>Rows of cases, patients and identifiers.</summary>
internal static class CaseRows
{
    internal const string Columns =
        "c.number, c.specialty, c.status, c.question, c.created_at, c.revision, "
        + "p.id, p.family, p.given, p.prefix, p.suffix, p.birth_date, p.sex";

    private const int PatientStart = 6;

    /// <summary>Cases with their patients; the condition is one of the caller's own, over <c>c</c> and <c>p</c>.</summary>
    internal static List<CaseFile> Read(
        SqliteSession session, string condition, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        List<CaseFile> files = session.Query(
            $"SELECT {Columns} FROM case_file c JOIN patient p ON p.id = c.patient_id {condition}", ToCase, parameters);
        return files.ConvertAll(file => file with { Patient = WithIdentifiers(session, file.Patient) });
    }

    internal static CasePatient? ReadPatient(SqliteSession session, string id)
    {
        CasePatient? patient = session.First(
            "SELECT p.id, p.family, p.given, p.prefix, p.suffix, p.birth_date, p.sex FROM patient p WHERE p.id = $id",
            static row => ToPatient(row, 0), ("$id", id));
        return patient is null ? null : WithIdentifiers(session, patient);
    }

    /// <summary>The patient that owns an identifier; null when nobody does, or when it has no issuer.</summary>
    internal static string? Owner(SqliteSession session, PatientIdentifier identifier) => identifier.Issuer.Length == 0
        ? null
        : session.First(
            "SELECT patient_id FROM identifier WHERE issuer = $issuer AND value = $value AND issuer <> ''",
            static row => row.GetString(0), ("$issuer", identifier.Issuer), ("$value", identifier.Value));

    /// <summary>Whether the identifier is nobody's or this patient's already.</summary>
    internal static bool MayLink(SqliteSession session, IdentifierLink link) =>
        Owner(session, link.Identifier) is not { } owner || owner == link.PatientId;

    /// <summary>Remembers whose it is; false when that was known. How it first came to be known stays.</summary>
    internal static bool Link(SqliteSession session, IdentifierLink link) => session.Execute(
        "INSERT OR IGNORE INTO identifier (issuer, value, patient_id, because) VALUES ($issuer, $value, $patient, $because)",
        ("$issuer", link.Identifier.Issuer), ("$value", link.Identifier.Value), ("$patient", link.PatientId),
        ("$because", link.Because)) > 0;

    /// <summary>Forgets whose it is; false when it was not known, or when the case itself names it.</summary>
    internal static bool Unlink(SqliteSession session, PatientIdentifier identifier, string patientId) => session.Execute(
        """
        DELETE FROM identifier
        WHERE issuer = $issuer AND value = $value AND patient_id = $patient AND because <> 'case'
        """,
        ("$issuer", identifier.Issuer), ("$value", identifier.Value), ("$patient", patientId)) > 0;

    /// <summary>Saves a patient with the identifiers; one that is there stays as it is, and gets the identifiers.</summary>
    internal static void AddPatient(SqliteSession session, CasePatient patient)
    {
        session.Execute(
            """
            INSERT OR IGNORE INTO patient (id, family, given, prefix, suffix, birth_date, sex)
            VALUES ($id, $family, $given, $prefix, $suffix, $birth, $sex)
            """,
            Demographics(patient));
        foreach (PatientIdentifier identifier in patient.Identifiers)
        {
            Enter(session, identifier, patient.Id);
        }
    }

    /// <summary>Saves changed demographics. Identifiers change by links alone: those read earlier may be out of date.</summary>
    internal static void UpdatePatient(SqliteSession session, CasePatient patient) => session.Execute(
        """
        UPDATE patient SET family = $family, given = $given, prefix = $prefix, suffix = $suffix, birth_date = $birth,
          sex = $sex
        WHERE id = $id
        """,
        Demographics(patient));

    // What a person enters stands by itself, whatever came before it.
    private static void Enter(SqliteSession session, PatientIdentifier identifier, string patientId) => session.Execute(
        """
        INSERT INTO identifier (issuer, value, patient_id, because) VALUES ($issuer, $value, $patient, 'case')
        ON CONFLICT (issuer, value, patient_id) DO UPDATE SET because = 'case'
        """,
        ("$issuer", identifier.Issuer), ("$value", identifier.Value), ("$patient", patientId));

    private static (string Name, object? Value)[] Demographics(CasePatient patient) =>
    [
        ("$id", patient.Id), ("$family", patient.Name.Family), ("$given", patient.Name.Given),
        ("$prefix", patient.Name.Prefix), ("$suffix", patient.Name.Suffix), ("$birth", patient.BirthDate.ToString()),
        ("$sex", patient.Sex.ToString()),
    ];

    private static CasePatient WithIdentifiers(SqliteSession session, CasePatient patient) => patient with
    {
        Identifiers = session.Query(
            "SELECT issuer, value FROM identifier WHERE patient_id = $id ORDER BY issuer, value",
            static row => new PatientIdentifier(row.GetString(0), row.GetString(1)), ("$id", patient.Id)),
    };

    private static CaseFile ToCase(SqliteDataReader row) => new()
    {
        Number = row.GetCase(0),
        Specialty = row.GetString(1),
        Status = row.GetString(2),
        Question = row.GetString(3),
        CreatedAt = row.GetTime(4),
        Revision = row.GetInt32(5),
        Patient = ToPatient(row, PatientStart),
    };

    private static CasePatient ToPatient(SqliteDataReader row, int start) => new()
    {
        Id = row.GetString(start),
        Name = new PersonName(
            row.GetString(start + 1), row.GetString(start + 2), row.GetText(start + 3), row.GetText(start + 4)),
        BirthDate = PartialDate.TryParse(row.GetString(start + 5), out PartialDate date) ? date : default,
        Sex = row.GetEnum<AdministrativeSex>(start + 6),
    };
}
