using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>Remembers who opened package versions, and which of them held what was taken out of the case later.</summary>
public interface IReaderStore
{
    /// <summary>
    /// Remembers readings: one row for each version, reader, kind and day. A reading of a case that had no version then
    /// is not kept.
    /// </summary>
    Task NoteAsync(IReadOnlyCollection<PackageReading> readings, CancellationToken cancellationToken);

    /// <summary>Who opened the versions of a case, by version and time; scope is the caller's business.</summary>
    Task<IReadOnlyList<PackageReader>> ListReadersAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Remembers that versions held what is no longer in the case, with the resource that says so, in one commit.</summary>
    Task WithdrawAsync(Withdrawal withdrawal, StoredResource notice, CancellationToken cancellationToken);
}
