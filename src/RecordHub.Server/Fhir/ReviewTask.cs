using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Server.Api;

namespace RecordHub.Server.Fhir;

/// <summary>The Tasks (R4 task.html) that stand for what is held: who has to decide what, and what a site has to hear.</summary>
internal static class ReviewTask
{
    public const string System = "urn:recordhub:task";
    public const string Review = "identity-review";
    public const string Alert = "sender-alert";

    private const string Prefix = "inbox-";

    public static string IdOf(RecordId id) => Prefix + id;

    public static RecordId? RecordOf(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && RecordId.TryParse(id[Prefix.Length..], out RecordId record) ? record : null;

    /// <summary>Somebody has to say whose a group of held records is.</summary>
    public static ResourceVersion Of(InboxPatient patient) => Version(IdOf(patient.First.Id), patient.First.Item.ReceivedAt, json =>
    {
        Head(json, IdOf(patient.First.Id), Review, "Whose is it?", "routine", patient.First.Item.ReceivedAt);
        Text(json, "businessStatus", patient.First.Reason);
        json.WriteString("description", patient.First.Explanation);
        ClaimView claim = InboxViewsOfCore.Claim(patient.First.Claim);
        string who = string.Join(", ", claim.Names.Take(1).Append(claim.BirthDate).OfType<string>().Concat(claim.Identifiers.Take(1)));
        json.WriteStartObject("for");
        json.WriteString("display", who.Length == 0 ? "nobody is named" : who);
        json.WriteEndObject();
        Sender(json, "requester", patient.First.Item.Source);
        json.WriteStartArray("input");
        Input(json, "records", () => json.WriteNumber("valuePositiveInt", patient.Count));
        foreach (InboxStudy study in patient.Studies)
        {
            Input(json, "study", () => json.WriteString(
                "valueString",
                $"{study.Count} × {study.First.Title}{(study.First.StudyInstanceUid is { } uid ? $", study {uid}" : string.Empty)}, record {study.First.Id}"));
        }

        foreach (string line in patient.First.Evidence)
        {
            Input(json, "evidence", () => json.WriteString("valueString", line));
        }

        foreach (CaseMatch match in patient.Matches)
        {
            Input(json, "suggested-case", () =>
            {
                json.WriteStartObject("valueReference");
                json.WriteString("reference", $"ServiceRequest/{CaseResources.ServiceRequestId(match.File.Number)}");
                json.WriteString("display", $"Case {match.File.Number}");
                json.WriteEndObject();
            }, () => MatchEvidence.Write(json, match.Match));
        }

        json.WriteEndArray();
    });

    /// <summary>A site has to hear that what it sent for a case is somebody else's. It names nobody.</summary>
    public static ResourceVersion Of(SenderAlert alert) => Version("alert-" + alert.Record, alert.ReceivedAt, json =>
    {
        Head(json, "alert-" + alert.Record, Alert, "Sent for the wrong case", "urgent", alert.ReceivedAt);
        json.WriteString("description", alert.Sentence);
        json.WriteStartObject("focus");
        json.WriteString("reference", $"ServiceRequest/{CaseResources.ServiceRequestId(alert.Case)}");
        json.WriteEndObject();
        Sender(json, "owner", alert.Source);
    });

    private static void Head(
        Utf8JsonWriter json, string id, string code, string display, string priority, DateTimeOffset at)
    {
        json.WriteString("id", id);
        json.WriteString("status", "requested");
        json.WriteString("intent", "order");
        json.WriteString("priority", priority);
        json.WriteStartObject("code");
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("system", System);
        json.WriteString("code", code);
        json.WriteString("display", display);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("authoredOn", MetaSplice.Instant(at));
    }

    private static void Sender(Utf8JsonWriter json, string member, Source source)
    {
        json.WriteStartObject(member);
        json.WriteString("display", source.Site ?? source.Sender ?? "unknown sender");
        json.WriteEndObject();
    }

    private static void Input(Utf8JsonWriter json, string type, Action value, Action? extension = null)
    {
        json.WriteStartObject();
        extension?.Invoke();
        Text(json, "type", type);
        value();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string member, string text)
    {
        json.WriteStartObject(member);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static ResourceVersion Version(string id, DateTimeOffset at, Action<Utf8JsonWriter> members)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "Task");
            members(json);
            json.WriteEndObject();
        }

        return new ResourceVersion
        {
            Type = "Task",
            Id = id,
            Version = 1,
            LastUpdated = at,
            Deleted = false,
            Case = default,
            PatientId = null,
            Json = buffer.ToArray(),
        };
    }
}
