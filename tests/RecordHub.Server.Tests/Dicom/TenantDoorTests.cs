using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>Whose what comes in by C-STORE is: case 1 is alpha's, case 2 beta's.</summary>
[CancelAfter(30_000)]
public sealed class TenantDoorTests
{
    private static readonly Tenant s_alpha = Tenant.Parse("alpha");
    private static readonly Tenant s_beta = Tenant.Parse("beta");

    private DicomDoorHost _host = null!;

    [OneTimeSetUp]
    public async Task Start() => _host = await DicomDoorHost.StartAsync(
        options => options with
        {
            Sites =
            [
                new SiteOptions { Name = "Alpha PACS", AeTitle = "ALPHA", Tenant = s_alpha },
                new SiteOptions { Name = "Shared PACS", AeTitle = "SHARED" },
            ],
            Aliases =
            [
                new CalledAlias("ALPHAHUB", s_alpha, default),
                new CalledAlias("BETAHUB", s_beta, default),
                new CalledAlias("BETABOARD", null, new CaseNumber(2)),
            ],
        },
        tenantOf: number => number.Value switch { 1 => s_alpha, 2 => s_beta, _ => null });

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [TestCase("ALPHA", "RECORDHUB", "alpha", 0)]
    [TestCase("ALPHA", "ALPHAHUB", "alpha", 0)]
    [TestCase("ALPHA", "RHCASE1", "alpha", 1)]
    [TestCase("ALPHA", "RHCASE2", "alpha", 2)] // and then there is no such case
    [TestCase("ALPHA", "BETABOARD", "alpha", 2)]
    [TestCase("SHARED", "RECORDHUB", "default", 0)]
    [TestCase("SHARED", "ALPHAHUB", "alpha", 0)]
    [TestCase("SHARED", "BETAHUB", "beta", 0)]
    [TestCase("SHARED", "RHCASE2", "beta", 2)]
    [TestCase("SHARED", "RHCASE9", "default", 9)]
    [TestCase("SHARED", "BETABOARD", "beta", 2)]
    [TestCase("STRANGER", "BETAHUB", "beta", 0)]
    [TestCase("STRANGER", "RHCASE2", "default", 2)]
    public async Task What_comes_in_is_the_sites_or_the_called_titles_tenants(
        string calling, string called, string tenant, long number)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        _host.Received.Clear();
        using TcpPipe pipe = await TcpPipe.ConnectAsync(_host.Port, token);
        await using AssociationRequestor requestor = await OpenAsync(pipe, calling, called, token);
        await requestor.StoreAsync(requestor.Contexts[0], Uid.Parse("2.25.42"), new MemoryStream(new byte[10]), token);
        await requestor.ReleaseAsync(token);

        Source source = _host.Received.Single().Source;
        Assert.That((source.Tenant.ToString(), source.Case.Value), Is.EqualTo((tenant, number)));
    }

    [TestCase("ALPHA", "BETAHUB")]
    [TestCase("ALPHA", "GAMMAHUB")]
    [TestCase("SHARED", "GAMMAHUB")]
    public async Task A_door_of_another_tenant_is_no_door(string calling, string called)
    {
        CancellationToken token = TestContext.CurrentContext.CancellationToken;
        using TcpPipe pipe = await TcpPipe.ConnectAsync(_host.Port, token);

        AssociationException? refused = Assert.ThrowsAsync<AssociationException>(() => OpenAsync(pipe, calling, called, token));
        Assert.That(refused?.Rejection, Is.EqualTo(AssociationRejection.CalledAeTitle));
    }

    private static Task<AssociationRequestor> OpenAsync(
        TcpPipe pipe, string calling, string called, CancellationToken token) => AssociationRequestor.OpenAsync(
            pipe, new RequestorOptions { CallingAeTitle = calling, CalledAeTitle = called },
            [new PresentationContext(1, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"), [Uid.Parse("1.2.840.10008.1.2.1")])],
            TimeProvider.System, token);
}
