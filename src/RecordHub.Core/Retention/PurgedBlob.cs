namespace RecordHub.Core.Retention;

/// <summary>What became of one blob of a purged case.</summary>
/// <param name="Sha256">The digest of its bytes as they were received or made.</param>
/// <param name="Outcome"><c>removed</c>, or <c>kept</c> because records outside of the case have the same bytes.</param>
public sealed record PurgedBlob(string Sha256, string Outcome)
{
    /// <summary>It is gone.</summary>
    public const string Removed = "removed";

    /// <summary>Somebody else's record has the same bytes.</summary>
    public const string Kept = "kept";
}
