using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Inbox;

public sealed class InboxDeskTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(2);

    [Test]
    public async Task Assigning_one_image_takes_its_study_along_and_undoing_takes_it_out_again()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked("Andere", "Person", identifiers: []));
        HeldRecord[] images = await SendStudyAsync(office);

        InboxOutcome assigned = await office.Inbox.AssignAsync(images[0].Id, file.Number, "ann", AccessScope.All, CancellationToken.None);

        Assert.That((assigned as InboxOutcome.Done)?.Others, Is.EqualTo(images.Length - 1));
        Assert.That(await office.Inbox.ListAsync(AccessScope.All, CancellationToken.None), Is.Empty);
        Assert.That(
            (await office.Reader.ReadAsync(file, CancellationToken.None)).Instances, Has.Count.EqualTo(images.Length));

        InboxOutcome undone = await office.Inbox.UndoAsync(images[0].Id, "ann", AccessScope.All, CancellationToken.None);

        CaseContent after = await office.Reader.ReadAsync(file, CancellationToken.None);
        CaseFile? left = await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None);
        Assert.That((undone as InboxOutcome.Done)?.Record.State, Is.EqualTo(RecordState.Held));
        Assert.That(await office.Inbox.ListAsync(AccessScope.All, CancellationToken.None), Has.Count.EqualTo(images.Length));
        Assert.That(after.Instances, Is.Empty);
        Assert.That(after.Filed, Is.Empty);
        Assert.That(left?.Patient.Identifiers, Is.Empty, "the link that the assignment made is gone too");
    }

    [Test]
    public async Task What_could_not_be_worked_on_is_not_assigned_and_the_refusal_says_what_to_do()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked());
        HeldRecord held = (await office.SendAsync("A letter.")).Single();
        await new GiveUpStep(office.Store).RunAsync(held.Id.Item, new GivenUp(5, "InvalidDataException"), CancellationToken.None);

        InboxOutcome outcome = await office.Inbox.AssignAsync(
            held.Id, file.Number, "ann", AccessScope.All, CancellationToken.None);
        InboxOutcome rejected = await office.Inbox.RejectAsync(
            held.Id, "unreadable", "ann", AccessScope.All, CancellationToken.None);

        Assert.That((outcome as InboxOutcome.Refused)?.Advice, Does.Contain($"pipeline retry {held.Id.Item}"));
        Assert.That((rejected as InboxOutcome.Done)?.Record.State, Is.EqualTo(RecordState.Rejected));
    }

    [Test]
    public async Task What_a_verified_study_taught_is_unlearnt_when_the_whole_of_it_is_undone()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        SampleFile[] files = Images();
        HeldRecord verified = (await office.SendAsync(files[0], file.Number)).Single();
        HeldRecord linked = (await office.SendAsync(files[1])).Single();

        await office.Inbox.UndoAsync(verified.Id, "ann", AccessScope.All, CancellationToken.None);
        HeldRecord later = (await office.SendAsync(files[2])).Single();
        HeldRecord? again = await office.Inbox.ShowAsync(linked.Id, AccessScope.All, CancellationToken.None);
        CaseFile? left = await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None);

        Assert.That(verified.Reason, Is.EqualTo("verified"));
        Assert.That(linked.Reason, Is.EqualTo("linked-identifier"));
        Assert.That(left?.Patient.Identifiers, Is.Empty);
        Assert.That(later.State, Is.EqualTo(RecordState.Held));
        Assert.That(again?.State, Is.EqualTo(RecordState.Held), "it was filed by what is no longer known");
    }

    [Test]
    public async Task What_two_records_taught_stays_known_when_one_of_them_is_undone()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        List<HeldRecord> records = [];
        foreach (SampleFile image in s_sample.Files.Where(one => one.MediaType == "application/dicom"))
        {
            records.AddRange(await office.SendAsync(image, file.Number));
        }

        HeldRecord verified = records[0];
        Assert.That(records, Has.Some.Matches<HeldRecord>(one => one.StudyInstanceUid != verified.StudyInstanceUid
            && one.Claim.Identifiers.SequenceEqual(verified.Claim.Identifiers)));
        IReadOnlyList<PatientIdentifier> before =
            (await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None))!.Patient.Identifiers;

        await office.Inbox.UndoAsync(verified.Id, "ann", AccessScope.All, CancellationToken.None);

        Assert.That(
            (await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None))!.Patient.Identifiers, Is.EqualTo(before));
    }

    [Test]
    public async Task What_was_filed_by_itself_stays_held_after_an_undo()
    {
        Office office = new();
        await office.OpenAsync(Office.Asked(s_sample.Patient));
        HeldRecord[] images = await SendStudyAsync(office);

        await office.Inbox.UndoAsync(images[0].Id, "ann", AccessScope.All, CancellationToken.None);
        HeldRecord again = (await office.Filing.RunAsync(images[0].Id.Item, CancellationToken.None)).Single();

        Assert.That(again.State, Is.EqualTo(RecordState.Held));
        Assert.That(again.Reason, Is.EqualTo("undone"));
    }

    [Test]
    public async Task A_rejected_record_stays_rejected_until_that_is_undone()
    {
        Office office = new();
        HeldRecord[] images = await SendStudyAsync(office);

        InboxOutcome rejected = await office.Inbox.RejectAsync(images[0].Id, "not ours", "ann", AccessScope.All, CancellationToken.None);
        InboxOutcome assigned = await office.Inbox.AssignAsync(images[0].Id, new CaseNumber(1), "ann", AccessScope.All, CancellationToken.None);
        InboxOutcome undone = await office.Inbox.UndoAsync(images[0].Id, "ann", AccessScope.All, CancellationToken.None);

        Assert.That((rejected as InboxOutcome.Done)?.Record.Explanation, Does.Contain("not ours"));
        Assert.That(assigned, Is.InstanceOf<InboxOutcome.Refused>());
        Assert.That((undone as InboxOutcome.Done)?.Record.State, Is.EqualTo(RecordState.Held));
    }

    [Test]
    public async Task Decisions_that_cannot_be_taken_say_why()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        HeldRecord image = (await SendStudyAsync(office))[0];
        HeldRecord filed = (await office.SendAsync(
            s_sample.Files.First(one => one.MediaType == "application/dicom"), file.Number)).Single();

        InboxOutcome[] outcomes =
        [
            await office.Inbox.AssignAsync(new Core.Intake.RecordId(Core.Intake.ItemId.New(office.Time)), file.Number, "ann", AccessScope.All, default),
            await office.Inbox.AssignAsync(image.Id, new CaseNumber(99), "ann", AccessScope.All, default),
            await office.Inbox.RejectAsync(image.Id, " ", "ann", AccessScope.All, default),
            await office.Inbox.AssignAsync(filed.Id, file.Number, "ann", AccessScope.All, default),
        ];

        Assert.That(outcomes[0], Is.InstanceOf<InboxOutcome.NotFound>());
        Assert.That(outcomes.Skip(1), Is.All.InstanceOf<InboxOutcome.Refused>());
    }

    private static SampleFile[] Images() => [.. s_sample.Files
        .Where(one => one.MediaType == "application/dicom" && one.Expected == SampleOutcome.Filed).Take(4)];

    private static async Task<HeldRecord[]> SendStudyAsync(Office office)
    {
        List<HeldRecord> records = [];
        foreach (SampleFile file in Images())
        {
            records.AddRange(await office.SendAsync(file));
        }

        return [.. records];
    }
}
