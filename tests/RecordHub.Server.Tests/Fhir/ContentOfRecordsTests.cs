using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>A record is its content too: what a document says of whose it is counts, whatever it is wrapped in.</summary>
internal sealed class ContentOfRecordsTests
{
    private const string Stranger = "Patient: Kaltwasser, Benno\nGeburtsdatum: 05.01.1970\nBefund ";
    private const string Own = "Patient: Muster, Erika\nGeburtsdatum: 12.08.1964\nBefund ";
    private const string Nobody = "Befund ohne Namen ";

    private TestHub _hub = null!;
    private CaseNumber _case;
    private int _number;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
        await _hub.OpenCaseAsync("MRN2", "Andersfall", "Ignota");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("text/plain")]
    [TestCase("application/pdf")]
    public async Task A_Binary_as_JSON_and_its_bytes_are_held_alike_when_they_name_somebody_else(string type)
    {
        byte[] content = type == "application/pdf" ? Pdf(Stranger + Next()) : Encoding.UTF8.GetBytes(Stranger + Next());
        (HttpStatusCode raw, string told) = await PostAsync($"cases/{_case}/fhir/Binary", content, type);
        (HttpStatusCode json, string answer) = await PostAsync($"cases/{_case}/fhir/Binary", Binary(content, type));

        Assert.That(raw, Is.EqualTo(HttpStatusCode.Accepted), told);
        Assert.That(json, Is.EqualTo(HttpStatusCode.Accepted), answer);
        Assert.That(answer, Does.Contain("names somebody else").And.Not.Contain("Kaltwasser"));
    }

    [TestCase(Own)]
    [TestCase(Nobody)]
    public async Task A_Binary_as_JSON_and_its_bytes_are_one_document(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text + Next());
        int before = await CountAsync("DocumentReference");
        (HttpStatusCode json, string answer) = await PostAsync($"cases/{_case}/fhir/Binary", Binary(content, "text/plain"));
        int between = await CountAsync("DocumentReference");
        (HttpStatusCode raw, string told) = await PostAsync($"cases/{_case}/fhir/Binary", content, "text/plain");

        Assert.That(json, Is.EqualTo(HttpStatusCode.Created), answer);
        Assert.That(raw, Is.EqualTo(HttpStatusCode.OK), told);
        Assert.That(between, Is.EqualTo(before + 1));
        Assert.That(await CountAsync("DocumentReference"), Is.EqualTo(between));
        JsonNode document = JsonNode.Parse(answer)!;
        Assert.That(document["resourceType"]!.GetValue<string>(), Is.EqualTo("DocumentReference"));
        Assert.That(document["id"]!.GetValue<string>(), Is.EqualTo(JsonNode.Parse(told)!["id"]!.GetValue<string>()));
        string url = document["content"]![0]!["attachment"]!["url"]!.GetValue<string>();
        Assert.That(await _hub.Http.GetByteArrayAsync(new Uri("fhir/" + url, UriKind.Relative)), Is.EqualTo(content));
    }

    [Test]
    public async Task A_picture_in_a_Binary_is_kept_and_can_be_found()
    {
        int before = await CountAsync("DocumentReference");
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)_case.Value];
        (HttpStatusCode status, string answer) = await PostAsync($"cases/{_case}/fhir/Binary", Binary(picture, "image/png"));

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), answer);
        Assert.That(await CountAsync("DocumentReference"), Is.EqualTo(before + 1));
    }

    [TestCase(Stranger)]
    [TestCase(Nobody)]
    public async Task A_Binary_of_a_Bundle_that_nothing_refers_to_is_held(string text)
    {
        int before = await HeldAsync();
        await PostAsync("fhir", Bundle(Binary(Encoding.UTF8.GetBytes(text + Next()), "text/plain")));

        Assert.That(await HeldAsync(), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task A_Binary_of_a_Bundle_that_names_the_patient_is_a_document_of_the_case()
    {
        int before = await CountAsync("DocumentReference");
        (HttpStatusCode status, string answer) = await PostAsync(
            $"cases/{_case}/fhir", Bundle(Binary(Encoding.UTF8.GetBytes(Own + Next()), "text/plain")));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer);
        Assert.That(await CountAsync("DocumentReference"), Is.EqualTo(before + 1));
    }

    [TestCase("attachment", Stranger, false)]
    [TestCase("attachment", Own, true)]
    [TestCase("attachment", Nobody, true)]
    [TestCase("pdf", Stranger, false)]
    [TestCase("pdf", Own, true)]
    [TestCase("cda", Stranger, false)]
    [TestCase("cda", Own, true)]
    [TestCase("binary", Stranger, false)]
    [TestCase("binary", Own, true)]
    [TestCase("hl7", Stranger, false)]
    [TestCase("hl7", Own, true)]
    [TestCase("hl7", Nobody, true)]
    [TestCase("nonXMLBody", Stranger, false)]
    [TestCase("nonXMLBody", Own, true)]
    [TestCase("dicom", Stranger, false)]
    [TestCase("dicom", Own, true)]
    [TestCase("dicom-cda", Stranger, false)]
    [TestCase("dicom-cda", Own, true)]
    public async Task What_is_inside_an_envelope_is_compared_with_it(string envelope, string text, bool files)
    {
        string words = text + Next();
        byte[] plain = Encoding.UTF8.GetBytes(words);
        int before = await HeldAsync();
        (HttpStatusCode status, string answer) = envelope switch
        {
            "attachment" => await PostAsync("fhir", Bundle(Document("DocumentReference", "text/plain", plain))),
            "pdf" => await PostAsync("fhir", Bundle(Document("DiagnosticReport", "application/pdf", Pdf(words)))),
            "cda" => await PostAsync("fhir", Bundle(Document("DocumentReference", "text/xml", Cda(text == Stranger, words)))),
            "binary" => await PostAsync("fhir", Bundle(
                """{"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/p"},"content":[{"attachment":{"contentType":"text/plain","url":"Binary/b"}}]}""",
                Binary(plain, "text/plain", "b"))),
            "hl7" => await PostAsync("fhir/Binary", Hl7(Pdf(words)), "x-application/hl7-v2+er7"),
            "nonXMLBody" => await PostAsync("fhir/Binary", Cda(false, null, Pdf(words)), "text/xml"),
            "dicom" => await PostAsync("dicomweb/studies", Dicom("1.2.840.10008.5.1.4.1.1.104.1", "application/pdf", Pdf(words)), "application/dicom"),
            _ => await PostAsync(
                "dicomweb/studies", Dicom("1.2.840.10008.5.1.4.1.1.104.2", "text/xml", Cda(text == Stranger, words)), "application/dicom"),
        };

        Assert.That((int)status, Is.InRange(200, 202), answer);
        Assert.That(await HeldAsync(), Is.EqualTo(files ? before : before + 1), answer);
        if (!files)
        {
            (_, JsonNode inbox) = await _hub.GetAsync("api/inbox");
            Assert.That(inbox.AsArray().Select(one => one!["reason"]!.GetValue<string>()), Does.Contain("part-disagrees"));
        }
    }

    [Test]
    public async Task The_sender_hears_that_a_document_inside_names_somebody_else_and_a_person_decides()
    {
        byte[] plain = Encoding.UTF8.GetBytes(Stranger + Next());
        (_, string answer) = await PostAsync($"cases/{_case}/fhir", Bundle(Document("DocumentReference", "text/plain", plain)));
        (_, JsonNode inbox) = await _hub.GetAsync("api/inbox");
        string id = inbox.AsArray().Last(one => one!["reason"]!.GetValue<string>() == "part-disagrees")!["id"]!.GetValue<string>();
        (HttpStatusCode decided, JsonNode body) = await _hub.SendAsync(
            HttpMethod.Post, $"api/inbox/{id}/assign", $$"""{"case":{{_case}}}""", "application/json");

        Assert.That(answer, Does.Contain("names somebody else").And.Not.Contain("Kaltwasser"));
        Assert.That(decided, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
    }

    [TestCase("""{"reference":"Patient/p","identifier":{"system":"urn:north","value":"MRN2"},"display":"Ignota Andersfall"}""", false)]
    [TestCase("""{"reference":"Patient/p","identifier":{"system":"urn:north","value":"MRN777"}}""", false)]
    [TestCase("""{"reference":"Patient/p","identifier":{"system":"urn:north","value":"MRN1"}}""", true)]
    [TestCase("""{"reference":"Patient/p","identifier":{"system":"urn:insurance","value":"5"}}""", true)]
    [TestCase("""{"reference":"Patient/p","display":"Bed 3"}""", true)]
    public async Task The_reference_and_the_identifier_of_a_subject_have_to_agree(string subject, bool files)
    {
        string observation = $$"""{"resourceType":"Observation","status":"final","code":{"text":"Value {{Next()}}"},"subject":{{subject}} }""";
        int before = await CountAsync("Observation");
        await PostAsync("fhir", Bundle(observation));

        Assert.That(await CountAsync("Observation"), Is.EqualTo(files ? before + 1 : before));
    }

    [TestCase("DOB: 1964-08-12", HttpStatusCode.Created)]
    [TestCase("DOB: 1970-01-05", HttpStatusCode.Accepted)]
    public async Task A_text_with_a_birth_date_alone_is_held_when_it_is_another_one(string text, HttpStatusCode expected)
    {
        (HttpStatusCode status, string answer) =
            await PostAsync($"cases/{_case}/fhir/Binary", Encoding.UTF8.GetBytes($"{text}\nReport {Next()}"), "text/plain");

        Assert.That(status, Is.EqualTo(expected), answer);
        Assert.That(answer.Contains("names somebody else", StringComparison.Ordinal), Is.EqualTo(expected == HttpStatusCode.Accepted));
    }

    [Test]
    public async Task One_reference_with_two_identifiers_is_two_people()
    {
        int before = await CountAsync("Observation");
        await PostAsync("fhir", """
            {"resourceType":"Bundle","type":"collection","entry":[
              {"resource":{"resourceType":"Observation","status":"final","code":{"text":"One"},"subject":{"reference":"Patient/far","identifier":{"system":"urn:north","value":"MRN1"}}}},
              {"resource":{"resourceType":"Observation","status":"final","code":{"text":"Two"},"subject":{"reference":"Patient/far","identifier":{"system":"urn:north","value":"MRN2"}}}}]}
            """);

        Assert.That(await CountAsync("Observation"), Is.EqualTo(before + 1));
    }

    private string Next() => (++_number).ToString(CultureInfo.InvariantCulture);

    private async Task<int> CountAsync(string type) =>
        (await _hub.GetAsync($"cases/{_case}/fhir/{type}?_summary=count")).Body["total"]!.GetValue<int>();

    private async Task<int> HeldAsync() => (await _hub.GetAsync("api/inbox")).Body.AsArray().Count;

    private Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string json) =>
        PostAsync(path, Encoding.UTF8.GetBytes(json), "application/fhir+json");

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, byte[] body, string type)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using HttpResponseMessage response = await _hub.Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Bundle(params string[] resources)
    {
        const string Patient = """
            {"resourceType":"Patient","id":"p","identifier":[{"system":"urn:north","value":"MRN1"}],
             "name":[{"family":"Muster","given":["Erika"]}],"birthDate":"1964-08-12","gender":"female"}
            """;
        IEnumerable<string> entries = resources.Prepend(Patient).Select(resource => "{\"resource\":" + resource + "}");
        return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + string.Join(',', entries) + "]}";
    }

    private static string Binary(byte[] content, string type, string id = "alone") =>
        $$"""{"resourceType":"Binary","id":"{{id}}","contentType":"{{type}}","data":"{{Convert.ToBase64String(content)}}"}""";

    private static string Document(string type, string mediaType, byte[] content)
    {
        string attachment = $$"""{"contentType":"{{mediaType}}","data":"{{Convert.ToBase64String(content)}}"}""";
        return type == "DiagnosticReport"
            ? $$"""{"resourceType":"DiagnosticReport","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p"},"presentedForm":[{{attachment}}]}"""
            : $$"""{"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/p"},"content":[{"attachment":{{attachment}}}]}""";
    }

    private byte[] Hl7(byte[] pdf) => Encoding.UTF8.GetBytes(string.Join('\r',
        $@"MSH|^~\&|LAB|N|HUB|RH|20240102030405||ORU^R01^ORU_R01|M{Next()}|P|2.5.1||||||UNICODE UTF-8",
        "PID|1||MRN1^^^urn:north^MR||Muster^Erika||19640812|F",
        "OBR|1|||11526-1^Pathology^LN|||20240101",
        "OBX|1|ED|PDF^Report^L||^application^pdf^Base64^" + Convert.ToBase64String(pdf) + "||||||F") + "\r");

    // The target of the document, with the other case's number where it is a stranger.
    private byte[] Cda(bool isStranger, string? words, byte[]? body = null)
    {
        (string family, string given, string born) = isStranger ? ("Kaltwasser", "Benno", "19700105") : ("Muster", "Erika", "19640812");
        string content = body is null
            ? $"<structuredBody><component><section><title>Befund</title><text>{words}</text></section></component></structuredBody>"
            : $"<nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">{Convert.ToBase64String(body)}</text></nonXMLBody>";
        return Encoding.UTF8.GetBytes($"""
            <ClinicalDocument xmlns="urn:hl7-org:v3"><id root="2.25.1.{Next()}"/><code code="18842-5" codeSystem="2.16.840.1.113883.6.1"/>
            <effectiveTime value="20240101"/><recordTarget><patientRole><id root="urn:north" extension="{(isStranger ? "MRN2" : "MRN1")}"/>
            <patient><name><given>{given}</given><family>{family}</family></name><birthTime value="{born}"/></patient></patientRole></recordTarget>
            <component>{content}</component></ClinicalDocument>
            """);
    }

    private byte[] Dicom(string sopClass, string mediaType, byte[] content)
    {
        string uid = "2.25.77." + Next();
        byte[] even = content.Length % 2 == 0 ? content : [.. content, (byte)'\n'];
        return DicomFileWriter.ToBytes(new DicomDataSet()
            .Add(DicomTags.SpecificCharacterSet, "ISO_IR 192").Add(DicomTags.SOPClassUID, sopClass).Add(DicomTags.SOPInstanceUID, uid + ".3")
            .Add(DicomTags.StudyInstanceUID, uid + ".1").Add(DicomTags.SeriesInstanceUID, uid + ".2").Add(DicomTags.Modality, "DOC")
            .Add(DicomTags.PatientName, "Muster^Erika").Add(DicomTags.PatientID, "MRN1").Add(DicomTags.IssuerOfPatientID, "urn:north")
            .Add(DicomTags.PatientBirthDate, "19640812").Add(DicomTags.PatientSex, "F")
            .Add(new DicomTag(0x0042, 0x0011), DicomVr.OB, even).AddText(new DicomTag(0x0042, 0x0012), DicomVr.LO, mediaType));
    }

    private static byte[] Pdf(string words)
    {
        StringBuilder page = new("BT /F 12 Tf 14 TL 50 700 Td ");
        foreach (string line in words.Split('\n'))
        {
            page.Append(CultureInfo.InvariantCulture, $"({line}) Tj T* ");
        }

        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
            $"<</Length {page.Length + 2}>>stream\n{page}ET\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        StringBuilder pdf = new("%PDF-1.4\n");
        StringBuilder places = new();
        for (int i = 0; i < objects.Length; i++)
        {
            places.Append(CultureInfo.InvariantCulture, $"{pdf.Length:D10} 00000 n \n");
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 6\n0000000000 65535 f \n{places}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }
}
