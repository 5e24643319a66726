using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>The Binaries that a resource's attachments point to. Pure.</summary>
internal static class Attachments
{
    internal static IReadOnlyList<string> Of(ResourceVersion resource)
    {
        List<string> found = [];
        Utf8JsonReader reader = new(resource.Json.Span, new JsonReaderOptions { MaxDepth = 256 });
        bool isUrl = false;
        while (reader.Read())
        {
            if (isUrl && reader.TokenType == JsonTokenType.String && reader.ValueSpan.StartsWith("Binary/"u8))
            {
                found.Add(reader.GetString() ?? string.Empty);
            }

            isUrl = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("url");
        }

        return found;
    }
}
