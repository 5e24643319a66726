using System.Buffers;
using System.IO.Pipelines;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>The requestor against a peer that says whatever the test wants.</summary>
[CancelAfter(60_000)]
public sealed class RequestorWireTests
{
    private static readonly RequestorOptions s_options = new() { CallingAeTitle = "A", CalledAeTitle = "B" };

    private static readonly PresentationContext[] s_contexts =
    [
        new(1, Verification, [ImplicitLittle]),
        new(3, CtImageStorage, [ExplicitLittle]),
    ];

    private static readonly byte[] s_accept = Accept(16384);
    private static readonly byte[] s_abort = [7, 0, 0, 0, 0, 4, 0, 0, 2, 6];

    [Test]
    public void A_refusal_is_thrown_with_its_codes(CancellationToken token)
    {
        DuplexPair pair = Playing([3, 0, 0, 0, 0, 4, 0, 2, 3, 1]);
        AssociationException? refused = Assert.ThrowsAsync<AssociationException>(() => OpenAsync(pair, token));

        Assert.That(refused?.Ending, Is.EqualTo(AssociationEnding.Rejected));
        Assert.That(refused?.Rejection, Is.EqualTo(AssociationRejection.Congestion));
    }

    [Test]
    public void An_abort_is_thrown_with_its_reason(CancellationToken token)
    {
        AssociationException? ended = Assert.ThrowsAsync<AssociationException>(() => OpenAsync(Playing(s_abort), token));

        Assert.That(ended?.Ending, Is.EqualTo(AssociationEnding.PeerAborted));
        Assert.That(ended?.Reason, Is.EqualTo(AbortReason.InvalidPduParameterValue));
    }

    [Test]
    public async Task A_peer_that_is_no_dicom_node_is_aborted(CancellationToken token)
    {
        DuplexPair pair = Playing("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        AssociationException? ended = Assert.ThrowsAsync<AssociationException>(() => OpenAsync(pair, token));

        Assert.That(ended?.Ending, Is.EqualTo(AssociationEnding.ProtocolViolation));
        Assert.That((await SaidAsync(pair))[^1], Is.EqualTo(new byte[] { 7, 0, 0, 0, 0, 4, 0, 0, 2, 1 }));
    }

    [Test]
    public void A_peer_that_closes_is_a_lost_connection(CancellationToken token)
    {
        AssociationException? ended = Assert.ThrowsAsync<AssociationException>(() => OpenAsync(Playing([]), token));

        Assert.That(ended?.Ending, Is.EqualTo(AssociationEnding.ConnectionLost));
    }

    [Test]
    public async Task A_silent_peer_is_given_up_in_time(CancellationToken token)
    {
        FakeTimeProvider time = new();
        DuplexPair pair = new();
        Task<AssociationRequestor> opening = AssociationRequestor.OpenAsync(
            pair.Requestor, s_options, s_contexts, time, token);
        while (!opening.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        AssociationException? ended = Assert.ThrowsAsync<AssociationException>(() => opening);
        Assert.That(ended?.Ending, Is.EqualTo(AssociationEnding.TimedOut));
    }

    [Test]
    public async Task Only_contexts_that_were_proposed_and_accepted_count(CancellationToken token)
    {
        byte[] answer = SamplePdus.Written(output => PduWriter.WriteAccept(output, new AssociateAcceptPdu
        {
            CalledAeTitle = "B",
            CallingAeTitle = "A",
            Contexts =
            [
                new ContextAnswer(1, PresentationContextResult.AbstractSyntaxNotSupported, ImplicitLittle),
                new ContextAnswer(3, PresentationContextResult.Acceptance, Jpeg2000),
                new ContextAnswer(5, PresentationContextResult.Acceptance, ImplicitLittle),
            ],
            User = new UserInformation(),
        }));
        await using AssociationRequestor requestor = await OpenAsync(Playing(answer), token);

        Assert.That(requestor.Contexts, Is.Empty);
        Assert.That(requestor.FindContext(CtImageStorage, ExplicitLittle), Is.Null);
        Assert.ThrowsAsync<InvalidOperationException>(() => requestor.EchoAsync(token));
    }

    [Test]
    public async Task Data_that_comes_while_releasing_is_let_pass(CancellationToken token)
    {
        DuplexPair pair = Playing(s_accept, Conversation.Echo, SamplePdus.ReleaseResponseBytes);
        await using AssociationRequestor requestor = await OpenAsync(pair, token);
        await requestor.ReleaseAsync(token);

        Assert.That((await SaidAsync(pair)).Select(pdu => pdu[0]), Is.EqualTo(new byte[] { 1, 5 }));
    }

    [Test]
    public async Task A_release_collision_is_answered_and_ends_in_order(CancellationToken token)
    {
        DuplexPair pair = Playing(s_accept, SamplePdus.ReleaseRequestBytes, SamplePdus.ReleaseResponseBytes);
        await using AssociationRequestor requestor = await OpenAsync(pair, token);
        await requestor.ReleaseAsync(token);

        Assert.That((await SaidAsync(pair)).Select(pdu => pdu[0]), Is.EqualTo(new byte[] { 1, 5, 6 }));
    }

    [Test]
    public async Task A_peer_that_releases_instead_of_answering_is_answered(CancellationToken token)
    {
        DuplexPair pair = Playing(s_accept, SamplePdus.ReleaseRequestBytes);
        await using AssociationRequestor requestor = await OpenAsync(pair, token);
        AssociationException? ended = Assert.ThrowsAsync<AssociationException>(() => requestor.EchoAsync(token));

        Assert.That(ended?.Ending, Is.EqualTo(AssociationEnding.Released));
        Assert.That((await SaidAsync(pair)).Select(pdu => pdu[0]), Is.EqualTo(new byte[] { 1, 4, 6 }));
        Assert.ThrowsAsync<InvalidOperationException>(() => requestor.EchoAsync(token));
    }

    [Test]
    public async Task An_answer_to_something_else_is_a_violation(CancellationToken token)
    {
        DuplexPair pair = Playing(s_accept, EchoResponse(77));
        await using AssociationRequestor requestor = await OpenAsync(pair, token);
        AssociationException? ended = Assert.ThrowsAsync<AssociationException>(() => requestor.EchoAsync(token));

        Assert.That(ended?.Ending, Is.EqualTo(AssociationEnding.ProtocolViolation));
        Assert.That((await SaidAsync(pair))[^1][0], Is.EqualTo((byte)PduType.Abort));
    }

    [Test]
    public async Task Giving_up_aborts(CancellationToken token)
    {
        using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(token);
        DuplexPair pair = new();
        await pair.Acceptor.Output.WriteAsync(s_accept, token);
        await using AssociationRequestor requestor = await OpenAsync(pair, token);
        Task<ushort> echo = requestor.EchoAsync(giveUp.Token);
        await giveUp.CancelAsync();
        await pair.Acceptor.Output.CompleteAsync();

        Assert.That(async () => await echo, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await SaidAsync(pair))[^1], Is.EqualTo(new byte[] { 7, 0, 0, 0, 0, 4, 0, 0, 0, 0 }));
    }

    [TestCase(18u)]
    [TestCase(101u)]
    [TestCase(16384u)]
    [TestCase(0u)]
    public async Task No_pdu_is_larger_than_the_peer_takes_and_the_last_fragment_says_so(uint peerMax)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        byte[] stored = SamplePdus.Data(3, true, true, new CommandSetBuilder()
            .Add(CommandElement.CommandField, (ushort)0x8001)
            .Add(CommandElement.MessageIdBeingRespondedTo, (ushort)1)
            .Add(CommandElement.CommandDataSetType, CommandSet.NoDataSet)
            .Add(CommandElement.Status, DimseStatus.ElementsDiscarded)
            .Build().Span);
        DuplexPair pair = new(new PipeOptions(pauseWriterThreshold: 0));
        await pair.Acceptor.Output.WriteAsync(Accept(peerMax), token);
        await pair.Acceptor.Output.WriteAsync(stored, token);
        await pair.Acceptor.Output.WriteAsync(SamplePdus.ReleaseResponseBytes, token);
        AssociationRequestor requestor = await OpenAsync(pair, token);
        byte[] dataSet = new byte[3000];
        new Random(7).NextBytes(dataSet);
        StoreResponse response = await requestor.StoreAsync(
            requestor.Contexts.Single(context => context.Id == 3), Instance, new MemoryStream(dataSet), token);
        await requestor.ReleaseAsync(token);
        await requestor.DisposeAsync();
        Assert.That(response.Status, Is.EqualTo(DimseStatus.ElementsDiscarded));

        List<byte[]> data = [.. (await SaidAsync(pair)).Where(pdu => pdu[0] == (byte)PduType.DataTransfer)];
        Assert.That(peerMax == 0 || data.TrueForAll(pdu => pdu.Length - 6 <= peerMax), Is.True);
        List<byte[]> values = [.. data.Where(pdu => (pdu[11] & 1) == 0)];
        Assert.That(values.SelectMany(pdu => pdu[12..]), Is.EqualTo(dataSet));
        Assert.That(values.Select(pdu => (pdu[11] & 2) != 0),
            Is.EqualTo(Enumerable.Repeat(false, values.Count - 1).Append(true)));
        Assert.That(data.TrueForAll(pdu => pdu.Length % 2 == 0), Is.True);
    }

    [Test]
    public void Changed_answers_end_in_an_answer_or_a_declared_exception()
    {
        byte[] whole = [.. s_accept, .. EchoResponse(1), .. SamplePdus.ReleaseResponseBytes];
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(change =>
        {
            byte[] mutated = [.. whole];
            mutated[change.Item1] = change.Item2;
            mutated[change.Item3] = change.Item4;
            return EchoAgainstAsync(mutated).Wait(TimeSpan.FromSeconds(10));
        }, iter: 5_000);
    }

    private static async Task EchoAgainstAsync(byte[] answers)
    {
        try
        {
            await using AssociationRequestor requestor = await OpenAsync(Playing(answers), CancellationToken.None);
            if (requestor.Contexts.Any(context => context.AbstractSyntax == Verification))
            {
                await requestor.EchoAsync(CancellationToken.None);
                await requestor.ReleaseAsync(CancellationToken.None);
            }
        }
        catch (AssociationException)
        {
            // The declared one.
        }
    }

    /// <summary>A peer that has said all this before it was asked, and closes.</summary>
    private static DuplexPair Playing(params byte[][] answers)
    {
        DuplexPair pair = new(new PipeOptions(pauseWriterThreshold: 0));
        foreach (byte[] answer in answers)
        {
            pair.Acceptor.Output.Write(answer);
        }

        pair.Acceptor.Output.Complete();
        return pair;
    }

    private static async Task<List<byte[]>> SaidAsync(DuplexPair pair)
    {
        await pair.CloseRequestorAsync();
        using MemoryStream all = new();
        await pair.Acceptor.Input.CopyToAsync(all);
        return Conversation.Split(all.ToArray());
    }

    private static byte[] Accept(uint maxPduLength) => SamplePdus.Written(output => PduWriter.WriteAccept(output,
        new AssociateAcceptPdu
        {
            CalledAeTitle = "B",
            CallingAeTitle = "A",
            Contexts =
            [
                new ContextAnswer(1, PresentationContextResult.Acceptance, ImplicitLittle),
                new ContextAnswer(3, PresentationContextResult.Acceptance, ExplicitLittle),
            ],
            User = new UserInformation { MaxPduLength = maxPduLength },
        }));

    private static byte[] EchoResponse(ushort messageId) => SamplePdus.Data(1, true, true, new CommandSetBuilder()
        .Add(CommandElement.AffectedSopClassUid, Verification)
        .Add(CommandElement.CommandField, (ushort)0x8030)
        .Add(CommandElement.MessageIdBeingRespondedTo, messageId)
        .Add(CommandElement.CommandDataSetType, CommandSet.NoDataSet)
        .Add(CommandElement.Status, DimseStatus.Success)
        .Build().Span);

    private static Task<AssociationRequestor> OpenAsync(DuplexPair pair, CancellationToken token) =>
        AssociationRequestor.OpenAsync(pair.Requestor, s_options, s_contexts, TimeProvider.System, token);
}
