using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;
using RecordHub.Core.Retention;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Ends of cases, and the entries that they leave in the journal.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class CaseEndTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const int Many = 64;
    private static readonly CaseNumber s_case = new(1);
    private StoreNode[] _nodes = [];

    [SetUp]
    public async Task OpenACaseAsync()
    {
        _nodes = [await Store.AddNodeAsync(), await Store.AddNodeAsync()];
        CaseFile file = Make.Case(1);
        await Store.Cases.CreateAsync(file, CaseResources.Of(file), None);
    }

    [Test]
    public async Task Of_sixty_four_who_decline_a_case_at_once_one_does_it_and_the_others_find_it_done()
    {
        CaseMoveOutcome[] outcomes = await RaceAsync(_ => CaseMove.Decline);

        Assert.That(outcomes, Is.All.TypeOf<CaseMoveOutcome.Done>());
        Assert.That(outcomes.OfType<CaseMoveOutcome.Done>().Count(one => one.Changed), Is.EqualTo(1));
        await IsEndedOnceAsync(CaseStatus.Declined);
    }

    [Test]
    public async Task Of_those_who_decline_and_cancel_at_once_one_wins_and_the_other_half_is_told_so()
    {
        CaseMoveOutcome[] outcomes = await RaceAsync(n => n % 2 == 0 ? CaseMove.Decline : CaseMove.Cancel);

        Assert.That(outcomes.OfType<CaseMoveOutcome.Done>().Count(one => one.Changed), Is.EqualTo(1));
        Assert.That(outcomes.OfType<CaseMoveOutcome.Refused>().Count(), Is.EqualTo(Many / 2));
        await IsEndedOnceAsync(outcomes.OfType<CaseMoveOutcome.Done>().First().File.Status);
    }

    [Test]
    public async Task The_state_of_its_fhir_resources_and_since_when_it_is_in_it_change_with_the_case()
    {
        Store.Time.Advance(TimeSpan.FromHours(1));
        await MoveAsync(_nodes[0], CaseMove.Cancel, "no longer wanted");

        CaseFile file = (await Store.Cases.FindAsync(s_case, AccessScope.All, None))!;
        ResourceVersion task = (await Store.Resources.ReadAsync("Task", CaseResources.TaskId(s_case), AccessScope.All, None))!;
        ResourceVersion request =
            (await Store.Resources.ReadAsync("ServiceRequest", CaseResources.ServiceRequestId(s_case), AccessScope.All, None))!;
        Assert.That((file.Status, file.StatusSince), Is.EqualTo((CaseStatus.Cancelled, Store.Time.GetUtcNow())));
        Assert.That(Encoding.UTF8.GetString(task.Json.Span), Does.Contain("\"status\":\"cancelled\""));
        Assert.That(Encoding.UTF8.GetString(request.Json.Span), Does.Contain("\"status\":\"revoked\""));
    }

    [TestCase(CaseMove.Decline, null)]
    [TestCase(CaseMove.Reopen, " ")]
    [TestCase(CaseMove.Cancel, "asked for by Ms Muster")]
    public async Task A_move_without_a_reason_or_with_one_that_names_the_patient_is_refused(CaseMove move, string? reason)
    {
        CaseFile file = (await Store.Cases.FindAsync(s_case, AccessScope.All, None))!;
        if (move == CaseMove.Reopen)
        {
            await MoveAsync(_nodes[0], CaseMove.Decline, "not ours");
        }

        Assert.That(
            await MoveAsync(_nodes[0], move, reason?.Replace("Muster", file.Patient.Name.Family, StringComparison.Ordinal)),
            Is.TypeOf<CaseMoveOutcome.Refused>());
    }

    [Test]
    public async Task Who_looked_at_an_earlier_revision_and_who_sees_no_such_case_is_told()
    {
        CaseEnds ends = EndsOf(_nodes[0]);

        Assert.That(
            await ends.MoveAsync(s_case, CaseMove.Cancel, "x", "me", 7, AccessScope.All, None), Is.EqualTo(new CaseMoveOutcome.Stale(1)));
        Assert.That(
            await ends.MoveAsync(s_case, CaseMove.Cancel, "x", "me", null, AccessScope.Of(Tenant.Parse("other")), None),
            Is.TypeOf<CaseMoveOutcome.NotFound>());
    }

    [Test]
    public async Task A_journal_whose_end_was_taken_off_no_longer_holds_the_head_that_was_noted()
    {
        await MoveAsync(_nodes[0], CaseMove.Decline, "not ours");
        string first = (await _nodes[0].Retention.VerifyJournalAsync(null, None)).Head;
        await MoveAsync(_nodes[0], CaseMove.Reopen, "ours after all");
        string second = (await _nodes[0].Retention.VerifyJournalAsync(first, None)).Head;
        await using (Storage.Sql.Database database = Store.Connect())
        {
            await database.WriteAsync(session => session.ExecuteAsync("DELETE FROM operation_event WHERE seq = 2"), None);
        }

        JournalCheck check = await _nodes[0].Retention.VerifyJournalAsync(second, None);
        Assert.That((check.Ok, check.Entries, check.Head, check.Broken, check.Unknown), Is.EqualTo((false, 1L, first, 0L, second)));
        Assert.That((await _nodes[0].Retention.VerifyJournalAsync(first, None)).Ok, Is.True);
    }

    private async Task IsEndedOnceAsync(string status)
    {
        CaseFile file = (await Store.Cases.FindAsync(s_case, AccessScope.All, None))!;
        Assert.That((file.Status, file.Revision), Is.EqualTo((status, 2)));
        Assert.That(
            (await Store.Resources.HistoryAsync("Task", CaseResources.TaskId(s_case), AccessScope.All, None)).Count, Is.EqualTo(2));
        JournalCheck journal = await _nodes[0].Retention.VerifyJournalAsync(null, None);
        Assert.That((journal.Ok, journal.Entries), Is.EqualTo((true, 1L)));
    }

    private Task<CaseMoveOutcome[]> RaceAsync(Func<int, CaseMove> move) => Task.WhenAll(
        Enumerable.Range(0, Many).Select(n => Task.Run(() => MoveAsync(_nodes[n % _nodes.Length], move(n), $"reason {n}"))));

    private static CaseEnds EndsOf(StoreNode node) => new(node.Cases, node.Packages, node.Retention);

    private static Task<CaseMoveOutcome> MoveAsync(StoreNode node, CaseMove move, string? reason) =>
        EndsOf(node).MoveAsync(s_case, move, reason, "somebody", null, AccessScope.All, None);
}
