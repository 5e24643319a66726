using System.Net;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>DCMTK's tools as sites: what they may ask, from where, and whose what they send is.</summary>
[CancelAfter(120_000)]
public sealed class DcmtkSiteTests
{
    private DcmtkFiles _files = null!;
    private DicomDoorHost _host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _files = new DcmtkFiles();
        _files.Write("one.dcm", "1.2.840.10008.1.2.1", 1);
        _host = await DicomDoorHost.StartAsync(options => options with
        {
            AcceptUnknownCallers = false,
            Sites =
            [
                Site("Alpha here", "ANY-SCU", SiteVerbs.Store, "alpha", "127.0.0.0/8"),
                Site("Beta elsewhere", "ANY-SCU", SiteVerbs.Sender, "beta", "192.0.2.0/24"),
                Site("Asks only", "ASKER", SiteVerbs.Echo, "alpha", "127.0.0.1/32"),
                Site("Elsewhere", "AWAY", SiteVerbs.Sender, "alpha", "192.0.2.7/32"),
            ],
            Aliases = [new CalledAlias("ALPHAHUB", Tenant.Parse("alpha"), default), new CalledAlias("BETAHUB", Tenant.Parse("beta"), default)],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _host.DisposeAsync();
        _files.Dispose();
    }

    [TestCase("RECORDHUB")]
    [TestCase("ALPHAHUB")]
    public async Task What_storescu_sends_is_the_tenants_of_the_site_at_its_address(string called)
    {
        _host.Received.Clear();
        (int exitCode, string output) = await RunAsync("storescu", "ANY-SCU", called, _files.PathOf("one.dcm"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(_host.Received.Single().Source.Site, Is.EqualTo("Alpha here"));
        Assert.That(_host.Received.Single().Source.Tenant.ToString(), Is.EqualTo("alpha"));
    }

    [TestCase("ANY-SCU", "BETAHUB", "Called AE Title Not Recognized")]
    [TestCase("AWAY", "RECORDHUB", "Calling AE Title Not Recognized")]
    public async Task Another_tenants_door_and_another_address_are_rejected(string calling, string called, string told)
    {
        (int exitCode, string output) = await RunAsync("echoscu", calling, called);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain(told));
    }

    [TestCase("echoscu", "ANY-SCU")]
    [TestCase("storescu", "ASKER")]
    public async Task What_a_site_may_not_ask_is_a_user_rejection_to_the_tool(string tool, string calling)
    {
        (int exitCode, string output) = await RunAsync(tool, calling, "RECORDHUB", tool == "storescu" ? [_files.PathOf("one.dcm")] : []);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("User Rejection").Or.Contain("No Acceptable Presentation Contexts"), output);
    }

    private Task<(int ExitCode, string Output)> RunAsync(string tool, string calling, string called, params string[] files) =>
        Peer.RunAsync(
            tool, TestContext.CurrentContext.CancellationToken,
            ["-d", "-aet", calling, "-aec", called, "127.0.0.1", $"{_host.Port}", .. files]);

    private static SiteOptions Site(string name, string title, SiteVerbs verbs, string tenant, string network) => new()
    {
        Name = name,
        AeTitle = title,
        Verbs = verbs,
        Tenant = Tenant.Parse(tenant),
        CallsFrom = [IPNetwork.Parse(network)],
    };
}
