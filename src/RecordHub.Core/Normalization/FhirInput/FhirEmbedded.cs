using System.Text.Json;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>The documents inside resources: each Attachment that carries its bytes, and each Binary (R4 datatypes.html §Attachment).</summary>
internal sealed class FhirEmbedded(NormalizationContext context)
{
    private readonly EmbeddedReader _reader = new(context);

    public IReadOnlyList<EmbeddedClaim>? Claims => _reader.Claims;

    public IReadOnlyList<string> Warnings => _reader.Warning is { } warning ? [warning] : [];

    public void Add(FhirEntry entry) => Find(entry.Resource, entry.Where);

    private void Find(JsonElement element, string where)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Find(item, where);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (FhirBase64.Document(element) is { Length: > 0 } bytes)
            {
                _reader.Read(bytes, null, FhirValue.Text(element, "contentType"), $"the document in {where}");
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                Find(property.Value, where);
            }
        }
    }
}
