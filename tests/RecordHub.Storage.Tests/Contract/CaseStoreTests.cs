using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Packages;

namespace RecordHub.Storage.Tests.Contract;

[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class CaseStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly PatientIdentifier s_north = new("urn:north", "1");

    [Test]
    public async Task Numbers_are_given_once_to_sixty_four_takers()
    {
        CaseNumber[] taken = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(_ => Task.Run(() => Store.Cases.TakeNumberAsync(None))));

        Assert.That(taken.Select(number => number.Value).Order(), Is.EqualTo(Enumerable.Range(1, 64)));
    }

    [Test]
    public async Task A_case_is_read_back_with_its_patient()
    {
        CaseFile file = Make.Case(3, "p1", s_north, new PatientIdentifier("", "loose"));

        Assert.That(await Store.Cases.CreateAsync(file, [Make.Resource("Task", "t", 3)], None), Is.True);
        CaseFile? found = await Store.Cases.FindAsync(new CaseNumber(3), AccessScope.All, None);

        Assert.That(found!.Patient.Identifiers, Is.EquivalentTo(file.Patient.Identifiers));
        Assert.That(
            found with { Patient = found.Patient with { Identifiers = file.Patient.Identifiers } }, Is.EqualTo(file));
        Assert.That(await Store.Resources.ReadAsync("Task", "t", AccessScope.All, None), Is.Not.Null);
        Assert.That(await Store.Cases.FindAsync(new CaseNumber(4), AccessScope.All, None), Is.Null);
    }

    [Test]
    public async Task Of_sixty_four_cases_with_one_identifier_for_as_many_patients_one_is_made()
    {
        bool[] created = await Task.WhenAll(Enumerable.Range(1, 64).Select(number =>
            Task.Run(() => Store.Cases.CreateAsync(Make.Case(number, $"p{number}", s_north), [], None))));

        Assert.That(created.Count(one => one), Is.EqualTo(1));
        Assert.That(await Store.Cases.ListAsync(default, 100, AccessScope.All, None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_identifier_without_an_issuer_finds_nobody()
    {
        PatientIdentifier loose = new("", "1");
        await Store.Cases.CreateAsync(Make.Case(1, "p1", loose), [], None);

        Assert.That(await Store.Cases.CreateAsync(Make.Case(2, "p2", loose), [], None), Is.True);
        Assert.That(await Store.Cases.FindPatientAsync(loose, Tenant.Default, None), Is.Null);
        Assert.That(await Store.Cases.FindByIdentifiersAsync([loose], Tenant.Default, None), Is.Empty);
    }

    [Test]
    public async Task Every_case_of_a_patient_is_found_by_an_identifier()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1", s_north), [], None);
        await Store.Cases.CreateAsync(Make.Case(2, "p1"), [], None);
        await Store.Cases.CreateAsync(Make.Case(3, "p3"), [], None);

        IReadOnlyList<CaseFile> found =
            await Store.Cases.FindByIdentifiersAsync([s_north, new PatientIdentifier("urn:south", "1")], Tenant.Default, None);

        Assert.That(found.Select(file => file.Number.Value), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(found[1].Patient.Identifiers, Is.EqualTo(new[] { s_north }));
    }

    [Test]
    public async Task A_case_changes_at_its_revision_only_and_keeps_its_links()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1", s_north), [], None);
        CaseFile read = (await Store.Cases.FindAsync(new CaseNumber(1), AccessScope.All, None))!;
        CaseFile changed = read with
        {
            Status = CaseStatus.Cancelled,
            Patient = read.Patient with { BirthDate = new PartialDate(1962), Identifiers = [] },
        };

        Assert.That(await Store.Cases.UpdateAsync(changed, [], None), Is.True);
        Assert.That(await Store.Cases.UpdateAsync(changed, [], None), Is.False);
        CaseFile now = (await Store.Cases.FindAsync(new CaseNumber(1), AccessScope.All, None))!;
        Assert.That(now.Status, Is.EqualTo(CaseStatus.Cancelled));
        Assert.That(now.Revision, Is.EqualTo(2));
        Assert.That(now.Patient.BirthDate, Is.EqualTo(new PartialDate(1962)));
        Assert.That(now.Patient.Identifiers, Is.EqualTo(new[] { s_north }));
    }

    [Test]
    public async Task A_package_version_is_sealed_once()
    {
        PackageVersion version = new()
        {
            Case = new CaseNumber(1),
            Version = 1,
            Digest = Make.Hash("bundle"),
            Length = 9,
            CreatedAt = Store.Time.GetUtcNow(),
            CreatedBy = "c",
            OverrideReason = "urgent",
            Entries = [new PackageEntry("Observation/o", Make.Hash("o"), "30954-2", "Haemoglobin")],
        };

        bool[] saved = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(() => Store.Packages.SaveAsync(version, [Make.Resource("List", "l")], None))));
        await Store.Packages.SaveAsync(version with { Version = 2, OverrideReason = null }, [], None);

        Assert.That(saved.Count(one => one), Is.EqualTo(1));
        PackageVersion first = (await Store.Packages.FindAsync(new CaseNumber(1), 1, AccessScope.All, None))!;
        Assert.That(first.Entries, Is.EqualTo(version.Entries));
        Assert.That(first with { Entries = version.Entries }, Is.EqualTo(version));
        Assert.That((await Store.Packages.FindAsync(new CaseNumber(1), null, AccessScope.All, None))!.Version, Is.EqualTo(2));
        Assert.That(await Store.Packages.ListAsync(new CaseNumber(1), AccessScope.All, None), Has.Count.EqualTo(2));
        Assert.That(await Store.Packages.FindAsync(new CaseNumber(2), null, AccessScope.All, None), Is.Null);
    }

    [Test]
    public async Task A_token_is_found_by_its_hash_and_revoked_once()
    {
        AccessToken token = new(
            "id", "viewer", Role.Specialist, Make.Hash("secret"), [new CaseNumber(3)], Tenant.Parse("north"),
            Store.Time.GetUtcNow());
        await Store.Tokens.AddAsync(token, None);

        AccessToken found = (await Store.Tokens.FindAsync(token.Hash, None))!;
        Assert.That(found.Cases, Is.EqualTo(token.Cases));
        Assert.That(found with { Cases = token.Cases }, Is.EqualTo(token));
        Assert.That(await Store.Tokens.ListAsync(Tenant.Default, None), Is.Empty);
        Assert.That(await Store.Tokens.RevokeAsync("id", Tenant.Default, Store.Time.GetUtcNow(), None), Is.False);
        Assert.That(await Store.Tokens.RevokeAsync("id", Tenant.Parse("north"), Store.Time.GetUtcNow(), None), Is.True);
        Assert.That(await Store.Tokens.RevokeAsync("id", null, Store.Time.GetUtcNow(), None), Is.False);
        Assert.That((await Store.Tokens.ListAsync(null, None)).Single().RevokedAt, Is.EqualTo(Store.Time.GetUtcNow()));
        Assert.That(await Store.Tokens.FindAsync(Make.Hash("other"), None), Is.Null);
    }
}
