using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>A start that cannot be says so, and what to do.</summary>
[CancelAfter(60_000)]
public sealed class StartTests
{
    [Test]
    public async Task A_port_that_is_taken_ends_the_start_with_a_sentence_and_no_stack_trace(CancellationToken token)
    {
        string data = Directory.CreateTempSubdirectory("start-").FullName;
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string address = taken.LocalEndpoint.ToString()!;

        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "serve", "--data", data, "--http", address, "--dicom", "127.0.0.1:0");
        Directory.Delete(data, recursive: true);

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.Contain(address).And.Contain("--http").And.Not.Contain("   at "));
    }
}
