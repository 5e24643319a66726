using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Xml;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.DicomWeb;

internal sealed class DicomWebDoorTests
{
    private const string Study = "2.25.1000";
    private const string Series = "2.25.1001";

    private TestHub _hub = null!;
    private CaseNumber _case;
    private byte[][] _files = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
        _files = [.. Enumerable.Range(1, 3).Select(number => Instance(number))];
        (HttpStatusCode status, JsonNode body) = await StoreAsync($"cases/{_case}/dicomweb/studies", _files);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That(body["00081199"]!["Value"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(body["00081199"]!["Value"]![0]!["00081190"], Is.Not.Null, "filed, so it can be retrieved");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("dicomweb")]
    [TestCase("cases/1/dicomweb")]
    public async Task A_study_is_found_with_the_attributes_that_viewers_need(string root)
    {
        (HttpStatusCode status, JsonNode body) = await _hub.GetAsync(
            $"{root}/studies?limit=101&offset=0&fuzzymatching=false&PatientName=*muster*&ModalitiesInStudy=CT"
            + "&includefield=00081030,00080060,00080090,00100030");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        JsonNode study = body.AsArray().Single()!;
        Assert.That(study["0020000D"]!["Value"]![0]!.GetValue<string>(), Is.EqualTo(Study));
        Assert.That(study["00080061"]!["Value"]![0]!.GetValue<string>(), Is.EqualTo("CT"));
        Assert.That(study["00201206"]!["Value"]![0]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(study["00201208"]!["Value"]![0]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(study["00081190"]!["Value"]![0]!.GetValue<string>(), Does.EndWith($"/studies/{Study}"));
    }

    [Test]
    public async Task Series_and_instances_are_found()
    {
        (_, JsonNode series) = await _hub.GetAsync($"dicomweb/studies/{Study}/series");
        (_, JsonNode instances) = await _hub.GetAsync($"dicomweb/studies/{Study}/series/{Series}/instances");

        Assert.That(series.AsArray().Single()!["00201209"]!["Value"]![0]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(instances.AsArray(), Has.Count.EqualTo(3));
        Assert.That(instances[0]!["00280010"]!["Value"]![0]!.GetValue<int>(), Is.EqualTo(4));
    }

    [Test]
    public async Task Pages_are_cut_with_a_warning()
    {
        using HttpResponseMessage response = await _hub.Http.GetAsync("dicomweb/instances?limit=2");
        JsonArray page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();
        (_, JsonNode rest) = await _hub.GetAsync("dicomweb/instances?limit=2&offset=2");

        Assert.That(page, Has.Count.EqualTo(2));
        Assert.That(rest.AsArray(), Has.Count.EqualTo(1));
        Assert.That(response.Headers.GetValues("Warning").Single(), Does.StartWith("299"));
    }

    [TestCase("dicomweb/studies?PatientID=nobody", HttpStatusCode.NoContent)]
    [TestCase("dicomweb/studies?PatientNam=x", HttpStatusCode.BadRequest)]
    [TestCase("dicomweb/studies/2.25.9/metadata", HttpStatusCode.NotFound)]
    [TestCase("dicomweb/studies/x.y", HttpStatusCode.BadRequest)]
    [TestCase("dicomweb/studies/2.25.1000/rendered", HttpStatusCode.NotAcceptable)]
    [TestCase("cases/2/dicomweb/studies/2.25.1000", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_or_not_understood_is_said(string path, HttpStatusCode expected)
    {
        (HttpStatusCode status, JsonNode body) = await _hub.GetAsync(path);

        Assert.That(status, Is.EqualTo(expected), body.ToJsonString());
    }

    [Test]
    public async Task An_instance_comes_back_byte_for_byte_with_a_zero_preamble()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, InstancePath(2));
        request.Headers.Accept.ParseAdd("application/dicom");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);
        byte[] served = await response.Content.ReadAsByteArrayAsync();

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/dicom"));
        Assert.That(served[..128], Is.All.Zero);
        Assert.That(served[128..], Is.EqualTo(_files[1][128..]));
        Assert.That(_files[1][0], Is.Not.Zero, "the sender's preamble was not");
    }

    [Test]
    public async Task A_study_comes_as_multipart_with_every_instance()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"dicomweb/studies/{Study}");
        request.Headers.TryAddWithoutValidation(
            "Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        List<byte[]> parts = await PartsAsync(response);
        Assert.That(parts.Select(Hash), Is.EquivalentTo(_files.Select(Hash)));
    }

    [Test]
    public async Task A_transfer_syntax_that_is_not_stored_is_refused()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"dicomweb/studies/{Study}");
        request.Headers.TryAddWithoutValidation(
            "Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.90");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotAcceptable));
    }

    [Test]
    public async Task The_pixels_are_reached_by_frame_and_by_the_link_in_the_metadata()
    {
        (_, JsonNode metadata) = await _hub.GetAsync(InstancePath(1) + "/metadata");
        string link = metadata[0]!["7FE00010"]!["BulkDataURI"]!.GetValue<string>();
        byte[] bulk = await _hub.Http.GetByteArrayAsync(link);
        using HttpRequestMessage request = new(HttpMethod.Get, InstancePath(1) + "/frames/1");
        request.Headers.TryAddWithoutValidation(
            "Accept", "multipart/related; type=application/octet-stream; transfer-syntax=*");
        using HttpResponseMessage frame = await _hub.Http.SendAsync(request);

        Assert.That(bulk, Is.EqualTo(Pixels(1)));
        Assert.That((await PartsAsync(frame)).Single(), Is.EqualTo(Pixels(1)));
    }

    [Test]
    public async Task Headers_and_matches_come_as_native_xml_too()
    {
        (_, JsonNode metadata) = await _hub.GetAsync(InstancePath(1) + "/metadata");
        List<byte[]> headers = await XmlAsync($"dicomweb/studies/{Study}/metadata", "multipart/related; type=\"application/dicom+xml\"");
        List<byte[]> matches = await XmlAsync("dicomweb/studies", "application/dicom+json;q=0.5, multipart/related; type=application/dicom+xml");
        DicomDataSet header = DicomXmlReader.Read(headers[0]);

        Assert.That((headers.Count, matches.Count), Is.EqualTo((3, 1)));
        Assert.That(header.GetString(DicomTags.PatientName), Is.EqualTo("Muster^Erika"));
        Assert.That(
            System.Text.Encoding.UTF8.GetString(headers[0]),
            Does.Contain($"<BulkData uri=\"{metadata[0]!["7FE00010"]!["BulkDataURI"]!.GetValue<string>()}\""));
        Assert.That(DicomXmlReader.Read(matches[0]).GetString(DicomTags.StudyInstanceUID), Is.EqualTo(Study));
    }

    [Test]
    public async Task Storing_again_is_success_and_doubles_nothing()
    {
        (HttpStatusCode status, _) = await StoreAsync($"cases/{_case}/dicomweb/studies", _files);
        (_, JsonNode instances) = await _hub.GetAsync("dicomweb/instances");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(instances.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task What_is_no_dicom_fails_alone()
    {
        (HttpStatusCode some, JsonNode body) = await StoreAsync(
            $"cases/{_case}/dicomweb/studies", [_files[0], [1, 2, 3, 4, 5, 6, 7, 8]]);
        (HttpStatusCode none, _) = await StoreAsync("dicomweb/studies", [[1, 2, 3, 4, 5, 6, 7, 8]]);

        Assert.That(some, Is.EqualTo(HttpStatusCode.Accepted), body.ToJsonString());
        Assert.That(body["00081199"]!["Value"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(body["0008119A"]!["Value"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(none, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task What_belongs_to_nobody_known_is_stored_with_a_warning_and_found_by_nobody()
    {
        (HttpStatusCode status, JsonNode body) = await StoreAsync("dicomweb/studies", [Instance(1, "2.25.2000", "Fremd^Person")]);
        (HttpStatusCode found, _) = await _hub.GetAsync("dicomweb/studies?StudyInstanceUID=2.25.2000");

        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), body.ToJsonString());
        Assert.That(body["00081199"]!["Value"]![0]!["00081196"], Is.Not.Null);
        Assert.That(body["00081199"]!["Value"]![0]!["00081190"], Is.Null);
        Assert.That(found, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_body_without_its_end_is_malformed()
    {
        using ByteArrayContent content = new("--b\r\nContent-Type: application/dicom\r\n\r\n"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/related; type=\"application/dicom\"; boundary=b");
        using HttpResponseMessage response = await _hub.Http.PostAsync("dicomweb/studies", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("text/plain")]
    [TestCase("multipart/related; type=\"application/dicom+json\"; boundary=b")]
    public async Task Another_body_is_415(string type)
    {
        using ByteArrayContent content = new([1]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using HttpResponseMessage response = await _hub.Http.PostAsync("dicomweb/studies", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    private async Task<List<byte[]>> XmlAsync(string path, string accept)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Does.Contain("type=\"application/dicom+xml\""));
        return await PartsAsync(response);
    }

    private static string InstancePath(int number) => $"dicomweb/studies/{Study}/series/{Series}/instances/{Study}.{number}";

    private async Task<(HttpStatusCode Status, JsonNode Body)> StoreAsync(string path, IEnumerable<byte[]> files)
    {
        using MultipartContent content = new("related", "boundary");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            "multipart/related; type=\"application/dicom\"; boundary=boundary");
        foreach (byte[] file in files)
        {
            ByteArrayContent part = new(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
            content.Add(part);
        }

        using HttpResponseMessage response = await _hub.Http.PostAsync(path, content);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    private static async Task<List<byte[]>> PartsAsync(HttpResponseMessage response)
    {
        string boundary = response.Content.Headers.ContentType!.Parameters.Single(one => one.Name == "boundary").Value!.Trim('"');
        MultipartReader reader = new(boundary, await response.Content.ReadAsStreamAsync());
        List<byte[]> parts = [];
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using MemoryStream part = new();
            await section.Body.CopyToAsync(part);
            parts.Add(part.ToArray());
        }

        return parts;
    }

    private static string Hash(byte[] file) => Convert.ToHexString(SHA256.HashData(file.AsSpan(128)));

    private static byte[] Pixels(int number) => [.. Enumerable.Range(0, 32).Select(i => (byte)(i + number))];

    private static byte[] Instance(int number, string study = Study, string name = "Muster^Erika")
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SpecificCharacterSet, "ISO_IR 192")
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse($"{study}.{number}"))
            .Add(DicomTags.StudyDate, "20240501")
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.StudyDescription, "CT thorax")
            .Add(DicomTags.PatientName, name)
            .Add(DicomTags.PatientID, name == "Muster^Erika" ? "MRN1" : "X9")
            .Add(DicomTags.IssuerOfPatientID, "urn:north")
            .Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.PatientSex, "F")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(study))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse(study == Study ? Series : study + ".9"))
            .Add(DicomTags.SeriesNumber, 1)
            .Add(DicomTags.InstanceNumber, number)
            .Add(DicomTags.Rows, 4)
            .Add(DicomTags.Columns, 4)
            .Add(DicomTags.BitsAllocated, 16)
            .Add(DicomTags.PixelData, DicomVr.OW, Pixels(number));
        byte[] file = DicomFileWriter.ToBytes(dataSet);
        "MZ"u8.CopyTo(file);
        return file;
    }
}
