namespace RecordHub.Core.Requests;

/// <summary>What was known of a study at a site when it was fetched last.</summary>
/// <param name="Evidence">What the site said that it has.</param>
/// <param name="Failures">How often in a row not all of it came; 0 when all did.</param>
/// <param name="NextAt">When it is tried again although the site says the same; of no meaning when all came.</param>
public sealed record StudyPullMark(string Evidence, int Failures, DateTimeOffset NextAt)
{
    /// <summary>Whether it is fetched now.</summary>
    /// <param name="mark">What was noted; null when it was never fetched.</param>
    /// <param name="evidence">What the site says now.</param>
    /// <param name="now">The time.</param>
    public static bool IsDue(StudyPullMark? mark, string evidence, DateTimeOffset now) =>
        mark is null || mark.Evidence != evidence || (mark.Failures > 0 && now >= mark.NextAt);
}
