using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Saves what was rebuilt of a study inside a transaction.</summary>
internal static class StudyWrite
{
    /// <summary>What <see cref="Session.Lock"/> is asked for first: a filing locks them before it asks for rebuilding.</summary>
    internal static IEnumerable<string> Locks(StudyKey study, RebuiltStudy rebuilt) =>
    [
        .. Resources(study).Select(ResourceWrite.LockOf),
        .. rebuilt.Endpoint is { } endpoint ? [ResourceWrite.LockOf((endpoint.Type, endpoint.Id))] : (string[])[],
    ];

    internal static ValueTask SaveAsync(Session session, StudyKey study, RebuiltStudy rebuilt, long now)
    {
        StoredResource?[] built = [rebuilt.Endpoint, rebuilt.ImagingStudy, rebuilt.Provenance];
        return ResourceWrite.SaveAsync(
            session, built.OfType<StoredResource>(), rebuilt.ImagingStudy is null ? Resources(study) : [], now);
    }

    /// <summary>The resources that speak for a study, without the endpoint, which is the case's.</summary>
    internal static (string Type, string Id)[] Resources(StudyKey study) =>
        [("ImagingStudy", ImagingStudyBuilder.StudyId(study)), ("Provenance", StudyProvenance.IdOf(study))];
}
