using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>C-FIND, both sides.</summary>
[CancelAfter(30_000)]
public sealed class FindTests
{
    private static readonly IReadOnlyList<PresentationContext> s_contexts = ContextPlan.Queries(QueryService.Find);

    [TestCase(QueryModel.PatientRoot)]
    [TestCase(QueryModel.StudyRoot)]
    public async Task Matches_arrive_with_their_text_and_their_warnings(QueryModel model)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using QueryRig rig = await QueryRig.OpenAsync(s_contexts, token);
        rig.Handler.OnFind = (_, _) => Searches.Some(3, unsupported: true);
        List<FindMatch> matches = [];
        QueryResult result = await rig.Requestor.FindAsync(QueryRig.Query with { Model = model }, match => Add(matches, match), token);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.Success));
        Assert.That(matches.Select(match => match.Identifier.GetString(DicomTags.PatientName)),
            Is.EqualTo(new[] { "Müster^0", "Müster^1", "Müster^2" }));
        Assert.That(matches.Select(match => match.HasUnsupportedKeys), Is.All.True);
        await rig.ReleaseAsync(token);
        QuerySummary summary = rig.Handler.Queries.Single();
        Assert.That((summary.Status, summary.Matches), Is.EqualTo((DimseStatus.Success, 3)));
        Assert.That(summary.Request.SopClass.Model, Is.EqualTo(model));
        Assert.That(summary.Request.Identifier.GetString(DicomTags.StudyInstanceUID), Is.EqualTo("2.25.1"));
    }

    [Test]
    public async Task Enough_matches_cancel_and_the_last_response_says_so(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(s_contexts, token);
        rig.Handler.OnFind = (_, cancelled) => Searches.Endless(cancelled);
        int count = 0;
        QueryResult result = await rig.Requestor.FindAsync(QueryRig.Query, _ => ++count < 5, token);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.Cancelled));
        Assert.That(count, Is.GreaterThanOrEqualTo(5));
        Assert.That(await rig.ReleaseAsync(token), Has.Property("Ending").EqualTo(AssociationEnding.Released));
    }

    [Test]
    public async Task A_search_that_has_found_nothing_yet_is_cancelled_too(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(s_contexts, token);
        using CancellationTokenSource cancelling = new();
        rig.Handler.OnFind = (_, cancelled) => Searches.Never(cancelling.Cancel, () => { }, cancelled);
        QueryResult result = await rig.Requestor.FindAsync(
            QueryRig.Query with { Cancelling = cancelling.Token }, _ => true, token);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.Cancelled));
        rig.Handler.OnFind = (_, _) => Searches.Some(1);
        Assert.That((await rig.Requestor.FindAsync(QueryRig.Query, _ => true, token)).Status,
            Is.EqualTo(DimseStatus.Success), "the association lives");
    }

    [Test]
    public async Task A_failure_reaches_the_caller_with_its_comment(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(s_contexts, token);
        rig.Handler.OnFind = (_, _) => throw new InstanceException(
            DimseStatus.DataSetDoesNotMatchSopClass, "No such level", 0x0008_0052);
        QueryResult result = await rig.Requestor.FindAsync(QueryRig.Query, _ => true, token);

        Assert.That((result.Status, result.Comment), Is.EqualTo((DimseStatus.DataSetDoesNotMatchSopClass, "No such level")));
    }

    [Test]
    public async Task An_unexpected_failure_aborts_and_leaves_as_it_is(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(s_contexts, token);
        rig.Handler.OnFind = (_, _) => throw new NotSupportedException("ours");

        Assert.That(async () => await rig.Requestor.FindAsync(QueryRig.Query, _ => true, token),
            Throws.TypeOf<AssociationException>().With.Property("Ending").EqualTo(AssociationEnding.PeerAborted));
        Assert.That(async () => await rig.Accepting, Throws.TypeOf<NotSupportedException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_extended_negotiation_agreed_on_reaches_the_search(bool combined)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using QueryRig rig = await QueryRig.OpenAsync(
            s_contexts, token,
            extended: new QueryOptions { CombinesDateAndTime = combined, MatchesNamesFuzzily = !combined });
        rig.Handler.OnFind = (_, _) => Searches.Some(0);
        await rig.Requestor.FindAsync(QueryRig.Query, _ => true, token);
        await rig.ReleaseAsync(token);

        Assert.That(rig.Handler.Queries.Single().Request.Options,
            Is.EqualTo(new QueryOptions { CombinesDateAndTime = combined, MatchesNamesFuzzily = !combined }));
    }

    [Test]
    public async Task A_service_that_is_not_served_is_not_negotiated(CancellationToken token)
    {
        await using QueryRig rig = await QueryRig.OpenAsync(
            ContextPlan.Queries(QueryService.Find, QueryService.Move, QueryService.Get), token,
            new AcceptorOptions { Services = new HashSet<Uid> { QueryRetrieveClass.Of(QueryService.Get, QueryModel.StudyRoot) } });

        Assert.That(rig.Requestor.Accepts(QueryService.Find, QueryModel.StudyRoot), Is.False);
        Assert.That(rig.Requestor.Accepts(QueryService.Move, QueryModel.PatientRoot), Is.False);
        Assert.That(rig.Requestor.Accepts(QueryService.Get, QueryModel.StudyRoot), Is.True);
    }

    private static bool Add(List<FindMatch> matches, FindMatch match)
    {
        matches.Add(match);
        return true;
    }
}
