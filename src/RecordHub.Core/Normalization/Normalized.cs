namespace RecordHub.Core.Normalization;

/// <summary>What some bytes turned out to say. Pure: the same bytes give the same value.</summary>
public abstract record Normalized
{
    private Normalized()
    {
    }

    /// <summary>One record or more, a patient each.</summary>
    public sealed record Records(IReadOnlyList<PatientRecord> Parts) : Normalized;

    /// <summary>Not a record; <paramref name="What"/> names what it is.</summary>
    public sealed record NotARecord(string What) : Normalized;

    /// <summary>
    /// Kept but not understood. <paramref name="Code"/> is a short reason such as <c>encrypted</c>, <c>truncated</c>,
    /// <c>malformed</c>, <c>limit</c>; <paramref name="Where"/> is the byte, page, line or element where it broke.
    /// </summary>
    public sealed record Unreadable(string Code, string Explanation, string? Where) : Normalized
    {
        /// <summary>The explanation with the place where it broke, unless it names the place itself.</summary>
        public string Sentence => Where is null || Explanation.Contains(Where, StringComparison.Ordinal)
            ? Explanation
            : $"{Explanation.TrimEnd('.', ' ')} ({Where}).";
    }
}
