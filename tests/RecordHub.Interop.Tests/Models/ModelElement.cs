namespace RecordHub.Interop.Tests.Models;

/// <summary>One element of a data set in JSON or XML, apart from how either writes it.</summary>
/// <param name="Vr">Empty when it does not say.</param>
/// <param name="Keyword">In XML alone.</param>
/// <param name="Values">Texts and numbers as they stand there, names as groups with equals signs; a sequence's count of items.</param>
/// <param name="Binary">Base64; null when there is none.</param>
internal sealed record ModelElement(string Vr, string Keyword, IReadOnlyList<string> Values, string? Binary)
{
    public byte[] Bytes => Convert.FromBase64String(Binary ?? string.Empty);

    public bool IsSame(ModelElement other) =>
        Vr == other.Vr && Keyword == other.Keyword && Binary == other.Binary && Values.SequenceEqual(other.Values);

    /// <summary>Shows no values: real files' contents stay out of test results.</summary>
    public override string ToString() => $"{Vr}, {Values.Count} values{(Binary is null ? string.Empty : ", binary")}";
}
