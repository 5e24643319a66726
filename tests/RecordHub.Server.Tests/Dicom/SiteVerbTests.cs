using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>What a site may ask, over real TCP.</summary>
[CancelAfter(30_000)]
public sealed class SiteVerbTests
{
    private static readonly PresentationContext s_echo = ContextPlan.Verification[0];
    private static readonly PresentationContext s_store = new(
        3, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"), [Uid.Parse("1.2.840.10008.1.2.1")]);

    [TestCase(SiteVerbs.Store, new byte[] { 3 })]
    [TestCase(SiteVerbs.Echo, new byte[] { 1 })]
    [TestCase(SiteVerbs.Echo | SiteVerbs.Store, new byte[] { 1, 3 })]
    [TestCase(SiteVerbs.None, new byte[0])]
    public async Task A_context_that_no_verb_of_the_site_needs_is_refused_by_the_user(SiteVerbs verbs, byte[] accepted)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        await using DicomDoorHost host = await StartAsync(verbs);
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        await using (AssociationRequestor requestor = await OpenAsync(pipe, token))
        {
            Assert.That(requestor.Contexts.Select(context => context.Id), Is.EqualTo(accepted));
            await requestor.ReleaseAsync(token);
        }

        if (accepted.Length < 2)
        {
            Assert.That((await host.Log.NextAsync(1004, token)).Text, Does.Contain("not among the site's Verbs"));
        }
    }

    [Test]
    public async Task A_store_on_a_context_that_is_there_for_getting_is_not_authorised(CancellationToken token)
    {
        await using DicomDoorHost host = await StartAsync(SiteVerbs.Get);
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, token);
        await using AssociationRequestor requestor = await OpenAsync(pipe, token);
        StoreResponse response = await requestor.StoreAsync(
            requestor.Contexts.Single(), Uid.Parse("2.25.42"), new MemoryStream(new byte[100]), token);
        await requestor.ReleaseAsync(token);

        Assert.That(response.Status, Is.EqualTo(DimseStatus.NotAuthorized));
        Assert.That(response.Comment, Is.Not.Empty);
        Assert.That(host.Received, Is.Empty);
    }

    private static Task<DicomDoorHost> StartAsync(SiteVerbs verbs) => DicomDoorHost.StartAsync(options => options with
    {
        AcceptUnknownCallers = false,
        Sites = [new SiteOptions { Name = "North", AeTitle = "NORTH", Verbs = verbs }],
    });

    private static Task<AssociationRequestor> OpenAsync(TcpPipe pipe, CancellationToken token) => AssociationRequestor.OpenAsync(
        pipe, new RequestorOptions { CallingAeTitle = "NORTH", CalledAeTitle = "RECORDHUB" }, [s_echo, s_store],
        TimeProvider.System, token);
}
