using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Links;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Who speaks for a link, and a person's no to it.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class LinkStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly PatientIdentifier s_entered = new("urn:north", "77");
    private static readonly PatientIdentifier s_learnt = new("urn:north", "1");

    [Test]
    public async Task A_link_says_who_speaks_for_it_since_when_and_why()
    {
        ReceivedItem item = await PrepareAsync();

        IReadOnlyList<KnownLink> links = await Store.Links.ListAsync("p1", None);

        Assert.That(links.Select(link => (link.Identifier, link.Because, link.Items, link.Stands)), Is.EqualTo(
            new[] { (s_learnt, "assigned by ann", 1, true), (s_entered, "case", 0, true) }));
        Assert.That(links[0].Speakers, Is.EqualTo(
            new[] { new LinkSpeaker(new RecordId(item.Id, 1), "assigned", "ann", Store.Time.GetUtcNow()) }));
    }

    [Test]
    public async Task What_a_person_took_back_is_linked_no_more_and_nothing_links_it_again_until_it_is_restored()
    {
        ReceivedItem item = await PrepareAsync();
        LinkDecision no = Decision(s_learnt, isTakenBack: true);

        IReadOnlyList<ItemId>? again = await Store.Links.DecideAsync(no, None);
        IReadOnlyList<IdentifierLink> refused = await Store.Cases.FindTakenBackAsync([s_learnt, s_entered], Tenant.Default, None);
        FilingChange? relinked = await Store.Items.SaveAsync(Filing(item, 4), None);
        IReadOnlyList<ItemId>? twice = await Store.Links.DecideAsync(no, None);
        CasePatient? nobody = await Store.Cases.FindPatientAsync(s_learnt, Tenant.Default, None);
        IReadOnlyList<KnownLink> links = await Store.Links.ListAsync("p1", None);
        await Store.Links.DecideAsync(Decision(s_learnt, isTakenBack: false), None);

        Assert.That(again, Is.EqualTo([item.Id]));
        Assert.That(refused, Is.EqualTo([new IdentifierLink(s_learnt, "p1", "ann")]));
        Assert.That((relinked, twice, nobody), Is.EqualTo(((FilingChange?)null, (IReadOnlyList<ItemId>?)null, (CasePatient?)null)));
        Assert.That(links[0] is { Stands: false, Decisions: [{ By: "ann", Reason: "another patient's" }] }, Is.True);
        Assert.That(await Store.Items.SaveAsync(Filing(item, 4), None), Is.Not.Null);
        Assert.That((await Store.Links.ListAsync("p1", None))[0] is { Stands: true, Decisions.Count: 2 }, Is.True);
    }

    [Test]
    public async Task What_the_case_named_is_there_again_when_it_is_restored()
    {
        await PrepareAsync();

        await Store.Links.DecideAsync(Decision(s_entered, isTakenBack: true), None);
        CasePatient? between = await Store.Cases.FindPatientAsync(s_entered, Tenant.Default, None);
        await Store.Links.DecideAsync(Decision(s_entered, isTakenBack: false), None);

        Assert.That(between, Is.Null);
        Assert.That((await Store.Cases.FindPatientAsync(s_entered, Tenant.Default, None))?.Id, Is.EqualTo("p1"));
        Assert.That(await Store.Links.DecideAsync(Decision(s_entered, isTakenBack: false), None), Is.Null);
    }

    private LinkDecision Decision(PatientIdentifier identifier, bool isTakenBack) => new()
    {
        Identifier = identifier,
        PatientId = "p1",
        Tenant = Tenant.Default,
        IsTakenBack = isTakenBack,
        Reason = "another patient's",
        By = "ann",
        At = Store.Time.GetUtcNow(),
    };

    private async Task<ReceivedItem> PrepareAsync()
    {
        CaseFile file = Make.Case(1, "p1", s_entered);
        await Store.Cases.CreateAsync(file, [CaseResources.Patient(file.Patient)], None);
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(Make.Filing(item, 1), None);
        InboxDecision decision = new()
        {
            Record = new RecordId(item.Id, 1),
            ExpectedRevision = 2,
            Verdict = InboxVerdict.Assign,
            Case = new CaseNumber(1),
            By = "ann",
            At = Store.Time.GetUtcNow(),
        };
        await Store.Items.DecideAsync(decision, None);
        await Store.Items.SaveAsync(Filing(item, 3), None);
        return item;
    }

    private static Filing Filing(ReceivedItem item, int revision) =>
        Make.Filing(item, revision, Make.Record(item, RecordState.Filed, 1, reason: "assigned")) with
        {
            Links = [new IdentifierLink(s_learnt, "p1", "assigned by ann")],
        };
}
