using CsCheck;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.Conversation;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>The acceptor, byte by byte.</summary>
[CancelAfter(120_000)]
public sealed class AcceptorWireTests
{
    private static readonly byte[] s_abortUnexpected = [7, 0, 0, 0, 0, 4, 0, 0, 2, 2];

    [Test]
    public async Task A_conversation_is_the_same_wherever_it_is_split()
    {
        byte[] whole = Whole;
        (AssociationSummary expected, byte[] reply) = await PlayAsync(new RecordingHandler(), whole);
        Assert.That(expected.Ending, Is.EqualTo(AssociationEnding.Released));
        Assert.That(Split(reply).Select(pdu => pdu[0]), Is.EqualTo(new byte[] { 2, 4, 4, 4, 6 }));
        for (int split = 0; split <= whole.Length; split++)
        {
            RecordingHandler handler = new();
            (AssociationSummary summary, byte[] same) = await PlayAsync(handler, whole[..split], whole[split..]);

            Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Released), $"split at {split}");
            Assert.That(same, Is.EqualTo(reply));
            Assert.That(handler.Stores.Single().DataSet, Is.EqualTo(Payload));
        }

        RecordingHandler last = new();
        (_, byte[] dripped) = await PlayAsync(last, [.. whole.Select(one => new[] { one })]);
        Assert.That(dripped, Is.EqualTo(reply));
        Assert.That(last.Stores.Single().DataSet, Is.EqualTo(Payload));
    }

    [Test]
    public async Task A_conversation_cut_anywhere_never_looks_whole()
    {
        byte[] whole = Whole;
        int storeEnds = Associate.Length + Echo.Length + StoreWithDataSet.Length;
        for (int length = 0; length < whole.Length; length++)
        {
            RecordingHandler handler = new();
            (AssociationSummary summary, byte[] reply) = await PlayAsync(handler, whole[..length]);

            Assert.That(summary.Ending,
                Is.EqualTo(length == 0 ? AssociationEnding.NothingAsked : AssociationEnding.ConnectionLost),
                $"cut at {length}");
            Assert.That(handler.Stores, Has.Count.EqualTo(length >= storeEnds ? 1 : 0));
            Assert.That(length == 0 || Split(reply)[^1][0] == (byte)PduType.Abort, $"no abort when cut at {length}");
        }
    }

    [Test]
    public async Task A_cut_data_set_throws_at_the_handler_and_again_when_it_reads_on()
    {
        List<AssociationEnding> seen = [];
        RecordingHandler handler = new()
        {
            OnStore = async (_, dataSet, token) =>
            {
                byte[] buffer = new byte[1000];
                for (int attempt = 0; attempt < 3; attempt++)
                {
                    try
                    {
                        while (await dataSet.ReadAsync(buffer, token) > 0)
                        {
                        }
                    }
                    catch (AssociationException e)
                    {
                        seen.Add(e.Ending);
                    }
                }

                return StoreResponse.Success;
            },
        };
        (AssociationSummary summary, byte[] reply) =
            await PlayAsync(handler, [.. Associate, .. Store, .. SamplePdus.Data(3, false, false, Payload)]);

        Assert.That(seen, Is.EqualTo(Enumerable.Repeat(AssociationEnding.ConnectionLost, 3)));
        Assert.That(summary.Stored, Is.Zero, "a handler that hides the failure does not get to say 'stored'");
        Assert.That(Split(reply).Select(pdu => pdu[0]), Is.EqualTo(new byte[] { 2, 7 }));
    }

    [Test]
    public async Task A_peers_abort_inside_a_data_set_throws_at_the_handler()
    {
        AssociationException? seen = null;
        RecordingHandler handler = new()
        {
            OnStore = async (_, dataSet, token) =>
            {
                seen = Assert.ThrowsAsync<AssociationException>(() => dataSet.CopyToAsync(Stream.Null, token));
                await Task.CompletedTask;
                throw seen!;
            },
        };
        byte[] abort = [7, 0, 0, 0, 0, 4, 0, 0, 2, 6];
        (AssociationSummary summary, byte[] reply) =
            await PlayAsync(handler, [.. Associate, .. Store, .. SamplePdus.Data(3, false, false, Payload), .. abort]);

        Assert.That(seen?.Ending, Is.EqualTo(AssociationEnding.PeerAborted));
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.PeerAborted));
        Assert.That(summary.Reason, Is.EqualTo(AbortReason.InvalidPduParameterValue));
        Assert.That(Split(reply), Has.Count.EqualTo(1), "an abort is not answered");
    }

    private static IEnumerable<TestCaseData> Violations()
    {
        byte[] part = SamplePdus.Data(3, false, false, Payload);
        yield return Violation("data before the association", 2, Echo);
        yield return Violation("release before the association", 2, Release);
        yield return Violation("an answer before the association", 2, SamplePdus.AcceptBytes);
        yield return Violation("a second request", 2, Associate, Associate);
        yield return Violation("an answer to nothing", 2, Associate, SamplePdus.AcceptBytes);
        yield return Violation("a rejection of nothing", 2, Associate, SamplePdus.RejectBytes);
        yield return Violation("a release response to nothing", 2, Associate, SamplePdus.ReleaseResponseBytes);
        yield return Violation("an unknown PDU", 1, Associate, [8, 0, 0, 0, 0, 0]);
        yield return Violation("an unknown PDU first", 1, [0, 0, 0, 0, 0, 0]);
        yield return Violation("HTTP", 1, "GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        yield return Violation("TLS", 1, [0x16, 3, 1, 2, 0, 1, 0]);
        yield return Violation("an enormous request", 6, [1, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return Violation("a tiny request", 6, [1, 0, 0, 0, 0, 4, 0, 1, 0, 0]);
        yield return Violation("data over our limit", 6, Associate, [4, 0, 0, 0, 0x10, 1]);
        yield return Violation("enormous data", 6, Associate, [4, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return Violation("empty data", 6, Associate, [4, 0, 0, 0, 0, 0]);
        yield return Violation("a value longer than its PDU", 6, Associate, [4, 0, 0, 0, 0, 8, 0, 0, 0, 5, 1, 3, 0, 0]);
        yield return Violation("a value without a head", 6, Associate, [4, 0, 0, 0, 0, 6, 0, 0, 0, 1, 1, 3]);
        yield return Violation("a long release", 6, Associate, [5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0]);
        yield return Violation("an unknown context", 6, Associate, SamplePdus.Data(9, true, true, SamplePdus.EchoCommand().Span));
        yield return Violation("a data set without a command", 5, Associate, part);
        yield return Violation("a command inside a data set", 5, Associate, Store, part, Store);
        yield return Violation("a data set on another context", 6, Associate, Store, SamplePdus.Data(5, false, true, Payload));
        yield return Violation("a release inside a data set", 2, Associate, Store, part, Release);
        yield return Violation("a release inside a command", 2, Associate, SamplePdus.Data(1, true, false, []), Release);
        yield return Violation("a broken command", 6, Associate, SamplePdus.Data(1, true, true, [1, 2, 3]));
        yield return Violation("a command of another group", 6, Associate, SamplePdus.Data(1, true, true, [8, 0, 0, 0, 0, 0, 0, 0]));
        yield return Violation("a command without a field", 6, Associate, SamplePdus.Data(1, true, true, []));
        yield return Violation("a response to nothing", 2, Associate, SamplePdus.Data(1, true, true,
            new CommandSetBuilder().Add(CommandElement.CommandField, (ushort)0x8030).Build().Span));
    }

    [TestCaseSource(nameof(Violations))]
    public async Task A_violation_is_aborted_by_the_provider_with_its_reason(byte[] bytes, int reason)
    {
        (AssociationSummary summary, byte[] reply) = await PlayAsync(new RecordingHandler(), bytes);

        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.ProtocolViolation));
        Assert.That(Split(reply)[^1], Is.EqualTo(new byte[] { 7, 0, 0, 0, 0, 4, 0, 0, 2, (byte)reason }));
    }

    [Test]
    public async Task An_unlimited_command_is_not_collected()
    {
        byte[] piece = SamplePdus.Data(1, true, false, new byte[4000]);
        (AssociationSummary summary, _) = await PlayAsync(
            new RecordingHandler(), [Associate, .. Enumerable.Repeat(piece, 20)]);

        Assert.That(summary.Reason, Is.EqualTo(AbortReason.InvalidPduParameterValue));
    }

    [TestCase(1, 1, 3)]
    [TestCase(1, 1, 7)]
    [TestCase(2, 3, 1)]
    [TestCase(2, 3, 2)]
    public async Task A_refusal_is_told_by_its_codes(byte result, byte source, byte reason)
    {
        RecordingHandler handler = new() { Decision = AssociationDecision.Reject(new(result, source, reason)) };
        (AssociationSummary summary, byte[] reply) = await PlayAsync(handler, Associate);

        Assert.That(reply, Is.EqualTo(new byte[] { 3, 0, 0, 0, 0, 4, 0, result, source, reason }));
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Rejected));
    }

    [Test]
    public async Task An_operation_that_is_not_served_gets_0211_and_the_association_lives()
    {
        byte[] find = new CommandSetBuilder()
            .Add(CommandElement.AffectedSopClassUid, StudyRootFind)
            .Add(CommandElement.CommandField, CommandField.FindRequest)
            .Add(CommandElement.MessageId, (ushort)4)
            .Add(CommandElement.CommandDataSetType, (ushort)1)
            .Build().ToArray();
        (AssociationSummary summary, byte[] reply) = await PlayAsync(
            new RecordingHandler(), Associate, SamplePdus.Data(3, true, true, find), SamplePdus.Data(3, false, true, Payload),
            Echo, Release);

        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Released));
        CommandSet response = CommandOf(Split(reply)[1]);
        Assert.That(response.CommandField, Is.EqualTo(0x8020));
        Assert.That(response.UInt16(CommandElement.Status), Is.EqualTo(DimseStatus.UnrecognizedOperation));
        Assert.That(response.UInt16(CommandElement.MessageIdBeingRespondedTo), Is.EqualTo(4));
        Assert.That(response.Text(CommandElement.ErrorComment), Is.Not.Null);
    }

    private static IEnumerable<TestCaseData> RefusedStores()
    {
        yield return new TestCaseData((byte)3, SamplePdus.StoreCommand(CtImageStorage, Uid.None), 0x0117);
        yield return new TestCaseData((byte)3, SamplePdus.StoreCommand(Uid.None, Instance), 0x0212);
        yield return new TestCaseData((byte)3, SamplePdus.StoreCommand(StudyRootFind, Instance), 0x0122);
        yield return new TestCaseData((byte)1, SamplePdus.StoreCommand(CtImageStorage, Instance), 0x0122);
    }

    [TestCaseSource(nameof(RefusedStores))]
    public async Task A_store_that_cannot_be_is_refused_its_data_set_skipped_and_the_association_lives(
        byte context, ReadOnlyMemory<byte> command, int status)
    {
        RecordingHandler handler = new();
        (AssociationSummary summary, byte[] reply) = await PlayAsync(
            handler, Associate, SamplePdus.Data(context, true, true, command.Span),
            SamplePdus.Data(context, false, true, Payload), StoreWithDataSet, Release);

        CommandSet response = CommandOf(Split(reply)[1]);
        Assert.That(response.UInt16(CommandElement.Status), Is.EqualTo(status));
        Assert.That(response.Text(CommandElement.ErrorComment), Is.Not.Null);
        Assert.That(response.Tags(CommandElement.OffendingElement), Is.Not.Empty);
        Assert.That(summary, Has.Property("Stored").EqualTo(1).And.Property("Failed").EqualTo(1));
        Assert.That(handler.Stores, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_store_without_a_data_set_is_refused()
    {
        byte[] command = SamplePdus.Data(
            3, true, true, SamplePdus.StoreCommand(CtImageStorage, Instance, CommandSet.NoDataSet).Span);
        (_, byte[] reply) = await PlayAsync(new RecordingHandler(), Associate, command, Echo, Release);

        Assert.That(CommandOf(Split(reply)[1]).UInt16(CommandElement.Status), Is.EqualTo(DimseStatus.CannotUnderstand));
        Assert.That(Split(reply).Select(pdu => pdu[0]), Is.EqualTo(new byte[] { 2, 4, 4, 6 }));
    }

    [Test]
    public async Task A_handler_is_told_all_of_the_command()
    {
        RecordingHandler handler = new();
        await PlayAsync(handler, Associate, StoreWithDataSet, Release);

        StoreRequest request = handler.Stores.Single().Request;
        Assert.That(request.MessageId, Is.EqualTo(7));
        Assert.That(request.SopClassUid, Is.EqualTo(CtImageStorage));
        Assert.That(request.MoveOriginatorAeTitle, Is.EqualTo("MOVER"));
        Assert.That(request.MoveOriginatorMessageId, Is.EqualTo(99));
        Assert.That(request.AssociationId, Is.EqualTo(handler.Request?.AssociationId));
    }

    [Test]
    public async Task What_a_handler_does_not_read_is_skipped_and_an_instance_exception_is_its_status()
    {
        RecordingHandler handler = new()
        {
            OnStore = (_, _, _) => throw new InstanceException(
                DimseStatus.CannotUnderstand, "Ümlaut\\" + new string('x', 100), 0x0010_0020),
        };
        (AssociationSummary summary, byte[] reply) = await PlayAsync(handler, Associate, StoreWithDataSet, Echo, Release);

        CommandSet response = CommandOf(Split(reply)[1]);
        Assert.That(response.UInt16(CommandElement.Status), Is.EqualTo(DimseStatus.CannotUnderstand));
        Assert.That(response.Text(CommandElement.ErrorComment), Is.EqualTo("?mlaut?" + new string('x', 57)));
        Assert.That(response.Tags(CommandElement.OffendingElement), Is.EqualTo(new[] { 0x0010_0020u }));
        Assert.That(summary.Failed, Is.EqualTo(1));
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Released));
    }

    [Test]
    public void A_handler_that_fails_in_its_own_way_aborts_and_its_exception_leaves()
    {
        RecordingHandler handler = new() { OnStore = (_, _, _) => throw new TimeoutException() };

        Assert.ThrowsAsync<TimeoutException>(() => PlayAsync(handler, Associate, StoreWithDataSet));
    }

    [Test]
    public async Task An_empty_fragment_and_an_odd_one_are_taken()
    {
        RecordingHandler handler = new();
        await PlayAsync(
            handler, Associate, Store, SamplePdus.Data(3, false, false, []), SamplePdus.Data(3, false, false, [1, 2, 3]),
            SamplePdus.Data(3, false, true, []), Release);

        Assert.That(handler.Stores.Single().DataSet, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task A_peer_that_only_takes_small_pdus_gets_small_pdus()
    {
        byte[] associate = SamplePdus.Written(output => PduWriter.WriteRequest(output, new AssociateRequestPdu
        {
            CalledAeTitle = "A",
            CallingAeTitle = "B",
            Contexts = [new PresentationContext(1, Verification, [ImplicitLittle])],
            User = new UserInformation { MaxPduLength = 18 },
        }));
        (_, byte[] reply) = await PlayAsync(new RecordingHandler(), associate, Echo, Release);

        List<byte[]> data = [.. Split(reply).Where(pdu => pdu[0] == (byte)PduType.DataTransfer)];
        Assert.That(data, Has.Count.GreaterThan(1).And.All.Length.LessThanOrEqualTo(24));
        Assert.That(data[..^1].Select(pdu => pdu[11]), Is.All.EqualTo(1));
        Assert.That(CommandSet.Parse(data.SelectMany(pdu => pdu[12..]).ToArray()).CommandField, Is.EqualTo(0x8030));
    }

    [Test]
    public async Task After_an_abort_only_another_request_is_answered_by_another_abort()
    {
        (_, byte[] reply) = await PlayAsync(
            new RecordingHandler(), Associate, Associate, Echo, Release, SamplePdus.AcceptBytes);
        (_, byte[] again) = await PlayAsync(new RecordingHandler(), Associate, Associate, Echo, Associate);

        Assert.That(Split(reply)[1..], Is.EqualTo(new[] { s_abortUnexpected }));
        Assert.That(Split(again)[1..], Is.EqualTo(new[] { s_abortUnexpected, s_abortUnexpected }));
    }

    [Test]
    public void Changed_conversations_always_come_to_an_end()
    {
        byte[] whole = Whole;
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(change =>
        {
            byte[] mutated = [.. whole];
            mutated[change.Item1] = change.Item2;
            mutated[change.Item3] = change.Item4;
            return PlayAsync(new RecordingHandler(), mutated).Wait(TimeSpan.FromSeconds(10));
        }, iter: 5_000);
        Gen.Byte.Array[0, 300].Sample(
            random => PlayAsync(new RecordingHandler(), Associate, random).Wait(TimeSpan.FromSeconds(10)), iter: 2_000);
        Gen.Byte.Array[0, 300].Sample(
            random => PlayAsync(new RecordingHandler(), random).Wait(TimeSpan.FromSeconds(10)), iter: 2_000);
    }

    private static TestCaseData Violation(string name, int reason, params byte[][] pdus) =>
        new TestCaseData(pdus.SelectMany(pdu => pdu).ToArray(), reason).SetArgDisplayNames(name);
}
