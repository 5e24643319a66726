using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Saves what was rebuilt of a study inside a transaction.</summary>
internal static class StudyWrite
{
    internal static void Save(SqliteSession session, StudyKey study, RebuiltStudy rebuilt, long now)
    {
        ResourceWrite resources = new(session, now);
        if (rebuilt.Endpoint is { } endpoint)
        {
            resources.Save(endpoint);
        }

        foreach (StoredResource resource in new[] { rebuilt.ImagingStudy, rebuilt.Provenance }.OfType<StoredResource>())
        {
            resources.Save(resource);
        }

        if (rebuilt.ImagingStudy is null)
        {
            foreach ((string type, string id) in Resources(study))
            {
                resources.Delete(type, id);
            }
        }
    }

    /// <summary>The resources that speak for a study, without the endpoint, which is the case's.</summary>
    internal static (string Type, string Id)[] Resources(StudyKey study) =>
        [("ImagingStudy", ImagingStudyBuilder.StudyId(study)), ("Provenance", StudyProvenance.IdOf(study))];
}
