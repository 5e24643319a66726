using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>Reads rows of instances.</summary>
internal static class InstanceRows
{
    /// <summary>Columns of the alias <c>i</c>, in the order that <see cref="ToInstance"/> expects.</summary>
    internal static readonly string Columns = ColumnsWith("i.metadata");

    /// <summary>The same without the metadata, which are most of a row.</summary>
    internal static readonly string ColumnsWithoutMetadata = ColumnsWith("NULL");

    /// <summary>How many columns there are: a query may add its own behind them.</summary>
    internal static readonly int Count = FactsStart + InstanceColumn.All.Count;

    private const int FactsStart = 9;

    /// <summary>Whether an instance is in the series of another row, of whatever table.</summary>
    internal static string IsIn(string instance, string row) =>
        $"{instance}.case_number = {row}.case_number AND {instance}.study_uid = {row}.study_uid AND {instance}.series_uid = {row}.series_uid";

    private static string ColumnsWith(string metadata) =>
        $"i.case_number, i.data_set, i.patient, i.record_id, i.blob, i.length, i.data_set_offset, {metadata}, "
        + "i.metadata_length, " + string.Join(", ", InstanceColumn.All.Select(column => "i." + column.Column));

    internal static StudyDelivery ToDelivery(Row row) => new()
    {
        Door = row.GetEnum<Door>(0),
        Site = row.GetText(1),
        Sender = row.GetText(2),
        First = row.GetTime(3),
        Last = row.GetTime(4),
        Instances = row.GetInt32(5),
    };

    internal static StoredInstance ToInstance(Row row)
    {
        int next = FactsStart;
        string Required() => row.GetString(next++);
        string? Text() => row.GetText(next++);
        int? Number() => row.GetNumber(next++);

        // Members in the order of InstanceColumn.All; initialisers run in the order in which they are written.
        InstanceFacts facts = new()
        {
            StudyInstanceUid = Required(),
            SeriesInstanceUid = Required(),
            SopInstanceUid = Required(),
            SopClassUid = Required(),
            TransferSyntaxUid = Required(),
            PatientName = Text(),
            PatientId = Text(),
            IssuerOfPatientId = Text(),
            PatientBirthDate = Text(),
            PatientSex = Text(),
            StudyDate = Text(),
            StudyTime = Text(),
            TimezoneOffsetFromUtc = Text(),
            AccessionNumber = Text(),
            StudyId = Text(),
            StudyDescription = Text(),
            ReferringPhysicianName = Text(),
            InstitutionName = Text(),
            Modality = Text(),
            SeriesDate = Text(),
            SeriesTime = Text(),
            SeriesDescription = Text(),
            SeriesNumber = Number(),
            BodyPartExamined = Text(),
            Laterality = Text(),
            PerformedProcedureStepStartDate = Text(),
            PerformedProcedureStepStartTime = Text(),
            InstanceNumber = Number(),
            Rows = Number(),
            Columns = Number(),
            NumberOfFrames = Number(),
            Title = Text(),
            DataSetOffset = row.GetInt64(6),
            Metadata = row.IsNull(7) ? default : StoredMetadata.Decompress(row.GetBytes(7), row.GetInt32(8)),
        };
        return new StoredInstance
        {
            Case = row.GetCase(0),
            DataSet = row.GetHash(1),
            PatientId = row.GetString(2),
            RecordId = row.GetString(3),
            Blob = row.GetHash(4),
            Length = row.GetInt64(5),
            Facts = facts,
        };
    }
}
