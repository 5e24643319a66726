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

        SaveOrDelete(resources, rebuilt.ImagingStudy, "ImagingStudy", ImagingStudyBuilder.StudyId(study));
        SaveOrDelete(resources, rebuilt.Provenance, "Provenance", StudyProvenance.IdOf(study));
    }

    private static void SaveOrDelete(ResourceWrite resources, StoredResource? resource, string type, string id)
    {
        if (resource is not null)
        {
            resources.Save(resource);
        }
        else
        {
            resources.Delete(type, id);
        }
    }
}
