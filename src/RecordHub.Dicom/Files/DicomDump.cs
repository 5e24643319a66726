using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>A data set as text for people, with names. Shows values: for a user's own terminal, never for a log.</summary>
public static class DicomDump
{
    private const int MaxText = 64;
    private const int MaxBytes = 16;
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static void Write(TextWriter output, DicomHeader header)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(header);
        if (header.FileMeta is { } meta)
        {
            output.WriteLine("# File meta information");
            Write(output, meta);
        }

        output.WriteLine(string.Create(
            s_culture, $"# Data set at byte {header.DataSetOffset}, {UidDictionary.NameOf(header.TransferSyntax.Uid)}"));
        Write(output, header.DataSet);
        if (header.PixelData is { } pixels)
        {
            output.WriteLine(string.Create(
                s_culture, $"# Pixels at byte {pixels.Offset}, {pixels.Length} bytes, {pixels.FragmentCount} fragments"));
        }

        foreach (string note in Notes(header))
        {
            output.WriteLine("# " + note);
        }
    }

    /// <summary>What is odd about the input, and whether it is whole: no values, so fit for a log too.</summary>
    public static IEnumerable<string> Notes(DicomHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        foreach (ReadWarning warning in header.Warnings)
        {
            yield return string.Create(
                s_culture, $"Warning: {warning.Tolerance} at byte {warning.Offset}, {warning.Tag} {DicomDictionary.NameOf(warning.Tag)}");
        }

        if (header.TruncatedAt is { } at)
        {
            yield return string.Create(s_culture, $"Partial: readable up to byte {at} of {header.InputLength}");
        }
    }

    public static void Write(TextWriter output, DicomDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(dataSet);
        Level(output, dataSet, string.Empty);
    }

    private static void Level(TextWriter output, DicomDataSet dataSet, string indent)
    {
        foreach (DicomElement element in dataSet)
        {
            string value = Value(dataSet, element);
            output.WriteLine(
                $"{indent}{element.Tag} {element.Vr.Code()} {value,-40} # {Length(element)} {DicomDictionary.NameOf(element.Tag)}");
            foreach (DicomDataSet item in element.Items)
            {
                output.WriteLine($"{indent}  Item");
                Level(output, item, indent + "    ");
            }
        }
    }

    private static string Length(DicomElement element) => element switch
    {
        { IsSequence: true } => string.Create(s_culture, $"{element.Items.Count} items,"),
        { IsEncapsulated: true } => string.Create(s_culture, $"{element.Fragments.Count} fragments,"),
        _ => string.Create(s_culture, $"{element.ValueLength},"),
    };

    private static string Value(DicomDataSet dataSet, DicomElement element)
    {
        if (element.IsSequence || element.IsEncapsulated)
        {
            return string.Empty;
        }

        if (!element.IsLoaded)
        {
            return string.Create(s_culture, $"at byte {element.ValueOffset}");
        }

        if (element.Vr.IsOpaque())
        {
            ReadOnlySpan<byte> bytes = element.Value.Span;
            string hex = Convert.ToHexString(bytes[..Math.Min(MaxBytes, bytes.Length)]);
            return bytes.Length > MaxBytes ? hex + "…" : hex;
        }

        string text = string.Join('\\', dataSet.GetStrings(element.Tag));
        string shown = Printable(text.Length > MaxText ? text[..End(text)] + "…" : text);
        string named = element.Vr == DicomVr.UI && Uid.TryParse(text, out Uid uid) && UidDictionary.TryGet(uid, out UidEntry? entry)
            ? $" = {entry?.Name}"
            : string.Empty;
        return element.Vr.IsText() ? $"[{shown}]{named}" : shown;
    }

    // Not between the two halves of a character.
    private static int End(string text) => char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText;

    // Characters of a value that steer the terminal, or turn the direction of writing, must not reach it.
    private static string Printable(string text) =>
        string.Create(text.Length, text, (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                bool steers = char.IsControl(source[i]) || char.GetUnicodeCategory(source[i]) == UnicodeCategory.Format;
                target[i] = steers ? '.' : source[i];
            }
        });
}
