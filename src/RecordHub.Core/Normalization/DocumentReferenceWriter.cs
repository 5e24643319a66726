using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>Writes R4 DocumentReference drafts.</summary>
internal static class DocumentReferenceWriter
{
    public static ResourceDraft Write(string key, DocumentFacts facts) =>
        new("DocumentReference", key, FhirJson.Resource("DocumentReference", writer => Write(writer, facts)));

    private static void Write(Utf8JsonWriter writer, DocumentFacts facts)
    {
        if (facts.MasterIdentifier is { } master)
        {
            writer.WritePropertyName("masterIdentifier");
            writer.Identifier(master.System, master.Value);
        }

        if (facts.Identifiers.Count > 0)
        {
            writer.WriteStartArray("identifier");
            foreach ((string? system, string value) in facts.Identifiers)
            {
                writer.Identifier(system, value);
            }

            writer.WriteEndArray();
        }

        writer.WriteString("status", "current");
        writer.Text("docStatus", facts.DocStatus);
        writer.Concept("type", facts.Type?.System, facts.Type?.Code, facts.Type?.Display, facts.TypeText);
        writer.Reference("subject", Placeholder.Patient);
        writer.Text("date", facts.Instant);
        if (facts.Authors.Count > 0)
        {
            writer.WriteStartArray("author");
            foreach (string author in facts.Authors)
            {
                writer.ReferenceItem(null, author);
            }

            writer.WriteEndArray();
        }

        writer.Reference("custodian", null, facts.Custodian);
        writer.Text("description", facts.Description);
        writer.WriteStartArray("content");
        foreach (AttachmentFacts attachment in facts.Attachments)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("attachment");
            WriteAttachment(writer, attachment);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteContext(writer, facts);
    }

    /// <summary>Writes an Attachment.</summary>
    public static void WriteAttachment(Utf8JsonWriter writer, AttachmentFacts attachment)
    {
        writer.WriteStartObject();
        writer.Text("contentType", attachment.ContentType);
        writer.Text("language", attachment.Language);
        if (attachment.AbsentReason is { } reason)
        {
            writer.WriteStartObject("_data");
            writer.WriteStartArray("extension");
            writer.WriteStartObject();
            writer.WriteString("url", AttachedFiles.AbsentReason);
            writer.WriteString("valueCode", reason);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.Text("url", attachment.Url);
        if (attachment.Size is <= int.MaxValue and { } size)
        {
            writer.WriteNumber("size", size);
        }

        if (attachment.Sha1 is { } hash)
        {
            writer.WriteBase64String("hash", hash);
        }

        writer.Text("title", attachment.Title);
        writer.Text("creation", attachment.Creation);
        writer.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter writer, DocumentFacts facts)
    {
        if (facts.Period is null && facts.Related.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("context");
        if (facts.Period is { } period)
        {
            writer.WriteStartObject("period");
            writer.WriteString("start", period);
            writer.WriteEndObject();
        }

        if (facts.Related.Count > 0)
        {
            writer.WriteStartArray("related");
            foreach ((string? reference, string? type, string? system, string value) in facts.Related)
            {
                writer.WriteStartObject();
                writer.Text("reference", reference);
                writer.Text("type", type);
                writer.WritePropertyName("identifier");
                writer.Identifier(system, value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
