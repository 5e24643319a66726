#pragma warning disable CS9113 // signatures first
namespace RecordHub.Core.Intake;

/// <summary>The one door: every entrance calls it.</summary>
public sealed class IntakeDoor(IBlobStore blobs, IItemStore items, IntakeOptions options, TimeProvider time)
{
    /// <summary>
    /// Reads the stream to its end in one pass. When the outcome is not a refusal, the bytes and their row are durable.
    /// What reading the stream throws passes through, and nothing is kept.
    /// </summary>
    public Task<IntakeOutcome> AcceptAsync(Stream content, Source source, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
