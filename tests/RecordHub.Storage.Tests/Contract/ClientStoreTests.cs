using System.Security.Cryptography;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Clients, their tokens, and that an assertion is used once by all processes together.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class ClientStoreTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly Tenant s_north = Tenant.Parse("north");
    private StoreNode _node = null!;

    private IClientStore Clients => _node.Clients;

    private DateTimeOffset Now => Store.Time.GetUtcNow();

    [SetUp]
    public async Task AddNodeAsync() => _node = await Store.AddNodeAsync();

    [Test]
    public async Task A_client_comes_back_as_it_was_and_is_its_tenants()
    {
        RegisteredClient client = Client("a") with { Cases = [new CaseNumber(3)], Role = Role.Specialist, Site = "North" };
        await Clients.AddAsync(client, "somebody", None);
        RegisteredClient found = (await Clients.FindAsync("a", None))!;

        Assert.That(
            (found.Name, found.Role, found.Tenant, found.Site, found.Scopes.ToString(), found.CreatedAt, found.KeysAt, found.RevokedAt),
            Is.EqualTo((client.Name, Role.Specialist, s_north, "North", client.Scopes.ToString(), Now, Now, (DateTimeOffset?)null)));
        Assert.That(found.Cases, Is.EqualTo(client.Cases));
        Assert.That(JsonWebKeys.Write(found.Keys), Is.EqualTo(JsonWebKeys.Write(client.Keys)));
        Assert.That(await Clients.FindAsync("b", None), Is.Null);
        Assert.That((await Clients.ListAsync(null, None)).Select(one => one.Id), Is.EqualTo(new[] { "a" }));
        Assert.That(await Clients.ListAsync(Tenant.Default, None), Is.Empty);
    }

    [Test]
    public async Task Keys_are_changed_and_clients_revoked_by_their_tenant_only_and_it_is_in_the_journal()
    {
        RegisteredClient client = Client("a");
        await Clients.AddAsync(client, "somebody", None);
        long before = (await Store.Retention.VerifyJournalAsync(null, None)).Entries;
        IReadOnlyList<ClientKey> keys = [client.Keys[0] with { Id = "next" }];

        Assert.That(await Clients.SetKeysAsync("a", Tenant.Default, keys, Now, "x", None), Is.False);
        Assert.That(await Clients.RevokeAsync("a", Tenant.Default, Now, "x", None), Is.False);
        Assert.That(await Clients.SetKeysAsync("a", s_north, keys, Now, "x", None), Is.True);
        Assert.That((await Clients.FindAsync("a", None))!.Keys.Select(key => key.Id), Is.EqualTo(new[] { "next" }));
        Assert.That(await Clients.RevokeAsync("a", null, Now, "x", None), Is.True);
        Assert.That(await Clients.RevokeAsync("a", null, Now, "x", None), Is.False);
        Assert.That(await Clients.SetKeysAsync("a", null, keys, Now, "x", None), Is.False);
        Assert.That((await Clients.FindAsync("a", None))!.RevokedAt, Is.EqualTo(Now));
        Core.Retention.JournalCheck journal = await Store.Retention.VerifyJournalAsync(null, None);
        Assert.That((before, journal.Entries, journal.Broken), Is.EqualTo((1L, 3L, 0L)));
    }

    [Test]
    public async Task An_assertion_is_used_once_by_all_processes()
    {
        await Clients.AddAsync(Client("a"), "somebody", None);
        StoreNode[] nodes = [_node, await Store.AddNodeAsync(), await Store.AddNodeAsync()];
        ContentHash used = Hash(1);
        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            nodes[i % nodes.Length].Clients.UseAsync("a", used, Now.AddMinutes(5), Access(i), None)));

        Assert.That(taken.Count(one => one), Is.EqualTo(1));
        Assert.That(await Clients.UseAsync("b", used, Now.AddMinutes(5), null, None), Is.True, "another client's is another one");
        int tokens = 0;
        for (int i = 0; i < taken.Length; i++)
        {
            tokens += await Clients.FindTokenAsync(Access(i).Hash, Now, None) is null ? 0 : 1;
        }

        Assert.That(tokens, Is.EqualTo(1));
    }

    [Test]
    public async Task A_token_counts_until_its_end_or_its_clients()
    {
        await Clients.AddAsync(Client("a"), "somebody", None);
        await Clients.UseAsync("a", Hash(1), Now.AddMinutes(5), Access(7), None);
        AccessToken found = (await Clients.FindTokenAsync(Access(7).Hash, Now, None))!;

        Assert.That((found.Id, found.Role, found.Tenant, found.Scopes!.ToString()), Is.EqualTo(("a", Role.Machine, (Tenant?)s_north, "system/Patient.rs")));
        Assert.That(await Clients.FindTokenAsync(Access(7).Hash, Now.AddMinutes(5), None), Is.Null);
        Assert.That(await Clients.FindTokenAsync(Hash(2), Now, None), Is.Null);
        await Clients.RevokeAsync("a", null, Now, "x", None);
        Assert.That(await Clients.FindTokenAsync(Access(7).Hash, Now, None), Is.Null);
    }

    [Test]
    public async Task What_counts_no_more_is_forgotten_and_nothing_else()
    {
        await Clients.AddAsync(Client("a"), "somebody", None);
        await Clients.UseAsync("a", Hash(1), Now.AddMinutes(1), Access(1), None);
        await Clients.UseAsync("a", Hash(2), Now.AddMinutes(9), Access(2) with { Expires = Now.AddMinutes(9) }, None);

        Assert.That(await Clients.ForgetAsync(Now.AddMinutes(6), None), Is.EqualTo(2));
        Assert.That(await Clients.UseAsync("a", Hash(2), Now.AddMinutes(9), null, None), Is.False);
        Assert.That(await Clients.FindTokenAsync(Access(2).Hash, Now.AddMinutes(6), None), Is.Not.Null);
    }

    private RegisteredClient Client(string id)
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        ECPoint point = curve.ExportParameters(false).Q;
        return new RegisteredClient(
            id, "front end", Role.Machine, [], s_north, null, ScopeSet.Parse("system/*.rs system/Observation.c").Set,
            [new ClientKey("one", ClientKey.Es384, point.X!, point.Y!)], Now, Now);
    }

    private ClientAccess Access(int number) => new(Hash(100 + number), ScopeSet.Parse("system/Patient.rs").Set, Now, Now.AddMinutes(5));

    private static ContentHash Hash(int number) => ContentHash.FromDigest(SHA256.HashData(BitConverter.GetBytes(number)));
}
