namespace RecordHub.Documents.Reading;

/// <summary>Reads a stream into memory, counting; the length a stream declares only sizes nothing.</summary>
internal static class BoundedContent
{
    private const int Block = 81_920;

    public static byte[] Read(Stream content, long limit, DocumentLimit name, CancellationToken stop)
    {
        using MemoryStream gathered = new();
        byte[] block = new byte[Block];
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            int read = content.Read(block, 0, block.Length);
            if (read == 0)
            {
                return gathered.ToArray();
            }

            if (gathered.Length + read > limit)
            {
                throw DocumentException.TooLarge(name, $"more than {limit} bytes");
            }

            gathered.Write(block, 0, read);
        }
    }
}
