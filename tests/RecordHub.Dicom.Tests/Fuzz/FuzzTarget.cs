using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Fuzz;

/// <summary>One thing that takes bytes from outside.</summary>
/// <param name="Share">How many of a hundred inputs it gets.</param>
/// <param name="Run">Gives a name for what came of the input.</param>
internal sealed record FuzzTarget(string Name, int Share, IReadOnlyList<byte[]> Seeds, Func<byte[], Random, ValueTask<string>> Run)
{
    public Mutator Mutator { get; } = new(Seeds);

    /// <summary>The outcome of a reader that throws nothing but the declared exception.</summary>
    public static ValueTask<string> Read(Func<string> read)
    {
        try
        {
            return ValueTask.FromResult(read());
        }
        catch (DicomFormatException refused)
        {
            return ValueTask.FromResult($"refused, {refused.Failure}");
        }
    }
}
