using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Security;

/// <summary>One tenant with a case, records of every kind by every HTTP door, a held record and a published package.</summary>
/// <remarks>Two of them have the same patient, identifiers, studies and documents, but for what the mark stands in.</remarks>
internal sealed class TenantOffice : IDisposable
{
    public const string Study = "2.25.7000";
    public const string Series = "2.25.7001";

    private TenantOffice(HttpClient http, string mark)
    {
        Http = http;
        Mark = mark;
    }

    /// <summary>With the token of the tenant's administrator.</summary>
    public HttpClient Http { get; }

    /// <summary>Stands in the case's question, a document, an observation, an instance and a file name of the tenant.</summary>
    public string Mark { get; }

    public long Case { get; private set; }

    /// <summary>Resources of the tenant, as type and id.</summary>
    public IReadOnlyList<(string Type, string Id)> Resources { get; private set; } = [];

    /// <summary>Ids of what is in its inbox.</summary>
    public IReadOnlyList<string> Held { get; private set; } = [];

    /// <summary>Ids of its tokens.</summary>
    public IReadOnlyList<string> Tokens { get; private set; } = [];

    /// <summary>Ids of its upload links.</summary>
    public IReadOnlyList<string> UploadLinks { get; private set; } = [];

    /// <summary>All by which something of this tenant would be recognised.</summary>
    public IReadOnlyList<string> Marks { get; private set; } = [];

    public static async Task<TenantOffice> OpenAsync(TestHub hub, Tenant tenant, string mark)
    {
        TenantOffice office = new(await hub.ClientOfAsync(Role.Administrator, tenant), mark);
        await office.FillAsync();
        return office;
    }

    public async Task<string> TextAsync(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<JsonNode> JsonAsync(string path) => JsonNode.Parse(await TextAsync(path))!;

    public async Task<JsonNode> PostAsync(string path, HttpContent content, string type)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using HttpResponseMessage response = await Http.PostAsync(path, content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{path}: {response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public static byte[] Instance(int number, string description)
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SpecificCharacterSet, "ISO_IR 192")
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse($"{Study}.{number}"))
            .Add(DicomTags.StudyDate, "20240501")
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.StudyDescription, description)
            .Add(DicomTags.PatientName, "Muster^Erika")
            .Add(DicomTags.PatientID, "MRN1")
            .Add(DicomTags.IssuerOfPatientID, "urn:north")
            .Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.PatientSex, "F")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(Study))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse(Series))
            .Add(DicomTags.InstanceNumber, number)
            .Add(DicomTags.Rows, 1)
            .Add(DicomTags.Columns, 1)
            .Add(DicomTags.BitsAllocated, 16)
            .Add(DicomTags.PixelData, DicomVr.OW, new byte[] { 1, 2 });
        return DicomFileWriter.ToBytes(dataSet);
    }

    public void Dispose() => Http.Dispose();

    private async Task FillAsync()
    {
        JsonNode opened = await PostAsync("api/cases", Text($$"""
            {"specialty":"oncology","family":"Muster","given":"Erika","birthDate":"1964-08-12","sex":"female",
             "identifiers":[{"issuer":"urn:north","value":"MRN1"}],"question":"{{Mark}} Surgery?"}
            """), "application/json");
        Case = opened["case"]!.GetValue<long>();

        // By the identifier alone: nobody names the case.
        await PostAsync("dicomweb/studies", new ByteArrayContent(Instance(1, "the same")), "application/dicom");
        await PostAsync("dicomweb/studies", new ByteArrayContent(Instance(2, Mark)), "application/dicom");
        await PostAsync($"cases/{Case}/fhir", Text($$$$"""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c01","resource":{"resourceType":"Patient",
                "identifier":[{"system":"urn:north","value":"MRN1"}],"name":[{"family":"Muster","given":["Erika"]}],
                "birthDate":"1964-08-12","gender":"female"}},
              {"fullUrl":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c03","resource":{"resourceType":"Observation",
                "status":"final","code":{"text":"{{{{Mark}}}}"},
                "subject":{"reference":"urn:uuid:6f0c8f0e-6a52-4c5c-9d0a-2f5a2a0d1c01"}}}]}
            """), "application/fhir+json");
        await PostAsync($"api/import?name=letter.txt&case={Case}", Text("Letter that both tenants have."), "text/plain");
        await PostAsync($"api/import?name=own.txt&case={Case}", Text($"{Mark}: a letter of its own."), "text/plain");
        await PostAsync($"api/import?name={Mark}.txt", Text("Held: names nobody."), "text/plain");
        await PostAsync($"api/packages/{Case}/publish", Text("""{"force":true,"reason":"a test"}"""), "application/json");
        await PostAsync("api/tokens", Text($$"""{"name":"{{Mark}}","role":"machine"}"""), "application/json");
        await CollectAsync();
    }

    private async Task CollectAsync()
    {
        JsonNode found = await JsonAsync(
            "fhir?_type=Patient,ServiceRequest,Task,Observation,DocumentReference,ImagingStudy,Provenance,Composition,List&_count=200");
        Resources =
        [
            .. found["entry"]!.AsArray().Select(entry => entry!["resource"]!).Select(resource =>
                (resource["resourceType"]!.GetValue<string>(), resource["id"]!.GetValue<string>())),
        ];
        Held = [.. (await JsonAsync("api/inbox")).AsArray().Select(item => item!["id"]!.GetValue<string>())];
        Tokens = [.. (await JsonAsync("api/tokens")).AsArray().Select(token => token!["id"]!.GetValue<string>())];
        UploadLinks =
            [.. (await JsonAsync($"api/cases/{Case}/upload-links")).AsArray().Select(link => link!["id"]!.GetValue<string>())];
        Assert.That(UploadLinks, Has.Count.EqualTo(1));
        string digest = (await JsonAsync($"api/packages/{Case}"))["digest"]!.GetValue<string>();
        Marks = [Mark, digest, .. Resources.Select(one => one.Id), .. Held, .. Tokens, .. UploadLinks];
        Assert.That(Resources.Select(one => one.Type).Distinct().Count(), Is.GreaterThan(6));
        Assert.That(Held, Has.Count.EqualTo(1));
    }

    private static StringContent Text(string text) => new(text, Encoding.UTF8);
}
