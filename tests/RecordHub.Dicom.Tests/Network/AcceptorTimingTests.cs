using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Time-outs and stops, by a clock that the test moves.</summary>
[CancelAfter(20_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AcceptorTimingTests
{
    private static readonly AcceptorOptions s_options = new();
    private static readonly byte[] s_abort = [7, 0, 0, 0, 0, 4, 0, 0, 2, 0];

    // A stop is the application's: source 0 (PS3.8 §9.3.8).
    private static readonly byte[] s_userAbort = [7, 0, 0, 0, 0, 4, 0, 0, 0, 0];
    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task A_silent_connection_is_closed_without_a_word_after_artim()
    {
        DuplexPair pair = new(Conversation.Inline);
        Task<AssociationSummary> accepting = StartAsync(pair, new RecordingHandler(), CancellationToken.None);
        _time.Advance(s_options.Artim - TimeSpan.FromSeconds(1));
        Assert.That(accepting.IsCompleted, Is.False);
        AssociationSummary summary = await AdvanceUntilEndAsync(accepting);

        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.TimedOut));
        Assert.That(await ReplyAsync(pair), Is.Empty);
    }

    [Test]
    public async Task A_request_that_drips_in_is_bounded_by_artim_as_a_whole()
    {
        DuplexPair pair = new(Conversation.Inline);
        Task<AssociationSummary> accepting = StartAsync(pair, new RecordingHandler(), CancellationToken.None);
        await pair.SendAsync(new byte[] { 1, 0, 0, 0, 0xEA, 0x60 });
        int sent = 0;
        while (!accepting.IsCompleted)
        {
            Assert.That(sent++, Is.LessThan(0xEA60));
            await pair.SendAsync(new byte[1]);
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That((await accepting).Ending, Is.EqualTo(AssociationEnding.TimedOut));
    }

    [Test]
    public async Task A_silent_association_is_aborted_after_its_idle_time()
    {
        DuplexPair pair = new(Conversation.Inline);
        Task<AssociationSummary> accepting = StartAsync(pair, new RecordingHandler(), CancellationToken.None);
        await pair.SendAsync(Conversation.Associate);
        byte[] answer = await FirstReplyAsync(pair);
        Assert.That(answer[0], Is.EqualTo((byte)PduType.AssociateAccept));
        AssociationSummary summary = await AdvanceUntilEndAsync(accepting);

        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.TimedOut));
        Assert.That(await ReplyAsync(pair), Is.EqualTo(s_abort));
    }

    [Test]
    public async Task A_callers_own_idle_time_counts(CancellationToken token)
    {
        DuplexPair pair = new(Conversation.Inline);
        RecordingHandler handler = new()
        {
            Decision = new AssociationDecision.Accepted { Limits = new AssociationLimits(null, TimeSpan.FromSeconds(20)) },
        };
        Task<AssociationSummary> accepting = AssociationAcceptor.RunAsync(
            pair.Acceptor, s_options with { IdleTimeout = TimeSpan.FromDays(40) }, handler, _time, CancellationToken.None);
        await pair.SendAsync(Conversation.Associate);
        await FirstReplyAsync(pair);
        Task<byte[]> reply = FirstReplyAsync(pair);
        while (!reply.IsCompleted)
        {
            token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        Assert.That(await reply, Is.EqualTo(s_abort));
        await pair.CloseRequestorAsync();
        Assert.That((await accepting).Ending, Is.EqualTo(AssociationEnding.TimedOut));
    }

    [TestCase(false, 0)]
    [TestCase(false, 100)]
    [TestCase(true, 0)]
    public async Task A_crowd_ends_only_what_has_no_association(bool associated, int begun)
    {
        using CancellationTokenSource crowd = new();
        DuplexPair pair = new(Conversation.Inline);
        Task<AssociationSummary> accepting = AssociationAcceptor.RunAsync(
            pair.Acceptor, s_options, new RecordingHandler(), _time, CancellationToken.None, crowd.Token);
        await pair.SendAsync(associated ? Conversation.Associate : Conversation.Associate[..begun]);
        if (associated)
        {
            await FirstReplyAsync(pair);
        }

        await crowd.CancelAsync();
        if (associated)
        {
            await pair.SendAsync(Conversation.Release);
            await pair.CloseRequestorAsync();
        }

        AssociationSummary summary = await accepting;
        Assert.That(summary.Ending, Is.EqualTo(associated ? AssociationEnding.Released : AssociationEnding.Rejected));
        Assert.That(
            Conversation.Split(await ReplyAsync(pair))[^1],
            Is.EqualTo(associated ? SamplePdus.ReleaseResponseBytes : [3, 0, 0, 0, 0, 4, 0, 2, 3, 1]));
    }

    [Test]
    public async Task A_stall_inside_a_data_set_is_aborted_and_thrown_at_the_handler()
    {
        DuplexPair pair = new(Conversation.Inline);
        AssociationException? seen = null;
        RecordingHandler handler = new()
        {
            OnStore = async (_, dataSet, token) =>
            {
                try
                {
                    await dataSet.CopyToAsync(Stream.Null, token);
                }
                catch (AssociationException e)
                {
                    seen = e;
                    throw;
                }

                return StoreResponse.Success;
            },
        };
        Task<AssociationSummary> accepting = StartAsync(pair, handler, CancellationToken.None);
        await pair.SendAsync(Conversation.Associate);
        await FirstReplyAsync(pair);
        await pair.SendAsync(Conversation.Store);
        await pair.SendAsync(SamplePdus.Data(3, false, false, Conversation.Payload));
        AssociationSummary summary = await AdvanceUntilEndAsync(accepting);

        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.TimedOut));
        Assert.That(seen?.Ending, Is.EqualTo(AssociationEnding.TimedOut));
        Assert.That(await ReplyAsync(pair), Is.EqualTo(s_abort));
    }

    [Test]
    public async Task A_stop_between_messages_aborts_at_once()
    {
        using CancellationTokenSource stop = new();
        DuplexPair pair = new(Conversation.Inline);
        Task<AssociationSummary> accepting = StartAsync(pair, new RecordingHandler(), stop.Token);
        await pair.SendAsync(Conversation.Associate);
        await FirstReplyAsync(pair);
        await stop.CancelAsync();
        await pair.CloseRequestorAsync();

        Assert.That((await accepting).Ending, Is.EqualTo(AssociationEnding.Stopped));
        Assert.That(await ReplyAsync(pair), Is.EqualTo(s_userAbort));
    }

    [Test]
    public async Task A_stop_inside_a_message_lets_it_finish()
    {
        using CancellationTokenSource stop = new();
        DuplexPair pair = new(Conversation.Inline);
        TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RecordingHandler handler = new()
        {
            OnStore = async (_, dataSet, token) =>
            {
                await dataSet.ReadExactlyAsync(new byte[10], token);
                reading.SetResult();
                await dataSet.CopyToAsync(Stream.Null, token);
                return StoreResponse.Success;
            },
        };
        Task<AssociationSummary> accepting = StartAsync(pair, handler, stop.Token);
        await pair.SendAsync(Conversation.Associate);
        await FirstReplyAsync(pair);
        await pair.SendAsync(Conversation.Store);
        await pair.SendAsync(SamplePdus.Data(3, false, false, Conversation.Payload));
        await reading.Task;
        await stop.CancelAsync();
        await pair.SendAsync(SamplePdus.Data(3, false, true, Conversation.Payload));
        await pair.CloseRequestorAsync();
        AssociationSummary summary = await accepting;

        Assert.That(summary.Stored, Is.EqualTo(1));
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Stopped));
        List<byte[]> reply = Conversation.Split(await ReplyAsync(pair));
        Assert.That(reply.Select(pdu => pdu[0]), Is.EqualTo(new byte[] { 4, 7 }));
    }

    [Test]
    public async Task A_stop_does_not_wait_for_a_message_for_ever()
    {
        using CancellationTokenSource stop = new();
        DuplexPair pair = new(Conversation.Inline);
        TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RecordingHandler handler = new()
        {
            OnStore = async (_, dataSet, token) =>
            {
                reading.SetResult();
                await dataSet.CopyToAsync(Stream.Null, token);
                return StoreResponse.Success;
            },
        };
        Task<AssociationSummary> accepting = StartAsync(pair, handler, stop.Token);
        await pair.SendAsync(Conversation.Associate);
        await FirstReplyAsync(pair);
        await pair.SendAsync(Conversation.Store);
        await reading.Task;
        await stop.CancelAsync();
        _time.Advance(s_options.StopGrace);
        AssociationSummary summary = await AdvanceUntilEndAsync(accepting);

        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Stopped));
        Assert.That(summary.Stored, Is.Zero);
    }

    private Task<AssociationSummary> StartAsync(DuplexPair pair, IAssociationHandler handler, CancellationToken stop) =>
        AssociationAcceptor.RunAsync(pair.Acceptor, s_options, handler, _time, stop);

    /// <summary>Moves the clock on until the association is over; each wait sees its own time-out pass.</summary>
    private async Task<AssociationSummary> AdvanceUntilEndAsync(Task<AssociationSummary> accepting)
    {
        while (!accepting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            await Task.Yield();
        }

        return await accepting;
    }

    private static async Task<byte[]> FirstReplyAsync(DuplexPair pair)
    {
        var read = await pair.Requestor.Input.ReadAsync();
        byte[] bytes = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
        pair.Requestor.Input.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    private static async Task<byte[]> ReplyAsync(DuplexPair pair)
    {
        await pair.Acceptor.Output.CompleteAsync();
        return await pair.ReceiveAllAsync();
    }
}
