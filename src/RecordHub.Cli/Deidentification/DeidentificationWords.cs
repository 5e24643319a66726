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
            "it says that text is burned into its pixels; say where with --option clean-pixel-data and --blank, or give --allow-burned-in",
        DeidentificationRefusal.OverlayInPixelData =>
            "an overlay is hidden in unused bits of its pixels, which are not changed here; give --allow-burned-in to take it as it is",
        DeidentificationRefusal.EncapsulatedDocument =>
            "the document in it cannot be cleaned; leave it out, or give --replace-documents to put an empty PDF or CDA in its place",
        DeidentificationRefusal.Incomplete => "it ends too early; ask for the whole file",
        DeidentificationRefusal.HeaderTooLarge => "its header is larger than 256 MB",
        DeidentificationRefusal.MediaDirectory => "a DICOMDIR is written anew for what is de-identified",
        DeidentificationRefusal.NoInstance => "it has no SOP Class UID or SOP Instance UID",
        DeidentificationRefusal.NoRegionGiven =>
            "text is burned into its pixels, or usual in images of its kind, and neither --blank nor a rule says where; "
            + "give a region or a rule for it, or --allow-burned-in to take it as it is",
        DeidentificationRefusal.RegionsOutsideImage =>
            "none of the regions given has a pixel of it; look at its rows and columns, and at its declared regions",
        DeidentificationRefusal.PixelsCompressed =>
            "its pixels are compressed; decompress it first, such as with dcmdjpeg, dcmdjpls or gdcmconv --raw, and give that file",
        DeidentificationRefusal.PixelsNotUnderstood =>
            "its pixels are not laid out as its rows, columns, frames and bits say, or in a way that is not blanked here "
            + "(floating point, 4:2:0); blank them with another tool first",
        DeidentificationRefusal.PixelsInSequence =>
            "there are more pixels inside a sequence of it, which are not blanked here; take that sequence out first",
        DeidentificationRefusal.PixelsDamaged => "its compressed pixels are damaged; ask for the file again",
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
