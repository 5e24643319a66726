using System.Security.Cryptography;
using System.Text;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Small values for the tests.</summary>
internal static class Make
{
    internal static ContentHash Hash(string text) =>
        ContentHash.FromDigest(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal static ReceivedItem Item(
        string content, long number = 0, string? sop = null, string? blob = null, TimeProvider? time = null) => new()
        {
            Id = ItemId.New(time ?? TimeProvider.System),
            ReceivedAt = new DateTimeOffset(2026, 5, 1, 11, 0, 0, TimeSpan.Zero),
            Kind = sop is null ? ContentKind.PlainText : ContentKind.DicomInstance,
            Blob = Hash(blob ?? content),
            Length = 100,
            Content = Hash(content),
            SopInstanceUid = sop,
            DataSetOffset = sop is null ? 0 : 342,
            Source = new Source
            {
                Door = Door.Import,
                Site = "North",
                DefaultIssuer = "urn:north",
                FileName = "scan.txt",
                Case = new CaseNumber(number),
            },
        };

    internal static HeldRecord Record(
        ReceivedItem item, RecordState state, long number = 0, int part = 1, string reason = "no-matching-case") => new()
        {
            Id = new RecordId(item.Id, part),
            Revision = 1,
            State = state,
            Reason = reason,
            Explanation = "Nobody of this name is known.",
            Evidence = ["name: no", "birth date: no"],
            Case = new CaseNumber(number),
            SuggestedCases = [new CaseNumber(7), new CaseNumber(9)],
            Title = "Letter",
            Claim = new PatientClaim
            {
                Identifiers = [new PatientIdentifier("urn:north", "1")],
                Names = [new PersonName("Muster", "Änne", "Dr", null)],
                BirthDate = new PartialDate(1961, 2),
                Sex = AdministrativeSex.Female,
            },
            StudyInstanceUid = "1.2.3",
            Item = item,
        };

    internal static Filing Filing(ReceivedItem item, int revision, params HeldRecord[] records) => new()
    {
        Item = item.Id,
        ExpectedRevision = revision,
        Records = records.Length == 0 ? [Record(item, RecordState.Held)] : records,
    };

    internal static StoredResource Resource(
        string type, string id, long number = 1, string? patient = "p1", string json = "{}", params IndexEntry[] index) => new()
        {
            Type = type,
            Id = id,
            Case = new CaseNumber(number),
            PatientId = patient,
            RecordId = "r",
            Json = Encoding.UTF8.GetBytes(json),
            Index = index,
        };

    internal static StoredBinary Binary(string id, long number = 1) => new()
    {
        Id = id,
        Case = new CaseNumber(number),
        RecordId = "r",
        ContentType = "text/plain",
        Blob = Hash(id),
        Offset = 5,
        Length = 10,
    };

    internal static StoredInstance Instance(
        string study, string series, string sop, long number = 1, Func<InstanceFacts, InstanceFacts>? with = null)
    {
        InstanceFacts facts = new()
        {
            StudyInstanceUid = study,
            SeriesInstanceUid = series,
            SopInstanceUid = sop,
            SopClassUid = "1.2.840.10008.5.1.4.1.1.2",
            TransferSyntaxUid = "1.2.840.10008.1.2.1",
            DataSetOffset = 342,
            PatientName = "Muster^Änne=山田^太郎",
            PatientId = "N1",
            StudyDate = "20260420",
            StudyTime = "101500",
            StudyDescription = "CT Thorax",
            AccessionNumber = "A[1]",
            Modality = "CT",
            SeriesNumber = 3,
            Metadata = "{\"00080018\":{\"vr\":\"UI\"}}"u8.ToArray(),
        };
        return new StoredInstance
        {
            Case = new CaseNumber(number),
            PatientId = "p1",
            RecordId = "r",
            Blob = Hash("blob " + sop),
            Length = 1000,
            DataSet = Hash("set " + sop),
            Facts = with is null ? facts : with(facts),
        };
    }

    internal static CaseFile Case(long number, string patient = "p1", params PatientIdentifier[] identifiers) => new()
    {
        Number = new CaseNumber(number),
        Specialty = "oncology",
        Status = CaseStatus.Compiling,
        Question = "Operate?",
        CreatedAt = new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero),
        StatusSince = new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero),
        Patient = new CasePatient
        {
            Id = patient,
            Name = new PersonName("Muster", "Änne"),
            BirthDate = new PartialDate(1961, 2, 3),
            Sex = AdministrativeSex.Female,
            Identifiers = identifiers,
        },
    };
}
