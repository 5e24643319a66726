using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Uploads;

/// <summary>Remembers upload links.</summary>
public interface IUploadLinkStore
{
    /// <summary>
    /// Saves a new link with its entry in the operators' journal. False when its case takes nothing any more, or has
    /// <paramref name="most"/> links that take files.
    /// </summary>
    Task<bool> AddAsync(UploadLink link, int most, CancellationToken cancellationToken);

    /// <summary>The link with this hash, ended ones included; null when there is none.</summary>
    Task<FoundUploadLink?> FindAsync(ContentHash hash, CancellationToken cancellationToken);

    /// <summary>The links of a case, ended ones included, oldest first.</summary>
    Task<IReadOnlyList<UploadLink>> ListAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>Ends a link, with its entry in the journal; false when the case has none of this id that takes files.</summary>
    Task<bool> RevokeAsync(CaseNumber number, string id, string by, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Counts a share for a link before it is taken; false when the link has ended or it would be too much.</summary>
    Task<bool> TakeAsync(string id, UploadShare share, UploadShare most, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Takes back what was counted and not kept.</summary>
    Task GiveBackAsync(string id, UploadShare share, CancellationToken cancellationToken);
}
