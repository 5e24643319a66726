using System.Runtime.InteropServices;
using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Whether JSON holds text. Half a surrogate pair can stand in it only as an escape, and is found when that is decoded.</summary>
internal static class FhirUnicode
{
    public static bool IsText(JsonElement resource)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(resource);
        if (raw.IndexOf("\\ud"u8) < 0 && raw.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        try
        {
            Decode(resource);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Decode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Decode(property.Value);
                }

                break;
            default:
                break;
        }
    }
}
