using System.Net;
using System.Net.Http.Headers;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.DicomWeb;

/// <summary>Frames that do not lie in their value as in a textbook are given as they are meant, or not at all.</summary>
internal sealed class FrameRetrievalTests
{
    private const string Study = "2.25.4000";
    private const string Multiframe = "1.2.840.10008.5.1.4.1.1.7.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string Jpeg = "1.2.840.10008.1.2.4.50";

    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync();
        await _hub.OpenCaseAsync("MRN1");
        byte[][] files =
        [
            File(1, Explicit, image => Of(image, 2, 8).Add(DicomTags.PixelData, DicomVr.OB, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0 })),
            File(2, Explicit, image => Of(image, 2, 8).Add(DicomTags.PixelData, DicomVr.OB, new byte[] { 1, 2, 3, 4, 5, 6 })),
            File(3, Explicit, image => Of(image, 3, 1).Add(DicomTags.PixelData, DicomVr.OB, new byte[] { 0b0101_1001, 0b1010 })),
            File(4, Jpeg, image => Of(image, 2, 8).AddFragments(
                DicomTags.PixelData, Array.Empty<byte>(), new byte[] { 0xFF, 0xD8, 0xFF, 1, 2, 3 }, new byte[] { 1, 2, 3, 4, 0xFF, 0xD9 },
                new byte[] { 0xFF, 0xD8, 0xFF, 2, 0xFF, 0xD9 })),
            File(5, Explicit, image => Of(image, 1, 8).Add(DicomTags.PixelData, DicomVr.OB, new byte[] { 1, 2 })),
        ];
        using MultipartContent content = new("related", "boundary");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/related; type=\"application/dicom\"; boundary=boundary");
        foreach (byte[] file in files)
        {
            content.Add(new ByteArrayContent(file) { Headers = { ContentType = new("application/dicom") } });
        }

        using HttpResponseMessage response = await _hub.Http.PostAsync("dicomweb/studies", content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase(1, 1, new byte[] { 1, 2, 3, 4 }, TestName = "A frame of padded pixel data, the first")]
    [TestCase(1, 2, new byte[] { 5, 6, 7, 8 }, TestName = "A frame of padded pixel data, the last")]
    [TestCase(2, 1, new byte[] { 1, 2, 3, 4 }, TestName = "A frame before the one that is cut off")]
    [TestCase(2, 2, null, TestName = "A frame that is cut off is none")]
    [TestCase(3, 1, new byte[] { 0b1001 }, TestName = "A frame of single bits, the first")]
    [TestCase(3, 2, new byte[] { 0b0101 }, TestName = "A frame of single bits, in the midst of a byte")]
    [TestCase(3, 3, new byte[] { 0b1010 }, TestName = "A frame of single bits, the last")]
    [TestCase(4, 1, new byte[] { 0xFF, 0xD8, 0xFF, 1, 2, 3, 1, 2, 3, 4, 0xFF, 0xD9 }, TestName = "A frame of several fragments without a table")]
    [TestCase(4, 2, new byte[] { 0xFF, 0xD8, 0xFF, 2, 0xFF, 0xD9 }, TestName = "The frame behind it")]
    [TestCase(5, 1, new byte[] { 1, 2 }, TestName = "The only frame, too short, is what there is")]
    public async Task A_frame_is_given_as_it_is_meant(int instance, int frame, byte[]? expected)
    {
        using HttpRequestMessage request = new(
            HttpMethod.Get, $"dicomweb/studies/{Study}/series/2.25.4001/instances/{Study}.{instance}/frames/{frame}");
        request.Headers.TryAddWithoutValidation("Accept", "application/octet-stream; transfer-syntax=*");
        using HttpResponseMessage response = await _hub.Http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(expected is null ? HttpStatusCode.NotFound : HttpStatusCode.OK));
        if (expected is not null)
        {
            Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(expected));
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(expected.Length));
        }
    }

    private static DicomDataSet Of(DicomDataSet image, int frames, int allocated) =>
        image.Add(DicomTags.NumberOfFrames, frames.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Add(DicomTags.BitsAllocated, allocated);

    private static byte[] File(int number, string syntax, Func<DicomDataSet, DicomDataSet> pixels) => DicomFileWriter.ToBytes(
        pixels(new DicomDataSet()
            .Add(DicomTags.SOPClassUID, Uid.Parse(Multiframe))
            .Add(DicomTags.SOPInstanceUID, Uid.Parse($"{Study}.{number}"))
            .Add(DicomTags.StudyDate, "20240501")
            .Add(DicomTags.Modality, "OT")
            .Add(DicomTags.PatientName, "Muster^Erika")
            .Add(DicomTags.PatientID, "MRN1")
            .Add(DicomTags.IssuerOfPatientID, "urn:north")
            .Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.PatientSex, "F")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(Study))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.4001"))
            .Add(DicomTags.Rows, 2)
            .Add(DicomTags.Columns, 2)),
        TransferSyntax.Of(Uid.Parse(syntax)));
}
