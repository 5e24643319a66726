using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.DicomWeb;

/// <summary>What a client that stores is answered, and what of an instance's parts can be retrieved.</summary>
internal sealed class StowDoorTests
{
    private TestHub _hub = null!;
    private CaseNumber _case;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        _case = await _hub.OpenCaseAsync("MRN1");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task What_is_filed_is_answered_with_where_it_can_be_retrieved()
    {
        (HttpStatusCode status, JsonNode body, _) = await StoreAsync("studies", Body([Instance("2.25.10", 1), Instance("2.25.10", 2)]));

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        string study = body["00081190"]!["Value"]![0]!.GetValue<string>();
        string instance = body["00081199"]!["Value"]![1]!["00081190"]!["Value"]![0]!.GetValue<string>();
        Assert.That(study, Does.EndWith("/studies/2.25.10"));
        Assert.That(instance, Is.EqualTo(study + "/series/2.25.10.9/instances/2.25.10.2"));
        Assert.That((await _hub.Http.GetAsync(instance)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Instances_of_several_studies_have_no_study_in_common()
    {
        (_, JsonNode body, _) = await StoreAsync("studies", Body([Instance("2.25.20", 1), Instance("2.25.21", 1)]));

        Assert.That(body["00081190"]!["vr"]!.GetValue<string>(), Is.EqualTo("UR"));
        Assert.That(body["00081190"]!["Value"], Is.Null);
    }

    [Test]
    public async Task An_instance_of_another_study_than_the_path_names_is_refused()
    {
        (HttpStatusCode none, JsonNode refused, _) = await StoreAsync("studies/2.25.31", Body([Instance("2.25.30", 1)]));
        (HttpStatusCode some, JsonNode body, _) = await StoreAsync(
            "studies/2.25.31", Body([Instance("2.25.30", 1), Instance("2.25.31", 1)]));
        (HttpStatusCode found, _) = await _hub.GetAsync("dicomweb/studies?StudyInstanceUID=2.25.30");

        Assert.That(none, Is.EqualTo(HttpStatusCode.Conflict), refused.ToJsonString());
        Assert.That(refused["00081198"]!["Value"]![0]!["00081197"]!["Value"]![0]!.GetValue<int>(), Is.EqualTo(0xA900));
        Assert.That(some, Is.EqualTo(HttpStatusCode.Accepted), body.ToJsonString());
        Assert.That(body["00081199"]!["Value"]!.AsArray().Single()!["00081155"]!["Value"]![0]!.GetValue<string>(), Is.EqualTo("2.25.31.1"));
        Assert.That(found, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task What_was_stored_before_a_body_breaks_off_is_answered_for()
    {
        byte[] whole = Body([Instance("2.25.40", 1), Instance("2.25.40", 2)]);
        (HttpStatusCode zeros, JsonNode all, string? afterAll) = await StoreAsync("studies", [.. whole[..^2], 0, 0, 0, 0]);
        (HttpStatusCode cut, JsonNode one, string? afterOne) = await StoreAsync("studies", whole[..^60]);

        Assert.That((zeros, cut), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.Accepted)));
        Assert.That(all["00081199"]!["Value"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(one["00081199"]!["Value"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(afterAll, Does.StartWith("299").And.Contain("last boundary"));
        Assert.That(afterOne, Does.Contain("send that again"));
    }

    [Test]
    public async Task The_pixels_of_an_icon_are_reached_by_their_link()
    {
        await StoreAsync("studies", Body([Instance("2.25.50", 1)]));
        (_, JsonNode metadata) = await _hub.GetAsync("dicomweb/studies/2.25.50/series/2.25.50.9/instances/2.25.50.1/metadata");
        JsonNode icon = metadata[0]!["00880200"]!["Value"]![0]!["7FE00010"]!;

        Assert.That(await _hub.Http.GetByteArrayAsync(icon["BulkDataURI"]!.GetValue<string>()), Is.EqualTo(Icon()));
    }

    [Test]
    public async Task What_the_store_has_lost_is_no_part_of_an_answer()
    {
        await StoreAsync("studies", Body([Instance("2.25.60", 1)]));
        string volumes = Path.Combine(_hub.Folder, "blobs", "volumes");
        Directory.Move(volumes, volumes + ".away");
        try
        {
            using HttpResponseMessage response = await _hub.Http.GetAsync("dicomweb/studies/2.25.60");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        }
        finally
        {
            Directory.Move(volumes + ".away", volumes);
        }

        Assert.That((await _hub.Http.GetAsync("dicomweb/studies/2.25.60")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<(HttpStatusCode Status, JsonNode Body, string? Warning)> StoreAsync(string path, byte[] body)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/related; type=\"application/dicom\"; boundary=b");
        using HttpResponseMessage response = await _hub.Http.PostAsync($"cases/{_case}/dicomweb/{path}", content);
        response.Headers.TryGetValues("Warning", out IEnumerable<string>? warnings);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!, warnings?.First());
    }

    private static byte[] Body(IEnumerable<byte[]> files)
    {
        using MemoryStream body = new();
        foreach (byte[] file in files)
        {
            body.Write("--b\r\nContent-Type: application/dicom\r\n\r\n"u8);
            body.Write(file);
            body.Write("\r\n"u8);
        }

        body.Write("--b--\r\n"u8);
        return body.ToArray();
    }

    // Longer than what metadata hold of a value.
    private static byte[] Icon() => [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i % 251))];

    private static byte[] Instance(string study, int number) => DicomFileWriter.ToBytes(new DicomDataSet()
        .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
        .Add(DicomTags.SOPInstanceUID, Uid.Parse($"{study}.{number}"))
        .Add(DicomTags.StudyDate, "20240501")
        .Add(DicomTags.Modality, "CT")
        .Add(DicomTags.PatientName, "Muster^Erika")
        .Add(DicomTags.PatientID, "MRN1")
        .Add(DicomTags.IssuerOfPatientID, "urn:north")
        .Add(DicomTags.PatientBirthDate, "19640812")
        .Add(DicomTags.PatientSex, "F")
        .Add(DicomTags.StudyInstanceUID, Uid.Parse(study))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse(study + ".9"))
        .Add(DicomTags.InstanceNumber, number)
        .Add(DicomTags.IconImageSequence, new DicomDataSet()
            .Add(DicomTags.Rows, 64)
            .Add(DicomTags.Columns, 64)
            .Add(DicomTags.PixelData, DicomVr.OB, Icon()))
        .Add(DicomTags.PixelData, DicomVr.OW, new byte[32]));
}
