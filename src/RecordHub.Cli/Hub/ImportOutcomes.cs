namespace RecordHub.Cli.Hub;

/// <summary>The outcomes of an import, in the order in which a summary names them.</summary>
internal static class ImportOutcomes
{
    public const string Filed = "filed";
    public const string Held = "held";
    public const string Rejected = "rejected";
    public const string Duplicate = "duplicate";
    public const string Conflict = "conflict";
    public const string Ignored = "ignored";

    public static IReadOnlyList<string> All { get; } = [Filed, Held, Rejected, Duplicate, Conflict, Ignored];

    /// <summary>Whether a person has to look.</summary>
    public static bool NeedsAttention(string outcome) => outcome is Held or Rejected or Conflict;
}
