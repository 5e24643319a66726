using System.IO.Pipelines;
using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.Conversation;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>
/// What both sides say on the wire in each state that a peer can bring them into, for each event that a peer can cause,
/// against the standard's table.
/// </summary>
[CancelAfter(60_000)]
public sealed class LiveStateTests
{
    private static readonly (int Event, string Name, byte[] Bytes)[] s_events =
    [
        (3, "A-ASSOCIATE-AC", SamplePdus.AcceptBytes),
        (4, "A-ASSOCIATE-RJ", SamplePdus.RejectBytes),
        (6, "A-ASSOCIATE-RQ", Associate),
        (10, "P-DATA-TF", Echo),
        (12, "A-RELEASE-RQ", Release),
        (13, "A-RELEASE-RP", SamplePdus.ReleaseResponseBytes),
        (16, "A-ABORT", SamplePdus.AbortBytes),
        (17, "the end of the connection", []),
        (19, "an unknown PDU", [9, 0, 0, 0, 0, 2, 1, 1]),
    ];

    private static IEnumerable<TestCaseData> AcceptorStates()
    {
        yield return State(2, "Sta2", "no request yet", []);
        yield return State(6, "Sta6", "associated", Associate);
        yield return State(13, "Sta13", "after A-ASSOCIATE-RJ", Associate).SetProperty("reject", "yes");
        yield return State(13, "Sta13", "after A-RELEASE-RP", Associate, Release);
        yield return State(13, "Sta13", "after A-ABORT", Associate, Associate);
    }

    [TestCaseSource(nameof(AcceptorStates))]
    public async Task The_acceptor_answers_every_event_as_the_table_says(int state, byte[] prelude)
    {
        RecordingHandler handler = new();
        if (TestContext.CurrentContext.Test.Properties.ContainsKey("reject"))
        {
            handler.Decision = AssociationDecision.Reject(AssociationRejection.CallingAeTitle);
        }

        int said = (await PlayAsync(handler, prelude)).Reply.Length;
        if (state == 6)
        {
            // At the end of the connection we tell a peer that may be listening still.
            said -= SamplePdus.AbortBytes.Length;
        }

        foreach ((int happened, string name, byte[] bytes) in s_events)
        {
            (_, byte[] reply) = await PlayAsync(handler, prelude, bytes);
            string action = StandardTable.Action(state, happened, isRequestor: false);
            Assert.That(Spoken(reply[said..], state), Is.EqualTo(Expected(action, happened)), $"{name}: {action}");
        }
    }

    private static IEnumerable<TestCaseData> RequestorStates()
    {
        yield return new TestCaseData(5, Array.Empty<byte>()).SetArgDisplayNames("Sta5", "asked, not answered");
        yield return new TestCaseData(7, Accepted).SetArgDisplayNames("Sta7", "release wanted");
        yield return new TestCaseData(11, (byte[])[.. Accepted, .. Release]).SetArgDisplayNames("Sta11", "release collision");
    }

    [TestCaseSource(nameof(RequestorStates))]
    public async Task The_requestor_answers_every_event_as_the_table_says(int state, byte[] prelude)
    {
        // What is said in order up to there: the request, its own release, and the answer to the peer's.
        byte[] before = state switch { 5 => [1], 7 => [1, 5], _ => [1, 5, 6] };
        foreach ((int happened, string name, byte[] bytes) in s_events)
        {
            List<byte[]> said = await OpenAndReleaseAsync([.. prelude, .. bytes]);
            string action = StandardTable.Action(state, happened, isRequestor: true);
            Assert.That(said.Select(pdu => pdu[0]).Take(before.Length), Is.EqualTo(before), name);
            Assert.That(
                Spoken([.. said.Skip(before.Length).SelectMany(pdu => pdu)], state), Is.EqualTo(Expected(action, happened)),
                $"{name}: {action}");
        }
    }

    private static byte[] Accepted { get; } = SamplePdus.Written(output => PduWriter.WriteAccept(output,
        new AssociateAcceptPdu
        {
            CalledAeTitle = "B",
            CallingAeTitle = "A",
            Contexts = [new ContextAnswer(1, PresentationContextResult.Acceptance, ImplicitLittle)],
            User = new UserInformation { MaxPduLength = 16384 },
        }));

    /// <summary>The bytes that an action puts on the wire; a lost connection is told to a peer that may only have half-closed.</summary>
    private static string Expected(string action, int happened) => action switch
    {
        "AA1" or "AA7" or "AA8" => $"A-ABORT 2/{(happened == 19 ? 1 : 2)}",
        "AE6" => "A-ASSOCIATE-AC",
        "DT2" => "P-DATA-TF",
        "AR2" => "A-RELEASE-RP",
        "AR8" => "A-RELEASE-RP",
        "AE3" => "A-RELEASE-RQ",
        _ => "nothing",
    };

    /// <summary>The first thing said.</summary>
    private static string Spoken(byte[] bytes, int state) => Split(bytes) switch
    {
        [] => "nothing",
        [[2, ..], ..] => "A-ASSOCIATE-AC",
        [[4, ..], ..] => "P-DATA-TF",
        [[5, ..], ..] => "A-RELEASE-RQ",
        [[6, ..], ..] => "A-RELEASE-RP",
        [[7, _, _, _, _, 4, _, _, 2, 0], ..] when state is 5 or 6 or 7 or 11 => "nothing",
        [[7, _, _, _, _, 4, _, _, var source, var reason], ..] => $"A-ABORT {source}/{reason}",
        _ => "something else",
    };

    private static async Task<List<byte[]>> OpenAndReleaseAsync(byte[] answers)
    {
        DuplexPair pair = new(new PipeOptions(pauseWriterThreshold: 0));
        await pair.Acceptor.Output.WriteAsync(answers);
        await pair.Acceptor.Output.CompleteAsync();
        try
        {
            await using AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
                pair.Requestor, new RequestorOptions { CallingAeTitle = "A", CalledAeTitle = "B" },
                ContextPlan.Verification, TimeProvider.System, CancellationToken.None);
            await requestor.ReleaseAsync(CancellationToken.None);
        }
        catch (AssociationException)
        {
            // How it ended is told by what was said.
        }

        await pair.CloseRequestorAsync();
        using MemoryStream said = new();
        await pair.Acceptor.Input.CopyToAsync(said);
        return Split(said.ToArray());
    }

    private static TestCaseData State(int state, string name, string how, params byte[][] prelude) =>
        new TestCaseData(state, prelude.SelectMany(pdu => pdu).ToArray()).SetArgDisplayNames(name, how);
}
