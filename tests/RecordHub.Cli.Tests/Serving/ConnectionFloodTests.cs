using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace RecordHub.Cli.Tests.Serving;

/// <summary>More connections than the process may have files open.</summary>
[CancelAfter(120_000)]
[Platform("Linux", Reason = "the limit is set by a shell")]
public sealed class ConnectionFloodTests
{
    private const int OpenFiles = 1024;
    private const int Flood = 1200;

    [Test]
    public async Task Idle_http_connections_end_in_503_and_neither_the_process_nor_dicom_is_the_worse_for_it(
        CancellationToken token)
    {
        await using ServedProcess served = await ServedProcess.StartAsync(OpenFiles, token);
        List<Socket> flood = await OpenAsync(served.Http, token);
        try
        {
            using HttpClient client = Client(served);
            using HttpResponseMessage refused = await SendAsync(client, token);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(await refused.Content.ReadAsStringAsync(token), Does.Contain("OperationOutcome").And.Contain("send the request again"));
            Assert.That((await EchoAsync(served)).ExitCode, Is.Zero);
        }
        finally
        {
            flood.ForEach(socket => socket.Dispose());
        }

        await AssertServesAsync(served, token);
        Assert.That(await served.EndAsync(), Does.Contain("raise its limit of open files").And.Contain("see Http:MaxConnections"));
    }

    [Test]
    public async Task Silent_dicom_connections_make_room_for_who_speaks_and_leave_http_alone(CancellationToken token)
    {
        await using ServedProcess served = await ServedProcess.StartAsync(OpenFiles, token);
        List<Socket> flood = await OpenAsync(served.Dicom, token);
        try
        {
            Assert.That((await EchoAsync(served)).ExitCode, Is.Zero);
            using HttpClient client = Client(served);
            using HttpResponseMessage ready = await SendAsync(client, token);
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        finally
        {
            flood.ForEach(socket => socket.Dispose());
        }

        await AssertServesAsync(served, token);
    }

    private static HttpClient Client(ServedProcess served) => new() { BaseAddress = new Uri($"http://{served.Http}/") };

    private static Task<CommandRun> EchoAsync(ServedProcess served) =>
        CommandRun.RunAsync("dicom", "echo", $"{served.Dicom}", "--aec", "RECORDHUB");

    // Each from an address of its own, as of many who call.
    private static async Task<List<Socket>> OpenAsync(IPEndPoint door, CancellationToken token)
    {
        List<Socket> open = [];
        for (int i = 0; i < Flood; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            open.Add(socket);
            socket.Bind(new IPEndPoint(new IPAddress([127, 1, (byte)(i / 200), (byte)((i % 200) + 1)]), 0));
            try
            {
                await socket.ConnectAsync(door, token);
            }
            catch (SocketException)
            {
                // Cut off already.
            }
        }

        return open;
    }

    // While many are cut off at once, ours may be among them.
    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, CancellationToken token)
    {
        while (true)
        {
            try
            {
                return await client.GetAsync("health/ready", token);
            }
            catch (Exception cutOff) when ((cutOff.InnerException ?? cutOff) is IOException or SocketException)
            {
                token.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task AssertServesAsync(ServedProcess served, CancellationToken token)
    {
        Assert.That(served.HasExited, Is.False);
        using HttpClient client = Client(served);
        HttpStatusCode status;
        do
        {
            // Until it has seen that the flood is over; a service that never does ends this by the test's time.
            token.ThrowIfCancellationRequested();
            using HttpResponseMessage answer = await SendAsync(client, token);
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await EchoAsync(served)).ExitCode, Is.Zero);
    }
}
