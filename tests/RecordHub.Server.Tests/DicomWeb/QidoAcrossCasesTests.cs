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

/// <summary>A study that was sent for two cases of its patient.</summary>
internal sealed class QidoAcrossCasesTests
{
    private const string Study = "2.25.5000";

    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        byte[] file = File();
        foreach (CaseNumber number in new[] { await _hub.OpenCaseAsync("MRN1"), await _hub.OpenCaseAsync("MRN1") })
        {
            using ByteArrayContent content = new(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/dicom") } };
            using HttpResponseMessage response = await _hub.Http.PostAsync($"cases/{number}/dicomweb/studies", content);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        }
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("studies", "dicomweb")]
    [TestCase("series", "dicomweb")]
    [TestCase("instances", "dicomweb")]
    [TestCase($"studies/{Study}/series", "dicomweb")]
    [TestCase($"studies/{Study}/series/2.25.5001/instances", "dicomweb")]
    [TestCase("studies", "cases/1/dicomweb")]
    [TestCase("studies", "cases/2/dicomweb")]
    [TestCase($"studies/{Study}/instances", "cases/2/dicomweb")]
    public async Task It_is_one_match_as_it_has_one_address(string resource, string root)
    {
        (HttpStatusCode status, JsonNode body) = await _hub.GetAsync($"{root}/{resource}");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToJsonString());
        Assert.That(body.AsArray(), Has.Count.EqualTo(1));
        Assert.That(body[0]!["00081190"]!["Value"]![0]!.GetValue<string>(), Does.Contain($"{root}/studies/{Study}"));
    }

    [Test]
    public async Task Its_counts_are_of_it_once()
    {
        (_, JsonNode body) = await _hub.GetAsync("dicomweb/studies");

        Assert.That(body[0]!["00201206"]!["Value"]![0]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(body[0]!["00201208"]!["Value"]![0]!.GetValue<int>(), Is.EqualTo(1));
    }

    private static byte[] File() => DicomFileWriter.ToBytes(
        new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse("2.25.5002"))
            .Add(DicomTags.StudyDate, "20240501")
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.PatientName, "Muster^Erika")
            .Add(DicomTags.PatientID, "MRN1")
            .Add(DicomTags.IssuerOfPatientID, "urn:north")
            .Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.PatientSex, "F")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(Study))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.5001")),
        TransferSyntax.ExplicitLittleEndian);
}
