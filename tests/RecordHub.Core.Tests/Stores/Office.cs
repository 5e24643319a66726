using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Stores;

/// <summary>A fresh installation in memory: every desk, and a way to send it things.</summary>
internal sealed class Office
{
    internal Office()
    {
        Filing = new FilingStep(Store, Blobs, Store);
        Reader = new CaseContentReader(Store, Store, Store);
        Cases = new CaseDesk(
            Store, Store, Reader, new StudyWatch(Store, Commitments, Store, Activity, Time), ChecklistSet.BuiltIn, Time);
        Withdrawals = new Withdrawals(Reader, Store, Store, Time);
        Inbox = new InboxDesk(Store, Store, Filing, Withdrawals, Time);
        Overview = new InboxOverview(Store, Store);
        Preview = new AssignmentPreview(Store, Store);
        Splits = new SplitDesk(Store, Store, Store, Filing, Withdrawals, Time);
        Publishing = new PublishingDesk(Store, Reader, Store, Blobs, ChecklistSet.BuiltIn, Time);
    }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    internal MemoryStore Store { get; } = new();

    internal MemoryCommitments Commitments { get; } = new();

    internal FakeActivity Activity { get; } = new();

    internal MemoryBlobs Blobs { get; } = new();

    internal FilingStep Filing { get; }

    internal CaseContentReader Reader { get; }

    internal CaseDesk Cases { get; }

    internal InboxDesk Inbox { get; }

    internal InboxOverview Overview { get; }

    internal AssignmentPreview Preview { get; }

    internal SplitDesk Splits { get; }

    internal Withdrawals Withdrawals { get; }

    internal PublishingDesk Publishing { get; }

    internal static NewCase Asked(
        string family = "Musterfall", string given = "Synthia", string birthDate = "1961-04-09", string? sex = "female",
        params PatientIdentifier[] identifiers) => new()
        {
            Specialty = "oncology",
            Family = family,
            Given = given,
            BirthDate = birthDate,
            Sex = sex,
            Identifiers = identifiers,
            Question = "Is surgery an option?",
        };

    internal static NewCase Asked(SamplePatient patient) => Asked(
        patient.Family, patient.Given, patient.BirthDateIso, patient.Gender,
        [.. patient.RecordNumbers.Select(one => new PatientIdentifier(one.Key.Issuer, one.Value))]);

    internal async Task<CaseFile> OpenAsync(NewCase asked)
    {
        CaseCreation created = await Cases.CreateAsync(asked, CancellationToken.None);
        Assert.That(created, Is.InstanceOf<CaseCreation.Created>());
        return ((CaseCreation.Created)created).File;
    }

    internal Task<IReadOnlyList<HeldRecord>> SendAsync(string text, CaseNumber number = default) =>
        SendAsync(ContentKind.PlainText, System.Text.Encoding.UTF8.GetBytes(text), number);

    internal Task<IReadOnlyList<HeldRecord>> SendAsync(SampleFile file, CaseNumber number = default) =>
        SendAsync(KindOf(file), file.Content, number);

    internal async Task<IReadOnlyList<HeldRecord>> SendAsync(
        ContentKind kind, ReadOnlyMemory<byte> bytes, CaseNumber number = default, Door door = Door.Import,
        string? issuer = null, string? site = null, string? within = null) =>
        await Filing.RunAsync(await ReceiveAsync(kind, bytes, number, door, issuer, site, within), CancellationToken.None);

    /// <summary>Receives it and leaves it to be filed.</summary>
    internal async Task<ItemId> ReceiveAsync(
        ContentKind kind, ReadOnlyMemory<byte> bytes, CaseNumber number = default, Door door = Door.Import,
        string? issuer = null, string? site = null, string? within = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        ContentHash hash = Blobs.Add(bytes.Span);
        ReceivedItem item = new()
        {
            Id = ItemId.New(Time),
            ReceivedAt = Time.GetUtcNow(),
            Kind = kind,
            Blob = hash,
            Length = bytes.Length,
            Content = hash,
            Source = new Source { Door = door, Case = number, DefaultIssuer = issuer, Site = site, Within = within },
        };
        if (kind == ContentKind.DicomInstance)
        {
            DicomHeader header = DicomFile.ReadHeader(bytes);
            item = item with
            {
                DataSetOffset = header.DataSetOffset,
                SopInstanceUid = header.DataSet.GetString(DicomTags.SOPInstanceUID),
            };
        }

        Receipt receipt = await Store.ReceiveAsync(item, CancellationToken.None);
        return receipt is Receipt.Known known ? known.Item : item.Id;
    }

    internal static ContentKind KindOf(SampleFile file) => file.MediaType switch
    {
        "application/dicom" => ContentKind.DicomInstance,
        "application/fhir+json" => ContentKind.FhirJson,
        "application/pdf" => ContentKind.Pdf,
        "text/plain" => ContentKind.PlainText,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => ContentKind.Docx,
        "x-application/hl7-v2+er7" => ContentKind.Hl7V2,
        "application/xml" => ContentKind.Cda,
        _ => ContentKind.NotARecord,
    };
}
