using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Intake;

public sealed class FilingStepTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(1);
    private static readonly SampleFile s_image = s_sample.Files.First(file => file.MediaType == "application/dicom");

    [Test]
    public async Task A_blob_that_is_not_whole_changes_nothing_and_is_read_again_later()
    {
        Office office = new();
        HeldRecord record = (await office.SendAsync("A letter of which half is away.")).Single();
        ReceivedItem item = (await office.Store.FindAsync(record.Id.Item, CancellationToken.None))!.Received;
        office.Blobs.Halve(item.Blob);

        Assert.ThrowsAsync<BlobDamagedException>(() => office.Filing.RunAsync(item.Id, CancellationToken.None));

        HeldRecord? after = await office.Inbox.ShowAsync(record.Id, AccessScope.All, CancellationToken.None);
        Assert.That(after?.Revision, Is.EqualTo(record.Revision));
    }

    [Test]
    public async Task An_image_with_a_known_identifier_finds_its_case_by_itself()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));

        HeldRecord record = (await office.SendAsync(s_image)).Single();

        Assert.That(record.State, Is.EqualTo(RecordState.Filed));
        Assert.That(record.Reason, Is.EqualTo("linked-identifier"));
        Assert.That(record.Case, Is.EqualTo(file.Number));
    }

    [Test]
    public async Task A_text_that_names_two_people_is_held_although_it_came_for_the_case()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));

        HeldRecord record = (await office.SendAsync(
            "Patient: Anna Muster\nThe liver shows a lesion.\nPatient: Berta Muster\nAnother letter.", file.Number)).Single();

        Assert.That(record.State, Is.EqualTo(RecordState.Held));
        Assert.That(record.Reason, Is.EqualTo("patient-by-reference-only"));
    }

    [Test]
    public async Task What_names_nobody_is_held_beside_records_of_two_people()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));
        const string Lines = """
            {"resourceType":"Patient","id":"a","name":[{"family":"Fremd","given":["Otto"]}],"birthDate":"1970-05-05"}
            {"resourceType":"Patient","id":"b","name":[{"family":"Anders","given":["Ida"]}],"birthDate":"1971-05-05"}
            {"resourceType":"Observation","id":"c","status":"final","code":{"text":"CEA"}}
            """;

        IReadOnlyList<HeldRecord> records = await office.SendAsync(
            ContentKind.FhirNdjson, System.Text.Encoding.UTF8.GetBytes(Lines), file.Number);

        Assert.That(records.Select(record => record.State), Is.All.EqualTo(RecordState.Held));
        Assert.That(records.Select(record => record.Reason), Does.Contain("names-nobody-among-others"));
    }

    [Test]
    public async Task An_image_whose_end_is_missing_is_filed_and_says_so()
    {
        Office office = new();
        await office.OpenAsync(Office.Asked(s_sample.Patient));

        HeldRecord record = (await office.SendAsync(s_image with { Content = s_image.Content[..^100] })).Single();

        Assert.That(record.State, Is.EqualTo(RecordState.Filed));
        Assert.That(record.Explanation, Does.Contain("the file ends too early, at byte"));
    }

    [Test]
    public async Task Running_it_again_changes_nothing()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));
        HeldRecord first = (await office.SendAsync(s_image)).Single();
        CaseContent before = await office.Reader.ReadAsync(file, CancellationToken.None);

        HeldRecord second = (await office.Filing.RunAsync(first.Id.Item, CancellationToken.None)).Single();

        CaseContent after = await office.Reader.ReadAsync(file, CancellationToken.None);
        Assert.That(second with { Revision = first.Revision, Evidence = first.Evidence, Claim = first.Claim, SuggestedCases = first.SuggestedCases }, Is.EqualTo(first));
        Assert.That(Ids(after), Is.EqualTo(Ids(before)));
    }

    [Test]
    public async Task It_reads_again_when_somebody_else_was_first()
    {
        Office office = new();
        await office.OpenAsync(Office.Asked(s_sample.Patient));
        HeldRecord first = (await office.SendAsync(s_image)).Single();
        office.Store.BeforeSave = () => office.Filing.RunAsync(first.Id.Item, CancellationToken.None).GetAwaiter().GetResult();

        HeldRecord second = (await office.Filing.RunAsync(first.Id.Item, CancellationToken.None)).Single();

        Assert.That(second.State, Is.EqualTo(RecordState.Filed));
        Assert.That(second.Revision, Is.EqualTo(first.Revision + 2));
    }

    [Test]
    public async Task A_strangers_image_is_held_although_it_came_for_the_case()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));
        SampleFile other = s_sample.Files.Single(one => one.Expected == SampleOutcome.Held);

        HeldRecord record = (await office.SendAsync(other, file.Number)).Single();

        Assert.That(record.State, Is.EqualTo(RecordState.Held));
        Assert.That(record.Reason, Is.EqualTo("patient-disagrees"));
        Assert.That((await office.Reader.ReadAsync(file, CancellationToken.None)).Instances, Is.Empty);
    }

    [Test]
    public async Task What_is_verified_for_a_named_case_brings_in_what_was_held_before()
    {
        Office office = new();
        SampleFile[] images = [.. s_sample.Files.Where(file => file.MediaType == "application/dicom"
            && file.Expected == SampleOutcome.Filed).Take(3)];
        CaseFile file = await office.OpenAsync(
            Office.Asked(s_sample.Patient) with { Identifiers = [], Sex = null });
        HeldRecord held = (await office.SendAsync(images[0])).Single();
        HeldRecord verified = (await office.SendAsync(images[1], file.Number)).Single();
        HeldRecord later = (await office.SendAsync(images[2])).Single();

        HeldRecord? now = await office.Inbox.ShowAsync(held.Id, AccessScope.All, CancellationToken.None);
        CaseFile? linked = await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None);
        ResourceVersion? patient = await office.Store.ReadAsync(
            "Patient", file.Patient.Id, AccessScope.All, CancellationToken.None);

        Assert.That(held.Reason, Is.EqualTo("no-matching-case"));
        Assert.That(held.SuggestedCases, Is.EqualTo(new[] { file.Number }));
        Assert.That(verified.Reason, Is.EqualTo("verified"));
        Assert.That(now?.State, Is.EqualTo(RecordState.Filed));
        Assert.That(later.State, Is.EqualTo(RecordState.Filed));
        Assert.That(linked?.Patient.Identifiers, Has.Count.EqualTo(1));
        Assert.That(
            System.Text.Encoding.UTF8.GetString(patient!.Json.Span), Does.Contain(linked?.Patient.Identifiers[0].Value));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_becomes_known_while_a_record_is_being_held_is_not_missed(bool inCompany)
    {
        Office office = new();
        SampleFile[] images = [.. s_sample.Files.Where(file => file.MediaType == "application/dicom"
            && file.Expected == SampleOutcome.Filed).Take(3)];
        CaseFile file = await office.OpenAsync(
            Office.Asked(s_sample.Patient) with { Identifiers = [], Sex = null });
        ItemId[] late =
        [
            await office.ReceiveAsync(ContentKind.DicomInstance, images[0].Content),
            await office.ReceiveAsync(ContentKind.DicomInstance, images[1].Content),
        ];

        // It has been read by then that the number is nobody's, and nothing of them is there to be found.
        office.Store.BeforeSave = () => office.SendAsync(images[2], file.Number).GetAwaiter().GetResult();
        if (inCompany)
        {
            await office.Filing.RunAsync(late, static _ => null, CancellationToken.None);
        }
        else
        {
            await office.Filing.RunAsync(late[0], CancellationToken.None);
            await office.Filing.RunAsync(late[1], CancellationToken.None);
        }

        foreach (ItemId item in late)
        {
            HeldRecord record = (await office.Store.FindRecordsAsync(item, AccessScope.All, CancellationToken.None)).Single();
            Assert.That((record.State, record.Case), Is.EqualTo((RecordState.Filed, file.Number)));
        }
    }

    [Test]
    public async Task A_case_that_is_opened_while_a_record_is_being_held_takes_it()
    {
        Office office = new();
        ItemId item = await office.ReceiveAsync(ContentKind.DicomInstance, s_image.Content);
        CaseFile? file = null;
        office.Store.BeforeSave = () => file = office.OpenAsync(Office.Asked(s_sample.Patient)).GetAwaiter().GetResult();

        HeldRecord record = (await office.Filing.RunAsync(item, CancellationToken.None)).Single();

        Assert.That((record.State, record.Case), Is.EqualTo((RecordState.Filed, file!.Number)));
    }

    [TestCase("2961-04-09", RecordState.Held, true)]
    [TestCase("2961", RecordState.Held, true)]
    [TestCase("1961-04-09", RecordState.Filed, false)]
    public async Task A_record_of_somebody_who_is_not_born_yet_agrees_with_nobody_and_says_so(string born, RecordState state, bool isSaid)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(identifiers: new PatientIdentifier("urn:north", "N1")));
        string patient = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:north\",\"value\":\"N1\"}],"
            + "\"name\":[{\"family\":\"Musterfall\",\"given\":[\"Synthia\"]}],\"birthDate\":\"" + born + "\"}";
        string letter = $"Patient: Musterfall, Synthia\nDate of birth: {born}{(born.Length == 4 ? "-04-09" : string.Empty)}\nMRN: N1\n";

        HeldRecord structured = (await office.SendAsync(
            ContentKind.FhirJson, System.Text.Encoding.UTF8.GetBytes(patient), file.Number, Door.Fhir)).Single();
        HeldRecord written = (await office.SendAsync(letter.Replace("2961", "2161", StringComparison.Ordinal), file.Number)).Single();

        foreach (HeldRecord record in new[] { structured, written })
        {
            Assert.That(record.State, Is.EqualTo(state), record.Explanation);
            Assert.That(record.Evidence.Any(line => line.StartsWith("birth-date-in-future", StringComparison.Ordinal)), Is.EqualTo(isSaid));
        }
    }

    [Test]
    public async Task What_stays_held_is_saved_once()
    {
        Office office = new();
        ItemId[] items =
        [
            await office.ReceiveAsync(ContentKind.DicomInstance, s_image.Content),
            await office.ReceiveAsync(ContentKind.PlainText, "A letter that names nobody."u8.ToArray()),
        ];

        await office.Filing.RunAsync(items, static _ => null, CancellationToken.None);

        foreach (StoredItem item in await office.Store.FindAsync(items, CancellationToken.None))
        {
            Assert.That(item.Revision, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task The_same_image_with_other_content_is_a_conflict_that_a_person_decides()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));
        await office.SendAsync(s_image);
        byte[] changed = s_image.Content.ToArray();
        changed[^1] ^= 1;

        HeldRecord conflict = (await office.SendAsync(ContentKind.DicomInstance, changed)).Single();
        InboxOutcome outcome = await office.Inbox.AssignAsync(conflict.Id, file.Number, "ann", AccessScope.All, CancellationToken.None);

        Assert.That(conflict.Reason, Is.EqualTo("conflict"));
        Assert.That(conflict.SuggestedCases, Is.EqualTo(new[] { file.Number }));
        Assert.That(outcome, Is.InstanceOf<InboxOutcome.Done>());
        Assert.That((await office.Reader.ReadAsync(file, CancellationToken.None)).Instances, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_cannot_be_read_is_kept_as_rejected_with_its_reason()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked());

        HeldRecord record = (await office.SendAsync(ContentKind.Pdf, "%PDF-1.4 nothing"u8.ToArray(), file.Number)).Single();

        Assert.That(record.State, Is.EqualTo(RecordState.Rejected));
        Assert.That(record.Explanation, Is.Not.Empty);
        Assert.That((await office.Reader.ReadAsync(file, CancellationToken.None)).Unreadable, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_unknown_item_is_nothing() =>
        Assert.That(await new Office().Filing.RunAsync(ItemId.New(TimeProvider.System), CancellationToken.None), Is.Empty);

    private static string[] Ids(CaseContent content) => [.. content.Filed.Select(one => $"{one.Type}/{one.Id}")];
}
