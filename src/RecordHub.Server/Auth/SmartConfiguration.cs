using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using RecordHub.Core.Access.Clients;

namespace RecordHub.Server.Auth;

/// <summary>The discovery document of SMART App Launch 2.2, of what is there: backend services. Pure.</summary>
internal static class SmartConfiguration
{
    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(string tokenUrl)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter json = new(output, s_writer);
        json.WriteStartObject();
        json.WriteString("token_endpoint", tokenUrl);
        Write(json, "grant_types_supported", "client_credentials");
        Write(json, "token_endpoint_auth_methods_supported", "private_key_jwt");
        Write(json, "token_endpoint_auth_signing_alg_values_supported", ClientKey.Rs384, ClientKey.Es384);
        Write(
            json, "scopes_supported", "system/*.rs", "system/*.crs", "system/*.r", "system/*.s", "system/*.c", "system/*.read",
            "system/*.write", "system/Patient.rs", "system/ImagingStudy.rs", "system/DocumentReference.rs", "system/Binary.r");
        Write(json, "capabilities", "client-confidential-asymmetric", "permission-v1", "permission-v2");
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
