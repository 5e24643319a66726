using RecordHub.Core.Checklists;

namespace RecordHub.Core.Packages;

/// <summary>What became of the wish to publish.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <summary>
    /// The case's package is <paramref name="Version"/>; it was made now (<paramref name="Created"/>), or nothing has
    /// changed since it was. <paramref name="Warnings"/> are what was missing when it was forced.
    /// </summary>
    public sealed record Published(bool Created, PackageVersion Version, IReadOnlyList<ChecklistFinding> Warnings)
        : PublishOutcome;

    /// <summary>Something required is missing, and nobody said why it should be published all the same.</summary>
    public sealed record Blocked(IReadOnlyList<ChecklistFinding> Blockers, string Advice) : PublishOutcome;

    /// <summary>Nothing was published: why, and what to do.</summary>
    public sealed record Refused(string Error, string Advice) : PublishOutcome;
}
