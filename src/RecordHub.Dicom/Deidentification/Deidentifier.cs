using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// De-identification by PS3.15 Annex E: the basic profile and its options, through all sequences. Pixels are not looked at:
/// what says that there is text in them is refused, unless the caller says where and they are blanked there.
/// </summary>
public static class Deidentifier
{
    private const ushort OverlayBitPosition = 0x0102;
    private static readonly DicomTag s_documentLength = new(0x0042, 0x0015);

    /// <summary>What an instance to be de-identified is read with.</summary>
    public static DicomReadOptions ReadOptions { get; } = new()
    {
        MaxValueLength = 1024 * 1024,
        MaxKeptBytes = 256 * 1024 * 1024,
        MaxElements = 8_000_000,
    };

    /// <summary>The de-identified data set, or why there is none. The same input and key give the same output.</summary>
    public static DeidentificationOutcome Apply(DicomHeader header, DeidentificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(options);
        if (Refuse(header, options) is { } reason)
        {
            return new DeidentificationOutcome.Refused(reason);
        }

        PixelPlan plan = options.Options.Contains(ConfidentialityOption.CleanPixelData)
            ? PixelPlan.Make(header, options.Pixels, options.AllowBurnedIn)
            : default;
        plan = plan with { IsClean = plan.IsClean && !HasOverlayInPixels(header.DataSet) };
        if (plan.Refusal is { } unclean)
        {
            return new DeidentificationOutcome.Refused(unclean);
        }

        DicomDataSet source = header.DataSet;
        ConfidentialityRules rules = new(options.Options);
        string patient = PatientOf(source);
        ItemDeidentifier items = new(options, rules, IdentifierCollector.Collect(source, rules), patient);
        DicomDataSet target = items.Apply(source);
        if (plan.IsClean && PixelPlan.HasPixelsInSequence(target))
        {
            return new DeidentificationOutcome.Refused(DeidentificationRefusal.PixelsInSequence);
        }

        Describe(target, options, plan.IsClean);
        plan.Describe(target, items.Counts);
        List<DeidentificationWarning> warnings = Warnings(header, plan.IsClean);
        if (source.Contains(DicomTags.EncapsulatedDocument))
        {
            ReplaceDocument(target);
            warnings.Add(DeidentificationWarning.DocumentReplaced);
        }

        return new DeidentificationOutcome.Done(target, options.Key.Pseudonym(patient), items.Counts, warnings, plan.Blanker);
    }

    private static DeidentificationRefusal? Refuse(DicomHeader header, DeidentificationOptions options)
    {
        DicomDataSet source = header.DataSet;
        if (DicomDirectory.IsDirectory(header))
        {
            return DeidentificationRefusal.MediaDirectory;
        }

        if (source.GetUid(DicomTags.SOPClassUID).IsNone || source.GetUid(DicomTags.SOPInstanceUID).IsNone)
        {
            return DeidentificationRefusal.NoInstance;
        }

        if (header.TruncatedAt is not null)
        {
            return DeidentificationRefusal.Incomplete;
        }

        if (header.Warnings.Any(warning => warning.Tolerance == ReadTolerance.ValuesNotKept))
        {
            return DeidentificationRefusal.HeaderTooLarge;
        }

        if (source.Contains(DicomTags.EncapsulatedDocument) && !(options.ReplaceDocuments && EmptyDocument.For(source) is not null))
        {
            return DeidentificationRefusal.EncapsulatedDocument;
        }

        bool burnedIn = BurnedInText.IsDeclared(source);
        return options.AllowBurnedIn ? null
            : burnedIn && !options.Options.Contains(ConfidentialityOption.CleanPixelData) ? DeidentificationRefusal.BurnedInAnnotation
            : HasOverlayInPixels(source) ? DeidentificationRefusal.OverlayInPixelData
            : null;
    }

    // Its plane would go, and its bits would stay.
    private static bool HasOverlayInPixels(DicomDataSet source)
    {
        for (ushort group = 0x6000; group <= 0x601E; group += 2)
        {
            if (source.GetInt32(new DicomTag(group, OverlayBitPosition)) is > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static List<DeidentificationWarning> Warnings(DicomHeader header, bool isClean)
    {
        List<DeidentificationWarning> warnings = [];
        string? burnedIn = header.DataSet.GetString(DicomTags.BurnedInAnnotation);
        if ((burnedIn == "YES" && !isClean) || HasOverlayInPixels(header.DataSet))
        {
            warnings.Add(DeidentificationWarning.BurnedInAnnotationKept);
        }
        else if (header.PixelData is not null && burnedIn != "NO" && !isClean)
        {
            warnings.Add(DeidentificationWarning.PixelsNotExamined);
        }

        if (header.DataSet.GetString(DicomTags.RecognizableVisualFeatures) == "YES")
        {
            warnings.Add(DeidentificationWarning.RecognizableVisualFeatures);
        }

        return warnings;
    }

    // Who is one patient: identifier and issuer, or whatever else the instance has.
    private static string PatientOf(DicomDataSet source)
    {
        string id = source.GetString(DicomTags.PatientID) ?? string.Empty;
        string issuer = source.GetString(DicomTags.IssuerOfPatientID) ?? string.Empty;
        if (id.Length > 0)
        {
            return $"id\n{issuer}\n{id}";
        }

        string name = source.GetString(DicomTags.PatientName) ?? string.Empty;
        return name.Length > 0
            ? $"name\n{name}\n{source.GetString(DicomTags.PatientBirthDate)}"
            : $"study\n{source.GetString(DicomTags.StudyInstanceUID)}";
    }

    private static void Describe(DicomDataSet target, DeidentificationOptions options, bool isClean)
    {
        ConfidentialityOption[] chosen =
            [.. options.Options.Where(option => isClean || option != ConfidentialityOption.CleanPixelData).Order()];
        string[] methods = [.. target.GetStrings(DicomTags.DeidentificationMethod)
            .Append("RecordHub: DICOM PS3.15 2024 Table E.1-1").Distinct()];
        DicomDataSet[] codes = [.. target.GetSequence(DicomTags.DeidentificationMethodCodeSequence),
            DeidentificationCode.Basic, .. chosen.Select(DeidentificationCode.Of)];
        bool full = options.Options.Contains(ConfidentialityOption.RetainLongitudinalTemporalFullDates);
        bool modified = options.Options.Contains(ConfidentialityOption.RetainLongitudinalTemporalModifiedDates);
        target
            .Add(DicomTags.PatientIdentityRemoved, "YES")
            .Add(DicomTags.DeidentificationMethod, methods)
            .Add(DicomTags.DeidentificationMethodCodeSequence,
                [.. codes.DistinctBy(code => code.GetString(DicomTags.CodeValue))])
            .Add(DicomTags.LongitudinalTemporalInformationModified, modified ? "MODIFIED" : full ? "UNMODIFIED" : "REMOVED");
    }

    private static void ReplaceDocument(DicomDataSet target)
    {
        if (EmptyDocument.For(target) is not { } document)
        {
            return;
        }

        target.Add(DicomTags.EncapsulatedDocument, DicomVr.OB, document);
        if (target.Contains(s_documentLength))
        {
            target.Add(s_documentLength, document.Length);
        }
    }
}
