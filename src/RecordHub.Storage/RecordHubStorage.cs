#pragma warning disable CS9113 // signatures first
namespace RecordHub.Storage;

/// <summary>The store as a whole: opened once, before anything reads or writes it.</summary>
public sealed class RecordHubStorage(StorageOptions options)
{
    /// <summary>
    /// Makes the folders and the database where they are missing, brings the schema up to date, and sweeps what a killed
    /// process left half-written. Opening twice is harmless.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It cannot be opened here; the message says what to do.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
