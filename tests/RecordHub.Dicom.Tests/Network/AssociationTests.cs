using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Our requestor against our acceptor, over a pair of pipes.</summary>
[CancelAfter(20_000)]
public sealed class AssociationTests
{
    private static readonly RequestorOptions s_options = new() { CallingAeTitle = "CALLER", CalledAeTitle = "RECORDHUB" };

    private readonly RecordingHandler _handler = new();

    [SetUp]
    public void Forget()
    {
        _handler.Stores.Clear();
        _handler.Echoes.Clear();
        _handler.OnStore = null;
        _handler.Decision = AssociationDecision.Accept;
    }

    [Test]
    public async Task An_echo_is_answered_and_the_association_released(CancellationToken token)
    {
        DuplexPair pair = new();
        Task<AssociationSummary> accepting = AcceptAsync(pair, new AcceptorOptions(), token);
        await using (AssociationRequestor requestor = await OpenAsync(pair, ContextPlan.Verification, token))
        {
            Assert.That(await requestor.EchoAsync(token), Is.EqualTo(DimseStatus.Success));
            await requestor.ReleaseAsync(token);
        }

        await pair.CloseRequestorAsync();
        AssociationSummary summary = await accepting;
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Released));
        Assert.That(_handler.Echoes, Has.Count.EqualTo(1));
        Assert.That(_handler.Echoes[0].CallingAeTitle, Is.EqualTo("CALLER"));
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(1000)]
    [TestCase(65530)]
    [TestCase(65532)]
    [TestCase(1_000_000)]
    public async Task A_data_set_arrives_byte_for_byte(int length)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        DuplexPair pair = new();
        Task<AssociationSummary> accepting = AcceptAsync(pair, new AcceptorOptions { MaxPduLength = 65536 }, token);
        byte[] dataSet = new byte[length];
        new Random(length).NextBytes(dataSet);
        await using (AssociationRequestor requestor =
            await OpenAsync(pair, [new(1, CtImageStorage, [ExplicitLittle])], token))
        {
            StoreResponse response = await requestor.StoreAsync(
                requestor.Contexts[0], Instance, new MemoryStream(dataSet), token);
            Assert.That(response.Status, Is.EqualTo(DimseStatus.Success));
            await requestor.ReleaseAsync(token);
        }

        await pair.CloseRequestorAsync();
        AssociationSummary summary = await accepting;
        Assert.That(summary.Stored, Is.EqualTo(1));
        Assert.That(_handler.Stores[0].DataSet, Is.EqualTo(dataSet));
        Assert.That(_handler.Stores[0].Request.SopInstanceUid, Is.EqualTo(Instance));
        Assert.That(_handler.Stores[0].Request.TransferSyntax, Is.EqualTo(ExplicitLittle));
    }

    private Task<AssociationSummary> AcceptAsync(DuplexPair pair, AcceptorOptions options, CancellationToken stopping) =>
        AssociationAcceptor.RunAsync(pair.Acceptor, options, _handler, TimeProvider.System, stopping);

    private static Task<AssociationRequestor> OpenAsync(
        DuplexPair pair, IReadOnlyList<PresentationContext> contexts, CancellationToken token) =>
        AssociationRequestor.OpenAsync(pair.Requestor, s_options, contexts, TimeProvider.System, token);
}
