using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>Each role starts what it needs, and nothing else.</summary>
public sealed class RolesTests
{
    [TestCase(ServerRoles.Dicom, false, true)]
    [TestCase(ServerRoles.Api, false, true)]
    [TestCase(ServerRoles.Worker, true, false)]
    [TestCase(ServerRoles.Puller, false, false)]
    [TestCase(ServerRoles.None, false, false)]
    [TestCase(ServerRoles.All, true, true)]
    public async Task Workers_hand_out_and_doors_look_at_how_much_waits(ServerRoles roles, bool works, bool watches)
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-roles-").FullName;
        RecordHubOptions options = new()
        {
            Data = folder,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
            Roles = roles,
        };
        await using (RecordHubHost host = await RecordHubHost.StartAsync(options, default, _ => { }))
        {
            Type[] started = [.. host.Services.GetServices<IHostedService>().Select(service => service.GetType())];

            Assert.That(started.Contains(typeof(OutboxDispatcher)), Is.EqualTo(works));
            Assert.That(started.Contains(typeof(LeaseKeeper)), Is.EqualTo(works));
            Assert.That(started.Contains(typeof(Sweeper)), Is.EqualTo(works));
            Assert.That(started.Contains(typeof(Backlog)), Is.EqualTo(watches));
            Assert.That(host.Http is not null, Is.EqualTo(roles.HasFlag(ServerRoles.Api)));
            Assert.That(host.Dicom is not null, Is.EqualTo(roles.HasFlag(ServerRoles.Dicom)));
            await host.StopAsync(default);
        }

        Directory.Delete(folder, recursive: true);
    }
}
