using RecordHub.Core.Resources;

namespace RecordHub.Core.Requests;

/// <summary>Remembers which sites were asked when, and what was fetched from them.</summary>
public interface IPullStore
{
    /// <summary>The sites that were asked.</summary>
    Task<IReadOnlyList<SitePull>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Notes how asking a site went.</summary>
    Task SaveAsync(SitePull pull, CancellationToken cancellationToken);

    /// <summary>What was noted of a study at a site; null when it was never fetched from there for its case.</summary>
    Task<StudyPullMark?> FindStudyAsync(string site, StudyKey study, CancellationToken cancellationToken);

    /// <summary>Notes a study that was fetched; nothing when the case is purged.</summary>
    Task SaveStudyAsync(string site, StudyKey study, StudyPullMark mark, CancellationToken cancellationToken);
}
