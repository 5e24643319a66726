namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>The storage SOP classes that are documents (PS3.4 §B.5).</summary>
internal static class SopClasses
{
    public const string MediaDirectory = "1.2.840.10008.1.3.10";
    public const string EncapsulatedPdf = "1.2.840.10008.5.1.4.1.1.104.1";
    public const string EncapsulatedCda = "1.2.840.10008.5.1.4.1.1.104.2";
    public const string KeyObjectSelection = "1.2.840.10008.5.1.4.1.1.88.59";

    private const string Encapsulated = "1.2.840.10008.5.1.4.1.1.104.";
    private const string StructuredReport = "1.2.840.10008.5.1.4.1.1.88.";

    public static bool IsEncapsulated(string sopClass) => sopClass.StartsWith(Encapsulated, StringComparison.Ordinal);

    public static bool IsStructuredReport(string sopClass) => sopClass.StartsWith(StructuredReport, StringComparison.Ordinal);

    /// <summary>X-ray, enhanced X-ray and radiopharmaceutical dose (PS3.4 Table B.5-1).</summary>
    public static bool IsDoseReport(string sopClass) => sopClass is
        "1.2.840.10008.5.1.4.1.1.88.67" or "1.2.840.10008.5.1.4.1.1.88.68" or "1.2.840.10008.5.1.4.1.1.88.76";
}
