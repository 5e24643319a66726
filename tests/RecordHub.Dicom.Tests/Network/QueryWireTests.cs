using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>What the acceptor answers to queries, byte by byte, and to peers that do not keep to the protocol.</summary>
[CancelAfter(30_000)]
public sealed class QueryWireTests
{
    private static readonly byte[] s_dataSet = [.. Enumerable.Range(0, 300).Select(i => (byte)(i % 251))];

    private readonly RecordingHandler _handler = new();

    [SetUp]
    public void Serve()
    {
        _handler.Queries.Clear();
        _handler.OnFind = (_, _) => Searches.Some(1);
        _handler.OnRetrieve = (_, _) => ValueTask.FromResult(
            new Retrieval([QueryRig.Instance(1, s_dataSet), QueryRig.Instance(2, s_dataSet)]));
    }

    [Test]
    public async Task A_match_and_the_end_have_their_statuses_and_one_identifier()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        CommandSet match = await peer.ReceiveCommandAsync();
        byte[] identifier = await peer.ReceiveAsync();
        CommandSet last = await peer.ReceiveCommandAsync();

        Assert.That((match.CommandField, match.UInt16(CommandElement.Status), match.HasDataSet),
            Is.EqualTo(((ushort)0x8020, (ushort?)0xFF00, true)));
        Assert.That(identifier[11], Is.EqualTo(2), "the last fragment of a data set");
        Assert.That((last.CommandField, last.UInt16(CommandElement.Status), last.HasDataSet),
            Is.EqualTo(((ushort)0x8020, (ushort?)0x0000, false)));
        Assert.That(last.Uid(CommandElement.AffectedSopClassUid), Is.EqualTo(StudyRootFind));
        Assert.That(last.UInt16(CommandElement.MessageIdBeingRespondedTo), Is.EqualTo(5));
        Assert.That((await peer.ReleaseAsync()).Ending, Is.EqualTo(AssociationEnding.Released));
    }

    [Test]
    public async Task An_identifier_that_cannot_be_read_is_C000()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Command(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        await peer.SendAsync(SamplePdus.Data(QueryPdus.Find, false, true, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]));

        AssertFailed(await peer.ReceiveCommandAsync(), DimseStatus.CannotUnderstand);
        await peer.ReleaseAsync();
    }

    [Test]
    public async Task An_identifier_longer_than_we_keep_is_C000_and_the_association_lives()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Command(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        for (int i = 0; i < 300; i++)
        {
            await peer.SendAsync(SamplePdus.Data(QueryPdus.Find, false, i == 299, new byte[4000]));
        }

        AssertFailed(await peer.ReceiveCommandAsync(), DimseStatus.CannotUnderstand);
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        Assert.That((await peer.ReceiveCommandAsync()).UInt16(CommandElement.Status), Is.EqualTo(0xFF00));
    }

    [TestCase(QueryPdus.Find, CommandField.FindRequest, "1.2.840.10008.5.1.4.1.1.2", DimseStatus.SopClassNotSupported)]
    [TestCase(QueryPdus.Move, CommandField.GetRequest, "1.2.840.10008.5.1.4.1.2.2.2", DimseStatus.SopClassNotSupported)]
    [TestCase(QueryPdus.Move, CommandField.MoveRequest, "1.2.840.10008.5.1.4.1.2.2.2", DimseStatus.MoveDestinationUnknown)]
    [TestCase(QueryPdus.Ct, CommandField.FindRequest, "1.2.840.10008.5.1.4.1.2.2.1", DimseStatus.UnrecognizedOperation)]
    public async Task A_command_that_does_not_fit_is_told_why(byte context, ushort field, string sopClass, ushort status)
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Request(context, field, Uid.Parse(sopClass)));

        AssertFailed(await peer.ReceiveCommandAsync(), status);
        await peer.ReleaseAsync();
    }

    [Test]
    public async Task A_store_on_a_context_that_is_for_receiving_is_0124()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(SamplePdus.Data(QueryPdus.Ct, true, true, SamplePdus.StoreCommand(CtImageStorage, Instance).Span));
        await peer.SendAsync(SamplePdus.Data(QueryPdus.Ct, false, true, s_dataSet));

        AssertFailed(await peer.ReceiveCommandAsync(), DimseStatus.NotAuthorized);
        Assert.That(_handler.Stores, Is.Empty);
    }

    [Test]
    public async Task A_cancel_of_nothing_is_passed_over()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Cancel(77));
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));

        Assert.That((await peer.ReceiveCommandAsync()).UInt16(CommandElement.Status), Is.EqualTo(0xFF00));
    }

    [Test]
    public async Task A_message_id_in_use_is_0210_and_a_cancel_ends_the_first()
    {
        _handler.OnFind = (_, token) => Searches.Never(token);
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        AssertFailed(await peer.ReceiveCommandAsync(), DimseStatus.DuplicateInvocation);
        await peer.SendAsync(QueryPdus.Cancel(5));

        AssertFailed(await peer.ReceiveCommandAsync(), DimseStatus.Cancelled);
        await peer.SendAsync(QueryPdus.Cancel(5));
        Assert.That((await peer.ReleaseAsync()).Ending, Is.EqualTo(AssociationEnding.Released), "a late cancel is no error");
    }

    [Test]
    public async Task A_get_sends_on_the_context_whose_SCP_the_peer_is_and_names_what_failed()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.GetRequest);
        for (ushort i = 1; i <= 2; i++)
        {
            byte[] request = await peer.ReceiveAsync();
            CommandSet store = Conversation.CommandOf(request);
            Assert.That(request[10], Is.EqualTo(QueryPdus.Ct));
            Assert.That(store.CommandField, Is.EqualTo(CommandField.StoreRequest));
            Assert.That(store.Text(CommandElement.MoveOriginatorAeTitle), Is.Null);
            Assert.That((await peer.ReceiveAsync())[12..], Is.EqualTo(s_dataSet));
            await peer.SendAsync(QueryPdus.Answer(
                store.UInt16(CommandElement.MessageId) ?? 0, i == 1 ? DimseStatus.Success : DimseStatus.OutOfResources));
            CommandSet pending = await peer.ReceiveCommandAsync();
            Assert.That(pending.UInt16(CommandElement.Status), Is.EqualTo(DimseStatus.Pending));
            Assert.That(pending.UInt16(CommandElement.RemainingSubOperations), Is.EqualTo(2 - i));
        }

        CommandSet last = await peer.ReceiveCommandAsync();
        Assert.That(last.UInt16(CommandElement.Status), Is.EqualTo(DimseStatus.SubOperationsFailed));
        Assert.That(last.UInt16(CommandElement.RemainingSubOperations), Is.Null, "only while pending or cancelled");
        Assert.That(last.UInt16(CommandElement.CompletedSubOperations), Is.EqualTo(1));
        Assert.That(last.UInt16(CommandElement.FailedSubOperations), Is.EqualTo(1));
        Assert.That(last.UInt16(CommandElement.WarningSubOperations), Is.Zero);
        Assert.That(System.Text.Encoding.ASCII.GetString(await peer.ReceiveAsync()), Does.Contain("2.25.2"));
    }

    [Test]
    public async Task A_get_is_cancelled_while_its_sub_operation_waits_for_an_answer()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.GetRequest);
        CommandSet store = await peer.ReceiveCommandAsync();
        await peer.ReceiveAsync();
        await peer.SendAsync(QueryPdus.Cancel(5));
        await peer.SendAsync(QueryPdus.Answer(store.UInt16(CommandElement.MessageId) ?? 0, DimseStatus.Success));

        Assert.That((await peer.ReceiveCommandAsync()).UInt16(CommandElement.Status), Is.EqualTo(DimseStatus.Pending));
        CommandSet last = await peer.ReceiveCommandAsync();
        AssertFailed(last, DimseStatus.Cancelled);
        Assert.That(last.UInt16(CommandElement.RemainingSubOperations), Is.EqualTo(1));
    }

    [Test]
    public async Task A_peer_that_vanishes_inside_sub_operations_ends_them()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.GetRequest);
        await peer.ReceiveAsync();

        Assert.That((await peer.VanishAsync()).Ending, Is.EqualTo(AssociationEnding.ConnectionLost));
        Assert.That(_handler.Queries.Single().Status, Is.Null);
        Assert.That(_handler.Queries.Single().Counts.Completed, Is.Zero);
    }

    [Test]
    public async Task A_peer_that_vanishes_ends_the_search()
    {
        TaskCompletionSource begun = new();
        bool ended = false;
        _handler.OnFind = (_, token) => Searches.Never(begun.SetResult, () => ended = true, token);
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        await begun.Task;

        Assert.That((await peer.VanishAsync()).Ending, Is.EqualTo(AssociationEnding.ConnectionLost));
        Assert.That(ended, Is.True);
        Assert.That(_handler.Queries.Single().Status, Is.Null);
    }

    [Test]
    public async Task A_release_inside_an_operation_is_granted_and_ends_it()
    {
        TaskCompletionSource begun = new();
        bool ended = false;
        _handler.OnFind = (_, token) => Searches.Never(begun.SetResult, () => ended = true, token);
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.Request(QueryPdus.Find, CommandField.FindRequest, StudyRootFind));
        await begun.Task;

        Assert.That((await peer.ReleaseAsync()).Ending, Is.EqualTo(AssociationEnding.Released));
        Assert.That(ended, Is.True);
    }

    [TestCase(9)]
    [TestCase(0)]
    public async Task An_answer_to_a_sub_operation_that_never_was_is_an_abort(int messageId)
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.GetRequest);
        await peer.ReceiveAsync();
        await peer.ReceiveAsync();
        await peer.SendAsync(QueryPdus.Answer((ushort)messageId, DimseStatus.Success));

        AssertAborted(await peer.ReceiveAsync(), AbortReason.UnexpectedPdu);
    }

    [Test]
    public async Task Garbage_inside_sub_operations_is_an_abort_and_ends_them()
    {
        WirePeer peer = await AssociateAsync();
        await peer.SendAsync(QueryPdus.GetRequest);
        await peer.ReceiveAsync();
        await peer.ReceiveAsync();
        await peer.SendAsync([0x55, 0xAA, 0, 0, 0, 4, 1, 2, 3, 4]);

        AssertAborted(await peer.ReceiveAsync(), AbortReason.UnrecognizedPdu);
        await peer.VanishAsync();
        Assert.That(_handler.Queries.Single().Status, Is.Null);
    }

    private Task<WirePeer> AssociateAsync() => WirePeer.AssociateAsync(_handler, QueryPdus.Associate);

    private static void AssertFailed(CommandSet response, ushort status)
    {
        Assert.That(response.UInt16(CommandElement.Status), Is.EqualTo(status));
        Assert.That(response.Text(CommandElement.ErrorComment), Is.Not.Null.And.Length.LessThanOrEqualTo(64));
    }

    private static void AssertAborted(byte[] pdu, AbortReason reason)
    {
        Assert.That(pdu[0], Is.EqualTo((byte)PduType.Abort));
        Assert.That(pdu[9], Is.EqualTo((byte)reason));
    }
}
