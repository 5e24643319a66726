using System.Text;

namespace RecordHub.Interop.Tests.Traces;

/// <summary>Reads ExportTraceServiceRequest (opentelemetry/proto/collector/trace/v1), as far as the tests ask.</summary>
internal static class OtlpMessage
{
    public static IEnumerable<ExportedSpan> Read(byte[] request) =>
        from resourceSpans in Fields(request, 1)
        let process = ProcessOf(Fields(resourceSpans, 1).FirstOrDefault(Array.Empty<byte>()))
        from scopeSpans in Fields(resourceSpans, 2)
        from span in Fields(scopeSpans, 2)
        select new ExportedSpan(
            process, Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(Fields(span, 5).Single()),
            [.. Fields(span, 13).Select(link => Hex(link, 1))]);

    private static string ProcessOf(byte[] resource) =>
        Fields(resource, 1).Where(pair => Encoding.UTF8.GetString(Fields(pair, 1).Single()) == "service.instance.id")
            .Select(pair => Encoding.UTF8.GetString(Fields(Fields(pair, 2).Single(), 1).Single())).Single();

    private static string Hex(byte[] message, int number) =>
        Convert.ToHexStringLower(Fields(message, number).FirstOrDefault(Array.Empty<byte>()));

    // Protocol Buffers: a field is (number << 3 | wire type), and then a varint (0), 8 bytes (1), a length and as many (2), or 4 bytes (5).
    private static List<byte[]> Fields(byte[] message, int number)
    {
        List<byte[]> found = [];
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint(message, ref at);
            int length = (key & 7) switch
            {
                0 => Skipped(message, ref at),
                1 => 8,
                2 => (int)Varint(message, ref at),
                5 => 4,
                _ => throw new InvalidDataException("No such wire type."),
            };
            if ((int)(key >> 3) == number && (key & 7) == 2)
            {
                found.Add(message[at..(at + length)]);
            }

            at += length;
        }

        return found;
    }

    private static int Skipped(byte[] message, ref int at)
    {
        Varint(message, ref at);
        return 0;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
