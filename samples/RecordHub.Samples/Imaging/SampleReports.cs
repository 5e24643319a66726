using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Samples.Imaging;

/// <summary>Reports that travel with their study: a structured one (PS3.3 §A.35.1) and a PDF in DICOM (§A.45.1).</summary>
internal static class SampleReports
{
    private const string BasicText = "1.2.840.10008.5.1.4.1.1.88.11";
    private const string EncapsulatedPdf = "1.2.840.10008.5.1.4.1.1.104.1";

    public static byte[] Structured(SampleRandom random, SampleStudy study, string findings, string impression)
    {
        DicomDataSet report = study.Instance(random, BasicText, "SR", 90, 1, "Radiology report")
            .Add(DicomTags.CompletionFlag, "COMPLETE")
            .Add(DicomTags.VerificationFlag, "UNVERIFIED")
            .Add(DicomTags.ReferencedPerformedProcedureStepSequence, ReadOnlySpan<DicomDataSet>.Empty)
            .Add(DicomTags.PerformedProcedureCodeSequence, ReadOnlySpan<DicomDataSet>.Empty)
            .Add(DicomTags.ValueType, "CONTAINER")
            .Add(DicomTags.ContinuityOfContent, "SEPARATE")
            .Add(DicomTags.ConceptNameCodeSequence, Code("18748-4", "LN", "Diagnostic imaging study"))
            .Add(DicomTags.ContentSequence,
                Section("121070", "Findings", "121071", "Finding", findings),
                Section("121076", "Conclusions", "121077", "Conclusion", impression));
        return DicomFileWriter.ToBytes(report, TransferSyntax.ExplicitLittleEndian);
    }

    public static byte[] Pdf(SampleRandom random, SampleStudy study, string title, byte[] pdf)
    {
        DicomDataSet report = study.Instance(random, EncapsulatedPdf, "DOC", 91, 1, title)
            .Add(DicomTags.ConversionType, "WSD")
            .Add(DicomTags.AcquisitionDateTime, string.Empty)
            .Add(DicomTags.BurnedInAnnotation, "YES")
            .Add(DicomTags.DocumentTitle, title)
            .Add(DicomTags.ConceptNameCodeSequence, Code("18748-4", "LN", "Diagnostic imaging study"))
            .Add(DicomTags.MIMETypeOfEncapsulatedDocument, "application/pdf")
            .Add(DicomTags.EncapsulatedDocumentLength, pdf.Length)
            .Add(DicomTags.EncapsulatedDocument, DicomVr.OB, pdf);
        return DicomFileWriter.ToBytes(report, TransferSyntax.ExplicitLittleEndian);
    }

    private static DicomDataSet Section(string code, string meaning, string itemCode, string itemMeaning, string text) =>
        new DicomDataSet()
            .Add(DicomTags.RelationshipType, "CONTAINS")
            .Add(DicomTags.ValueType, "CONTAINER")
            .Add(DicomTags.ContinuityOfContent, "SEPARATE")
            .Add(DicomTags.ConceptNameCodeSequence, Code(code, "DCM", meaning))
            .Add(DicomTags.ContentSequence, new DicomDataSet()
                .Add(DicomTags.RelationshipType, "CONTAINS")
                .Add(DicomTags.ValueType, "TEXT")
                .Add(DicomTags.ConceptNameCodeSequence, Code(itemCode, "DCM", itemMeaning))
                .Add(DicomTags.TextValue, text));

    private static DicomDataSet Code(string value, string scheme, string meaning) => new DicomDataSet()
        .Add(DicomTags.CodeValue, value)
        .Add(DicomTags.CodingSchemeDesignator, scheme)
        .Add(DicomTags.CodeMeaning, meaning);
}
