using System.Text.Json;
using RecordHub.Core.Resources;
using RecordHub.Documents;

namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>The results of an HL7 v2 message: an Observation for each OBX, a DiagnosticReport for each OBR (HL7 v2.8 §7.4).</summary>
internal static class ReportDrafts
{
    public static void Add(List<ResourceDraft> resources, ExtractedDocument document, string root)
    {
        if (document.Observations.Count == 0)
        {
            return;
        }

        Dictionary<DocumentCode, List<string>> orders = [];
        DocumentCode unnamed = new(null, null, document.Title ?? document.TypeText ?? "Report");
        ILookup<DocumentCode, DocumentObservation> reported = document.Observations.ToLookup(one => one.Order ?? unnamed);
        for (int i = 0; i < document.Observations.Count; i++)
        {
            DocumentObservation observation = document.Observations[i];
            DocumentCode order = observation.Order ?? unnamed;
            if (!orders.TryGetValue(order, out List<string>? results))
            {
                orders.Add(order, results = []);
            }

            // Lines of text are the report itself, which is in the document's text.
            if (observation.ValueType is "TX" or "FT" or "ED" or "RP" || !HasValue(observation))
            {
                continue;
            }

            string key = DocumentCodes.Key(root, "observation", i);
            results.Add(key);
            resources.Add(new ResourceDraft(
                "Observation", key, FhirJson.Resource("Observation", writer => Write(writer, observation))));
        }

        int number = 0;
        foreach ((DocumentCode order, List<string> results) in orders)
        {
            byte[] json = FhirJson.Resource(
                "DiagnosticReport", writer => WriteReport(writer, document, order, ReportStatus(reported[order]), results, root));
            resources.Add(new ResourceDraft("DiagnosticReport", DocumentCodes.Key(root, "report", number++), json));
        }
    }

    private static bool HasValue(DocumentObservation observation) =>
        !string.IsNullOrWhiteSpace(observation.Value)
        || !string.IsNullOrWhiteSpace(observation.ValueCode?.Code ?? observation.ValueCode?.Display);

    private static void Write(Utf8JsonWriter writer, DocumentObservation observation)
    {
        writer.WriteString("status", StatusOf(observation.Status));
        DocumentCodes.Write(writer, "code", observation.Code);
        writer.Reference("subject", Placeholder.Patient);
        writer.Text("effectiveDateTime", DocumentTime.DateTime(observation.Time));
        DocumentCodes.WriteValue(writer, observation.ValueCode, observation.Value, observation.Unit, isUcum: false);
        DocumentCodes.WriteFlag(writer, observation.Flag);
        if (!string.IsNullOrWhiteSpace(observation.Note))
        {
            writer.WriteStartArray("note");
            writer.WriteStartObject();
            writer.Text("text", observation.Note);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        DocumentCodes.WriteRange(writer, observation.ReferenceRange);
    }

    private static void WriteReport(
        Utf8JsonWriter writer, ExtractedDocument document, DocumentCode order, string status, List<string> results, string root)
    {
        List<SubjectIdentifier> numbers = [.. document.OrderNumbers.Where(n => n.Type != "study-instance-uid")];
        if (numbers.Count > 0)
        {
            writer.WriteStartArray("identifier");
            numbers.ForEach(number => writer.Identifier(DocumentCodes.SystemOf(number.Issuer), number.Value));
            writer.WriteEndArray();
        }

        writer.WriteString("status", status);
        DocumentCodes.Write(writer, "code", order);
        writer.Reference("subject", Placeholder.Patient);
        writer.Text(
            "effectiveDateTime", DocumentTime.DateTime(document.ServiceDate) ?? DocumentTime.DateTime(document.Created));
        writer.Text("issued", DocumentTime.Instant(document.Created));
        if (document.Authors.Count > 0)
        {
            writer.WriteStartArray("resultsInterpreter");
            foreach (string author in document.Authors)
            {
                writer.ReferenceItem(null, author);
            }

            writer.WriteEndArray();
        }

        if (results.Count > 0)
        {
            writer.WriteStartArray("result");
            results.ForEach(key => writer.ReferenceItem(Placeholder.For(key)));
            writer.WriteEndArray();
        }

        if (!string.IsNullOrWhiteSpace(document.Text))
        {
            writer.WriteStartArray("presentedForm");
            writer.WriteStartObject();
            writer.WriteString("contentType", DocumentText.MediaType);
            writer.WriteString("url", Placeholder.For(root + ".text"));
            writer.Text("title", document.Title);
            writer.WriteEndObject();
            foreach (AttachmentFacts absent in AttachmentFacts.Absent(document.AbsentBody))
            {
                DocumentReferenceWriter.WriteAttachment(writer, absent);
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>
    /// The document's own status where the laboratory took back all that it reports (R4 DocumentReference.docStatus); else null.
    /// </summary>
    internal static string? DocStatus(ExtractedDocument document) =>
        document.Observations.Count > 0 && document.Observations.All(one => IsTakenBack(StatusOf(one.Status)))
            ? "entered-in-error" : null;

    private static string ReportStatus(IEnumerable<DocumentObservation> observations)
    {
        List<string> statuses = [.. observations.Select(o => StatusOf(o.Status)).Distinct()];
        return statuses switch
        {
            ["final"] => "final",
            ["preliminary"] => "preliminary",
            ["entered-in-error"] => "entered-in-error",
            _ when statuses.TrueForAll(IsTakenBack) => "cancelled",
            _ when statuses.Contains("preliminary") || statuses.Contains("registered") => "partial",
            _ when statuses.Contains("corrected") => "corrected",
            _ when statuses.Contains("final") => "final",
            _ => "unknown",
        };
    }

    private static bool IsTakenBack(string status) => status is "entered-in-error" or "cancelled";

    // HL7 table 0085 to R4 observation-status.
    private static string StatusOf(string? status) => status?.Trim().ToUpperInvariant() switch
    {
        "F" or "U" => "final",
        "P" or "S" or "R" => "preliminary",
        "C" => "corrected",
        "A" => "amended",
        "I" or "O" => "registered",
        "X" or "N" => "cancelled",
        "D" or "W" => "entered-in-error",
        _ => "unknown",
    };
}
