using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Tests.Normalization;

public class DicomInputTests
{
    [Test]
    public void An_image_gives_facts_and_a_claim_and_no_resource()
    {
        PatientRecord record = Read(Instance("1.2.840.10008.5.1.4.1.1.2", "CT")
            .AddText(new DicomTag(0x0010, 0x0021), DicomVr.LO, "NORTH"));

        Assert.That(record.Title, Is.EqualTo("CT image"));
        Assert.That(record.Resources, Is.Empty);
        Assert.That(record.Claim.Identifiers, Is.EqualTo([new PatientIdentifier("NORTH", "MRN1")]));
        Assert.That(record.Claim.Names.Select(n => (n.Family, n.Given)), Is.EqualTo([("Yamada", "Tarou"), ("山田", "太郎")]));
        Assert.That(record.Claim.BirthDate, Is.EqualTo(new PartialDate(1970, 1, 2)));
        Assert.That(record.Instance!.StudyInstanceUid, Is.EqualTo("1.2.3"));
        using JsonDocument metadata = JsonDocument.Parse(record.Instance.Metadata);
        Assert.That(metadata.RootElement.GetProperty("00100020").GetProperty("Value")[0].GetString(), Is.EqualTo("MRN1"));
    }

    [Test]
    public void The_default_issuer_is_for_identifiers_that_name_none()
    {
        byte[] bytes = DicomFileWriter.ToBytes(Instance("1.2.840.10008.5.1.4.1.1.2", "CT"));

        PatientRecord record = Bytes.Records(Bytes.Normalize(ContentKind.DicomInstance, bytes, "south"))[0];

        Assert.That(record.Claim.Identifiers, Is.EqualTo([new PatientIdentifier("south", "MRN1")]));
    }

    [Test]
    public void An_instance_without_a_study_is_unreadable_and_says_what_is_missing()
    {
        DicomDataSet dataSet = Instance("1.2.840.10008.5.1.4.1.1.2", "CT");
        dataSet.Remove(DicomTags.StudyInstanceUID);

        Normalized.Unreadable unreadable =
            Bytes.Unreadable(Bytes.Normalize(ContentKind.DicomInstance, DicomFileWriter.ToBytes(dataSet)));

        Assert.That(unreadable.Code, Is.EqualTo("no-uid"));
        Assert.That(unreadable.Where, Does.Contain("(0020,000D)"));
    }

    [TestCase(4, null)]
    [TestCase(6, null)]
    [TestCase(2, "its pixels end too early, in frame 2 of 2")]
    [TestCase(0, "its pixels end too early, in frame 1 of 2")]
    public void An_image_with_fewer_pixels_than_it_says_is_not_whole(int length, string? incomplete)
    {
        PatientRecord record = Read(Instance("1.2.840.10008.5.1.4.1.1.2", "CT")
            .Add(DicomTags.NumberOfFrames, "2")
            .Add(DicomTags.Rows, 1)
            .Add(DicomTags.Columns, 2)
            .Add(DicomTags.BitsAllocated, 8)
            .Add(DicomTags.PixelData, DicomVr.OB, new byte[length]));

        Assert.That(record.Incomplete, Is.EqualTo(incomplete));
        Assert.That(record.Losses, Is.EqualTo(incomplete is null ? [] : new[] { incomplete }));
    }

    [TestCase(null, "it has no pixels, although it says of which size they are")]
    [TestCase("https://pixels.example/1", "it has no pixels, only the address of a server that has them (Pixel Data Provider URL)")]
    public void An_image_without_pixels_is_not_whole(string? provider, string incomplete)
    {
        DicomDataSet image = Instance("1.2.840.10008.5.1.4.1.1.2", "CT")
            .Add(DicomTags.Rows, 1)
            .Add(DicomTags.Columns, 2)
            .Add(DicomTags.BitsAllocated, 8);
        if (provider is not null)
        {
            image.AddText(new DicomTag(0x0028, 0x7FE0), DicomVr.UR, provider);
        }

        PatientRecord record = Read(image);

        Assert.That(record.Incomplete, Is.EqualTo(incomplete));
        Assert.That(record.Losses, Is.EqualTo(new[] { incomplete }));
    }

    [TestCase(true, null)]
    [TestCase(false, "its pixels are empty")]
    public void A_compressed_image_without_a_fragment_is_not_whole(bool hasFragment, string? incomplete)
    {
        DicomDataSet image = Instance("1.2.840.10008.5.1.4.1.1.2", "CT")
            .Add(DicomTags.Rows, 1)
            .Add(DicomTags.Columns, 2)
            .Add(DicomTags.BitsAllocated, 8);
        ReadOnlyMemory<byte>[] fragments = hasFragment ? [Array.Empty<byte>(), new byte[4]] : [Array.Empty<byte>()];
        image.AddFragments(DicomTags.PixelData, fragments);

        byte[] file = DicomFileWriter.ToBytes(image, TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.4.50")));

        Assert.That(Bytes.Records(Bytes.Normalize(ContentKind.DicomInstance, file))[0].Incomplete, Is.EqualTo(incomplete));
    }

    [Test]
    public void Bytes_that_are_no_DICOM_are_unreadable() =>
        Assert.That(Bytes.Unreadable(Bytes.Normalize(ContentKind.DicomInstance, "<html>no</html>"u8.ToArray())).Code, Is.EqualTo("malformed"));

    [Test]
    public void A_structured_report_becomes_text_and_belongs_to_its_study()
    {
        DicomDataSet report = Instance("1.2.840.10008.5.1.4.1.1.88.11", "SR")
            .Add(new DicomTag(0x0040, 0xA043), Code("18782-3", "LN", "Radiology study observation"))
            .Add(
                new DicomTag(0x0040, 0xA730),
                Item("CONTAINER", Code("121070", "DCM", "Findings")).Add(
                    new DicomTag(0x0040, 0xA730),
                    Item("TEXT", Code("121071", "DCM", "Finding")).AddText(new DicomTag(0x0040, 0xA160), DicomVr.UT, "Nodule,\r\nleft"),
                    Item("NUM", Code("81827009", "SCT", "Diameter")).Add(
                        new DicomTag(0x0040, 0xA300),
                        new DicomDataSet().AddText(new DicomTag(0x0040, 0xA30A), DicomVr.DS, "12.5")
                            .Add(new DicomTag(0x0040, 0x08EA), Code("mm", "UCUM", "millimeter")))),
                Item("PNAME", Code("121008", "DCM", "Observer")).AddText(new DicomTag(0x0040, 0xA123), DicomVr.PN, "House^Greg"));
        byte[] bytes = DicomFileWriter.ToBytes(report);
        PatientRecord record = Bytes.Records(Bytes.Normalize(ContentKind.DicomInstance, bytes))[0];

        Assert.That(
            Encoding.UTF8.GetString(record.Binaries[0].Derived.Span),
            Is.EqualTo("Radiology study observation\n\nFindings:\n  Finding: Nodule,\n  left\n  Diameter: 12.5 mm\nObserver: Greg House\n"));
        BoundRecord bound = Bytes.Bind(record, ContentKind.DicomInstance, bytes);
        string json = Bytes.Text(bound.Resources[0].Json);
        Assert.That(json, Does.Contain("\"code\":\"18782-3\"").And.Contain("\"urn:oid:1.2.3\"").And.Contain("\"reference\":\"ImagingStudy/"));
        Strict.Check(bound.Resources[0].Json.Span, "report");
    }

    [Test]
    public void A_dose_report_is_typed_as_one()
    {
        PatientRecord record = Read(Instance("1.2.840.10008.5.1.4.1.1.88.67", "SR"));

        Assert.That(record.Title, Is.EqualTo("Radiation dose report"));
        Assert.That(Bytes.Text(record.Resources[0].Json), Does.Contain("73569-6"));
    }

    [TestCase(99_999, false)]
    [TestCase(101, false)]
    [TestCase(99_999, true)]
    public void An_encapsulated_PDF_is_served_as_its_own_bytes(int length, bool isDeflated)
    {
        byte[] pdf = new byte[length];
        Encoding.ASCII.GetBytes("%PDF-1.4 broken").CopyTo(pdf, 0);
        pdf[^1] = (byte)'F';
        DicomDataSet dataSet = Instance("1.2.840.10008.5.1.4.1.1.104.1", "DOC")
            .Add(new DicomTag(0x0042, 0x0011), DicomVr.OB, pdf)
            .AddText(new DicomTag(0x0042, 0x0012), DicomVr.LO, "application/pdf");
        byte[] bytes = DicomFileWriter.ToBytes(dataSet, isDeflated ? TransferSyntax.DeflatedExplicitLittleEndian : null);
        PatientRecord record = Bytes.Records(Bytes.Normalize(ContentKind.DicomInstance, bytes))[0];
        BinaryDraft binary = record.Binaries[0];

        byte[] served = binary.Offset is { } offset
            ? bytes.AsSpan((int)offset, (int)(binary.Length ?? 0)).ToArray()
            : binary.Derived.ToArray();
        Assert.That(served, Is.EqualTo(pdf));
        Assert.That(Bytes.Text(record.Resources[0].Json), Does.Contain($"\"size\":{length}"));
    }

    private static PatientRecord Read(DicomDataSet dataSet) =>
        Bytes.Records(Bytes.Normalize(ContentKind.DicomInstance, DicomFileWriter.ToBytes(dataSet)))[0];

    private static DicomDataSet Item(string type, DicomDataSet name) =>
        new DicomDataSet().AddText(new DicomTag(0x0040, 0xA040), DicomVr.CS, type).Add(new DicomTag(0x0040, 0xA043), name);

    private static DicomDataSet Code(string value, string scheme, string meaning) => new DicomDataSet()
        .Add(DicomTags.CodeValue, value).Add(DicomTags.CodingSchemeDesignator, scheme).Add(DicomTags.CodeMeaning, meaning);

    private static DicomDataSet Instance(string sopClass, string modality) => new DicomDataSet()
        .Add(DicomTags.SpecificCharacterSet, "ISO_IR 192")
        .Add(DicomTags.SOPClassUID, sopClass)
        .Add(DicomTags.SOPInstanceUID, "1.2.3.4.5")
        .Add(DicomTags.StudyInstanceUID, "1.2.3")
        .Add(DicomTags.SeriesInstanceUID, "1.2.3.4")
        .Add(DicomTags.StudyDate, "20200304")
        .Add(DicomTags.Modality, modality)
        .Add(DicomTags.PatientID, "MRN1")
        .Add(DicomTags.PatientName, "Yamada^Tarou=山田^太郎")
        .Add(DicomTags.PatientBirthDate, "19700102")
        .Add(DicomTags.PatientSex, "M");
}
