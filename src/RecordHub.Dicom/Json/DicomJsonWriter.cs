using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.Json;

/// <summary>Writes the DICOM JSON Model (PS3.18 Annex F).</summary>
/// <remarks>
/// Text is UTF-8 whatever the data set's character set was, and (0008,0005) says so. Group lengths are left out. IS and
/// DS are numbers where a number says exactly what is written, and strings where not. Values not kept, pixel data and
/// opaque values above the limit become a BulkDataURI.
/// </remarks>
public static class DicomJsonWriter
{
    private static readonly JsonEncodedText s_vr = JsonEncodedText.Encode("vr");
    private static readonly JsonEncodedText s_value = JsonEncodedText.Encode("Value");
    private static readonly JsonEncodedText s_inlineBinary = JsonEncodedText.Encode("InlineBinary");
    private static readonly JsonEncodedText s_bulkDataUri = JsonEncodedText.Encode("BulkDataURI");
    private static readonly JsonEncodedText[] s_codes =
        [.. Enum.GetValues<DicomVr>().Select(vr => JsonEncodedText.Encode(vr.Code()))];

    /// <summary>For JSON that is served as such: everything but quotes and control characters stays readable.</summary>
    public static JsonWriterOptions WriterOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>One data set as a JSON object.</summary>
    public static void Write(Utf8JsonWriter output, DicomDataSet dataSet, DicomJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(dataSet);
        DataSetTape tape = TapeFlattener.Flatten(dataSet, out int first, out int end);
        Context context = new(output, tape, options ?? DicomJsonOptions.Default);
        output.WriteStartObject();
        Level(in context, first, end, dataSet.CharacterSet, parent: -1, item: 0, path: default);
        output.WriteEndObject();
    }

    /// <summary>One data set as a JSON object.</summary>
    public static byte[] ToUtf8Bytes(DicomDataSet dataSet, DicomJsonOptions? options = null)
    {
        ArrayBufferWriter<byte> output = new(4096);
        using (Utf8JsonWriter writer = new(output, WriterOptions))
        {
            Write(writer, dataSet, options);
        }

        return output.WrittenSpan.ToArray();
    }

    // As deep as the reader lets sequences nest.
    private static void Level(
        in Context context, int first, int end, CharacterSet inherited, int parent, int item, ReadOnlySpan<PathStep> path)
    {
        Span<PathStep> steps = stackalloc PathStep[path.Length + 1];
        path.CopyTo(steps);
        scoped ReadOnlySpan<PathStep> inner = default;
        if (parent >= 0)
        {
            steps[^1] = new PathStep(context.Tape.Rows[parent].Tag, item);
            inner = steps;
        }

        CharacterSet characterSet = inherited;
        TapeRow[] rows = context.Tape.Rows;
        for (int row = first; row < end; row += rows[row].Span)
        {
            if (rows[row].TagOf.IsGroupLength)
            {
                continue;
            }

            if (rows[row].Tag == DicomTags.SpecificCharacterSet.Value)
            {
                characterSet = CharacterSet.Of(context.Tape.ValueOf(rows[row]).Span);
            }

            Element(in context, row, characterSet, inner);
        }
    }

    private static void Element(in Context context, int row, CharacterSet characterSet, ReadOnlySpan<PathStep> path)
    {
        Utf8JsonWriter output = context.Output;
        ref readonly TapeRow at = ref context.Tape.Rows[row];
        Span<byte> name = stackalloc byte[8];
        Span<byte> tag = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(tag, at.Tag);
        Convert.TryToHexString(tag, name, out _);
        output.WriteStartObject(name);
        if (at.Tag == DicomTags.SpecificCharacterSet.Value)
        {
            output.WriteString(s_vr, s_codes[(int)DicomVr.CS]);
            output.WriteStartArray(s_value);
            output.WriteStringValue("ISO_IR 192"u8);
            output.WriteEndArray();
            output.WriteEndObject();
            return;
        }

        output.WriteString(s_vr, s_codes[at.Vr]);
        switch (at.Kind)
        {
            case RowKind.Sequence:
                Items(in context, row, characterSet, path);
                break;
            case RowKind.Value when !IsBulk(in context, at):
                Value(in context, at, characterSet);
                break;
            case RowKind.Place when context.Tape.Places[at.Position].Length == 0:
                break;
            default:
                Bulk(in context, at.Tag, path);
                break;
        }

        output.WriteEndObject();
    }

    private static void Items(in Context context, int row, CharacterSet characterSet, ReadOnlySpan<PathStep> path)
    {
        TapeRow[] rows = context.Tape.Rows;
        int end = row + rows[row].Span;
        if (end == row + 1)
        {
            return;
        }

        context.Output.WriteStartArray(s_value);
        int number = 1;
        for (int item = row + 1; item < end; item += rows[item].Span)
        {
            context.Output.WriteStartObject();
            Level(in context, item + 1, item + rows[item].Span, characterSet, row, number++, path);
            context.Output.WriteEndObject();
        }

        context.Output.WriteEndArray();
    }

    private static bool IsBulk(in Context context, in TapeRow row) =>
        context.Options.BulkDataUri is not null
        && row.VrOf.IsOpaque()
        && (row.Length > context.Options.InlineLimit || (row.Tag is 0x7FE0_0010 or 0x7FE0_0008 or 0x7FE0_0009 && row.Length > 0));

    private static void Bulk(in Context context, uint tag, ReadOnlySpan<PathStep> path)
    {
        if (context.Options.BulkDataUri is { } give && give(PathStep.Join(path, tag)) is { } uri)
        {
            context.Output.WriteString(s_bulkDataUri, uri);
        }
    }

    private static void Value(in Context context, in TapeRow row, CharacterSet characterSet)
    {
        ReadOnlySpan<byte> value = context.Tape.ValueOf(row).Span;
        DicomVr vr = row.VrOf;
        if (vr.IsOpaque())
        {
            if (!value.IsEmpty)
            {
                context.Output.WriteBase64String(s_inlineBinary, value);
            }
        }
        else if (vr.IsText())
        {
            JsonText.Write(context.Output, s_value, vr, value, characterSet, context.Options.DecimalsAsText);
        }
        else
        {
            JsonNumbers.Write(context.Output, s_value, vr, value);
        }
    }

    private readonly ref struct Context(Utf8JsonWriter output, DataSetTape tape, DicomJsonOptions options)
    {
        public readonly Utf8JsonWriter Output = output;
        public readonly DataSetTape Tape = tape;
        public readonly DicomJsonOptions Options = options;
    }
}
