using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>The door over real TCP.</summary>
[CancelAfter(30_000)]
public sealed class DicomDoorTests
{
    private static readonly Uid s_ct = Uid.Parse("1.2.840.10008.5.1.4.1.1.2");
    private static readonly Uid s_explicit = Uid.Parse("1.2.840.10008.1.2.1");
    private static readonly Uid s_instance = Uid.Parse("2.25.42");

    [Test]
    public async Task Echo_over_tcp_is_answered(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        await using AssociationRequestor requestor = await OpenAsync(pipe, ContextPlan.Verification, token);

        Assert.That(await requestor.EchoAsync(token), Is.EqualTo(DimseStatus.Success));
        await requestor.ReleaseAsync(token);
    }

    [Test]
    public async Task What_the_intake_gets_is_a_part_10_file_with_the_data_set_as_it_came(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            AcceptUnknownCallers = false,
            Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", DefaultIssuer = "NORTH-MRN" }],
        });
        byte[] dataSet = [8, 0, 0x60, 0, (byte)'C', (byte)'S', 2, 0, (byte)'C', (byte)'T'];
        StoreResponse response = await StoreAsync(host, "NORTH", "RHCASE12", dataSet, token);

        Assert.That(response.Status, Is.EqualTo(DimseStatus.Success));
        Assert.That(host.Received, Has.Count.EqualTo(1));
        (Source source, SopReference announced, byte[] content) = host.Received.First();
        Assert.That(source.Door, Is.EqualTo(Door.CStore));
        Assert.That(source.Site, Is.EqualTo("North"));
        Assert.That(source.DefaultIssuer, Is.EqualTo("NORTH-MRN"));
        Assert.That(source.Case.Value, Is.EqualTo(12));
        Assert.That(announced.SopInstance.ToString(), Is.EqualTo("2.25.42"));
        Assert.That(content.AsSpan(128, 4).ToArray(), Is.EqualTo("DICM"u8.ToArray()));
        Assert.That(content[..128], Is.All.Zero);
        Assert.That(content[^dataSet.Length..], Is.EqualTo(dataSet));
    }

    [TestCase("STRANGER", "RECORDHUB", 1, 1, 3)]
    [TestCase("NORTH", "ORTHANC", 1, 1, 7)]
    [TestCase("NORTH", "RHCASE", 1, 1, 7)]
    [TestCase("NORTH", "RHCASE0", 1, 1, 7)]
    [TestCase("north", "RECORDHUB", 1, 1, 3)]
    public async Task A_wrong_title_is_rejected_by_the_right_code(string calling, string called, int result, int source, int reason)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            AcceptUnknownCallers = false,
            Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH" }],
        });
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);

        AssociationException? refused = Assert.ThrowsAsync<AssociationException>(
            () => OpenAsync(pipe, ContextPlan.Verification, calling, called, token));
        Assert.That(refused?.Rejection,
            Is.EqualTo(new AssociationRejection((byte)result, (byte)source, (byte)reason)));
    }

    [Test]
    public async Task A_site_calling_from_elsewhere_is_not_that_site(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            AcceptUnknownCallers = false,
            Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", CallsFrom = [IPNetwork.Parse("192.0.2.7/32")] }],
        });
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);

        AssociationException? refused = Assert.ThrowsAsync<AssociationException>(
            () => OpenAsync(pipe, ContextPlan.Verification, "NORTH", "RECORDHUB", token));
        Assert.That(refused?.Rejection, Is.EqualTo(AssociationRejection.CallingAeTitle));
    }

    [Test]
    public async Task One_association_too_many_is_told_to_try_again_and_a_released_one_makes_room(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with { MaxAssociations = 1 });
        using TcpPipe first = await TcpPipe.ConnectAsync(host.Port, token);
        AssociationRequestor open = await OpenAsync(first, ContextPlan.Verification, token);
        using TcpPipe second = await TcpPipe.ConnectAsync(host.Port, token);
        AssociationException? refused = Assert.ThrowsAsync<AssociationException>(
            () => OpenAsync(second, ContextPlan.Verification, token));
        Assert.That(refused?.Rejection, Is.EqualTo(AssociationRejection.LocalLimit));

        await open.ReleaseAsync(token);
        await open.DisposeAsync();
        first.Dispose();
        await UntilAcceptedAsync(host.Port, token);
    }

    [TestCase(RefusalReason.NotUnderstood, 0xC000)]
    [TestCase(RefusalReason.Empty, 0xC000)]
    [TestCase(RefusalReason.DataSetDoesNotMatch, 0xA900)]
    [TestCase(RefusalReason.OutOfResources, 0xA700)]
    [TestCase(RefusalReason.TooLarge, 0x0213)]
    public async Task A_refusal_becomes_its_status_with_a_comment(RefusalReason reason, int status)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(
            intake: (_, _, _) => Task.FromResult<IntakeOutcome>(new IntakeOutcome.Refused(reason, "because")));
        StoreResponse response = await StoreAsync(host, "ANY", "RECORDHUB", new byte[100_000], token);

        Assert.That(response.Status, Is.EqualTo(status));
        Assert.That(response.Comment, Is.EqualTo("because"));
    }

    [Test]
    public async Task A_failing_intake_is_never_told_as_stored(CancellationToken token)
    {
        await using DicomDoorHost full = await DicomDoorHost.StartAsync(
            intake: (_, _, _) => throw new StorageFullException("full"));
        await using DicomDoorHost broken = await DicomDoorHost.StartAsync(
            intake: (_, _, _) => throw new TimeoutException("database"));

        Assert.That((await StoreAsync(full, "ANY", "RECORDHUB", new byte[10], token)).Status,
            Is.EqualTo(DimseStatus.OutOfResources));
        StoreResponse failed = await StoreAsync(broken, "ANY", "RECORDHUB", new byte[10], token);
        Assert.That(failed.Status, Is.EqualTo(DimseStatus.ProcessingFailure));
        Assert.That(failed.Comment, Is.Not.Empty.And.Not.Contains("database"));
    }

    [Test]
    public async Task A_browser_on_the_port_is_sent_away_at_once(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        await pipe.Socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), token);
        byte[] answer = new byte[64];
        int count = await pipe.Socket.ReceiveAsync(answer, token);

        Assert.That(answer[..count], Is.EqualTo(new byte[] { 7, 0, 0, 0, 0, 4, 0, 0, 2, 1 }));
        pipe.Socket.Shutdown(SocketShutdown.Both);
        (LogLevel level, string text) = await host.Log.NextAsync(1000, token);
        Assert.That(level, Is.EqualTo(LogLevel.Warning));
        Assert.That(text, Does.Contain("speaks DICOM"));
    }

    [TestCase("1.3.46.670589.5.0.1.1", "1.2.840.10008.1.2.1", LogLevel.Warning, "not taken: 1.3.46.670589.5.0.1.1. ")]
    [TestCase("1.2.840.10008.5.1.4.1.1.2", "1.2.3.4", LogLevel.Warning, "not taken: CT Image Storage in 1.2.3.4. ")]
    [TestCase("1.2.840.10008.5.1.4.31", "1.2.840.10008.1.2.1", LogLevel.Information, "not taken: Modality Worklist Information Model - FIND. ")]
    public async Task What_a_sender_offers_in_vain_is_logged_with_the_setting(
        string sopClass, string transferSyntax, LogLevel expected, string told)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        PresentationContext offered = new(3, Uid.Parse(sopClass), [Uid.Parse(transferSyntax)]);
        await using (AssociationRequestor requestor =
            await OpenAsync(pipe, [.. ContextPlan.Verification, offered], token))
        {
            await requestor.ReleaseAsync(token);
        }

        (LogLevel level, string text) = await host.Log.NextAsync(1004, token);
        Assert.That(level, Is.EqualTo(expected));
        Assert.That(text, Does.Contain(told).And.Contain("Dicom:AdditionalSopClasses"));
    }

    [Test]
    public async Task A_refusal_is_logged_with_its_cause(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(intake: (_, _, _) => Task.FromResult<IntakeOutcome>(
            new IntakeOutcome.Refused(RefusalReason.NotUnderstood, "Cannot be read")));
        await StoreAsync(host, "NORTH", "RECORDHUB", [8, 0, 0x60, 0, 0, 0, 0, 0], token);

        (LogLevel _, string text) = await host.Log.NextAsync(1010, token);
        Assert.That(text, Does.EndWith("Cannot be read"));
        (LogLevel level, string _) = await host.Log.NextAsync(1002, token);
        Assert.That(level, Is.EqualTo(LogLevel.Warning));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_sender_that_goes_away_inside_a_data_set_is_an_exception_at_the_intake(bool half)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        TaskCompletionSource<Exception> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(intake: async (content, _, cancel) =>
        {
            try
            {
                await content.ReadExactlyAsync(new byte[5_000], cancel);
                reading.SetResult();
                await content.CopyToAsync(Stream.Null, cancel);
            }
            catch (AssociationException e)
            {
                seen.SetResult(e);
                throw;
            }

            return new IntakeOutcome.Ignored("a cut data set that looked whole");
        });
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        AssociationRequestor requestor = await OpenAsync(pipe, [new PresentationContext(1, s_ct, [s_explicit])], token);
        Task sending = requestor.StoreAsync(
            requestor.Contexts[0], s_instance, new Stalling(400_000, seen.Task), token);
        await reading.Task.WaitAsync(token);
        if (half)
        {
            pipe.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }
        else
        {
            pipe.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
            pipe.Socket.Close();
        }

        AssociationException? cut = await seen.Task.WaitAsync(token) as AssociationException;
        Assert.That(cut?.Ending, Is.EqualTo(AssociationEnding.ConnectionLost));
        Assert.That(async () => await sending, Throws.Exception);
    }

    [Test]
    public async Task Many_silent_connections_do_not_delay_a_sender(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with { MaxAssociations = 1 });
        List<TcpPipe> silent = [];
        try
        {
            for (int i = 0; i < 400; i++)
            {
                silent.Add(await TcpPipe.ConnectAsync(host.Port, token));
            }

            Assert.That((await StoreAsync(host, "ANY", "RECORDHUB", new byte[1000], token)).Status, Is.Zero);
        }
        finally
        {
            silent.ForEach(pipe => pipe.Dispose());
        }
    }

    [Test]
    public async Task A_stop_aborts_an_idle_association_instead_of_resetting_it(CancellationToken token)
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync();
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        await using AssociationRequestor requestor = await OpenAsync(pipe, ContextPlan.Verification, token);
        Task stopping = host.StopAsync();

        byte[] answer = new byte[10];
        await pipe.Socket.ReceiveAsync(answer, token);
        Assert.That(answer, Is.EqualTo(new byte[] { 7, 0, 0, 0, 0, 4, 0, 0, 0, 0 }));
        pipe.Dispose();
        await stopping;
    }

    private static async Task<StoreResponse> StoreAsync(
        DicomDoorHost host, string calling, string called, byte[] dataSet, CancellationToken token)
    {
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        await using AssociationRequestor requestor =
            await OpenAsync(pipe, [new PresentationContext(1, s_ct, [s_explicit])], calling, called, token);
        StoreResponse response = await requestor.StoreAsync(
            requestor.Contexts[0], s_instance, new MemoryStream(dataSet), token);
        await requestor.ReleaseAsync(token);
        return response;
    }

    /// <summary>The slot comes back when the server has seen the close, which is not the client's moment.</summary>
    private static async Task UntilAcceptedAsync(int port, CancellationToken token)
    {
        while (true)
        {
            using TcpPipe pipe = await TcpPipe.ConnectAsync(port, token);
            try
            {
                await using AssociationRequestor requestor = await OpenAsync(pipe, ContextPlan.Verification, token);
                await requestor.ReleaseAsync(token);
                return;
            }
            catch (AssociationException e) when (e.Rejection == AssociationRejection.LocalLimit)
            {
                token.ThrowIfCancellationRequested();
            }
        }
    }

    private static Task<AssociationRequestor> OpenAsync(
        TcpPipe pipe, IReadOnlyList<PresentationContext> contexts, CancellationToken token) =>
        OpenAsync(pipe, contexts, "ANY", "RECORDHUB", token);

    private static Task<AssociationRequestor> OpenAsync(
        TcpPipe pipe, IReadOnlyList<PresentationContext> contexts, string calling, string called,
        CancellationToken token) => AssociationRequestor.OpenAsync(
            pipe, new RequestorOptions { CallingAeTitle = calling, CalledAeTitle = called }, contexts,
            TimeProvider.System, token);

    /// <summary>Gives what it has, and then nothing more until the reader is gone.</summary>
    private sealed class Stalling(int length, Task until) : MemoryStream(new byte[length])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
            {
                return await base.ReadAsync(buffer, cancellationToken);
            }

            await until.WaitAsync(cancellationToken);
            throw new IOException("The disc was taken out.");
        }
    }
}
