using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Resources;

/// <summary>Remembers the DICOM instances of cases. Unique on (case, SOP Instance UID, data set hash).</summary>
public interface IInstanceStore
{
    /// <summary>All instances of a study in a case, ordered by series, SOP Instance UID, data set hash.</summary>
    Task<IReadOnlyList<StoredInstance>> ReadStudyAsync(StudyKey study, CancellationToken cancellationToken);

    /// <summary>The same without <c>Facts.Metadata</c>, which are most of an instance: they are empty.</summary>
    Task<IReadOnlyList<StoredInstance>> ReadStudyFactsAsync(StudyKey study, CancellationToken cancellationToken);

    /// <summary>Who brought the instances that a study has in a case, in no particular order.</summary>
    Task<IReadOnlyList<StudyDelivery>> ReadDeliveriesAsync(StudyKey study, CancellationToken cancellationToken);

    /// <summary>
    /// Saves what was rebuilt of a study, removes what it no longer has, and completes its outbox row if it is still of
    /// this generation; a study that changed meanwhile stays in the outbox. Nothing is saved when it has no row any more:
    /// somebody who read it later was done first.
    /// </summary>
    Task SaveStudyAsync(StudyKey study, RebuiltStudy rebuilt, long generation, CancellationToken cancellationToken);

    /// <summary>QIDO-RS and C-FIND. At most <c>Limit</c> + 1 matches, so that the caller sees whether there are more.</summary>
    Task<IReadOnlyList<InstanceMatch>> QueryAsync(InstanceQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// What matches, each SOP Instance UID once (what was filed first), by study, series and instance number; at most
    /// <c>Limit</c> + 1. Level and page of the query do not count.
    /// </summary>
    Task<IReadOnlyList<InstancePlace>> LocateAsync(InstanceQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Instances of a study, of a series of it, or one of it, for WADO-RS; same order as <see cref="ReadStudyAsync"/>.
    /// </summary>
    IAsyncEnumerable<StoredInstance> RetrieveAsync(
        string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, AccessScope scope,
        CancellationToken cancellationToken);

    /// <summary>How many instances each study of a case has: Study Instance UID to count.</summary>
    Task<IReadOnlyDictionary<string, int>> CountByStudyAsync(CaseNumber number, CancellationToken cancellationToken);
}
