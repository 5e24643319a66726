using Microsoft.Extensions.Logging;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>What a peer is told that asks while the index does not answer, and what the log says (PS3.4 §C.4.1.1.4).</summary>
[CancelAfter(30_000)]
public sealed class QueryFailureTests
{
    public static IEnumerable<TestCaseData> Failures() =>
    [
        new(new StorageAwayException("The database does not answer."), DimseStatus.OutOfResources, "ask again later", 1023),
        new(new StorageDamagedException(), DimseStatus.OutOfResources, "damaged", 1023),
        new(new InvalidOperationException("ours"), DimseStatus.CannotUnderstand, "internal failure", 1022),
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task A_search_that_the_index_does_not_answer_says_why(Exception failure, int status, string comment, int logged)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(
            options => options with { Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", Verbs = SiteVerbs.Find }] },
            matches: _ => throw failure);
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        await using AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
            pipe, new RequestorOptions { CallingAeTitle = "NORTH", CalledAeTitle = "RECORDHUB" },
            ContextPlan.Queries(QueryService.Find), TimeProvider.System, token);

        QueryResult result = await requestor.FindAsync(
            new OutgoingQuery
            {
                Model = QueryModel.StudyRoot,
                Identifier = new DicomDataSet().Add(DicomTags.QueryRetrieveLevel, "STUDY").Add(DicomTags.StudyInstanceUID, ""),
            },
            _ => true, token);
        await requestor.ReleaseAsync(token);

        Assert.That(result.Status, Is.EqualTo(status));
        Assert.That(result.Comment, Does.Contain(comment).And.Length.LessThanOrEqualTo(64));
        Assert.That((await host.Log.NextAsync(logged, token)).Level, Is.GreaterThanOrEqualTo(LogLevel.Warning));
    }
}
