using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Saves and deletes instances inside a transaction.</summary>
internal static class InstanceWrite
{
    private const char Separator = (char)0x1F;

    private static readonly string[] s_place = ["case_number", "study_uid", "series_uid", "sop_uid", "data_set"];

    private static readonly string[] s_columns =
    [
        "case_number", "data_set", "patient", "record_id", "blob", "length", "data_set_offset", "patient_name_folded",
        "patient_name_words", "metadata", "metadata_length", .. InstanceColumn.All.Select(column => column.Column),
    ];

    private static readonly string[] s_names = [.. s_columns.Select(column => "$" + column)];

    private static readonly string s_save =
        $"""
        INSERT INTO instance ({string.Join(", ", s_columns)})
        VALUES ({string.Join(", ", s_names)})
        ON CONFLICT ({string.Join(", ", s_place)}) DO UPDATE SET
          {string.Join(", ", s_columns.Except(s_place).Select(column => $"{column} = excluded.{column}"))}
        """;

    /// <summary>Names an instance among those filed: case, study, series, instance and data set.</summary>
    internal static string KeyOf(StoredInstance instance) => string.Join(
        Separator, instance.Case, instance.Facts.StudyInstanceUid, instance.Facts.SeriesInstanceUid,
        instance.Facts.SopInstanceUid, instance.DataSet);

    /// <summary>The same from the row of an alias, in SQL.</summary>
    internal static string KeyOf(Dialect dialect, string alias) => string.Join(
        $" || {dialect.Character(Separator)} || ",
        $"{alias}.case_number", $"{alias}.study_uid", $"{alias}.series_uid", $"{alias}.sop_uid",
        dialect.Hex($"{alias}.data_set"));

    /// <summary>How each <see cref="KeyOf(StoredInstance)"/> of a case begins.</summary>
    internal static string StemOf(CaseNumber number) => $"{number}{Separator}";

    /// <summary>The range of <see cref="KeyOf(StoredInstance)"/> that is one study's: from, and up to but without.</summary>
    internal static (string From, string To) KeysOf(StudyKey study)
    {
        string stem = string.Join(Separator, study.Case, study.StudyInstanceUid);
        return (stem + Separator, stem + (char)(Separator + 1));
    }

    /// <summary>What <see cref="Save"/> writes of an instance. Made before the transaction: others wait for its end.</summary>
    internal static (string Name, SqlValue Value)[] ValuesOf(StoredInstance instance, SharedWriting shared)
    {
        // In the order of the columns.
        (string? groups, string? words) = shared.NameOf(instance.Facts.PatientName);
        ReadOnlySpan<SqlValue> own =
        [
            instance.Case.Value, instance.DataSet.Bytes(), instance.PatientId, instance.RecordId, instance.Blob.Bytes(),
            instance.Length, instance.Facts.DataSetOffset, groups, words,
            StoredMetadata.Compress(instance.Facts.Metadata.Span), instance.Facts.Metadata.Length,
        ];
        (string, SqlValue)[] values = new (string, SqlValue)[s_names.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (
                s_names[i], i < own.Length ? own[i] : InstanceColumn.All[i - own.Length].Value(instance.Facts));
        }

        return values;
    }

    internal static void Save(Session session, (string Name, SqlValue Value)[] values) => session.Write(s_save, values);

    /// <summary>Removes an instance by its <see cref="KeyOf(StoredInstance)"/>; gives the study that has lost it.</summary>
    internal static StudyKey Delete(Session session, string key)
    {
        string[] parts = key.Split(Separator);
        StudyKey study = StudyOf(key);
        session.Write(
            """
            DELETE FROM instance WHERE case_number = $case AND study_uid = $study AND series_uid = $series
              AND sop_uid = $sop AND data_set = $hash
            """,
            ("$case", study.Case.Value), ("$study", study.StudyInstanceUid), ("$series", parts[2]), ("$sop", parts[3]),
            ("$hash", Core.Intake.ContentHash.Parse(parts[4]).Bytes()));
        return study;
    }

    /// <summary>The study of an instance, by its <see cref="KeyOf(StoredInstance)"/>.</summary>
    internal static StudyKey StudyOf(string key)
    {
        string[] parts = key.Split(Separator);
        return new StudyKey(CaseNumber.TryParse(parts[0], out CaseNumber number) ? number : default, parts[1]);
    }
}
