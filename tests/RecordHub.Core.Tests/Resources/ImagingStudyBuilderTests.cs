using System.Text;
using CsCheck;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;
using RecordHub.Core.Tests.Normalization;

namespace RecordHub.Core.Tests.Resources;

public class ImagingStudyBuilderTests
{
    private static readonly StudyKey s_study = new(new CaseNumber(7), "1.2.3");

    [Test]
    public void A_study_is_written_as_R4_has_it()
    {
        StoredResource study = ImagingStudyBuilder.Build(s_study, [Instance("1.2.3.4", 1)])!;

        Strict.Check(study.Json.Span, "study");
        Assert.That(
            Encoding.UTF8.GetString(study.Json.Span),
            Is.EqualTo($$"""
                {"resourceType":"ImagingStudy","id":"{{study.Id}}","identifier":[{"system":"urn:dicom:uid","value":"urn:oid:1.2.3"},{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"ACSN","display":"Accession ID"}],"text":"Accession ID"},"value":"A1"}],"status":"available","modality":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"CT"}],"subject":{"reference":"Patient/pat"},"started":"2020-03-04T05:06:07.8+01:00","referrer":{"display":"Dr. Rita Referrer"},"endpoint":[{"reference":"Endpoint/{{ImagingStudyBuilder.EndpointId(s_study.Case)}}"}],"numberOfSeries":1,"numberOfInstances":1,"description":"Chest","series":[{"uid":"1.2.3.0","number":2,"modality":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"CT"},"numberOfInstances":1,"bodySite":{"display":"CHEST"},"laterality":{"system":"http://snomed.info/sct","code":"7771000","display":"Left"},"instance":[{"uid":"1.2.3.4","sopClass":{"system":"urn:ietf:rfc:3986","code":"urn:oid:1.2.840.10008.5.1.4.1.1.2"},"number":1}]}]}
                """));
    }

    [Test]
    public void The_endpoint_is_R4() =>
        Strict.Check(ImagingStudyBuilder.Endpoint(new CaseNumber(7)).Json.Span, "endpoint");

    [Test]
    public void No_instance_is_no_study() => Assert.That(ImagingStudyBuilder.Build(s_study, []), Is.Null);

    [Test]
    public void The_order_of_arrival_does_not_matter()
    {
        Gen<StoredInstance> instance = Gen.Select(
            Gen.Int[1, 12], Gen.Int[1, 3], Gen.Const("CT").Array[0, 1], Gen.String[Gen.Char.AlphaNumeric, 0, 3],
            (uid, series, modality, text) => Instance($"1.2.3.{uid}", uid) with
            {
                DataSet = Bytes.Hash(Encoding.UTF8.GetBytes($"{uid} {series} {text}")),
                Facts = Instance($"1.2.3.{uid}", uid).Facts with
                {
                    SeriesInstanceUid = $"1.2.9.{series}",
                    Modality = modality.Length == 0 ? null : modality[0],
                    StudyDescription = text,
                },
            });
        Gen.Select(instance.Array[1, 20], Gen.Int).Sample((instances, seed) =>
        {
            StoredInstance[] distinct = [.. instances.DistinctBy(i => (i.Facts.SopInstanceUid, i.DataSet))];
            StoredInstance[] shuffled = [.. distinct];
            new Random(seed).Shuffle(shuffled);
            return ImagingStudyBuilder.Build(s_study, distinct)!.Json.Span
                .SequenceEqual(ImagingStudyBuilder.Build(s_study, shuffled)!.Json.Span);
        });
    }

    private static StoredInstance Instance(string uid, int number) => new()
    {
        Case = s_study.Case,
        PatientId = "pat",
        RecordId = "r",
        Blob = Bytes.Hash("x"u8),
        Length = 1,
        DataSet = Bytes.Hash("x"u8),
        Facts = new InstanceFacts
        {
            StudyInstanceUid = "1.2.3",
            SeriesInstanceUid = "1.2.3.0",
            SopInstanceUid = uid,
            SopClassUid = "1.2.840.10008.5.1.4.1.1.2",
            TransferSyntaxUid = "1.2.840.10008.1.2.1",
            StudyDate = "20200304",
            StudyTime = "050607.800",
            TimezoneOffsetFromUtc = "+0100",
            AccessionNumber = "A1",
            StudyDescription = "Chest",
            ReferringPhysicianName = "Referrer^Rita^^Dr.",
            Modality = "CT",
            SeriesNumber = 2,
            BodyPartExamined = "CHEST",
            Laterality = "L",
            InstanceNumber = number,
            Metadata = "{}"u8.ToArray(),
        },
    };
}
