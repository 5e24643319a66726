namespace RecordHub.Documents.Hl7;

/// <summary>Messages that join patient identifiers (HL7 v2 chapter 3): PID has those that stay, MRG those that are given up.</summary>
internal static class Hl7Merges
{
    // A18, A30 and A34 are what A40 was called before 2.3.1; A47 changes the identifier list of one patient.
    private static readonly HashSet<string> s_events = new(["A18", "A30", "A34", "A40", "A47"], StringComparer.Ordinal);

    public static bool Is(Er7Message message) => message.Type == "ADT" && Event(message) is { } name && s_events.Contains(name);

    /// <summary>What is given up; null when the message is no merge, or has no prior identifier.</summary>
    public static DocumentMerge? Read(Er7Message message)
    {
        if (!Is(message))
        {
            return null;
        }

        List<Er7Segment> merged = [.. message.All("MRG")];
        List<SubjectIdentifier> prior =
        [
            .. merged.SelectMany(mrg => mrg.Repetitions(1).Select(Er7Types.Identifier).Concat(mrg.Repetitions(4).Select(Er7Types.External)))
                .OfType<SubjectIdentifier>().DistinctBy(one => (one.Issuer, one.Value, one.Type)),
        ];
        return prior.Count == 0
            ? null
            : new DocumentMerge(
                Event(message) ?? string.Empty, prior,
                [.. merged.SelectMany(mrg => mrg.Repetitions(7)).Select(Er7Types.Name).OfType<SubjectName>()]);
    }

    // MSH-9.2, or EVN-1 in messages that leave it out.
    private static string? Event(Er7Message message) =>
        (message.Header.First(9).Text(2) ?? message.First("EVN")?.Text(1))?.ToUpperInvariant();
}
