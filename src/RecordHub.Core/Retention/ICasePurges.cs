using RecordHub.Core.Cases;

namespace RecordHub.Core.Retention;

/// <summary>Removes cases. Where a purge stands is kept in the database: whoever comes next goes on with it.</summary>
public interface ICasePurges
{
    /// <summary>Closes the case for good and notes what is to be done; harmless when that was done before.</summary>
    Task<PurgeStart> BeginAsync(PurgeRequest request, CancellationToken cancellationToken);

    /// <summary>Does the next step; gives where the purge then stands.</summary>
    Task<PurgeState> StepAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Where the purge of a case stands; null when none was asked for.</summary>
    Task<PurgeState?> FindAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Cases whose purge is not done.</summary>
    Task<IReadOnlyList<CaseNumber>> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>What a purge would remove, by kind.</summary>
    Task<IReadOnlyDictionary<string, long>> CountAsync(CaseNumber number, CancellationToken cancellationToken);
}
