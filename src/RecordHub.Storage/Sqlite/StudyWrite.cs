using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Saves what was rebuilt of a study inside a transaction.</summary>
internal static class StudyWrite
{
    internal static void Save(
        SqliteSession session, StudyKey study, StoredResource? imagingStudy, StoredResource? endpoint, long now)
    {
        ResourceWrite resources = new(session, now);
        if (endpoint is not null)
        {
            resources.Save(endpoint);
        }

        if (imagingStudy is not null)
        {
            resources.Save(imagingStudy);
        }
        else
        {
            resources.Delete("ImagingStudy", ImagingStudyBuilder.StudyId(study));
        }
    }
}
