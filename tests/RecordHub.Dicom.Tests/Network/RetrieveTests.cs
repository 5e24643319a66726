using NUnit.Framework;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>C-GET and C-MOVE, both sides.</summary>
[CancelAfter(30_000)]
public sealed class RetrieveTests
{
    private static readonly byte[] s_dataSet = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i % 251))];

    [Test]
    public async Task Get_brings_every_instance_byte_for_byte_and_counts(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenGetAsync(token, (CtImageStorage, ExplicitLittle));
        rig.Handler.OnRetrieve = (_, _) => Instances(3);
        List<(string, byte[])> received = [];
        List<SubOperationCounts> progress = [];
        QueryResult result = await rig.Requestor.GetAsync(QueryRig.Query, Keep(received), progress.Add, token);

        Assert.That(result, Has.Property("Status").EqualTo(DimseStatus.Success));
        Assert.That(result.Counts, Is.EqualTo(new SubOperationCounts(0, 3, 0, 0)));
        Assert.That(progress.Select(counts => counts.Remaining), Is.EqualTo(new[] { 2, 1, 0 }));
        Assert.That(received.Select(one => one.Item1), Is.EqualTo(new[] { "2.25.0", "2.25.1", "2.25.2" }));
        Assert.That(received.Select(one => one.Item2), Is.All.EqualTo(s_dataSet));
        AssociationSummary summary = await rig.ReleaseAsync(token);
        Assert.That(summary.Ending, Is.EqualTo(AssociationEnding.Released));
    }

    [Test]
    public async Task Get_of_nothing_is_a_success(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenGetAsync(token, (CtImageStorage, ExplicitLittle));
        rig.Handler.OnRetrieve = (_, _) => Instances(0);
        QueryResult result = await rig.Requestor.GetAsync(QueryRig.Query, Keep([]), null, token);

        Assert.That((result.Status, result.Counts), Is.EqualTo((DimseStatus.Success, default(SubOperationCounts))));
    }

    [Test]
    public async Task What_the_receiver_refuses_or_warns_of_is_counted_and_named(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenGetAsync(token, (CtImageStorage, ExplicitLittle));
        rig.Handler.OnRetrieve = (_, _) => Instances(4);
        QueryResult result = await rig.Requestor.GetAsync(
            QueryRig.Query,
            (request, _, _) => ValueTask.FromResult(request.SopInstanceUid.ToString() switch
            {
                "2.25.1" => new StoreResponse(DimseStatus.OutOfResources, "disk is full"),
                "2.25.2" => new StoreResponse(DimseStatus.CoercionOfDataElements),
                _ => StoreResponse.Success,
            }),
            null, token);

        Assert.That((result.Status, result.Comment), Is.EqualTo((DimseStatus.SubOperationsFailed, "disk is full")));
        Assert.That(result.Counts, Is.EqualTo(new SubOperationCounts(0, 2, 1, 1)));
        Assert.That(result.FailedInstances.Select(uid => uid.ToString()), Is.EqualTo(new[] { "2.25.1" }));
    }

    [TestCase(0xA700, 0x0000, 0xB000, "A700")]
    [TestCase(0x0122, 0xB000, 0xB000, "0122")]
    [TestCase(0xC000, 0xC000, 0xA702, "C000")]
    public async Task A_failure_without_a_comment_is_told_by_its_status(int first, int second, int final, string told)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using QueryRig rig = await QueryRig.OpenAsync(ContextPlan.Queries(QueryService.Move), token);
        Sender sender = new() { Answer = sent => new StoreResponse((ushort)(sent == 1 ? first : second)) };
        rig.Handler.OnRetrieve = (_, _) => ValueTask.FromResult(
            new Retrieval([QueryRig.Instance(1, s_dataSet), QueryRig.Instance(2, s_dataSet)], sender));
        QueryResult result = await rig.Requestor.MoveAsync(QueryRig.Query, "ELSEWHERE", null, token);

        Assert.That((int)result.Status, Is.EqualTo(final));
        Assert.That(result.Comment, Does.Contain(told).And.Not.Contain("warning"));
    }

    [Test]
    public async Task What_was_accepted_in_no_context_fails_with_the_names_of_class_and_syntax(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenGetAsync(token, (CtImageStorage, ExplicitLittle));
        rig.Handler.OnRetrieve = (_, _) => ValueTask.FromResult(new Retrieval(
        [
            QueryRig.Instance(1, s_dataSet, MrImageStorage), QueryRig.Instance(2, s_dataSet, CtImageStorage, Jpeg2000),
        ]));
        QueryResult result = await rig.Requestor.GetAsync(QueryRig.Query, Keep([]), null, token);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.CannotPerformSubOperations));
        Assert.That(result.Comment, Does.Contain("MR Image Storage"));
        Assert.That(result.FailedInstances, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Without_the_role_of_an_SCP_nothing_is_sent(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(
            ContextPlan.Get(QueryModel.StudyRoot, [CtImageStorage]), token);
        rig.Handler.OnRetrieve = (_, _) => Instances(1);
        QueryResult result = await rig.Requestor.GetAsync(QueryRig.Query, Keep([]), null, token);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.CannotPerformSubOperations));
    }

    [Test]
    public async Task Get_is_cancelled_between_two_instances(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenGetAsync(token, (CtImageStorage, ExplicitLittle));
        rig.Handler.OnRetrieve = (_, _) => Instances(1000);
        using CancellationTokenSource cancelling = new();
        int received = 0;
        QueryResult result = await rig.Requestor.GetAsync(
            QueryRig.Query with { Cancelling = cancelling.Token },
            async (_, _, _) =>
            {
                if (++received == 3)
                {
                    await cancelling.CancelAsync();
                }

                return StoreResponse.Success;
            },
            null, token);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.Cancelled));
        Assert.That(result.Counts.Completed, Is.InRange(3, 10));
        Assert.That(result.Counts.Remaining, Is.EqualTo(1000 - result.Counts.Completed));
    }

    [Test]
    public async Task The_association_goes_on_after_a_move(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(
            [.. ContextPlan.Queries(QueryService.Move), .. ContextPlan.Verification.Select(c => c with { Id = 99 })],
            token);
        rig.Handler.OnRetrieve = (_, _) => ValueTask.FromResult(new Retrieval([QueryRig.Instance(1, s_dataSet)], new Sender()));
        Assert.That((await rig.Requestor.MoveAsync(QueryRig.Query, "ELSEWHERE", null, token)).Status,
            Is.EqualTo(DimseStatus.Success));
        Assert.That(await rig.Requestor.EchoAsync(token), Is.EqualTo(DimseStatus.Success));
    }

    [Test]
    public async Task Move_sends_elsewhere_and_says_who_asked(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(
            ContextPlan.Queries(QueryService.Move), token);
        Sender sender = new();
        string? destination = null;
        rig.Handler.OnRetrieve = (request, _) =>
        {
            destination = request.MoveDestination;
            return ValueTask.FromResult(new Retrieval([.. Enumerable.Range(0, 3).Select(i => QueryRig.Instance(i, s_dataSet))], sender));
        };
        QueryResult result = await rig.Requestor.MoveAsync(QueryRig.Query, "ELSEWHERE", null, token);

        Assert.That(result.Counts, Is.EqualTo(new SubOperationCounts(0, 3, 0, 0)));
        Assert.That(destination, Is.EqualTo("ELSEWHERE"));
        Assert.That(sender.Sent, Has.Count.EqualTo(3));
        Assert.That(sender.Sent.Select(one => one!.AeTitle), Is.All.EqualTo("CALLER"));
        Assert.That(sender.IsDisposed, Is.True);
    }

    [Test]
    public async Task An_unknown_destination_is_told(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(
            ContextPlan.Queries(QueryService.Move), token);
        rig.Handler.OnRetrieve = (_, _) => throw new InstanceException(DimseStatus.MoveDestinationUnknown, "Who?", 0x0000_0600);
        QueryResult result = await rig.Requestor.MoveAsync(QueryRig.Query, "ELSEWHERE", null, token);

        Assert.That((result.Status, result.Comment), Is.EqualTo((DimseStatus.MoveDestinationUnknown, "Who?")));
    }

    [Test]
    public async Task Move_is_cancelled_while_an_instance_is_on_its_way(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(
            ContextPlan.Queries(QueryService.Move), token);
        using CancellationTokenSource cancelling = new();
        TaskCompletionSource seen = new();
        Sender sender = new() { OnSend = cancelling.CancelAsync, Seen = seen.Task };
        rig.Handler.OnRetrieve = (_, cancelled) =>
        {
            cancelled.Register(seen.SetResult);
            return ValueTask.FromResult(
                new Retrieval([.. Enumerable.Range(0, 500).Select(i => QueryRig.Instance(i, s_dataSet))], sender));
        };
        QueryResult result = await rig.Requestor.MoveAsync(
            QueryRig.Query with { Cancelling = cancelling.Token }, "ELSEWHERE", null, token);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.Cancelled));
        Assert.That(result.Counts, Is.EqualTo(new SubOperationCounts(499, 1, 0, 0)));
    }

    private static ValueTask<Retrieval> Instances(int count) => ValueTask.FromResult(
        new Retrieval([.. Enumerable.Range(0, count).Select(i => QueryRig.Instance(i, s_dataSet))]));

    private static Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>> Keep(
        List<(string, byte[])> received) => async (request, dataSet, token) =>
        {
            using MemoryStream bytes = new();
            await dataSet.CopyToAsync(bytes, token);
            received.Add((request.SopInstanceUid.ToString(), bytes.ToArray()));
            return StoreResponse.Success;
        };

    private sealed class Sender : IInstanceSender
    {
        public List<MoveOriginator?> Sent { get; } = [];

        public bool IsDisposed { get; private set; }

        public Func<Task>? OnSend { get; init; }

        /// <summary>What the so-manieth instance is answered with.</summary>
        public Func<int, StoreResponse> Answer { get; init; } = _ => StoreResponse.Success;

        /// <summary>What is waited for before each answer.</summary>
        public Task Seen { get; init; } = Task.CompletedTask;

        public async ValueTask<StoreResponse> SendAsync(
            RetrievedInstance instance, MoveOriginator? originator, CancellationToken cancellationToken)
        {
            Sent.Add(originator);
            if (OnSend is { } happening)
            {
                await happening();
                await Seen.WaitAsync(cancellationToken);
            }

            return Answer(Sent.Count);
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
