using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>A structured report (PS3.3 §C.17): readable text, and a DocumentReference of it.</summary>
internal static class StructuredReport
{
    public static PatientRecord Add(PatientRecord record, DicomDataSet dataSet, NormalizationContext context)
    {
        if (record.Instance is not { } facts)
        {
            return record;
        }

        byte[] text = Encoding.UTF8.GetBytes(ReportText.Write(dataSet, out bool truncated));
        string textKey = DicomDocument.Key(facts, context, "text");
        AttachmentFacts readable = new()
        {
            ContentType = "text/plain; charset=utf-8",
            Url = Placeholder.For(textKey),
            Size = text.Length,
            Sha1 = Sha1.Of(text),
            Title = facts.Title ?? record.Title,
        };
        DicomCode? concept = DicomCode.Read(dataSet, DicomTags.ConceptNameCodeSequence);
        DocumentFacts document = DicomDocument.Describe(dataSet, facts, context, [readable]) with
        {
            Type = TypeOf(facts.SopClassUid, concept),
            TypeText = concept?.Text,
        };
        return record with
        {
            Resources = [DocumentReferenceWriter.Write(DicomDocument.Key(facts, context, "document"), document)],
            Binaries = [new BinaryDraft { Key = textKey, ContentType = readable.ContentType, Derived = text }],
            Warnings = truncated ? [.. record.Warnings, "the report's text was cut"] : record.Warnings,
        };
    }

    private static (string? System, string Code, string? Display) TypeOf(string sopClass, DicomCode? concept)
    {
        if (SopClasses.IsDoseReport(sopClass))
        {
            return ("http://loinc.org", "73569-6", "Radiation exposure and protection information");
        }

        return DicomDocument.Loinc(concept) ?? ("http://loinc.org", "18748-4", "Diagnostic imaging study");
    }
}
