namespace RecordHub.Interop.Tests.Privacy;

/// <summary>What the records of the run say of a patient who does not exist. None of it may stand in anything that is not a record.</summary>
internal static class Secrets
{
    public const string Family = "Zyxwanderberg";
    public const string Given = "Quillonette";
    public const string Physician = "Vobrichstein";
    public const string Stranger = "Xulbrandoni";
    public const string Number = "MRNQX773311";
    public const string StrangerNumber = "MRNQX884422";
    public const string Accession = "ACCQX990044";
    public const string BirthDate = "19431127";
    public const string BirthDateIso = "1943-11-27";
    public const string Finding = "Grobulanoma";
    public const string Telephone = "555-7391846";

    // The beginning of every UID in the records.
    public const string Uids = "2.25.8317264950";

    /// <summary>All of them.</summary>
    public static string[] All { get; } =
    [
        Family, Given, Physician, Stranger, Number, StrangerNumber, Accession, BirthDate, BirthDateIso, Finding, Telephone, Uids,
    ];

    /// <summary>Those that stand in a text, whatever their case.</summary>
    public static IEnumerable<string> In(string text) =>
        All.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
}
