using System.Buffers;
using System.Text.Json;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>The header's values that ImagingStudy and QIDO-RS need.</summary>
internal static class DicomFacts
{
    private static readonly DicomJsonOptions s_json = new() { BulkDataUri = path => "bulkdata/" + path };
    private static readonly DicomTag s_documentTitle = new(0x0042, 0x0010);
    private static readonly DicomTag s_imageComments = new(0x0020, 0x4000);
    private static readonly DicomTag s_imageLaterality = new(0x0020, 0x0062);
    private static readonly DicomTag s_contentLabel = new(0x0070, 0x0080);
    private static readonly DicomTag s_procedureStepDate = new(0x0040, 0x0244);
    private static readonly DicomTag s_procedureStepTime = new(0x0040, 0x0245);

    public static InstanceFacts Read(DicomHeader header, string study, string series, string instance, string sopClass)
    {
        DicomDataSet dataSet = header.DataSet;
        return new InstanceFacts
        {
            StudyInstanceUid = study,
            SeriesInstanceUid = series,
            SopInstanceUid = instance,
            SopClassUid = sopClass,
            TransferSyntaxUid = header.TransferSyntax.Uid.ToString(),
            DataSetOffset = header.DataSetOffset,
            PatientName = dataSet.GetString(DicomTags.PatientName),
            PatientId = dataSet.GetString(DicomTags.PatientID),
            IssuerOfPatientId = dataSet.GetString(DicomTags.IssuerOfPatientID),
            PatientBirthDate = dataSet.GetString(DicomTags.PatientBirthDate),
            PatientSex = dataSet.GetString(DicomTags.PatientSex),
            StudyDate = dataSet.GetString(DicomTags.StudyDate),
            StudyTime = dataSet.GetString(DicomTags.StudyTime),
            TimezoneOffsetFromUtc = dataSet.GetString(DicomTags.TimezoneOffsetFromUTC),
            AccessionNumber = dataSet.GetString(DicomTags.AccessionNumber),
            StudyId = dataSet.GetString(DicomTags.StudyID),
            StudyDescription = dataSet.GetString(DicomTags.StudyDescription),
            ReferringPhysicianName = dataSet.GetString(DicomTags.ReferringPhysicianName),
            InstitutionName = dataSet.GetString(DicomTags.InstitutionName),
            Modality = dataSet.GetString(DicomTags.Modality),
            SeriesDate = dataSet.GetString(DicomTags.SeriesDate),
            SeriesTime = dataSet.GetString(DicomTags.SeriesTime),
            SeriesDescription = dataSet.GetString(DicomTags.SeriesDescription),
            SeriesNumber = dataSet.GetInt32(DicomTags.SeriesNumber),
            BodyPartExamined = dataSet.GetString(DicomTags.BodyPartExamined),
            Laterality = dataSet.GetString(DicomTags.Laterality) ?? dataSet.GetString(s_imageLaterality),
            PerformedProcedureStepStartDate = dataSet.GetString(s_procedureStepDate),
            PerformedProcedureStepStartTime = dataSet.GetString(s_procedureStepTime),
            InstanceNumber = dataSet.GetInt32(DicomTags.InstanceNumber),
            Rows = dataSet.GetInt32(DicomTags.Rows),
            Columns = dataSet.GetInt32(DicomTags.Columns),
            NumberOfFrames = dataSet.GetInt32(DicomTags.NumberOfFrames),
            Title = dataSet.GetString(s_documentTitle)
                ?? DicomCode.Read(dataSet, DicomTags.ConceptNameCodeSequence)?.Meaning
                ?? dataSet.GetString(s_contentLabel)
                ?? dataSet.GetString(s_imageComments),
            Metadata = Metadata(dataSet),
        };
    }

    private static byte[] Metadata(DicomDataSet dataSet)
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        using (Utf8JsonWriter writer = new(buffer, FhirJson.Options))
        {
            DicomJsonWriter.Write(writer, dataSet, s_json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
