using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Time-outs of queries and retrievals, by a clock that the test moves.</summary>
[CancelAfter(30_000)]
public sealed class QueryTimingTests
{
    private static readonly AcceptorOptions s_options = new();

    [Test]
    public async Task Waiting_for_a_long_search_is_not_idleness_and_afterwards_it_is()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource due = new();
        RecordingHandler handler = new() { OnFind = (_, _) => Searches.When(due.Task) };
        WirePeer peer = await WirePeer.AssociateAsync(handler, QueryPdus.Associate, time);
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        for (int i = 0; i < 10; i++)
        {
            time.Advance(s_options.IdleTimeout);
            await Task.Yield();
        }

        Assert.That(peer.Accepting.IsCompleted, Is.False);
        due.SetResult();
        await peer.ReceiveAsync();
        await peer.ReceiveAsync();
        Assert.That((await peer.ReceiveCommandAsync()).UInt16(CommandElement.Status), Is.Zero);
        Assert.That((await EndAsync(peer, time)).Ending, Is.EqualTo(AssociationEnding.TimedOut));
    }

    [Test]
    public async Task A_peer_that_never_answers_a_sub_operation_is_given_up()
    {
        FakeTimeProvider time = new();
        RecordingHandler handler = new()
        {
            OnRetrieve = (_, _) => ValueTask.FromResult(new Retrieval([QueryRig.Instance(1, [1, 2])])),
        };
        WirePeer peer = await WirePeer.AssociateAsync(handler, QueryPdus.Associate, time);
        await peer.SendAsync(QueryPdus.GetRequest);
        await peer.ReceiveAsync();
        await peer.ReceiveAsync();

        Assert.That((await EndAsync(peer, time)).Ending, Is.EqualTo(AssociationEnding.TimedOut));
    }

    private static async Task<AssociationSummary> EndAsync(WirePeer peer, FakeTimeProvider time)
    {
        while (!peer.Accepting.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        return await peer.Accepting;
    }
}
