using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Outbox;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Records are found by whom they name, and cases by keys of their patients.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class RecordKeyTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly PatientIdentifier s_number = new("urn:north", "1");

    [Test]
    public async Task Records_that_carry_an_identifier_are_found_within_their_tenant()
    {
        ReceivedItem held = await SaveAsync("held", RecordState.Held);
        ReceivedItem filed = await SaveAsync("filed", RecordState.Filed, 1);
        await SaveAsync("rejected", RecordState.Rejected);

        Assert.That(await FindAsync(s_number, alsoFiled: false), Is.EqualTo([held.Id]));
        Assert.That(await FindAsync(s_number, alsoFiled: true), Is.EquivalentTo([held.Id, filed.Id]));
        Assert.That(await FindAsync(s_number with { Value = "2" }, alsoFiled: true), Is.Empty);
        Assert.That(
            await Store.Items.FindCarriersAsync([s_number], Tenant.Parse("other"), true, None), Is.Empty);
    }

    [Test]
    public async Task Whether_a_person_took_a_record_out_of_a_case_is_one_question()
    {
        ReceivedItem item = Make.Item("a");
        await Store.Items.ReceiveAsync(item, None);
        await Store.Items.SaveAsync(
            Make.Filing(item, 1, Make.Record(item, RecordState.Held, reason: "undone") with { SuggestedCases = [new CaseNumber(7)] }), None);

        Assert.That(await Store.Items.AnyHeldAsync("undone", new CaseNumber(7), None), Is.True);
        Assert.That(await Store.Items.AnyHeldAsync("undone", new CaseNumber(77), None), Is.False);
        Assert.That(await Store.Items.AnyHeldAsync("taken-back", new CaseNumber(7), None), Is.False);
    }

    [Test]
    public async Task A_link_is_an_items_own_until_another_speaks_for_it_too()
    {
        await Store.Cases.CreateAsync(Make.Case(1), [], None);
        ReceivedItem one = Make.Item("a");
        ReceivedItem two = Make.Item("b");
        await Store.Items.ReceiveAsync(one, None);
        await Store.Items.ReceiveAsync(two, None);
        IdentifierLink link = new(s_number, "p1", "certain match");

        await Store.Items.SaveAsync(Make.Filing(one, 1) with { Links = [link] }, None);
        IReadOnlyList<IdentifierLink> alone = await Store.Items.FindOwnLinksAsync(one.Id, None);
        await Store.Items.SaveAsync(Make.Filing(two, 1) with { Links = [link] }, None);

        Assert.That(alone, Is.EqualTo([link]));
        Assert.That(await Store.Items.FindOwnLinksAsync(one.Id, None), Is.Empty);
    }

    [Test]
    public async Task A_link_is_a_merges_as_long_as_no_other_record_speaks_for_it()
    {
        await Store.Cases.CreateAsync(Make.Case(1), [], None);
        ReceivedItem one = Make.Item("a");
        ReceivedItem two = Make.Item("b");
        await Store.Items.ReceiveAsync(one, None);
        await Store.Items.ReceiveAsync(two, None);
        IdentifierLink link = new(s_number, "p1", "A40 of North");

        await Store.Items.SaveAsync(
            Make.Filing(one, 1, Make.Record(one, RecordState.Filed, 1, reason: MergeDecision.MergedReason)) with { Links = [link] }, None);
        IReadOnlyList<HeldRecord> merges = await Store.Items.FindByReasonAsync(
            [s_number], [MergeDecision.MergedReason], Tenant.Default, None);
        IReadOnlyList<IdentifierLink> before = await OfMergesAsync();
        await Store.Items.SaveAsync(
            Make.Filing(two, 1, Make.Record(two, RecordState.Filed, 1, reason: "verified")) with { Links = [link] }, None);

        Assert.That(merges.Select(record => record.Item.Id), Is.EqualTo([one.Id]));
        Assert.That(before, Is.EqualTo([link]));
        Assert.That(await OfMergesAsync(), Is.Empty);

        Task<IReadOnlyList<IdentifierLink>> OfMergesAsync() =>
            Store.Items.FindLinksOfReasonAsync([s_number], MergeDecision.MergedReason, Tenant.Default, None);
    }

    [Test]
    public async Task What_came_by_name_alone_is_asked_for_again_when_another_patient_of_that_birth_date_gets_a_case()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [], None);
        ReceivedItem certain = await SaveAsync("certain", RecordState.Filed, 1, Assignment.CertainMatchReason);
        ReceivedItem verified = await SaveAsync("verified", RecordState.Filed, 1, "verified");

        await Store.Cases.CreateAsync(Make.Case(2, "p1"), [], None);
        int same = await CountAsync();
        await Store.Cases.CreateAsync(
            Make.Case(3, "p3") with { Patient = Make.Case(3, "p3").Patient with { BirthDate = new PartialDate(1999, 9, 9) } }, [], None);
        int another = await CountAsync();
        await Store.Cases.CreateAsync(Make.Case(4, "p4"), [], None);

        Assert.That((same, another, await CountAsync()), Is.EqualTo((0, 0, 1)));
        Assert.That((certain.Id, verified.Id), Is.Not.EqualTo(default((ItemId, ItemId))));

        async Task<int> CountAsync()
        {
            await using Database database = Store.Connect();
            return (int)await database.ReadAsync(
                session => session.NumberAsync("SELECT COUNT(*) FROM outbox WHERE topic = $t", ("$t", nameof(OutboxTopic.Item))), None);
        }
    }

    [Test]
    public async Task What_was_filed_for_more_than_name_and_birth_date_is_not_kept_by_its_birth_date()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [], None);
        ReceivedItem certain = await SaveAsync("certain", RecordState.Filed, 1, Assignment.CertainMatchReason);
        await SaveAsync("verified", RecordState.Filed, 1, "verified");
        ReceivedItem held = await SaveAsync("held", RecordState.Held);
        ReceivedItem ignored = await SaveAsync("ignored", RecordState.Ignored);

        await using Database database = Store.Connect();
        List<ItemId> kept = await database.ReadAsync(
            session => session.QueryAsync("SELECT item_id FROM record_key WHERE key LIKE 'd:%'", static row => row.GetItemId(0)), None);

        Assert.That(kept, Is.EquivalentTo([certain.Id, held.Id, ignored.Id]));
    }

    [Test]
    public async Task Cases_are_found_by_keys_of_their_patients_within_their_tenant()
    {
        CaseFile file = Make.Case(1, "p1");
        await Store.Cases.CreateAsync(file, [CaseResources.Patient(file.Patient)], None);
        PatientClaim claim = new()
        {
            Names = [file.Patient.Name],
            BirthDate = file.Patient.BirthDate,
        };

        IReadOnlyList<CaseFile> found = await Store.Cases.FindByKeysAsync(PatientMatch.KeysOf(claim), 10, Tenant.Default, None);

        Assert.That(found.Select(one => one.Number), Is.EqualTo([file.Number]));
        Assert.That(await Store.Cases.FindByKeysAsync(PatientMatch.KeysOf(claim), 10, Tenant.Parse("other"), None), Is.Empty);
    }

    [Test]
    public async Task Records_of_an_earlier_version_are_found_too()
    {
        string name = typeof(THarness) == typeof(SqliteHarness)
            ? "RecordHub.Storage.0012-record-keys.sql" : "RecordHub.Postgres.0010-record-keys.sql";
        using StreamReader script = new(typeof(Database).Assembly.GetManifestResourceStream(name)!);
        string[] statements = [.. (await script.ReadToEndAsync()).Split(";\n")
            .Where(statement => statement.Contains("INSERT", StringComparison.Ordinal))];
        ReceivedItem held = await SaveAsync("held", RecordState.Held);
        await using Database database = Store.Connect();
        List<string> before = await KeysAsync();

        await database.WriteAsync(
            session =>
            {
                session.Write("DELETE FROM record_key");
                foreach (string statement in statements)
                {
                    session.Write(statement);
                }

                return ValueTask.FromResult(0);
            },
            None);

        Assert.That(await KeysAsync(), Is.EqualTo(new[] { "d:1961|02|03", "i:urn:north|1" }).And.SubsetOf(before));
        Assert.That(await FindAsync(s_number, alsoFiled: false), Is.EqualTo([held.Id]));

        Task<List<string>> KeysAsync() => database.ReadAsync(
            session => session.QueryAsync("SELECT key FROM record_key ORDER BY key", static row => row.GetString(0)), None);
    }

    private Task<IReadOnlyList<ItemId>> FindAsync(PatientIdentifier identifier, bool alsoFiled) =>
        Store.Items.FindCarriersAsync([identifier], Tenant.Default, alsoFiled, None);

    private async Task<ReceivedItem> SaveAsync(
        string content, RecordState state, long number = 0, string reason = "no-matching-case")
    {
        ReceivedItem item = Make.Item(content);
        await Store.Items.ReceiveAsync(item, None);
        HeldRecord record = Make.Record(item, state, number, reason: reason);
        await Store.Items.SaveAsync(
            Make.Filing(item, 1, record with { Claim = record.Claim with { BirthDate = new PartialDate(1961, 2, 3) } }), None);
        return item;
    }
}
