namespace RecordHub.Core.Packages;

/// <summary>A section of the package document.</summary>
/// <param name="Number">Its number as readers see it.</param>
/// <param name="Key">Its short name in rules and checklists.</param>
/// <param name="Title">Its title.</param>
/// <param name="Loinc">Its LOINC codes; empty where LOINC has none and the key is the code.</param>
/// <param name="Parts">Its subsections.</param>
internal sealed record Section(
    string Number, string Key, string Title, IReadOnlyList<string> Loinc, IReadOnlyList<Section> Parts)
{
    /// <summary>The system of codes that LOINC does not have.</summary>
    internal const string System = "urn:recordhub:section";

    /// <summary>All sections, in their order.</summary>
    internal static IReadOnlyList<Section> All { get; } =
    [
        Of("1", "questions", "Questions for the specialist", "42349-1"),
        Of("2", "completeness", "What is here and what is missing"),
        Of("3", "summary", "Case summary", "10164-2"),
        Of("4", "timeline", "Timeline"),
        Of("5", "diagnoses", "Diagnoses and stage", "11450-4"),
        new("6", "pathology", "Pathology reports", ["11526-1"], [Of("6.1", "slides", "Slides")]),
        new("7", "imaging", "Imaging", ["18748-4"],
        [
            Of("7.1", "studies-in-question", "Studies in question", "55111-9"),
            Of("7.2", "earlier-studies", "Earlier studies", "55114-3"),
        ]),
        Of("8", "operations", "Operations", "47519-4"),
        Of("9", "treatment", "Treatment so far"),
        Of("10", "laboratory", "Laboratory", "30954-2"),
        Of("11", "genetics", "Genetics", "51969-4"),
        Of("12", "cardiac", "Heart studies"),
        Of("13", "medications", "Medications", "10160-0"),
        Of("14", "allergies", "Allergies", "48765-2"),
        Of("15", "devices", "Devices", "46264-8"),
        Of("16", "history", "History", "11348-0"),
        Of("17", "growth", "Growth and immunisations", "8716-3", "11369-6"),
        Of("18", "notes", "Notes and discharge summaries", "11488-4", "18842-5"),
        Of("19", "plan", "Current plan", "18776-5"),
        Of("20", "consent", "Consent", "59284-0"),
        Of("21", "sources", "Where each item came from"),
        Of("22", "unread", "Not understood or unreadable"),
    ];

    private static Section Of(string number, string key, string title, params string[] loinc) =>
        new(number, key, title, loinc, []);
}
