using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// One way to write what JSON leaves open (RFC 8259): members in the order of their names, text with the fewest escapes, no
/// space. Numbers stay as they are, as <c>1.0</c> says more than <c>1</c> (R4 datatypes.html#decimal), and so do lists. Pure.
/// </summary>
internal static class FhirCanonical
{
    /// <summary>The members of an object, its <c>resourceType</c> first.</summary>
    public static (string Name, JsonElement Value)[] Members(JsonElement element)
    {
        (string Name, JsonElement Value)[] members = new (string, JsonElement)[element.GetPropertyCount()];
        int count = 0;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            members[count++] = (property.Name, property.Value);
        }

        Array.Sort(members, static (first, second) =>
            first.Name == "resourceType" ? (second.Name == "resourceType" ? 0 : -1)
            : second.Name == "resourceType" ? 1
            : string.CompareOrdinal(first.Name, second.Name));
        return members;
    }

    /// <summary>Writes text, a number, or a literal name.</summary>
    /// <exception cref="InvalidOperationException">The text is half a surrogate pair, which is no text.</exception>
    public static void WriteScalar(Utf8JsonWriter writer, JsonElement element)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element);
        if (element.ValueKind == JsonValueKind.String && HasOtherEscapes(raw))
        {
            writer.WriteRawValue(Quoted(element.GetString() ?? string.Empty), skipInputValidation: true);
        }
        else
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
        }
    }

    // Escapes that need not be, or could be shorter.
    private static bool HasOtherEscapes(ReadOnlySpan<byte> raw)
    {
        for (int at = raw.IndexOf((byte)'\\'); at >= 0;)
        {
            if (raw[at + 1] is (byte)'/' or (byte)'u')
            {
                return true;
            }

            int next = raw[(at + 2)..].IndexOf((byte)'\\');
            at = next < 0 ? next : at + 2 + next;
        }

        return false;
    }

    private static string Quoted(string text)
    {
        StringBuilder quoted = new(text.Length + 16);
        quoted.Append('"');
        foreach (char one in text)
        {
            _ = one switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}"),
                _ => quoted.Append(one),
            };
        }

        return quoted.Append('"').ToString();
    }
}
