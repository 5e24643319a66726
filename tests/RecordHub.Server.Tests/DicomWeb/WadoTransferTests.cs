using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.DicomWeb;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.DicomWeb;

/// <summary>In which transfer syntax WADO-RS answers (PS3.18 §8.7.3, §8.7.4): stored are all that need no pixels decoded, and RLE.</summary>
internal sealed class WadoTransferTests
{
    private const string Study = "2.25.3000";
    private const string Instance = $"dicomweb/studies/{Study}/series/2.25.3001/instances/{Study}.";
    private const string Implicit = "1.2.840.10008.1.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string Deflated = "1.2.840.10008.1.2.1.99";
    private const string BigEndian = "1.2.840.10008.1.2.2";
    private const string Rle = "1.2.840.10008.1.2.5";

    private static readonly string[] s_stored = [Implicit, Explicit, Deflated, BigEndian, Rle];

    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        await _hub.OpenCaseAsync("MRN1");
        using MultipartContent content = new("related", "boundary");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/related; type=\"application/dicom\"; boundary=boundary");
        foreach (string stored in s_stored)
        {
            content.Add(new ByteArrayContent(File(stored)) { Headers = { ContentType = new("application/dicom") } });
        }

        using HttpResponseMessage response = await _hub.Http.PostAsync("dicomweb/studies", content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase(Implicit, "application/dicom", Explicit)]
    [TestCase(Explicit, "application/dicom", Explicit)]
    [TestCase(Deflated, "application/dicom", Explicit)]
    [TestCase(BigEndian, "application/dicom", Explicit)]
    [TestCase(BigEndian, "application/dicom; transfer-syntax=*", BigEndian)]
    [TestCase(Deflated, "application/dicom; transfer-syntax=\"*\"", Deflated)]
    [TestCase(Rle, "application/dicom; transfer-syntax=*", Rle)]
    [TestCase(Rle, $"application/dicom; transfer-syntax={Rle}", Rle)]
    [TestCase(Implicit, $"application/dicom; transfer-syntax={Explicit}", Explicit)]
    [TestCase(BigEndian, $"application/dicom; transfer-syntax={Implicit}", Implicit)]
    [TestCase(Implicit, $"application/dicom; transfer-syntax={Rle}, application/dicom; transfer-syntax={Explicit};q=0.1", Explicit)]
    [TestCase(Implicit, $"application/dicom; transfer-syntax={Explicit};q=0.5, application/dicom; transfer-syntax=*;q=0.9", Implicit)]
    [TestCase(Implicit, $"application/dicom; transfer-syntax={Explicit};q=0.9, application/dicom; transfer-syntax=*;q=0.5", Explicit)]
    [TestCase(Rle, "application/dicom, application/dicom; transfer-syntax=*;q=0.5", Rle)]
    public async Task An_instance_comes_in_the_transfer_syntax_that_is_accepted(string stored, string accept, string expected)
    {
        using HttpResponseMessage response = await GetAsync(Instance + Number(stored), accept);
        byte[] served = await response.Content.ReadAsByteArrayAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        DicomHeader header = DicomFile.ReadHeader(served);

        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo($"application/dicom; transfer-syntax={expected}"));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(served.Length));
        Assert.That(response.Headers.Vary, Does.Contain("Accept"));
        Assert.That(header.TransferSyntax.Uid.ToString(), Is.EqualTo(expected));
        Assert.That(header.FileMeta!.GetString(DicomTags.MediaStorageSOPInstanceUID), Is.EqualTo($"{Study}.{Number(stored)}"));
        Assert.That(header.DataSet.GetString(DicomTags.PatientName), Is.EqualTo("Muster^Erika"));
        Assert.That(header.DataSet.GetSequence(DicomTags.ReferencedImageSequence)![0].GetString(DicomTags.ReferencedSOPInstanceUID), Is.EqualTo("2.25.77"));
        if (stored is BigEndian or Implicit)
        {
            Assert.That(
                served[^4..], Is.EqualTo(expected == BigEndian ? new byte[] { 2, 1, 4, 3 } : [1, 2, 3, 4]),
                "pixels of two bytes are turned round");
        }
    }

    [TestCase($"application/dicom; transfer-syntax={Explicit}")]
    [TestCase($"multipart/related; type=\"application/dicom\"; transfer-syntax={Explicit}")]
    public async Task What_would_have_to_be_decompressed_is_406_with_a_sentence(string accept)
    {
        using HttpResponseMessage response = await GetAsync(Instance + Number(Rle), accept);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotAcceptable));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(Rle).And.Contain("transfer-syntax=*"));
    }

    [TestCase("multipart/related; type=\"application/dicom\"", HttpStatusCode.OK, new[] { Explicit, Explicit, Explicit, Explicit, Rle })]
    [TestCase($"multipart/related; type=\"application/dicom\"; transfer-syntax={Explicit}", HttpStatusCode.PartialContent, new[] { Explicit, Explicit, Explicit, Explicit })]
    [TestCase("multipart/related; type=\"application/dicom\"; transfer-syntax=*", HttpStatusCode.OK, new[] { Implicit, Explicit, Deflated, BigEndian, Rle })]
    [TestCase("*/*", HttpStatusCode.OK, new[] { Explicit, Explicit, Explicit, Explicit, Rle })]
    [TestCase($"multipart/related; type=\"application/dicom\"; transfer-syntax={Rle}", HttpStatusCode.PartialContent, new[] { Rle })]
    public async Task A_study_comes_as_accepted_and_says_when_it_is_not_all_of_it(string accept, HttpStatusCode expected, string[] syntaxes)
    {
        using HttpResponseMessage response = await GetAsync($"dicomweb/studies/{Study}", accept);
        string body = await response.Content.ReadAsStringAsync();

        Assert.That(response.StatusCode, Is.EqualTo(expected));
        Assert.That(response.Headers.Contains("Warning"), Is.EqualTo(expected == HttpStatusCode.PartialContent));
        Assert.That(
            body.Split("\r\n").Where(line => line.StartsWith("Content-Type: ", StringComparison.Ordinal)),
            Is.EquivalentTo(syntaxes.Select(one => $"Content-Type: application/dicom; transfer-syntax={one}")));
    }

    [TestCase(Implicit, "application/octet-stream", Explicit)]
    [TestCase(Implicit, $"application/octet-stream; transfer-syntax={Explicit}", Explicit)]
    [TestCase(Implicit, $"application/octet-stream; transfer-syntax={BigEndian}", null)]
    [TestCase(Deflated, "application/octet-stream", Explicit)]
    [TestCase(BigEndian, "application/octet-stream", Explicit)]
    [TestCase(BigEndian, $"application/octet-stream; transfer-syntax={Explicit}", Explicit)]
    [TestCase(BigEndian, "application/octet-stream; transfer-syntax=*", Explicit)]
    [TestCase(BigEndian, $"application/octet-stream; transfer-syntax={BigEndian}", BigEndian)]
    public async Task Native_frames_are_little_endian_unless_big_endian_is_asked_for(string stored, string accept, string? expected)
    {
        using HttpResponseMessage response = await GetAsync(Instance + Number(stored) + "/frames/1", accept);
        byte[] body = await response.Content.ReadAsByteArrayAsync();

        Assert.That(response.StatusCode, Is.EqualTo(expected is null ? HttpStatusCode.NotAcceptable : HttpStatusCode.OK));
        Assert.That(
            response.Content.Headers.ContentType!.Parameters.SingleOrDefault(one => one.Name == "transfer-syntax")?.Value,
            Is.EqualTo(expected));
        if (expected is not null)
        {
            Assert.That(body, Is.EqualTo(expected == BigEndian ? new byte[] { 2, 1, 4, 3 } : [1, 2, 3, 4]));
        }
    }

    [TestCase(BigEndian)]
    [TestCase(Deflated)]
    public async Task Bulk_data_is_little_endian(string stored)
    {
        using HttpResponseMessage response = await GetAsync(Instance + Number(stored) + "/bulkdata/7FE00010", "*/*");

        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [TestCase("image/dicom-rle", null, true)]
    [TestCase("image/dicom-rle", Rle, true)]
    [TestCase("image/*", null, true)]
    [TestCase("*/*", null, true)]
    [TestCase("application/octet-stream", "*", true)]
    [TestCase("application/octet-stream", Rle, true)]
    [TestCase("application/octet-stream", null, true)]
    [TestCase("application/octet-stream", Explicit, false)]
    [TestCase("*/*", Explicit, false)]
    [TestCase("image/jls", null, false)]
    public void Compressed_frames_are_not_given_to_who_asks_for_uncompressed_ones(string type, string? syntax, bool fits) => Assert.That(
        FrameTypes.Fits(new MediaRange(type, IsMultipart: true, syntax, 1), FrameTypes.Of(Rle, isEncapsulated: true), Rle),
        Is.EqualTo(fits));

    [Test]
    public async Task Head_tells_the_length_of_what_would_be_rewritten()
    {
        using HttpRequestMessage ask = new(HttpMethod.Head, Instance + Number(Implicit));
        ask.Headers.TryAddWithoutValidation("Accept", "application/dicom");
        using HttpResponseMessage head = await _hub.Http.SendAsync(ask);
        using HttpResponseMessage whole = await GetAsync(Instance + Number(Implicit), "application/dicom");

        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo((await whole.Content.ReadAsByteArrayAsync()).Length));
    }

    [Test]
    public async Task A_date_and_its_time_are_one_moment_in_a_search()
    {
        (HttpStatusCode inside, JsonNode body) = await _hub.GetAsync("dicomweb/studies?StudyDate=20240430-20240502&StudyTime=120000-090000");
        (HttpStatusCode outside, _) = await _hub.GetAsync("dicomweb/studies?StudyDate=20240501-20240502&StudyTime=120000-090000");

        Assert.That(inside, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That(outside, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCase("emptyvaluematching=true", 1)]
    [TestCase("multiplevaluematching=true&emptyvaluematching=true", 2)]
    [TestCase("multiplevaluematching=false&charset=utf-8", 0)]
    public async Task What_is_asked_for_and_not_supported_is_said(string query, int warnings)
    {
        using HttpResponseMessage response = await _hub.Http.GetAsync("dicomweb/studies?" + query);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            response.Headers.TryGetValues("Warning", out IEnumerable<string>? said) ? said.Count() : 0, Is.EqualTo(warnings));
    }

    private static int Number(string stored) => Array.IndexOf(s_stored, stored) + 1;

    private async Task<HttpResponseMessage> GetAsync(string path, string accept)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await _hub.Http.SendAsync(request);
    }

    private static byte[] File(string stored)
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse($"{Study}.{Number(stored)}"))
            .Add(DicomTags.StudyDate, "20240501")
            .Add(DicomTags.StudyTime, "101500")
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.ReferencedImageSequence, new DicomDataSet()
                .Add(DicomTags.ReferencedSOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
                .Add(DicomTags.ReferencedSOPInstanceUID, Uid.Parse("2.25.77")))
            .Add(DicomTags.PatientName, "Muster^Erika")
            .Add(DicomTags.PatientID, "MRN1")
            .Add(DicomTags.IssuerOfPatientID, "urn:north")
            .Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.PatientSex, "F")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(Study))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.3001"))
            .Add(DicomTags.Rows, 1)
            .Add(DicomTags.Columns, 2)
            .Add(DicomTags.BitsAllocated, 16);
        if (stored != Rle)
        {
            dataSet.Add(DicomTags.PixelData, DicomVr.OW, new byte[] { 1, 2, 3, 4 });
        }

        return DicomFileWriter.ToBytes(dataSet, TransferSyntax.Of(Uid.Parse(stored)));
    }
}
