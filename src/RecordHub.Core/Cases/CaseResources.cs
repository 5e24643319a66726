using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RecordHub.Core.Identity;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>The FHIR resources that a case is: Patient, ServiceRequest and the coordination Task. Pure.</summary>
public static class CaseResources
{
    /// <summary>The system of case numbers (<c>ServiceRequest.requisition</c>).</summary>
    public const string CaseSystem = "urn:recordhub:case";

    /// <summary>The system of the business status of a case (<c>Task.businessStatus</c>).</summary>
    public const string StatusSystem = "urn:recordhub:case-status";

    private static readonly JsonWriterOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The id of a case's ServiceRequest.</summary>
    public static string ServiceRequestId(CaseNumber number) => ResourceId.Of(number, "ServiceRequest", "case");

    /// <summary>The id of a case's coordination Task.</summary>
    public static string TaskId(CaseNumber number) => ResourceId.Of(number, "Task", "coordination");

    /// <summary>All three.</summary>
    public static IReadOnlyList<StoredResource> Of(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [Patient(file.Patient), ServiceRequest(file), Task(file)];
    }

    /// <summary>The Patient, with every identifier known to be theirs.</summary>
    public static StoredResource Patient(CasePatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return Stored("Patient", patient.Id, default, patient.Id, WritePatient(patient));
    }

    /// <summary>The clinical ask.</summary>
    public static StoredResource ServiceRequest(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Stored(
            "ServiceRequest", ServiceRequestId(file.Number), file.Number, file.Patient.Id,
            WriteServiceRequest(file, RequestStatus(file.Status), file.CreatedAt));
    }

    /// <summary>The clinical ask as it goes into a package: without what says when it was entered here.</summary>
    public static ReadOnlyMemory<byte> SealedServiceRequest(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return WriteServiceRequest(file, "active", null);
    }

    /// <summary>The Task that carries the state of the case.</summary>
    public static StoredResource Task(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Stored("Task", TaskId(file.Number), file.Number, file.Patient.Id, WriteTask(file));
    }

    private static StoredResource Stored(
        string type, string id, CaseNumber number, string patientId, ReadOnlyMemory<byte> json) => new()
        {
            Type = type,
            Id = id,
            Case = number,
            PatientId = patientId,
            Json = json,
            Index = FhirIndexer.Index(type, json.Span),
        };

    private static ReadOnlyMemory<byte> WritePatient(CasePatient patient) => Write("Patient", patient.Id, writer =>
    {
        if (patient.Identifiers.Count > 0)
        {
            writer.WriteStartArray("identifier");
            foreach (PatientIdentifier identifier in Identifiers.Issued(patient.Identifiers))
            {
                writer.WriteStartObject();
                writer.WriteString("system", Identifiers.SystemOf(identifier.Issuer));
                writer.WriteString("value", identifier.Value);
                writer.WriteStartObject("assigner");
                writer.WriteString("display", identifier.Issuer);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("name");
        writer.WriteStartObject();
        writer.WriteString("use", "official");
        writer.WriteString("text", $"{patient.Name.Given} {patient.Name.Family}".Trim());
        writer.WriteString("family", patient.Name.Family);
        writer.WriteStartArray("given");
        foreach (string given in patient.Name.Given.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteStringValue(given);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteString("gender", Gender(patient.Sex));
        writer.WriteString("birthDate", patient.BirthDate.ToString());
    });

    private static ReadOnlyMemory<byte> WriteServiceRequest(CaseFile file, string status, DateTimeOffset? authored) =>
        Write("ServiceRequest", ServiceRequestId(file.Number), writer =>
        {
            WriteIdentifier(writer, "requisition", CaseSystem, file.Number.ToString());
            writer.WriteString("status", status);
            writer.WriteString("intent", "order");
            WriteConcept(writer, "code", null, null, $"Second opinion, {file.Specialty}");
            WriteReference(writer, "subject", $"Patient/{file.Patient.Id}");
            if (authored is { } at)
            {
                writer.WriteString("authoredOn", Instant(at));
            }

            writer.WriteStartArray("reasonCode");
            WriteConcept(writer, null, "http://terminology.hl7.org/CodeSystem/v2-0336", "S", "Second Opinion");
            writer.WriteEndArray();
            writer.WriteStartArray("note");
            writer.WriteStartObject();
            writer.WriteString("text", file.Question);
            writer.WriteEndObject();
            writer.WriteEndArray();
        });

    private static ReadOnlyMemory<byte> WriteTask(CaseFile file) => Write("Task", TaskId(file.Number), writer =>
    {
        WriteIdentifier(writer, "groupIdentifier", CaseSystem, file.Number.ToString());
        writer.WriteString("status", TaskStatus(file.Status));
        WriteConcept(writer, "businessStatus", StatusSystem, file.Status, file.Status);
        writer.WriteString("intent", "order");
        WriteConcept(writer, "code", "urn:recordhub:task", "coordination", "Coordination of a second opinion");
        WriteReference(writer, "focus", $"ServiceRequest/{ServiceRequestId(file.Number)}");
        WriteReference(writer, "for", $"Patient/{file.Patient.Id}");
        writer.WriteString("authoredOn", Instant(file.CreatedAt));
    });

    private static string RequestStatus(string status) => status switch
    {
        CaseStatus.Draft => "draft",
        "returned" => "on-hold",
        CaseStatus.Delivered or CaseStatus.Acknowledged => "completed",
        CaseStatus.Declined or CaseStatus.Cancelled => "revoked",
        _ => "active",
    };

    private static string TaskStatus(string status) => status switch
    {
        CaseStatus.Draft => "draft",
        CaseStatus.Submitted => "requested",
        "returned" or CaseStatus.MoreInfo => "on-hold",
        CaseStatus.Delivered or CaseStatus.Acknowledged => "completed",
        CaseStatus.Declined => "rejected",
        CaseStatus.Cancelled => "cancelled",
        CaseStatus.Failed => "failed",
        _ => "in-progress",
    };

    private static string Gender(AdministrativeSex sex) => sex switch
    {
        AdministrativeSex.Female => "female",
        AdministrativeSex.Male => "male",
        AdministrativeSex.Other => "other",
        _ => "unknown",
    };

    private static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteIdentifier(Utf8JsonWriter writer, string name, string system, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString("system", system);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, string name, string reference)
    {
        writer.WriteStartObject(name);
        writer.WriteString("reference", reference);
        writer.WriteEndObject();
    }

    private static void WriteConcept(Utf8JsonWriter writer, string? name, string? system, string? code, string text)
    {
        if (name is null)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartObject(name);
        }

        if (code is not null)
        {
            writer.WriteStartArray("coding");
            writer.WriteStartObject();
            writer.WriteString("system", system);
            writer.WriteString("code", code);
            writer.WriteString("display", text);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(string type, string id, Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("resourceType", type);
            writer.WriteString("id", id);
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
