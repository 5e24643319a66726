using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Intake;

/// <summary>What a person takes back teaches nothing any more.</summary>
public sealed class LinkTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(1);

    [TestCase(true)]
    [TestCase(false)]
    public async Task Undo_takes_the_identifier_back_that_the_record_had_taught(bool byPerson)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [], Sex = byPerson ? "male" : "female" });
        SampleFile[] images = Images();
        HeldRecord first = (await office.SendAsync(images[0], file.Number)).Single();
        if (byPerson)
        {
            await office.Inbox.AssignAsync(first.Id, file.Number, "ann", AccessScope.All, CancellationToken.None);
        }

        IReadOnlyList<PatientIdentifier> taught = await IdentifiersAsync();
        await office.Inbox.UndoAsync(first.Id, "ann", AccessScope.All, CancellationToken.None);
        HeldRecord later = (await office.SendAsync(images[1])).Single();

        Assert.That(taught, Is.Not.Empty);
        Assert.That(await IdentifiersAsync(), Is.Empty);
        Assert.That(later.State, Is.EqualTo(RecordState.Held));

        async Task<IReadOnlyList<PatientIdentifier>> IdentifiersAsync() =>
            (await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None))!.Patient.Identifiers;
    }

    [Test]
    public async Task Undo_of_a_verified_record_holds_the_others_of_its_number_that_came_by_it()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        SampleFile[] images = Images();
        HeldRecord first = (await office.SendAsync(images[0], file.Number)).Single();
        HeldRecord second = (await office.SendAsync(images[1])).Single();

        await office.Inbox.UndoAsync(first.Id, "ann", AccessScope.All, CancellationToken.None);

        Assert.That((first.Reason, second.Reason), Is.EqualTo(("verified", "linked-identifier")));
        Assert.That((await office.Inbox.ShowAsync(second.Id, AccessScope.All, CancellationToken.None))!.State, Is.EqualTo(RecordState.Held));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_number_that_a_person_took_back_files_nothing_by_itself(bool named)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient) with { Identifiers = [] });
        SampleFile[] images = Images();
        HeldRecord first = (await office.SendAsync(images[0])).Single();
        office.Store.TakenBack.AddRange(Identifiers.Issued(first.Claim.Identifiers)
            .Select(one => new IdentifierLink(one, file.Patient.Id, "ann")));

        HeldRecord again = (await office.Filing.RunAsync(first.Id.Item, CancellationToken.None)).Single();
        HeldRecord later = (await office.SendAsync(images[1], named ? file.Number : default)).Single();

        Assert.That((again.State, again.Reason), Is.EqualTo((RecordState.Held, "link-taken-back")));
        Assert.That((later.State, later.Reason), Is.EqualTo((RecordState.Held, "link-taken-back")));
        Assert.That(later.Evidence[0], Does.Contain("ann"));
    }

    private static SampleFile[] Images() => [.. s_sample.Files.Where(file => file.MediaType == "application/dicom"
        && file.Expected == SampleOutcome.Filed).Take(2)];
}
