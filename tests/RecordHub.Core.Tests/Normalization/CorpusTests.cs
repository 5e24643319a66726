using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;
using RecordHub.Documents;

namespace RecordHub.Core.Tests.Normalization;

public class CorpusTests
{
    [Test]
    public void Every_FHIR_file_has_an_outcome_and_its_records_bind()
    {
        Dictionary<string, int> outcomes = [];
        foreach (string file in SharedData.Files("fhir"))
        {
            ContentKind kind = Path.GetExtension(file) switch
            {
                ".xml" => ContentKind.FhirXml,
                ".ndjson" => ContentKind.FhirNdjson,
                _ => ContentKind.FhirJson,
            };
            Count(outcomes, Path.GetRelativePath(SharedData.Folder("fhir"), file), Process(kind, file));
        }

        Report(outcomes);
    }

    [Test]
    public void Every_document_has_an_outcome_and_its_records_bind()
    {
        Dictionary<string, int> outcomes = [];
        foreach (string file in SharedData.Files("documents"))
        {
            byte[] head = File.ReadAllBytes(file);
            if (!DocumentSniffer.TryRecognise(
                head.AsSpan(0, Math.Min(head.Length, DocumentSniffer.HeadLength)), Path.GetFileName(file), out DocumentKind kind))
            {
                continue;
            }

            ContentKind content = kind switch
            {
                DocumentKind.CdaDocument => ContentKind.Cda,
                DocumentKind.Hl7V2 => ContentKind.Hl7V2,
                DocumentKind.Pdf => ContentKind.Pdf,
                DocumentKind.Docx => ContentKind.Docx,
                DocumentKind.Rtf => ContentKind.Rtf,
                DocumentKind.Html => ContentKind.Html,
                DocumentKind.Odt => ContentKind.Odt,
                DocumentKind.LegacyDoc => ContentKind.LegacyDoc,
                _ => ContentKind.PlainText,
            };
            Count(outcomes, Path.GetRelativePath(SharedData.Folder("documents"), file), Process(content, file));
        }

        Report(outcomes);
    }

    [Test]
    public void Every_DICOM_file_has_an_outcome_and_its_records_bind()
    {
        Dictionary<string, int> outcomes = [];
        List<StoredInstance> instances = [];
        foreach (string file in SharedData.Files("dicom"))
        {
            Count(outcomes, Path.GetRelativePath(SharedData.Folder("dicom"), file), Process(ContentKind.DicomInstance, file, instances));
        }

        Report(outcomes);
        foreach (IGrouping<string, StoredInstance> study in instances.GroupBy(i => i.Facts.StudyInstanceUid))
        {
            StoredResource? built = ImagingStudyBuilder.Build(new StudyKey(new CaseNumber(7), study.Key), [.. study]);

            Assert.That(built, Is.Not.Null);
            Strict.Check(built!.Json.Span, study.Key);
        }
    }

    private static string Process(ContentKind kind, string file, List<StoredInstance>? instances = null)
    {
        byte[] bytes = File.ReadAllBytes(file);
        Normalized normalized = Bytes.Normalize(kind, bytes);
        if (normalized is not Normalized.Records records)
        {
            return normalized is Normalized.Unreadable unreadable
                ? $"{kind}: {unreadable.Code}: {unreadable.Explanation} [{unreadable.Where}]"
                : $"{kind}: not a record";
        }

        foreach (PatientRecord record in records.Parts)
        {
            BoundRecord bound = Bytes.Bind(record, kind, bytes);
            HashSet<string> known =
            [
                "Patient/pat", .. bound.Resources.Select(r => $"{r.Type}/{r.Id}"), .. bound.Binaries.Select(b => "Binary/" + b.Id),
            ];
            if (bound.Instance is { } instance)
            {
                instances?.Add(instance);
                known.Add("ImagingStudy/" + ImagingStudyBuilder.StudyId(new StudyKey(instance.Case, instance.Facts.StudyInstanceUid)));
            }

            Assert.That(bound.Resources.Select(r => (r.Type, r.Id)), Is.Unique, file);
            Assert.That(bound.Binaries.Select(b => b.Id), Is.Unique, file);
            foreach (StoredResource resource in bound.Resources)
            {
                string text = Bytes.Text(resource.Json);
                Assert.That(text, Does.Not.Contain("\"urn:recordhub:"), file);
                using JsonDocument json = JsonDocument.Parse(resource.Json, new JsonDocumentOptions { MaxDepth = 256 });
                foreach (JsonProperty property in json.RootElement.EnumerateObject())
                {
                    // DetectedIssue.reference, at the top, is an address.
                    Dangling(property.Value, known, file);
                }

                if (kind is not (ContentKind.FhirJson or ContentKind.FhirXml or ContentKind.FhirNdjson))
                {
                    Strict.Check(resource.Json.Span, file);
                }
            }
        }

        return $"{kind}: records";
    }

    private static void Dangling(JsonElement element, HashSet<string> known, string file)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Dangling(item, known, file);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Name == "reference" && property.Value.ValueKind == JsonValueKind.String
                    && property.Value.GetString() is { } reference && !reference.StartsWith('#'))
                {
                    Assert.That(known, Does.Contain(reference), file);
                }

                Dangling(property.Value, known, file);
            }
        }
    }

    private static void Count(Dictionary<string, int> outcomes, string file, string outcome)
    {
        outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        if (!outcome.EndsWith("records", StringComparison.Ordinal))
        {
            TestContext.Out.WriteLine($"{file}: {outcome}");
        }
    }

    private static void Report(Dictionary<string, int> outcomes)
    {
        StringBuilder text = new();
        foreach ((string outcome, int count) in outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(count).Append(' ').AppendLine(outcome);
        }

        TestContext.Out.WriteLine(text);
        Assert.That(outcomes.Keys, Has.Some.EndsWith("records"));
    }
}
