using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Tests.Normalization;

public class FhirInputTests
{
    private const string TwoPatients = """
        {"resourceType":"Bundle","type":"collection","entry":[
          {"fullUrl":"urn:uuid:a","resource":{"resourceType":"Patient","identifier":[{"system":"urn:x","value":"1"}],"name":[{"family":"Alpha","given":["Ann"]}]}},
          {"fullUrl":"urn:uuid:b","resource":{"resourceType":"Patient","identifier":[{"system":"urn:x","value":"2"}],"name":[{"family":"Beta","given":["Bob"]}]}},
          {"fullUrl":"urn:uuid:o","resource":{"resourceType":"Organization","name":"Lab"}},
          {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"urn:uuid:a"},"performer":[{"reference":"urn:uuid:o"}],"focus":[{"reference":"urn:uuid:b"}]}},
          {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Observation","status":"final","code":{"text":"b"},"subject":{"reference":"urn:uuid:b"}}},
          {"fullUrl":"urn:uuid:3","resource":{"resourceType":"Provenance","target":[{"reference":"urn:uuid:1"},{"reference":"urn:uuid:2"}],"recorded":"2020-01-01T00:00:00Z","agent":[{"who":{"display":"x"}}]}}
        ]}
        """;

    [Test]
    public void A_bundle_of_two_patients_is_split_and_neither_sees_the_other()
    {
        IReadOnlyList<PatientRecord> records = Bytes.Records(Bytes.Fhir(TwoPatients));

        Assert.That(records, Has.Count.EqualTo(3));
        Assert.That(records[0].Claim.Names[0].Family, Is.EqualTo("Alpha"));
        Assert.That(records[1].Claim.Names[0].Family, Is.EqualTo("Beta"));
        Assert.That(records[0].Resources.Select(r => r.Type), Is.EqualTo(["Organization", "Observation"]));
        Assert.That(records[1].Resources.Select(r => r.Type), Is.EqualTo(["Observation"]));
        string original = Encoding.UTF8.GetString(records[0].Binaries[0].Derived.Span);
        Assert.That(original, Does.Contain("Alpha").And.Not.Contain("Beta"));
    }

    [Test]
    public void What_is_about_several_people_is_held_for_a_person()
    {
        PatientRecord shared = Bytes.Records(Bytes.Fhir(TwoPatients))[2];

        Assert.That(shared.Resources.Single().Type, Is.EqualTo("Provenance"));
        Assert.That(shared.Claim.ByReferenceOnly, Is.True);
        Assert.That(Bytes.Text(shared.Resources[0].Json), Does.Not.Contain("\"reference\""));
    }

    [TestCase("two", true)]
    [TestCase("one", false)]
    public void So_is_what_contains_a_resource_about_another_patient(string contained, bool byReference)
    {
        static string Patient(string id) => "{\"fullUrl\":\"http://a/Patient/" + id + "\",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"" + id
            + "\",\"identifier\":[{\"system\":\"urn:x\",\"value\":\"" + id + "\"}],\"name\":[{\"family\":\"" + id + "\"}]}}";
        IReadOnlyList<PatientRecord> records = Bytes.Records(Bytes.Fhir(
            "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + Patient("one") + "," + Patient("two")
            + ",{\"fullUrl\":\"http://a/Basic/b\",\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"b\",\"subject\":{\"reference\":\"Patient/one\"},"
            + "\"contained\":[{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/" + contained + "\"}}]}}]}"));

        PatientRecord record = records.Single(one => one.Resources.Any(resource => resource.Type == "MedicationRequest"));

        Assert.That(record.Claim.ByReferenceOnly, Is.EqualTo(byReference));
    }

    [Test]
    public void A_reference_to_another_patient_becomes_an_identifier()
    {
        string json = Bytes.Text(Bytes.Records(Bytes.Fhir(TwoPatients))[0].Resources[1].Json);

        Assert.That(json, Does.Contain("\"subject\":{\"reference\":\"urn:recordhub:patient\"}"));
        Assert.That(json, Does.Contain("\"focus\":[{\"identifier\":{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"urn:uuid:b\"}}]"));
    }

    [Test]
    public void Two_patients_with_one_relative_name_are_never_taken_for_each_other()
    {
        IReadOnlyList<PatientRecord> records = Bytes.Records(Bytes.Fhir("""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"http://a/Patient/1","resource":{"resourceType":"Patient","id":"1","name":[{"family":"Alpha"}]}},
              {"fullUrl":"http://b/Patient/1","resource":{"resourceType":"Patient","id":"1","name":[{"family":"Beta"}]}},
              {"fullUrl":"http://b/Observation/1","resource":{"resourceType":"Observation","id":"1","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/1"}}},
              {"resource":{"resourceType":"Observation","id":"2","status":"final","code":{"text":"y"},"subject":{"reference":"Patient/1"}}}
            ]}
            """));

        Assert.That(records.Select(r => r.Resources.Count), Is.EqualTo([0, 1, 1]));
        Assert.That(records[1].Claim.Names[0].Family, Is.EqualTo("Beta"));
        Assert.That(records[2].Claim.ByReferenceOnly, Is.True);
    }

    [Test]
    public void Numbers_extensions_and_contained_resources_stay_as_they_are()
    {
        const string value = """
            "valueQuantity":{"value":1.00,"unknown":-0.0e-2},"extension":[{"url":"http://x","valueDecimal":1E3}],"contained":[{"note":[{"text":"caf\u00e9 \/ \"\n"}],"resourceType":"Device","id":"d"}]
            """;
        BoundRecord bound = Bytes.BindFhir(
            $"{{\"resourceType\":\"Observation\",\"id\":\"x\",\"meta\":{{\"versionId\":\"3\",\"lastUpdated\":\"2020-01-01T00:00:00Z\",\"source\":\"s\",\"tag\":[{{\"code\":\"t\"}}]}},{value.Trim()},\"device\":{{\"reference\":\"#d\"}}}}");
        string json = Bytes.Text(bound.Resources[0].Json);

        Assert.That(json, Is.EqualTo($$$"""
            {"resourceType":"Observation","id":"{{{bound.Resources[0].Id}}}","contained":[{"resourceType":"Device","id":"d","note":[{"text":"café / \"\n"}]}],"device":{"reference":"#d"},"extension":[{"url":"http://x","valueDecimal":1E3}],"meta":{"tag":[{"code":"t"}]},"valueQuantity":{"unknown":-0.0e-2,"value":1.00}}
            """));
    }

    [Test]
    public void A_contained_patient_is_the_claim_and_is_replaced()
    {
        PatientRecord record = Bytes.Records(Bytes.Fhir("""
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"#p"},
             "contained":[{"resourceType":"Patient","id":"p","name":[{"family":"Alpha","given":["Ann"]}],"birthDate":"1970-01-02","gender":"female"}]}
            """))[0];

        Assert.That(record.Claim.BirthDate, Is.EqualTo(new PartialDate(1970, 1, 2)));
        Assert.That(record.Claim.Sex, Is.EqualTo(AdministrativeSex.Female));
        Assert.That(Bytes.Text(record.Resources[0].Json), Does.Not.Contain("Alpha").And.Contain(Placeholder.Patient));
    }

    [TestCase("{\"reference\":\"Patient/12\"}", true, 0)]
    [TestCase("{\"identifier\":{\"system\":\"urn:x\",\"value\":\"9\"}}", false, 1)]
    [TestCase("{\"reference\":\"Patient?identifier=urn:x|9\"}", false, 1)]
    [TestCase("{\"display\":\"Ann Alpha\"}", true, 0)]
    public void A_patient_who_is_only_referred_to_is_claimed_as_far_as_said(string subject, bool byReference, int identifiers)
    {
        PatientRecord record = Bytes.Records(Bytes.Fhir(
            $"{{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{{\"text\":\"x\"}},\"subject\":{subject}}}"))[0];

        Assert.That(record.Claim.ByReferenceOnly, Is.EqualTo(byReference));
        Assert.That(record.Claim.Identifiers, Has.Count.EqualTo(identifiers));
        Assert.That(record.Claim.IsNobody, Is.False);
        Assert.That(Bytes.Text(record.Resources[0].Json), Does.Contain(Placeholder.Patient));
    }

    [Test]
    public void An_identifier_issued_by_an_OID_is_claimed_in_both_writings()
    {
        PatientClaim claim = Bytes.Records(Bytes.Fhir(
            "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:1.2.3\",\"value\":\"7\"},{\"value\":\"8\"}]}", "north"))[0].Claim;

        Assert.That(claim.Identifiers.Select(i => (i.Issuer, i.Value)), Is.EqualTo([("urn:oid:1.2.3", "7"), ("1.2.3", "7"), ("north", "8")]));
    }

    [Test]
    public void A_large_attachment_becomes_a_Binary_and_a_small_one_stays()
    {
        string large = Convert.ToBase64String(new byte[70_000]);
        BoundRecord bound = Bytes.BindFhir(
            $"{{\"resourceType\":\"DocumentReference\",\"status\":\"current\",\"content\":[{{\"attachment\":{{\"contentType\":\"application/pdf\",\"data\":\"{large}\"}}}},{{\"attachment\":{{\"data\":\"AAAA\"}}}}]}}");
        string json = Bytes.Text(bound.Resources[0].Json);

        Assert.That(bound.Blobs, Has.Count.EqualTo(1));
        Assert.That(bound.Binaries[1].Length, Is.EqualTo(70_000));
        Assert.That(json, Does.Contain($"\"url\":\"Binary/{bound.Binaries[1].Id}\",\"size\":70000,\"hash\":"));
        Assert.That(json, Does.Contain("\"data\":\"AAAA\""));
    }

    [Test]
    public void NDJSON_of_many_patients_gives_a_record_each_and_names_a_bad_line()
    {
        StringBuilder lines = new();
        for (int i = 0; i < 50; i++)
        {
            lines.Append($"{{\"resourceType\":\"Patient\",\"id\":\"{i}\",\"identifier\":[{{\"system\":\"urn:x\",\"value\":\"{i}\"}}]}}\n");
            lines.Append($"{{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{{\"text\":\"x\"}},\"subject\":{{\"reference\":\"Patient/{i}\"}}}}\r\n\n");
        }

        lines.Append("{\"resourceType\":");
        IReadOnlyList<PatientRecord> records =
            Bytes.Records(Bytes.Normalize(ContentKind.FhirNdjson, Encoding.UTF8.GetBytes(lines.ToString())));

        Assert.That(records, Has.Count.EqualTo(50));
        Assert.That(records, Has.All.Matches<PatientRecord>(r => r.Resources.Count == 1 && r.Claim.Identifiers.Count == 1));
        Assert.That(records[0].Warnings, Does.Contain("line 151 is not a FHIR resource"));
        Assert.That(records[0].Incomplete, Is.EqualTo("line 151 is not a FHIR resource"));
    }

    [TestCase("{\"resourceType\":\"MedicationOrder\"}", "not-r4")]
    [TestCase("{\"resourceType\":\"Condition\",\"clinicalStatus\":\"active\"}", "not-r4")]
    [TestCase("{\"resourceType\":\"Nonsense\"}", "malformed")]
    [TestCase("{\"a\":1}", "malformed")]
    [TestCase("[]", "malformed")]
    [TestCase("{\"resourceType\":\"Basic\",\"x\":\"\\ud800\"}", "malformed")]
    [TestCase("{\"resourceType\":\"Basic\",\"x\":1,\"x\":2}", "malformed")]
    [TestCase("{\"resourceType\":\"Basic\"", "malformed")]
    [TestCase("", "malformed")]
    public void What_is_not_R4_is_refused_by_name(string json, string code) =>
        Assert.That(Bytes.Unreadable(Bytes.Fhir(json)).Code, Is.EqualTo(code));

    [Test]
    public void Depth_is_limited_in_JSON_and_XML()
    {
        string json = "{\"resourceType\":\"Basic\",\"extension\":" + string.Concat(Enumerable.Repeat("[{\"extension\":", 200));
        string xml = "<Basic xmlns=\"http://hl7.org/fhir\">" + string.Concat(Enumerable.Repeat("<extension url=\"x\">", 5000));

        Assert.That(Bytes.Unreadable(Bytes.Fhir(json)).Code, Is.EqualTo("malformed"));
        Assert.That(Bytes.Unreadable(Bytes.Normalize(ContentKind.FhirXml, Encoding.UTF8.GetBytes(xml))).Code, Is.EqualTo("malformed"));
    }

    [Test]
    public void No_DTD_is_read()
    {
        const string xml = """
            <!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/hostname">]>
            <Patient xmlns="http://hl7.org/fhir"><name><family value="&e;"/></name></Patient>
            """;

        Assert.That(Bytes.Unreadable(Bytes.Normalize(ContentKind.FhirXml, Encoding.UTF8.GetBytes(xml))).Code, Is.EqualTo("malformed"));
    }

    [Test]
    public void XML_is_read_as_JSON_is()
    {
        const string xml = """
            <Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="x"/></code>
            <subject><reference value="Patient/1"/></subject><valueQuantity><value value="1.10"/></valueQuantity></Observation>
            """;
        PatientRecord record = Bytes.Records(Bytes.Normalize(ContentKind.FhirXml, Encoding.UTF8.GetBytes(xml)))[0];

        Assert.That(
            Bytes.Text(record.Resources[0].Json),
            Is.EqualTo("""{"resourceType":"Observation","code":{"text":"x"},"status":"final","subject":{"reference":"urn:recordhub:patient"},"valueQuantity":{"value":1.10}}"""));
    }

    [Test]
    public void The_same_bytes_give_the_same_ids_whatever_the_door()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(TwoPatients);
        BoundRecord one = Bytes.Bind(Bytes.Records(Bytes.Normalize(ContentKind.FhirJson, bytes))[0], ContentKind.FhirJson, bytes);
        BoundRecord two = Bytes.Bind(Bytes.Records(Bytes.Normalize(ContentKind.FhirJson, bytes))[0], ContentKind.FhirJson, bytes);

        Assert.That(two.Resources.Select(r => Bytes.Text(r.Json)), Is.EqualTo(one.Resources.Select(r => Bytes.Text(r.Json))));
        Assert.That(one.Resources[^1].Type, Is.EqualTo("Provenance"));
        Assert.That(one.Resources.Single(r => r.Type == "Observation").PatientId, Is.EqualTo("pat"));
        Assert.That(one.Resources.Single(r => r.Type == "Organization").PatientId, Is.Null);
    }

    [Test]
    public void Official_examples_come_back_as_they_were_but_for_references_out_of_them()
    {
        foreach (string file in SharedData.Files("fhir/r4-examples"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            using JsonDocument given = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 256 });
            string? type = given.RootElement.GetProperty("resourceType").GetString();
            if (type is "Bundle" or "Patient" or "Binary")
            {
                continue;
            }

            PatientRecord record = Bytes.Records(Bytes.Normalize(ContentKind.FhirJson, bytes))[0];
            using JsonDocument kept = JsonDocument.Parse(Bytes.Bind(record, ContentKind.FhirJson, bytes).Resources[0].Json);
            Same(given.RootElement, kept.RootElement, file, isTop: true);
        }
    }

    private static void Same(JsonElement given, JsonElement kept, string path, bool isTop = false)
    {
        Assert.That(kept.ValueKind, Is.EqualTo(given.ValueKind), path);
        if (given.ValueKind == JsonValueKind.Object)
        {
            bool isReference = !isTop && (given.TryGetProperty("reference", out _) || kept.TryGetProperty("reference", out _));
            foreach (JsonProperty property in given.EnumerateObject())
            {
                bool isReplaced = isReference && property.Name == "reference";
                if (!isReplaced && !(isTop && property.Name is "id" or "meta") && property.Name != "contained")
                {
                    Assert.That(kept.TryGetProperty(property.Name, out JsonElement value), Is.True, $"{path}.{property.Name}");
                    Same(property.Value, value, $"{path}.{property.Name}");
                }
            }
        }
        else if (given.ValueKind == JsonValueKind.Array)
        {
            Assert.That(kept.GetArrayLength(), Is.EqualTo(given.GetArrayLength()), path);
            for (int i = 0; i < given.GetArrayLength(); i++)
            {
                Same(given[i], kept[i], $"{path}[{i}]");
            }
        }
        else
        {
            Assert.That(kept.GetRawText(), Is.EqualTo(given.GetRawText()), path);
        }
    }
}
