using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sqlite;

/// <summary>Saves and deletes instances inside a transaction.</summary>
internal static class InstanceWrite
{
    private const char Separator = (char)0x1F;

    private const string Own =
        "case_number, data_set, patient, record_id, blob, length, data_set_offset, patient_name_folded, "
        + "patient_name_words, metadata, metadata_length";

    private const string OwnValues =
        "$case, $data_set, $patient, $record_id, $blob, $length, $data_set_offset, $patient_name_folded, "
        + "$patient_name_words, $metadata, $metadata_length";

    private static readonly string s_save =
        $"""
        INSERT OR REPLACE INTO instance ({Own}, {Join(column => column.Column)})
        VALUES ({OwnValues}, {Join(column => "$" + column.Column)})
        """;

    /// <summary>Names an instance among those filed: case, study, series, instance and data set.</summary>
    internal static string KeyOf(StoredInstance instance) => string.Join(
        Separator, instance.Case, instance.Facts.StudyInstanceUid, instance.Facts.SeriesInstanceUid,
        instance.Facts.SopInstanceUid, instance.DataSet);

    /// <summary>The range of <see cref="KeyOf"/> that is one study's: from, and up to but without.</summary>
    internal static (string From, string To) KeysOf(StudyKey study)
    {
        string stem = string.Join(Separator, study.Case, study.StudyInstanceUid);
        return (stem + Separator, stem + (char)(Separator + 1));
    }

    internal static void Save(SqliteSession session, StoredInstance instance)
    {
        List<(string, object?)> values =
        [
            ("$case", instance.Case.Value),
            ("$data_set", instance.DataSet.Bytes()),
            ("$patient", instance.PatientId),
            ("$record_id", instance.RecordId),
            ("$blob", instance.Blob.Bytes()),
            ("$length", instance.Length),
            ("$data_set_offset", instance.Facts.DataSetOffset),
            ("$patient_name_folded", instance.Facts.PatientName is { } name ? FoldedName.Groups(name) : null),
            ("$patient_name_words", instance.Facts.PatientName is { } words ? FoldedName.Words(words) : null),
            ("$metadata", StoredMetadata.Compress(instance.Facts.Metadata.Span)),
            ("$metadata_length", instance.Facts.Metadata.Length),
        ];
        foreach (InstanceColumn column in InstanceColumn.All)
        {
            values.Add(("$" + column.Column, column.Value(instance.Facts)));
        }

        session.Execute(s_save, [.. values]);
    }

    /// <summary>Removes an instance by its <see cref="KeyOf"/>; gives the study that has lost it.</summary>
    internal static StudyKey Delete(SqliteSession session, string key)
    {
        string[] parts = key.Split(Separator);
        CaseNumber number = CaseNumber.TryParse(parts[0], out CaseNumber parsed) ? parsed : default;
        session.Execute(
            """
            DELETE FROM instance WHERE case_number = $case AND study_uid = $study AND series_uid = $series
              AND sop_uid = $sop AND data_set = $hash
            """,
            ("$case", number.Value), ("$study", parts[1]), ("$series", parts[2]), ("$sop", parts[3]),
            ("$hash", Core.Intake.ContentHash.Parse(parts[4]).Bytes()));
        return new StudyKey(number, parts[1]);
    }

    private static string Join(Func<InstanceColumn, string> name) => string.Join(", ", InstanceColumn.All.Select(name));
}
