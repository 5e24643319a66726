using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;
using static RecordHub.Server.Tests.Dicom.RawPdus;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>What one listener and one site may take, and what they are told above it.</summary>
[CancelAfter(60_000)]
public sealed class DicomAdmissionTests
{
    private static readonly SiteOptions s_north = new() { Name = "North", AeTitle = "NORTH" };
    private static readonly SiteOptions s_south = new() { Name = "South", AeTitle = "SOUTH" };

    [Test]
    public async Task One_association_too_many_of_a_site_is_told_so_and_others_are_served(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            Sites = [s_north with { Limits = new SiteLimits { MaxAssociations = 1 } }, s_south],
        });
        using RawPeer first = await AskAsync(host, "NORTH", token);
        using RawPeer second = await AskAsync(host, "NORTH", token);
        using RawPeer other = await AskAsync(host, "SOUTH", token);

        Assert.That((await first.ReadAsync(token))?[0], Is.EqualTo(2));
        Assert.That(await second.ReadAsync(token), Is.EqualTo(Pdu(3, [0, 2, 3, 2])));
        Assert.That((await other.ReadAsync(token))?[0], Is.EqualTo(2));
    }

    [Test]
    public async Task A_sites_own_pdu_length_is_told_and_kept(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            Sites = [s_north with { Limits = new SiteLimits { MaxPduLength = 5000 } }],
        });
        using RawPeer peer = await AskAsync(host, "NORTH", token);
        byte[]? accepted = await peer.ReadAsync(token);
        await peer.SendAsync(Pdu(4, new byte[5001]), token);

        Assert.That(accepted.AsSpan().IndexOf(MaxLength(5000)), Is.Positive);
        Assert.That(await peer.ReadAsync(token), Is.EqualTo(Pdu(7, [0, 0, 2, 6])));
    }

    [TestCase(true, Description = "one instance at a time")]
    [TestCase(false, Description = "a thousand bytes at a time")]
    public async Task An_instance_above_the_limit_in_flight_is_told_A700_and_the_association_lives(bool instances)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        TaskCompletionSource durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using DicomDoorHost host = await StartHeldAsync(
            new DicomLimits
            {
                MaxInstancesInFlight = instances ? 1 : 100,
                MaxBytesInFlight = instances ? long.MaxValue : 1000,
                AdmissionWait = TimeSpan.Zero,
            },
            durable.Task);
        using RawPeer first = await AskAsync(host, "NORTH", token);
        using RawPeer second = await AskAsync(host, "SOUTH", token);
        await first.ReadAsync(token);
        await second.ReadAsync(token);
        await StoreAsync(first, 1, token);
        await host.Log.NextAsync(9999, token);
        await StoreAsync(second, 2, token);
        byte[]? refused = await second.ReadAsync(token);
        durable.SetResult();
        byte[]? stored = await first.ReadAsync(token);
        await StoreAsync(second, 3, token);
        byte[]? again = await second.ReadAsync(token);

        Assert.That(StatusOf(refused), Is.EqualTo(DimseStatus.OutOfResources));
        Assert.That(System.Text.Encoding.ASCII.GetString(refused!), Does.Contain("send again later"));
        Assert.That(StatusOf(stored), Is.EqualTo(DimseStatus.Success));
        Assert.That(StatusOf(again), Is.EqualTo(DimseStatus.Success));
    }

    [Test]
    public async Task A_sender_is_held_back_before_it_is_refused(CancellationToken token)
    {
        TaskCompletionSource durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using DicomDoorHost host = await StartHeldAsync(
            new DicomLimits { MaxInstancesInFlight = 1, AdmissionWait = TimeSpan.FromMinutes(10) }, durable.Task);
        using RawPeer first = await AskAsync(host, "NORTH", token);
        using RawPeer second = await AskAsync(host, "SOUTH", token);
        await first.ReadAsync(token);
        await second.ReadAsync(token);
        await StoreAsync(first, 1, token);
        await host.Log.NextAsync(9999, token);
        await StoreAsync(second, 2, token);
        durable.SetResult();

        Assert.That(StatusOf(await first.ReadAsync(token)), Is.EqualTo(DimseStatus.Success));
        Assert.That(StatusOf(await second.ReadAsync(token)), Is.EqualTo(DimseStatus.Success));
    }

    [Test]
    public async Task One_site_at_its_limit_holds_up_no_other(CancellationToken token)
    {
        FakeTimeProvider time = new();
        SiteOptions north = s_north with { Limits = new SiteLimits { MaxInstancesInFlight = 1, MaxBytesInFlight = 10 } };
        StoreAdmission admission = new(new RecordHubOptions { Data = "." }, time);
        using AdmittedStore? first = await admission.EnterAsync(north, token);
        Task<AdmittedStore?> second = admission.EnterAsync(north, token).AsTask();
        using AdmittedStore? other = await admission.EnterAsync(s_south, token);
        Assert.That(second.IsCompleted, Is.False);
        time.Advance(new DicomLimits().AdmissionWait);

        Assert.That(await second, Is.Null);
        Assert.That(other, Is.Not.Null);
        first!.Add(100);
        first.Dispose();
        first.Dispose();
        using AdmittedStore? third = await admission.EnterAsync(north, token);
        Assert.That(third, Is.Not.Null);
    }

    [TestCase(null, null, true)]
    [TestCase("anna", null, false)]
    [TestCase("anna", "wrong", false)]
    [TestCase("anna", "secret", true)]
    [TestCase("otto", "secret", false)]
    public async Task A_site_with_a_user_is_served_only_for_that_user(string? user, string? passcode, bool needsNone)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        ReadOnlyMemory<byte> digest = System.Security.Cryptography.SHA256.HashData("secret"u8);
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            Sites = [user is null ? s_north : s_north with { User = new SiteUser("anna", digest) }],
        });
        byte[][] identity = user is null
            ? [MaxLength(0)]
            : [MaxLength(0), Item(0x58, [(byte)(passcode is null ? 1 : 2), 1], Counted(user), Counted(passcode ?? string.Empty))];
        using RawPeer peer = await RawPeer.ConnectAsync(host.Port, token);
        await peer.SendAsync(Associate(user: identity), token);
        byte[]? answer = await peer.ReadAsync(token);

        Assert.That(answer?[0], Is.EqualTo(needsNone ? 2 : 3));
        if (!needsNone)
        {
            Assert.That(answer, Is.EqualTo(Pdu(3, [0, 1, 1, 1])));
        }
        else
        {
            Assert.That(answer.AsSpan().IndexOf(Item(0x59, [0, 0])) >= 0, Is.EqualTo(user is not null), "answered when asked");
        }
    }

    [TestCase((byte)3)]
    [TestCase((byte)4)]
    [TestCase((byte)5)]
    [TestCase((byte)99)]
    public async Task A_ticket_assertion_or_token_is_information_and_opens_nothing(byte type)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            Sites = [s_north, s_south with { User = new SiteUser("anna", null) }],
        });
        byte[][] identity = [MaxLength(0), Item(0x58, [type, 1], Counted("anna"), Counted(string.Empty))];
        using RawPeer open = await RawPeer.ConnectAsync(host.Port, token);
        await open.SendAsync(Associate(user: identity), token);
        using RawPeer kept = await RawPeer.ConnectAsync(host.Port, token);
        await kept.SendAsync(Associate(calling: "SOUTH", user: identity), token);
        byte[]? answer = await open.ReadAsync(token);

        Assert.That(answer?[0], Is.EqualTo(2));
        Assert.That(answer.AsSpan().IndexOf(Item(0x59, [0, 0])), Is.Negative, "what is not believed is not confirmed");
        Assert.That(await kept.ReadAsync(token), Is.EqualTo(Pdu(3, [0, 1, 1, 1])));
    }

    private static Task<DicomDoorHost> StartHeldAsync(DicomLimits limits, Task durable)
    {
        DicomDoorHost? started = null;
        return StartAsync();

        async Task<DicomDoorHost> StartAsync() => started = await DicomDoorHost.StartAsync(
            options => options with { DicomLimits = limits, Sites = [s_north, s_south] },
            async (content, _, token) =>
            {
                await content.CopyToAsync(Stream.Null, token);
                started?.Log.Log(
                    Microsoft.Extensions.Logging.LogLevel.Information, new(9999), "received", null, static (text, _) => text);
                await durable.WaitAsync(token);
                return new IntakeOutcome.AlreadyHeld(ItemId.New(TimeProvider.System), default);
            });
    }

    private static async Task<RawPeer> AskAsync(DicomDoorHost host, string calling, CancellationToken token)
    {
        RawPeer peer = await RawPeer.ConnectAsync(host.Port, token);
        await peer.SendAsync(Associate(calling: calling, user: [MaxLength(0)]), token);
        return peer;
    }

    private static Task StoreAsync(RawPeer peer, ushort messageId, CancellationToken token) =>
        peer.SendAsync((byte[])[.. Store(messageId), .. Data(3, 2, new byte[2000])], token);

    private static ushort? StatusOf(byte[]? pdu)
    {
        int at = pdu.AsSpan().IndexOf((byte[])[0, 0, 0, 9, 2, 0, 0, 0]);
        return at < 0 ? null : System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(pdu.AsSpan(at + 8));
    }

    private static byte[] Counted(string text) => [0, (byte)text.Length, .. Text(text)];
}
