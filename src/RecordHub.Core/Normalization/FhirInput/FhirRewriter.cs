using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// Makes drafts of a part's entries. References within the part become placeholders, references that lead out of it
/// become identifiers, large attachments become Binaries; every other token stays byte for byte.
/// </summary>
internal sealed class FhirRewriter(
    FhirPart part, IReadOnlyList<FhirEntry> entries, FhirOwners owners, NormalizationContext context)
{
    private readonly List<ResourceDraft> _resources = [];
    private readonly List<BinaryDraft> _binaries = [];
    private readonly List<string> _losses = [];
    private FhirEntry? _entry;
    private int _attachments;

    public IReadOnlyList<ResourceDraft> Resources => _resources;

    public IReadOnlyList<BinaryDraft> Binaries => _binaries;

    public IReadOnlyList<string> Losses => _losses;

    public void Rewrite()
    {
        foreach (int index in part.Members)
        {
            FhirEntry entry = entries[index];
            if (entry.Type == "Binary")
            {
                AddBinary(entry);
            }
            else if (!IsPatientOf(part, entry, owners))
            {
                _entry = entry;
                _attachments = 0;
                _resources.Add(new ResourceDraft(entry.Type, KeyOf(index), FhirJson.Build(writer => WriteResource(writer, entry))));
            }
        }
    }

    /// <summary>Whether the entry is the part's own patient, whom the case has already: it becomes no resource of its own.</summary>
    internal static bool IsPatientOf(FhirPart part, FhirEntry entry, FhirOwners owners) =>
        entry.Type == "Patient" && part.Owner is not null && owners.OfPatient(entry) == part.Owner;

    /// <summary>The key of what an entry becomes in a part.</summary>
    internal static string KeyOf(ContentHash content, FhirPart part, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{content}.{part.Number}.{index + 1}");

    private string KeyOf(int index) => KeyOf(context.Content, part, index);

    private void AddBinary(FhirEntry entry)
    {
        byte[]? data = FhirValue.Text(entry.Resource, "data") is { } text ? FhirBase64.Decode(text) : [];
        if (data is null)
        {
            _losses.Add($"{entry.Where} holds data that is not base64");
        }

        _binaries.Add(new BinaryDraft
        {
            Key = KeyOf(entry.Index),
            ContentType = FhirValue.Text(entry.Resource, "contentType") ?? "application/octet-stream",
            Derived = data ?? [],
        });
    }

    private void WriteResource(Utf8JsonWriter writer, FhirEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType", entry.Type);
        foreach (JsonProperty property in entry.Resource.EnumerateObject())
        {
            switch (property.Name)
            {
                case "resourceType" or "id" or "_id":
                    break;
                case "meta" when property.Value.ValueKind == JsonValueKind.Object:
                    WriteMeta(writer, property.Value);
                    break;
                case "contained" when property.Value.ValueKind == JsonValueKind.Array:
                    WriteContained(writer, property.Value);
                    break;
                default:
                    writer.WritePropertyName(property.Name);
                    WriteValue(writer, property.Value, property.Name, FhirLink.IsSubjectElement(property.Name));
                    break;
            }
        }

        writer.WriteEndObject();
    }

    // The version and date are the other server's; the source is ours to say.
    private void WriteMeta(Utf8JsonWriter writer, JsonElement meta)
    {
        List<JsonProperty> kept =
        [
            .. meta.EnumerateObject().Where(property =>
                property.Name is not ("versionId" or "_versionId" or "lastUpdated" or "_lastUpdated" or "source" or "_source")),
        ];
        if (kept.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("meta");
        foreach (JsonProperty property in kept)
        {
            writer.WritePropertyName(property.Name);
            WriteValue(writer, property.Value, property.Name, false);
        }

        writer.WriteEndObject();
    }

    // A contained Patient that is the part's patient is replaced by the case's, as a Patient entry is.
    private void WriteContained(Utf8JsonWriter writer, JsonElement contained)
    {
        List<JsonElement> kept = [.. contained.EnumerateArray().Where(resource => !IsOwner(resource))];
        if (kept.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("contained");
        kept.ForEach(resource => WriteValue(writer, resource, "contained", false));
        writer.WriteEndArray();
    }

    private bool IsOwner(JsonElement contained) =>
        _entry is { } entry && part.Owner is not null && FhirValue.Text(contained, "id") is { } id
        && entry.Links.Any(link => link.Text == "#" + id && owners.OwnerOf(entry, link) == part.Owner);

    private void WriteValue(Utf8JsonWriter writer, JsonElement element, string name, bool isSubject)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    WriteValue(writer, item, name, isSubject);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object when isSubject || FhirValue.Text(element, "reference") is not null:
                WriteReference(writer, element, isSubject);
                break;
            case JsonValueKind.Object:
                WriteObject(writer, element);
                break;
            case JsonValueKind.String when name == "url" && Target(element.GetString()) is { } address:
                writer.WriteStringValue(address);
                break;
            default:
                WriteScalar(writer, element);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, JsonElement element)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element);
        if (element.ValueKind == JsonValueKind.String && raw.Contains((byte)'\\'))
        {
            // Throws for half a surrogate pair, which is no text.
            _ = element.GetString();
        }

        writer.WriteRawValue(raw, skipInputValidation: true);
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement element)
    {
        writer.WriteStartObject();
        bool isLarge = FhirBase64.IsLargeAttachment(element, out byte[] data);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!isLarge || property.Name is not ("data" or "url"))
            {
                writer.WritePropertyName(property.Name);
                WriteValue(writer, property.Value, property.Name, false);
            }
        }

        if (isLarge)
        {
            WriteLarge(writer, element, data);
        }

        writer.WriteEndObject();
    }

    private void WriteLarge(Utf8JsonWriter writer, JsonElement attachment, byte[] data)
    {
        string key = string.Create(
            CultureInfo.InvariantCulture, $"{KeyOf(_entry?.Index ?? 0)}.attachment.{++_attachments}");
        _binaries.Add(new BinaryDraft
        {
            Key = key,
            ContentType = FhirValue.Text(attachment, "contentType") ?? "application/octet-stream",
            Derived = data,
        });
        writer.WriteString("url", Placeholder.For(key));
        if (!attachment.TryGetProperty("size", out _))
        {
            writer.WriteNumber("size", data.Length);
        }

        if (!attachment.TryGetProperty("hash", out _))
        {
            writer.WriteBase64String("hash", Sha1.Of(data));
        }
    }

    private void WriteReference(Utf8JsonWriter writer, JsonElement element, bool isSubject)
    {
        string? literal = FhirValue.Text(element, "reference");
        string? target = _entry is { } entry && part.Owner is { } owner
            && owners.OwnerOf(entry, new FhirLink(literal, isSubject, false, element)) == owner
                ? Placeholder.Patient
                : literal?.StartsWith('#') == true ? literal : Target(literal);
        writer.WriteStartObject();
        if (target is not null)
        {
            writer.WriteString("reference", target);
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name is not ("reference" or "_reference"))
            {
                writer.WritePropertyName(property.Name);
                WriteValue(writer, property.Value, property.Name, false);
            }
        }

        if (target is null && literal is not null)
        {
            WriteUnresolved(writer, element, literal);
        }

        writer.WriteEndObject();
    }

    // A reference that leads out of the record is kept as an identifier, so that nothing here pretends to resolve it.
    private static void WriteUnresolved(Utf8JsonWriter writer, JsonElement element, string literal)
    {
        if (!element.TryGetProperty("identifier", out _))
        {
            writer.WritePropertyName("identifier");
            writer.Identifier("urn:ietf:rfc:3986", literal);
        }
        else if (!element.TryGetProperty("display", out _))
        {
            writer.WriteString("display", literal);
        }
    }

    private string? Target(string? literal) =>
        literal is not null && _entry is { } entry
        && entry.Scope.Find(literal, entry.Base) is { } index && part.Members.Contains(index)
            ? Placeholder.For(KeyOf(index))
            : null;
}
