using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>Bytes inside FHIR JSON (R4 datatypes.html §base64Binary).</summary>
internal static class FhirBase64
{
    private const int MaxInlineCharacters = 64 * 1024 / 3 * 4;

    // Attachment.data; SampledData.data has an origin, Signature.data a signer, and stay where they are.
    internal static bool IsLargeAttachment(JsonElement element, out byte[] data)
    {
        data = [];
        if (!IsDocument(element, out JsonElement text)
            || JsonMarshal.GetRawUtf8Value(text).Length <= MaxInlineCharacters
            || element.TryGetProperty("resourceType", out _))
        {
            return false;
        }

        data = Decode(text.GetString() ?? string.Empty) ?? [];
        return data.Length > 0;
    }

    /// <summary>The bytes of an Attachment or a Binary; null when the element is none, or holds what is not base64.</summary>
    internal static byte[]? Document(JsonElement element) =>
        IsDocument(element, out JsonElement text) ? Decode(text.GetString() ?? string.Empty) : null;

    private static bool IsDocument(JsonElement element, out JsonElement text) =>
        element.TryGetProperty("data", out text) && text.ValueKind == JsonValueKind.String
        && !element.TryGetProperty("origin", out _) && !element.TryGetProperty("who", out _);

    // Base64 in the wild is wrapped (R4 datatypes.html §base64Binary).
    internal static byte[]? Decode(string text)
    {
        byte[] buffer = Encoding.ASCII.GetBytes(text);
        int length = 0;
        foreach (byte b in buffer)
        {
            if (b is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                buffer[length++] = b;
            }
        }

        return Base64.DecodeFromUtf8InPlace(buffer.AsSpan(0, length), out int written) == OperationStatus.Done
            ? buffer[..written]
            : null;
    }
}
