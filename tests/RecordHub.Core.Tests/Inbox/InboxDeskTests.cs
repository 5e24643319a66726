using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
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

        InboxOutcome assigned = await office.Inbox.AssignAsync(images[0].Id, file.Number, "ann", CancellationToken.None);

        Assert.That((assigned as InboxOutcome.Done)?.Others, Is.EqualTo(images.Length - 1));
        Assert.That(await office.Inbox.ListAsync(CancellationToken.None), Is.Empty);
        Assert.That(
            (await office.Reader.ReadAsync(file, CancellationToken.None)).Instances, Has.Count.EqualTo(images.Length));

        InboxOutcome undone = await office.Inbox.UndoAsync(images[0].Id, "ann", CancellationToken.None);

        CaseContent after = await office.Reader.ReadAsync(file, CancellationToken.None);
        CaseFile? left = await office.Store.FindAsync(file.Number, CancellationToken.None);
        Assert.That((undone as InboxOutcome.Done)?.Record.State, Is.EqualTo(RecordState.Held));
        Assert.That(await office.Inbox.ListAsync(CancellationToken.None), Has.Count.EqualTo(images.Length));
        Assert.That(after.Instances, Is.Empty);
        Assert.That(after.Filed, Is.Empty);
        Assert.That(left?.Patient.Identifiers, Is.Empty, "the link that the assignment made is gone too");
    }

    [Test]
    public async Task What_was_filed_by_itself_stays_held_after_an_undo()
    {
        Office office = new();
        await office.OpenAsync(Office.Asked(s_sample.Patient));
        HeldRecord[] images = await SendStudyAsync(office);

        await office.Inbox.UndoAsync(images[0].Id, "ann", CancellationToken.None);
        HeldRecord again = (await office.Filing.RunAsync(images[0].Id.Item, CancellationToken.None)).Single();

        Assert.That(again.State, Is.EqualTo(RecordState.Held));
        Assert.That(again.Reason, Is.EqualTo("undone"));
    }

    [Test]
    public async Task A_rejected_record_stays_rejected_until_that_is_undone()
    {
        Office office = new();
        HeldRecord[] images = await SendStudyAsync(office);

        InboxOutcome rejected = await office.Inbox.RejectAsync(images[0].Id, "not ours", "ann", CancellationToken.None);
        InboxOutcome assigned = await office.Inbox.AssignAsync(images[0].Id, new CaseNumber(1), "ann", CancellationToken.None);
        InboxOutcome undone = await office.Inbox.UndoAsync(images[0].Id, "ann", CancellationToken.None);

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
            await office.Inbox.AssignAsync(new(Core.Intake.ItemId.New(office.Time)), file.Number, "ann", default),
            await office.Inbox.AssignAsync(image.Id, new CaseNumber(99), "ann", default),
            await office.Inbox.RejectAsync(image.Id, " ", "ann", default),
            await office.Inbox.AssignAsync(filed.Id, file.Number, "ann", default),
        ];

        Assert.That(outcomes[0], Is.InstanceOf<InboxOutcome.NotFound>());
        Assert.That(outcomes.Skip(1), Is.All.InstanceOf<InboxOutcome.Refused>());
    }

    private static async Task<HeldRecord[]> SendStudyAsync(Office office)
    {
        List<HeldRecord> records = [];
        foreach (SampleFile file in s_sample.Files
            .Where(one => one.MediaType == "application/dicom" && one.Expected == SampleOutcome.Filed).Take(4))
        {
            records.AddRange(await office.SendAsync(file));
        }

        return [.. records];
    }
}
