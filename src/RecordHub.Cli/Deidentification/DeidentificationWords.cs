using RecordHub.Dicom.Deidentification;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Deidentification;

/// <summary>The words of the command line for the library's values, and what to do about a refusal.</summary>
internal static class DeidentificationWords
{
    public static IReadOnlyList<string> Options { get; } = [.. Enum.GetValues<ConfidentialityOption>().Select(ViewsOfCore.Words)];

    /// <summary>The option of one of <see cref="Options"/>.</summary>
    public static ConfidentialityOption OptionOf(string word) =>
        Enum.GetValues<ConfidentialityOption>().First(option => ViewsOfCore.Words(option) == word);

    public static string Explain(DeidentificationRefusal reason) => $"{ViewsOfCore.Words(reason)}: " + reason switch
    {
        DeidentificationRefusal.BurnedInAnnotation =>
            "it says that text is burned into its pixels, which cannot be taken out here; clean the pixels first, or give --allow-burned-in",
        DeidentificationRefusal.OverlayInPixelData =>
            "an overlay is hidden in unused bits of its pixels, which are not changed here; give --allow-burned-in to take it as it is",
        DeidentificationRefusal.EncapsulatedDocument =>
            "the document in it cannot be cleaned; leave it out, or give --replace-documents to put an empty PDF or CDA in its place",
        DeidentificationRefusal.Incomplete => "it ends too early; ask for the whole file",
        DeidentificationRefusal.HeaderTooLarge => "its header is larger than 256 MB",
        DeidentificationRefusal.MediaDirectory => "a DICOMDIR is written anew for what is de-identified",
        DeidentificationRefusal.NoInstance => "it has no SOP Class UID or SOP Instance UID",
        _ => string.Empty,
    };

    public static string Explain(string warning) => warning switch
    {
        "pixels-not-examined" => "nobody looked at their pixels, and they do not say that no text is burned in",
        "burned-in-annotation-kept" => "text burned into their pixels is still there",
        "recognizable-visual-features" => "they say that a face can be recognised",
        "document-replaced" => "an empty document stands in place of theirs",
        _ => warning,
    };
}
