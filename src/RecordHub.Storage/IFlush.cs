namespace RecordHub.Storage;

/// <summary>
/// What must be on the disk before rows that speak of it are. Two that are equal flush the same, and one of them does for
/// both.
/// </summary>
internal interface IFlush
{
    /// <summary>Flushes on the caller's thread.</summary>
    /// <exception cref="Core.Intake.StorageAwayException">It may not be on the disk.</exception>
    void Run();

    /// <summary>Flushes together with others that ask for it meanwhile.</summary>
    /// <exception cref="Core.Intake.StorageAwayException">It may not be on the disk.</exception>
    Task RunAsync();
}
