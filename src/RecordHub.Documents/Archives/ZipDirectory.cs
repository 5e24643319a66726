using System.Buffers.Binary;

namespace RecordHub.Documents.Archives;

/// <summary>Counts a ZIP file's central directory (APPNOTE 4.3.12) without building it, since each of its entries costs memory.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int EntryLength = 46;

    /// <summary>True also when the directory cannot be followed: then opening the archive fails.</summary>
    public static bool HoldsAtMost(Stream archive, int limit)
    {
        if (Start(archive) is not { } start || start < 0 || start >= archive.Length)
        {
            return true;
        }

        archive.Position = start;
        using BufferedStream buffered = new(new Unclosed(archive), 1 << 16);
        Span<byte> header = stackalloc byte[EntryLength];
        for (int count = 0; ; count++)
        {
            if (buffered.ReadAtLeast(header, EntryLength, throwOnEndOfStream: false) < EntryLength
                || !header.StartsWith("PK\x1\x2"u8))
            {
                return true;
            }

            if (count >= limit)
            {
                return false;
            }

            int skip = BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
            buffered.Seek(skip, SeekOrigin.Current);
        }
    }

    /// <summary>Where the end record (4.3.16), or its 64-bit form (4.3.14), says the directory starts.</summary>
    private static long? Start(Stream archive)
    {
        int length = (int)Math.Min(archive.Length, EndLength + ushort.MaxValue + 20);
        byte[] tail = new byte[length];
        archive.Position = archive.Length - length;
        archive.ReadExactly(tail);
        int end = tail.AsSpan().LastIndexOf("PK\x5\x6"u8);
        if (end < 0 || end + EndLength > length)
        {
            return null;
        }

        uint start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start != uint.MaxValue)
        {
            return start;
        }

        int locator = end - 20;
        if (locator < 0 || !tail.AsSpan(locator).StartsWith("PK\x6\x7"u8))
        {
            return null;
        }

        long record = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8));
        if (record < 0 || record > archive.Length - 56)
        {
            return null;
        }

        byte[] wide = new byte[56];
        archive.Position = record;
        archive.ReadExactly(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(48));
    }

    /// <summary>Keeps the archive open when the buffer over it closes.</summary>
    private sealed class Unclosed(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
