using RecordHub.Core.Cases;

namespace RecordHub.Core.Identity.Matching;

/// <summary>A case beside a record: how sure it is that its patient is the record's, and why.</summary>
/// <param name="File">The case.</param>
/// <param name="Match">Both sides, field by field.</param>
public sealed record CaseMatch(CaseFile File, IdentityMatch Match)
{
    /// <summary>The type only: both name a patient.</summary>
    public override string ToString() => nameof(CaseMatch);
}
