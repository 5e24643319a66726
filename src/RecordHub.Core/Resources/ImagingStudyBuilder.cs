using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Resources;

/// <summary>
/// Builds R4 ImagingStudy from the instances of a study. Pure; the order of the instances does not matter: where they
/// disagree, the value of the smallest SOP Instance UID that has one stands.
/// </summary>
public static class ImagingStudyBuilder
{
    private const string AbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    /// <summary>The study; null when there is no instance.</summary>
    public static StoredResource? Build(StudyKey study, IReadOnlyList<StoredInstance> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        if (instances.Count == 0)
        {
            return null;
        }

        List<StoredInstance> ordered =
        [
            .. instances
                .OrderBy(instance => instance.Facts.SopInstanceUid, StringComparer.Ordinal)
                .ThenBy(instance => instance.DataSet)
                .DistinctBy(instance => (instance.Facts.SeriesInstanceUid, instance.Facts.SopInstanceUid)),
        ];
        string patientId = ordered[0].PatientId;
        byte[] json = FhirJson.Resource("ImagingStudy", writer => Write(writer, study, patientId, ordered));
        return new StoredResource
        {
            Type = "ImagingStudy",
            Id = StudyId(study),
            Case = study.Case,
            PatientId = patientId,
            Json = json,
            Index = FhirIndexer.Index("ImagingStudy", json),
        };
    }

    /// <summary>The case's DICOMweb service, which its studies point to.</summary>
    public static StoredResource Endpoint(CaseNumber number)
    {
        byte[] json = FhirJson.Resource("Endpoint", writer =>
        {
            writer.WriteString("id", EndpointId(number));
            writer.WriteString("status", "active");
            writer.Coding(
                "connectionType", "http://terminology.hl7.org/CodeSystem/endpoint-connection-type", "dicom-wado-rs",
                "DICOM WADO-RS");
            writer.WriteString("name", $"Images of case {number}");
            writer.WriteStartArray("payloadType");
            writer.ConceptItem("http://terminology.hl7.org/CodeSystem/endpoint-payload-type", "any", "Any", "DICOM");
            writer.WriteEndArray();
            writer.WriteStartArray("payloadMimeType");
            writer.WriteStringValue("application/dicom");
            writer.WriteEndArray();
            writer.WriteString("address", $"/cases/{number}/dicomweb");
        });
        return new StoredResource
        {
            Type = "Endpoint",
            Id = EndpointId(number),
            Case = number,
            Json = json,
            Index = FhirIndexer.Index("Endpoint", json),
        };
    }

    /// <summary>The logical id of a study's ImagingStudy.</summary>
    public static string StudyId(StudyKey study) => ResourceId.Of(study.Case, "ImagingStudy", study.StudyInstanceUid);

    /// <summary>The logical id of a case's Endpoint.</summary>
    public static string EndpointId(CaseNumber number) => ResourceId.Of(number, "Endpoint", "dicomweb");

    private static void Write(Utf8JsonWriter writer, StudyKey study, string patientId, List<StoredInstance> instances)
    {
        string? First(Func<InstanceFacts, string?> value) => FirstOf(instances, value);
        writer.WriteString("id", StudyId(study));
        writer.WriteStartArray("identifier");
        writer.Identifier(DicomFhir.UidSystem, "urn:oid:" + study.StudyInstanceUid);
        WriteAccession(writer, First(facts => facts.AccessionNumber));
        writer.WriteEndArray();
        writer.WriteString("status", "available");
        WriteModalities(writer, instances);
        writer.Reference("subject", "Patient/" + patientId);
        writer.Text("started", Started(instances));
        writer.Reference("referrer", null, DicomFhir.Name(First(facts => facts.ReferringPhysicianName)));
        writer.WriteStartArray("endpoint");
        writer.ReferenceItem("Endpoint/" + EndpointId(study.Case));
        writer.WriteEndArray();
        List<IGrouping<string, StoredInstance>> series =
        [
            .. instances
                .GroupBy(instance => instance.Facts.SeriesInstanceUid, StringComparer.Ordinal)
                .OrderBy(group => FirstNumber(group, facts => facts.SeriesNumber) ?? int.MaxValue)
                .ThenBy(group => group.Key, StringComparer.Ordinal),
        ];
        writer.WriteNumber("numberOfSeries", series.Count);
        writer.WriteNumber("numberOfInstances", instances.Count);
        writer.Reference("location", null, First(facts => facts.InstitutionName));
        writer.Text("description", First(facts => facts.StudyDescription));
        writer.WriteStartArray("series");
        foreach (IGrouping<string, StoredInstance> group in series)
        {
            WriteSeries(writer, group.Key, [.. group]);
        }

        writer.WriteEndArray();
    }

    private static void WriteAccession(Utf8JsonWriter writer, string? accession)
    {
        if (string.IsNullOrWhiteSpace(accession))
        {
            return;
        }

        writer.WriteStartObject();
        writer.Concept("type", "http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN", "Accession ID");
        writer.Text("value", accession);
        writer.WriteEndObject();
    }

    private static void WriteModalities(Utf8JsonWriter writer, List<StoredInstance> instances)
    {
        List<string> modalities =
        [
            .. instances.Select(instance => instance.Facts.Modality?.Trim()).OfType<string>()
                .Where(modality => modality.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        if (modalities.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("modality");
        modalities.ForEach(modality => writer.CodingItem(DicomFhir.CodeSystem, modality, null));
        writer.WriteEndArray();
    }

    private static void WriteSeries(Utf8JsonWriter writer, string uid, List<StoredInstance> instances)
    {
        writer.WriteStartObject();
        writer.WriteString("uid", uid);
        if (FirstNumber(instances, facts => facts.SeriesNumber) is >= 0 and { } number)
        {
            writer.WriteNumber("number", number);
        }

        WriteModality(writer, FirstOf(instances, facts => facts.Modality));
        writer.Text("description", FirstOf(instances, facts => facts.SeriesDescription));
        writer.WriteNumber("numberOfInstances", instances.Count);
        if (FirstOf(instances, facts => facts.BodyPartExamined) is { } bodyPart)
        {
            writer.Coding("bodySite", null, null, bodyPart);
        }

        WriteLaterality(writer, FirstOf(instances, facts => facts.Laterality));
        writer.Text("started", SeriesStarted(instances));
        writer.WriteStartArray("instance");
        foreach (InstanceFacts facts in instances.Select(instance => instance.Facts)
            .OrderBy(facts => facts.InstanceNumber ?? int.MaxValue)
            .ThenBy(facts => facts.SopInstanceUid, StringComparer.Ordinal))
        {
            WriteInstance(writer, facts);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Required by R4 ImagingStudy.series.modality, and Type 1 in DICOM; when it is missing all the same, that is said.
    private static void WriteModality(Utf8JsonWriter writer, string? modality)
    {
        if (modality is not null)
        {
            writer.Coding("modality", DicomFhir.CodeSystem, modality, null);
            return;
        }

        writer.WriteStartObject("modality");
        writer.WriteStartArray("extension");
        writer.WriteStartObject();
        writer.WriteString("url", AbsentReason);
        writer.WriteString("valueCode", "unknown");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteLaterality(Utf8JsonWriter writer, string? laterality)
    {
        (string Code, string Display)? side = laterality?.Trim().ToUpperInvariant() switch
        {
            "L" => ("7771000", "Left"),
            "R" => ("24028007", "Right"),
            "B" => ("51440002", "Bilateral"),
            _ => null,
        };
        if (side is { } known)
        {
            writer.Coding("laterality", "http://snomed.info/sct", known.Code, known.Display);
        }
    }

    private static void WriteInstance(Utf8JsonWriter writer, InstanceFacts facts)
    {
        writer.WriteStartObject();
        writer.WriteString("uid", facts.SopInstanceUid);
        writer.Coding("sopClass", "urn:ietf:rfc:3986", "urn:oid:" + facts.SopClassUid, null);
        if (facts.InstanceNumber is >= 0 and { } number)
        {
            writer.WriteNumber("number", number);
        }

        writer.Text("title", facts.Title);
        writer.WriteEndObject();
    }

    private static string? Started(List<StoredInstance> instances) => instances
        .Select(instance => instance.Facts)
        .Select(facts => DicomFhir.DateTime(facts.StudyDate, facts.StudyTime, facts.TimezoneOffsetFromUtc))
        .FirstOrDefault(started => started is not null);

    private static string? SeriesStarted(List<StoredInstance> instances) => instances
        .Select(instance => instance.Facts)
        .Select(facts => DicomFhir.DateTime(facts.SeriesDate, facts.SeriesTime, facts.TimezoneOffsetFromUtc)
            ?? DicomFhir.DateTime(
                facts.PerformedProcedureStepStartDate, facts.PerformedProcedureStepStartTime, facts.TimezoneOffsetFromUtc))
        .FirstOrDefault(started => started is not null);

    private static string? FirstOf(IEnumerable<StoredInstance> instances, Func<InstanceFacts, string?> value) => instances
        .Select(instance => value(instance.Facts)?.Trim())
        .FirstOrDefault(text => !string.IsNullOrEmpty(text));

    private static int? FirstNumber(IEnumerable<StoredInstance> instances, Func<InstanceFacts, int?> value) => instances
        .Select(instance => value(instance.Facts))
        .FirstOrDefault(number => number is not null);
}
