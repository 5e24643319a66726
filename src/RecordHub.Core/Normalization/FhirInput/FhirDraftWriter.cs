using System.Text.Json;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>
/// Writes an entry as a draft. References within the part become placeholders, references that lead out of it become
/// identifiers, large attachments become Binaries. What is left is written in one way (<see cref="FhirCanonical"/>), so that
/// the same content is the same bytes.
/// </summary>
/// <param name="part">The part that it is written for.</param>
/// <param name="entry">The entry.</param>
/// <param name="owners">Whose the entries are.</param>
/// <param name="placeOf">The placeholder of an entry of the part.</param>
internal sealed class FhirDraftWriter(FhirPart part, FhirEntry entry, FhirOwners owners, Func<int, string> placeOf)
{
    private readonly List<BinaryDraft> _binaries = [];

    /// <summary>The attachments that are served as Binaries.</summary>
    public IReadOnlyList<BinaryDraft> Binaries => _binaries;

    /// <summary>Whether it came with words that stand for another draft: it is not the content that it would be read as.</summary>
    public bool HoldsPlaceholder { get; private set; }

    public byte[] Write() => FhirJson.Build(WriteResource);

    private void WriteResource(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType", entry.Type);
        foreach ((string name, JsonElement value) in FhirCanonical.Members(entry.Resource))
        {
            switch (name)
            {
                case "resourceType" or "id" or "_id":
                    break;
                case "meta" when value.ValueKind == JsonValueKind.Object:
                    WriteMeta(writer, value);
                    break;
                case "contained" when value.ValueKind == JsonValueKind.Array:
                    WriteContained(writer, value);
                    break;
                default:
                    writer.WritePropertyName(name);
                    WriteValue(writer, value, name, FhirLink.IsSubjectElement(name));
                    break;
            }
        }

        writer.WriteEndObject();
    }

    // The version and date are the other server's; the source is ours to say.
    private void WriteMeta(Utf8JsonWriter writer, JsonElement meta)
    {
        (string Name, JsonElement Value)[] kept =
        [
            .. FhirCanonical.Members(meta).Where(member =>
                member.Name is not ("versionId" or "_versionId" or "lastUpdated" or "_lastUpdated" or "source" or "_source")),
        ];
        if (kept.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("meta");
        foreach ((string name, JsonElement value) in kept)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value, name, false);
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
        part.Owner is not null && FhirValue.Text(contained, "id") is { } id
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
            case JsonValueKind.String when (name == "url" || FhirLink.IsNamedUri(name, element))
                && Target(element.GetString()) is { } address:
                writer.WriteStringValue(address);
                break;
            case JsonValueKind.String when name == "div" && Narrative(element.GetString()) is { } narrative:
                HoldsPlaceholder |= HoldsOwnWords(element);
                writer.WriteStringValue(narrative);
                break;
            default:
                HoldsPlaceholder |= element.ValueKind == JsonValueKind.String && (name == "div" ? HoldsOwnWords(element)
                    : name is "url" or "reference" or "valueUri" or "valueUrl"
                        && element.GetString()?.StartsWith(Placeholder.Prefix, StringComparison.Ordinal) == true);
                FhirCanonical.WriteScalar(writer, element);
                break;
        }
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement element)
    {
        writer.WriteStartObject();
        bool isLarge = FhirBase64.IsLargeAttachment(element, out byte[] data);
        foreach ((string name, JsonElement value) in FhirCanonical.Members(element))
        {
            if (!isLarge || name is not ("data" or "url"))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value, name, false);
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
        string type = FhirValue.Text(attachment, "contentType") ?? "application/octet-stream";
        string key = FhirKeys.OfBytes(type, data);
        _binaries.Add(new BinaryDraft { Key = key, ContentType = type, Derived = data });
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
        string? target = part.Owner is { } owner
            && owners.OwnerOf(entry, new FhirLink(literal, isSubject, false, element)) == owner
                ? Placeholder.Patient
                : literal?.StartsWith('#') == true ? literal : Target(literal);
        writer.WriteStartObject();
        if (target is not null)
        {
            writer.WriteString("reference", target);
        }

        foreach ((string name, JsonElement value) in FhirCanonical.Members(element))
        {
            if (name is not ("reference" or "_reference"))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value, name, false);
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

    // Null when none of its links leads to an entry of the part.
    private string? Narrative(string? div) =>
        div is not null && NarrativeLinks.Replace(div, Target) is { } replaced && replaced != div ? replaced : null;

    private static bool HoldsOwnWords(JsonElement narrative) =>
        narrative.GetString()?.Contains(Placeholder.Prefix, StringComparison.OrdinalIgnoreCase) == true;

    private string? Target(string? literal) =>
        literal is not null && entry.Scope.Find(literal, entry.Base) is { } index && part.Members.Contains(index)
            ? placeOf(index)
            : null;
}
