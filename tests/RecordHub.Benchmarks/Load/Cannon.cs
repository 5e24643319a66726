using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Benchmarks.Load;

/// <summary>Sends instances by C-STORE over some associations at once, one message outstanding in each.</summary>
internal static class Cannon
{
    private const int MaxAnswer = 64 * 1024;

    /// <summary>Opens the associations, then sends all of it.</summary>
    public static async Task<CannonResult> RunAsync(CannonOptions options)
    {
        InstanceTemplate template = new(options.Length, options.PatientId);
        List<double>[] latencies = new List<double>[options.Associations];
        int failed = 0;
        using Barrier ready = new(options.Associations + 1);
        Task[] senders = [.. Enumerable.Range(0, options.Associations).Select(number => Task.Factory.StartNew(
            () => latencies[number] = Send(options, template, number, ready, ref failed),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        ready.SignalAndWait();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(senders);
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        List<double> all = [.. latencies.SelectMany(static one => one).Order()];
        return new CannonResult(
            all.Count, failed, Round(took.TotalSeconds, 3), Round(all.Count / took.TotalSeconds, 1), At(all, 0.5), At(all, 0.99),
            Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 3));
    }

    private static List<double> Send(
        CannonOptions options, InstanceTemplate template, int number, Barrier ready, ref int failed)
    {
        List<double> latencies = [];
        int count = (options.Count / options.Associations) + (number < options.Count % options.Associations ? 1 : 0);
        Socket? socket = null;
        try
        {
            socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = !options.Nagle };
            socket.Connect(IPAddress.Parse(options.Host), options.Port);
            (byte context, int maxPdu) = Associate(socket, options);
            WireMessage message = new(template, context, maxPdu);
            ready.SignalAndWait();
            byte[] answer = new byte[MaxAnswer];
            for (int i = 0; i < count; i++)
            {
                long study = options.FirstStudy + number + ((long)(i / options.PerStudy) * options.Associations);
                ReadOnlyMemory<byte> bytes = message.Next(study, (i % options.PerStudy) + 1, (ushort)((i % 60000) + 1));
                long began = Stopwatch.GetTimestamp();
                SendAll(socket, bytes, options.Nagle);
                if (StatusOf(socket, answer) == 0)
                {
                    latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }
            }

            socket.Send((ReadOnlySpan<byte>)[5, 0, 0, 0, 0, 4, 0, 0, 0, 0]);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Association {number}: {e.Message}"));
            Interlocked.Add(ref failed, count - latencies.Count);
            if (latencies.Count == 0)
            {
                ready.RemoveParticipant();
            }
        }
        finally
        {
            socket?.Dispose();
        }

        return latencies;
    }

    // DCMTK writes the head of a PDU and its body by two calls: with Nagle's algorithm the second waits for an acknowledgement.
    private static void SendAll(Socket socket, ReadOnlyMemory<byte> bytes, bool apart)
    {
        ReadOnlySpan<byte> rest = bytes.Span;
        while (!rest.IsEmpty)
        {
            if (!apart)
            {
                rest = rest[socket.Send(rest)..];
                continue;
            }

            int pdu = 6 + BinaryPrimitives.ReadInt32BigEndian(rest[2..]);
            socket.Send(rest[..6]);
            for (ReadOnlySpan<byte> body = rest[6..pdu]; !body.IsEmpty;)
            {
                body = body[socket.Send(body)..];
            }

            rest = rest[pdu..];
        }
    }

    private static (byte Context, int MaxPdu) Associate(Socket socket, CannonOptions options)
    {
        byte[] request = AssociateWords.Request(options.CalledAeTitle, InstanceTemplate.SopClass, TransferSyntax.ExplicitLittleEndian.Uid);
        socket.Send(request);
        byte[] head = new byte[6];
        Fill(socket, head);
        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(2))];
        Fill(socket, body);
        return head[0] == 2
            ? ((byte)1, AssociateWords.MaxPdu(body))
            : throw new IOException(string.Create(CultureInfo.InvariantCulture, $"not associated: PDU type {head[0]}"));
    }

    // The status (0000,0900) of the one command that comes back.
    private static int StatusOf(Socket socket, byte[] buffer)
    {
        Fill(socket, buffer.AsSpan(0, 6));
        int length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(2));
        if (buffer[0] != 4 || length > buffer.Length)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"no answer: PDU type {buffer[0]}"));
        }

        Fill(socket, buffer.AsSpan(0, length));
        for (int at = 6; at + 8 <= length;)
        {
            int element = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + 2));
            int size = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at + 4));
            if (element == 0x0900)
            {
                return BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + 8));
            }

            at += 8 + size;
        }

        throw new IOException("an answer without a status");
    }

    private static void Fill(Socket socket, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            int read = socket.Receive(target);
            target = read > 0 ? target[read..] : throw new IOException("closed by the peer");
        }
    }

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : Round(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))], 2);

    private static double Round(double value, int digits) => Math.Round(value, digits);
}
