using System.Text;
using NUnit.Framework;
using RecordHub.Core.Identity;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Tests.Normalization;

/// <summary>A number is a patient's only where it counts patients, and its sender's only where its sender has issued it.</summary>
public class IdentifierTypeTests
{
    private static readonly PatientIdentifier[] s_own = [new("north", "7")];

    [TestCase("7|x^^^north^AN|")]
    [TestCase("|7^^^^MR~x^^^^VN|")]
    [TestCase("x|7|")]
    [TestCase("x^^^^MR|7|y")]
    public void Numbers_of_visits_and_accounts_and_external_numbers_without_an_issuer_are_nobodys(string fields)
    {
        bool isExternal = fields.StartsWith("7|", StringComparison.Ordinal);
        byte[] message = Encoding.UTF8.GetBytes(
            $"MSH|^~\\&|LAB|NORTH|||20200304||ORU^R01|M1|P|2.5\rPID|1|{fields}|Alpha^Ann||19700102|F\rOBR|1\rOBX|1|TX|1||a\r");

        PatientClaim claim = Bytes.Records(Bytes.Normalize(ContentKind.Hl7V2, message, "north"))[0].Claim;

        Assert.That(Identifiers.Issued(claim.Identifiers), Is.EqualTo(isExternal ? [] : s_own));
        Assert.That(claim.Identifiers.Select(one => one.Value), Does.Contain("7").And.Contain("x"));
    }

    [Test]
    public void An_external_number_that_says_who_issued_it_is_its_issuers()
    {
        byte[] message = "MSH|^~\\&|LAB|NORTH|||20200304||ORU^R01|M1|P|2.5\rPID|1|7^^^south|||Alpha^Ann||19700102|F\rOBR|1\rOBX|1|TX|1||a\r"u8.ToArray();

        PatientClaim claim = Bytes.Records(Bytes.Normalize(ContentKind.Hl7V2, message, "north"))[0].Claim;

        Assert.That(Identifiers.Issued(claim.Identifiers), Is.EqualTo([new PatientIdentifier("south", "7")]));
    }

    [TestCase("http://terminology.hl7.org/CodeSystem/v2-0203", "AN", 0)]
    [TestCase("http://hl7.org/fhir/v2/0203", "VN", 0)]
    [TestCase("http://terminology.hl7.org/CodeSystem/v2-0203", "MR", 1)]
    [TestCase("urn:own", "AN", 1)]
    public void A_FHIR_identifier_says_what_it_counts_by_its_type(string system, string code, int issued)
    {
        PatientClaim claim = Bytes.Records(Bytes.Fhir(
            "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:x\",\"value\":\"7\",\"type\":{\"coding\":[{\"system\":\""
            + system + "\",\"code\":\"" + code + "\"}]}}]}"))[0].Claim;

        Assert.That(Identifiers.Issued(claim.Identifiers), Has.Exactly(issued).Items);
        Assert.That(claim.NamesNobody, Is.False);
    }

    [TestCase("AN", 0)]
    [TestCase("MR", 1)]
    public void An_image_says_so_by_the_qualifiers_of_its_issuer(string code, int issued)
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2").Add(DicomTags.SOPInstanceUID, "1.2.3.5")
            .Add(DicomTags.StudyInstanceUID, "1.2.3").Add(DicomTags.SeriesInstanceUID, "1.2.3.4").Add(DicomTags.PatientID, "7")
            .Add(new DicomTag(0x0010, 0x0024), new DicomDataSet().Add(new DicomTag(0x0040, 0x0035), code));

        PatientClaim claim = Bytes.Records(Bytes.Normalize(ContentKind.DicomInstance, DicomFileWriter.ToBytes(dataSet), "north"))[0].Claim;

        Assert.That(Identifiers.Issued(claim.Identifiers), Has.Exactly(issued).Items);
    }
}
