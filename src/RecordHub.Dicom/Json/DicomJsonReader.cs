using System.Text.Json;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Json;

/// <summary>Reads the DICOM JSON Model (PS3.18 Annex F) with bounded depth.</summary>
/// <remarks>
/// Unknown members are passed over. Text is kept as text and written in UTF-8. A BulkDataURI is asked for at the caller.
/// </remarks>
public static class DicomJsonReader
{
    private const int MaxDepth = 256;

    /// <summary>Reads one object, or an array of them.</summary>
    /// <param name="utf8Json">The whole document.</param>
    /// <param name="bulkData">Gives the bytes of a BulkDataURI; null leaves the value empty.</param>
    /// <exception cref="DicomFormatException">Not DICOM JSON.</exception>
    public static IReadOnlyList<DicomDataSet> Read(
        ReadOnlyMemory<byte> utf8Json, Func<string, ReadOnlyMemory<byte>?>? bulkData = null)
    {
        Utf8JsonReader reader = new(utf8Json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            List<DicomDataSet> dataSets = [];
            Next(ref reader);
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                dataSets.Add(DataSet(ref reader, bulkData));
            }
            else
            {
                Expect(ref reader, JsonTokenType.StartArray);
                while (Next(ref reader) != JsonTokenType.EndArray)
                {
                    Expect(ref reader, JsonTokenType.StartObject);
                    dataSets.Add(DataSet(ref reader, bulkData));
                }
            }

            return reader.Read() ? throw Invalid(ref reader) : dataSets;
        }
        catch (JsonException)
        {
            throw Invalid(ref reader);
        }
        catch (InvalidOperationException)
        {
            // A string with a lone surrogate, which is no text.
            throw Invalid(ref reader);
        }
    }

    private static DicomDataSet DataSet(ref Utf8JsonReader reader, Func<string, ReadOnlyMemory<byte>?>? bulkData)
    {
        DicomDataSet dataSet = new();
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            if (!DicomTag.TryParse(reader.GetString(), out DicomTag tag))
            {
                throw Invalid(ref reader);
            }

            Next(ref reader);
            Expect(ref reader, JsonTokenType.StartObject);
            Element(ref reader, dataSet, tag, bulkData);
        }

        return dataSet;
    }

    private static void Element(
        ref Utf8JsonReader reader, DicomDataSet dataSet, DicomTag tag, Func<string, ReadOnlyMemory<byte>?>? bulkData)
    {
        DicomVr vr = DicomVr.None;
        ElementValues values = new();
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("vr"u8))
            {
                Next(ref reader);
                Expect(ref reader, JsonTokenType.String);
                vr = Vr(ref reader);
            }
            else if (reader.ValueTextEquals("Value"u8))
            {
                Values(ref reader, values, bulkData);
            }
            else if (reader.ValueTextEquals("InlineBinary"u8))
            {
                Next(ref reader);
                if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out byte[]? bytes))
                {
                    throw Invalid(ref reader);
                }

                values.Bytes = bytes;
            }
            else if (reader.ValueTextEquals("BulkDataURI"u8))
            {
                Next(ref reader);
                Expect(ref reader, JsonTokenType.String);
                values.Bytes = bulkData?.Invoke(reader.GetString() ?? string.Empty) ?? ReadOnlyMemory<byte>.Empty;
            }
            else
            {
                Next(ref reader);
                reader.Skip();
            }
        }

        if (!values.TryAddTo(dataSet, tag, vr == DicomVr.None ? DicomDictionary.VrOf(tag) : vr))
        {
            throw Invalid(ref reader);
        }
    }

    private static void Values(
        ref Utf8JsonReader reader, ElementValues values, Func<string, ReadOnlyMemory<byte>?>? bulkData)
    {
        Next(ref reader);
        Expect(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    values.Texts.Add(reader.GetString() ?? string.Empty);
                    break;
                case JsonTokenType.Number:
                    values.Texts.Add(System.Text.Encoding.ASCII.GetString(reader.ValueSpan));
                    break;
                case JsonTokenType.Null:
                    values.Texts.Add(string.Empty);
                    break;
                case JsonTokenType.StartObject:
                    Object(ref reader, values, bulkData);
                    break;
                default:
                    throw Invalid(ref reader);
            }
        }
    }

    // An item of a sequence, or a person's name: which one, its first member says.
    private static void Object(
        ref Utf8JsonReader reader, ElementValues values, Func<string, ReadOnlyMemory<byte>?>? bulkData)
    {
        Utf8JsonReader ahead = reader;
        bool isName = Next(ref ahead) == JsonTokenType.PropertyName
            && (ahead.ValueTextEquals("Alphabetic"u8) || ahead.ValueTextEquals("Ideographic"u8) || ahead.ValueTextEquals("Phonetic"u8));
        if (!isName)
        {
            values.Items.Add(DataSet(ref reader, bulkData));
            return;
        }

        string[] groups = [string.Empty, string.Empty, string.Empty];
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            int group = reader.ValueTextEquals("Alphabetic"u8) ? 0
                : reader.ValueTextEquals("Ideographic"u8) ? 1
                : reader.ValueTextEquals("Phonetic"u8) ? 2 : -1;
            Next(ref reader);
            if (group < 0)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                groups[group] = reader.GetString() ?? string.Empty;
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                throw Invalid(ref reader);
            }
        }

        values.Texts.Add(new PersonName(groups[0], groups[1], groups[2]).ToDicom());
    }

    private static DicomVr Vr(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> code = reader.ValueSpan;
        return code.Length == 2 && DicomVrExtensions.TryParse(code[0], code[1], out DicomVr vr)
            ? vr
            : throw Invalid(ref reader);
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw Invalid(ref reader);

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw Invalid(ref reader);
        }
    }

    private static DicomFormatException Invalid(ref Utf8JsonReader reader) =>
        new(FormatFailure.InvalidJson, reader.BytesConsumed);
}
