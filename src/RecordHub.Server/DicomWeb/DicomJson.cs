using System.Globalization;
using System.Text.Json;

namespace RecordHub.Server.DicomWeb;

/// <summary>Attributes that we answer with ourselves, in the DICOM JSON Model (PS3.18 §F.2).</summary>
internal static class DicomJson
{
    public const string MediaType = "application/dicom+json";

    public static void Write(Utf8JsonWriter json, string tag, string vr, params ReadOnlySpan<string> values)
    {
        json.WriteStartObject(tag);
        json.WriteString("vr", vr);
        if (values.Length > 0)
        {
            json.WriteStartArray("Value");
            foreach (string value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string tag, string vr, int value)
    {
        json.WriteStartObject(tag);
        json.WriteString("vr", vr);
        json.WriteStartArray("Value");
        json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One attribute as bytes.</summary>
    public static byte[] Text(string vr, params IEnumerable<string> values)
    {
        string list = string.Join(',', values.Select(value => $"\"{JsonEncodedText.Encode(value)}\""));
        return System.Text.Encoding.UTF8.GetBytes(
            list.Length == 0 ? $"{{\"vr\":\"{vr}\"}}" : $"{{\"vr\":\"{vr}\",\"Value\":[{list}]}}");
    }

    public static byte[] Number(string vr, int value) => System.Text.Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{{\"vr\":\"{vr}\",\"Value\":[{value}]}}"));
}
