using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Hosting;
using RecordHub.Server.Tests.Security;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>C-STORE of equal and of contradicting instances by the sites of two tenants that have the same patient.</summary>
[CancelAfter(120_000)]
internal sealed class TenantStoreTests
{
    private TestHub _hub = null!;
    private TenantOffice _alpha = null!;
    private TenantOffice _beta = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await TestHub.StartAsync(options => options with
        {
            AcceptUnknownCallers = false,
            Sites = [Site("ALPHA", "alpha"), Site("BETA", "beta"), new SiteOptions { Name = "Shared", AeTitle = "SHARED" }],
            Aliases = [new CalledAlias("BETAHUB", Tenant.Parse("beta"), default)],
        });
        _alpha = await TenantOffice.OpenAsync(_hub, Tenant.Parse("alpha"), "ALPHAMARK");
        _beta = await TenantOffice.OpenAsync(_hub, Tenant.Parse("beta"), "BETAMARK");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _alpha.Dispose();
        _beta.Dispose();
        await _hub.DisposeAsync();
    }

    [Test]
    public async Task The_same_instance_for_two_tenants_is_filed_twice_and_a_contradicting_one_is_no_conflict(
        CancellationToken token)
    {
        await StoreAsync("ALPHA", "RECORDHUB", TenantOffice.Instance(11, "the same"), token);
        await StoreAsync("BETA", "RECORDHUB", TenantOffice.Instance(11, "the same"), token);
        await StoreAsync("ALPHA", "RECORDHUB", TenantOffice.Instance(12, "ALPHAMARK"), token);
        await StoreAsync("SHARED", "BETAHUB", TenantOffice.Instance(12, "BETAMARK"), token);

        await UntilFiledAsync(token);
        foreach (TenantOffice office in new[] { _alpha, _beta })
        {
            await FindAsync(office, 11);
            string found = await FindAsync(office, 12);
            Assert.That(found, Does.Not.Contain(office == _alpha ? "BETAMARK" : "ALPHAMARK"));
            Assert.That(await office.TextAsync("api/inbox"), Does.Not.Contain("conflict"));
        }
    }

    [Test]
    public async Task A_case_of_another_tenant_is_held_as_one_that_is_not_there(CancellationToken token)
    {
        await StoreAsync("ALPHA", $"RHCASE{_beta.Case}", TenantOffice.Instance(13, "astray"), token);
        await StoreAsync("ALPHA", "RHCASE999", TenantOffice.Instance(14, "astray"), token);

        await UntilFiledAsync(token);
        string inbox = await _alpha.TextAsync("api/inbox");

        Assert.That(inbox.Split("\"no-such-case\""), Has.Length.EqualTo(3));
        Assert.That(inbox, Does.Not.Contain("\"suggestedCases\":[" + _beta.Case));
        Assert.That(await _beta.TextAsync("api/inbox"), Does.Not.Contain("no-such-case"));
        Assert.That(await _beta.TextAsync($"dicomweb/studies/{TenantOffice.Study}/instances"), Does.Not.Contain("astray"));
    }

    private static SiteOptions Site(string title, string tenant) =>
        new() { Name = title, AeTitle = title, Tenant = Tenant.Parse(tenant) };

    private static Task<string> FindAsync(TenantOffice office, int number) => office.TextAsync(
        $"dicomweb/studies/{TenantOffice.Study}/instances?SOPInstanceUID={TenantOffice.Study}.{number}&includefield=all");

    private async Task UntilFiledAsync(CancellationToken token) => Assert.That(
        await _hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromMinutes(1), token), Is.True);

    private async Task StoreAsync(string calling, string called, byte[] file, CancellationToken token)
    {
        using DicomHeaderReader reader = new();
        reader.Write(file);
        DicomHeader header = reader.Complete();
        using TcpPipe pipe = await TcpPipe.ConnectAsync(_hub.DicomPort, token);
        await using AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
            pipe, new RequestorOptions { CallingAeTitle = calling, CalledAeTitle = called },
            [new PresentationContext(1, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"), [header.TransferSyntax.Uid])],
            TimeProvider.System, token);
        using MemoryStream dataSet = new(file, (int)header.DataSetOffset, file.Length - (int)header.DataSetOffset);
        StoreResponse response = await requestor.StoreAsync(
            requestor.Contexts[0], Uid.Parse(header.DataSet.GetString(RecordHub.Dicom.Dictionary.DicomTags.SOPInstanceUID)!),
            dataSet, token);
        await requestor.ReleaseAsync(token);
        Assert.That(response.Status, Is.EqualTo(DimseStatus.Success));
    }
}
