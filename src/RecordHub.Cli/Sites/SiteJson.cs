using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RecordHub.Cli.Sites;

/// <summary>Writes a site's settings as they stand in <c>appsettings.json</c>, on one line. Pure.</summary>
internal static class SiteJson
{
    public static string Of(IEnumerable<(string Key, string? Value)> settings)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach ((string key, string? value) in settings)
            {
                if (value is not null)
                {
                    writer.WriteString(key, value);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
