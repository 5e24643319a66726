using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>A DICOM instance to facts.</summary>
internal static class DicomNormalizer
{
    public static Normalized Normalize(Stream content, long length, NormalizationContext context)
    {
        long start = content.CanSeek ? content.Position : 0;
        DicomHeader header;
        try
        {
            header = HeaderReading.Read(content, options: null);
        }
        catch (DicomFormatException exception)
        {
            return new Normalized.Unreadable("malformed", exception.Message, Byte(exception.Offset));
        }

        string? sopClass = Uid(header, DicomTags.SOPClassUID, DicomTags.MediaStorageSOPClassUID);
        if (sopClass == SopClasses.MediaDirectory)
        {
            return new Normalized.NotARecord("DICOM media directory");
        }

        string? study = Uid(header, DicomTags.StudyInstanceUID, null);
        string? series = Uid(header, DicomTags.SeriesInstanceUID, null);
        string? instance = Uid(header, DicomTags.SOPInstanceUID, DicomTags.MediaStorageSOPInstanceUID);
        if (study is null || series is null || instance is null || sopClass is null)
        {
            return NoUid(study, series, instance, header);
        }

        InstanceFacts facts = DicomFacts.Read(header, study, series, instance, sopClass);
        string? incomplete = header.TruncatedAt is { } end ? "the file ends too early, at " + Byte(end) : PixelLack.Of(header);
        PatientRecord record = new()
        {
            Part = 1,
            Title = DicomTitle.Of(sopClass, facts.Modality),
            Claim = DicomClaim.Read(header.DataSet, context.DefaultIssuer),
            Instance = facts,
            Warnings = Warnings(header),
            Losses = header.TruncatedAt is not null ? ["the file ends too early"] : incomplete is null ? [] : [incomplete],
            Incomplete = incomplete,
        };
        if (SopClasses.IsEncapsulated(sopClass))
        {
            record = EncapsulatedDocument.Add(record, header, content, start, length, context);
        }
        else if (SopClasses.IsStructuredReport(sopClass))
        {
            record = StructuredReport.Add(record, header.DataSet, context);
        }

        return new Normalized.Records([record]);
    }

    private static string? Uid(DicomHeader header, DicomTag tag, DicomTag? metaTag)
    {
        Dicom.DataSet.Uid uid = header.DataSet.GetUid(tag);
        if (uid.IsNone && metaTag is { } meta && header.FileMeta is { } fileMeta)
        {
            uid = fileMeta.GetUid(meta);
        }

        return uid.IsNone ? null : uid.ToString();
    }

    private static Normalized.Unreadable NoUid(string? study, string? series, string? instance, DicomHeader header)
    {
        string what = (study, series, instance) switch
        {
            (null, _, _) => "Study Instance UID (0020,000D)",
            (_, null, _) => "Series Instance UID (0020,000E)",
            (_, _, null) => "SOP Instance UID (0008,0018)",
            _ => "SOP Class UID (0008,0016)",
        };
        return header.TruncatedAt is { } end
            ? new Normalized.Unreadable("truncated", $"The file ends before its {what} was read.", Byte(end))
            : new Normalized.Unreadable("no-uid", $"The instance has no usable {what}.", what);
    }

    private static List<string> Warnings(DicomHeader header)
    {
        List<string> warnings = [];
        if (header.TruncatedAt is { } end)
        {
            warnings.Add("truncated at " + Byte(end));
        }

        foreach (ReadWarning warning in header.Warnings)
        {
            warnings.Add($"{warning.Tolerance} at {Byte(warning.Offset)}, {warning.Tag}");
        }

        return warnings;
    }

    private static string Byte(long offset) => string.Create(CultureInfo.InvariantCulture, $"byte {offset}");
}
