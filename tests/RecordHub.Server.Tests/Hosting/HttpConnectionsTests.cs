using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>More HTTP connections than are configured.</summary>
[CancelAfter(60_000)]
public sealed class HttpConnectionsTests
{
    private static readonly byte[] s_request = Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: hub\r\n\r\n");

    [Test]
    public async Task One_connection_too_many_is_answered_503_with_what_to_do_and_one_that_ends_makes_room(CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync(
            options => options with { Limits = options.Limits with { Connections = 2 } });
        int port = hub.Http.BaseAddress!.Port;
        using Socket first = await ConnectAsync(port, token);
        using Socket second = await ConnectAsync(port, token);
        Assert.That(await AskAsync(first, token), Does.StartWith("HTTP/1.1 200"));
        Assert.That(await AskAsync(second, token), Does.StartWith("HTTP/1.1 200"));

        using (Socket third = await ConnectAsync(port, token))
        {
            string refused = await AskAsync(third, token);
            Assert.That(refused, Does.StartWith("HTTP/1.1 503 Service Unavailable"));
            Assert.That(refused, Does.Contain("Retry-After: 5").And.Contain("\"resourceType\":\"OperationOutcome\""));
            Assert.That(await third.ReceiveAsync(new byte[1], token), Is.Zero, "closed");
        }

        Assert.That(await AskAsync(first, token), Does.StartWith("HTTP/1.1 200"), "who is there is served");
        second.Dispose();
        string later;
        do
        {
            using Socket next = await ConnectAsync(port, token);
            later = await AskAsync(next, token);
        }
        while (later.StartsWith("HTTP/1.1 503", StringComparison.Ordinal));

        Assert.That(later, Does.StartWith("HTTP/1.1 200"));
    }

    private static async Task<Socket> ConnectAsync(int port, CancellationToken token)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, token);
        return socket;
    }

    // To the last chunk, which comes by itself, or to the end of the connection.
    private static async Task<string> AskAsync(Socket socket, CancellationToken token)
    {
        await socket.SendAsync(s_request, token);
        byte[] piece = new byte[4096];
        StringBuilder answer = new();
        for (int read; (read = await socket.ReceiveAsync(piece, token)) > 0;)
        {
            answer.Append(Encoding.ASCII.GetString(piece, 0, read));
            if (answer.ToString().EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            {
                break;
            }
        }

        return answer.ToString();
    }
}
