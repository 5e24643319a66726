using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RecordHub.Core.Resources;

/// <summary>Writes FHIR JSON in one way, so that the same content is the same bytes. Absent values write nothing.</summary>
internal static class FhirJson
{
    /// <summary>Escapes what JSON requires and no more; the bytes are served with their media type, never inside HTML.</summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256,
        SkipValidation = true,
    };

    public static byte[] Build(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Resource(string type, Action<Utf8JsonWriter> write) => Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType", type);
        write(writer);
        writer.WriteEndObject();
    });

    /// <summary>A string with something in it; FHIR allows no empty one.</summary>
    public static void Text(this Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            writer.WriteString(name, Clean(value));
        }
    }

    public static void CodingItem(this Utf8JsonWriter writer, string? system, string? code, string? display)
    {
        writer.WriteStartObject();
        writer.Text("system", system);
        writer.Text("code", code);
        writer.Text("display", display);
        writer.WriteEndObject();
    }

    public static void Coding(this Utf8JsonWriter writer, string name, string? system, string? code, string? display)
    {
        writer.WritePropertyName(name);
        writer.CodingItem(system, code, display);
    }

    /// <summary>A CodeableConcept; nothing when there is neither code nor text.</summary>
    public static void Concept(
        this Utf8JsonWriter writer, string name, string? system, string? code, string? display, string? text = null)
    {
        if (!string.IsNullOrWhiteSpace(code) || !string.IsNullOrWhiteSpace(text ?? display))
        {
            writer.WritePropertyName(name);
            writer.ConceptItem(system, code, display, text);
        }
    }

    public static void ConceptItem(this Utf8JsonWriter writer, string? system, string? code, string? display, string? text)
    {
        writer.WriteStartObject();
        if (!string.IsNullOrWhiteSpace(code))
        {
            writer.WriteStartArray("coding");
            writer.CodingItem(system, code, display);
            writer.WriteEndArray();
        }

        writer.Text("text", text ?? display);
        writer.WriteEndObject();
    }

    public static void Reference(this Utf8JsonWriter writer, string name, string? reference, string? display = null)
    {
        if (!string.IsNullOrWhiteSpace(reference) || !string.IsNullOrWhiteSpace(display))
        {
            writer.WritePropertyName(name);
            writer.ReferenceItem(reference, display);
        }
    }

    public static void ReferenceItem(this Utf8JsonWriter writer, string? reference, string? display = null)
    {
        writer.WriteStartObject();
        writer.Text("reference", reference);
        writer.Text("display", display);
        writer.WriteEndObject();
    }

    public static void Identifier(this Utf8JsonWriter writer, string? system, string value)
    {
        writer.WriteStartObject();
        writer.Text("system", system);
        writer.Text("value", value);
        writer.WriteEndObject();
    }

    // What XML cannot carry is no FHIR string either (R4 datatypes.html §string).
    private static string Clean(string value)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim();
        foreach (char c in text)
        {
            if ((char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || char.IsSurrogate(c))
            {
                return Replaced(text);
            }
        }

        return text.ToString();
    }

    private static string Replaced(ReadOnlySpan<char> text)
    {
        System.Text.StringBuilder clean = new(text.Length);
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            if (!System.Text.Rune.IsControl(rune) || rune.Value is '\t' or '\n' or '\r')
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }
}
