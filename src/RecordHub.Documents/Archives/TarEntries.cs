using System.Globalization;
using System.Text;

namespace RecordHub.Documents.Archives;

/// <summary>Reads a tar archive entry by entry.</summary>
internal sealed class TarEntries(InflatedStream archive)
{
    // An extended header holds a name and some times; GNU's long name is one name.
    private const int MostOfExtendedHeader = 64 * 1024;

    private readonly byte[] _block = new byte[TarHeader.Length];
    private long _next;
    private byte[]? _longName;
    private long? _longSize;
    private bool _isSparse;

    /// <summary>What an entry is: its name, its bytes, and why it is not handed out when it is not.</summary>
    internal sealed record Entry(string Name, TarMember Content, string? Refusal)
    {
        /// <inheritdoc />
        public override string ToString() => nameof(Entry);
    }

    /// <summary>The next that is no folder; null at the end.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or breaks off.</exception>
    public async Task<Entry?> NextAsync(CancellationToken stop)
    {
        while (await HeaderAsync(stop) is { } header)
        {
            if (header.Type is 'x' or 'X' or 'L')
            {
                await ExtendAsync(header, stop);
                continue;
            }

            long size = _longSize ?? header.Size;
            string name = EntryNames.Decode(_longName ?? header.Name);
            string? refusal = _isSparse ? "a sparse file, which is not read; pack it again without" : Refusal(header.Type);
            bool isNone = header.Type is '5' or 'D' or 'g' or 'K' or 'V' or 'N'
                || (header.Type is '0' or '\0' && name.EndsWith('/'));
            if (header.Type is not ('g' or 'K'))
            {
                (_longName, _longSize, _isSparse) = (null, null, false);
            }

            _next = archive.Passed + size + Padding(size);
            if (!isNone)
            {
                return new Entry(name, new TarMember(archive, size), refusal);
            }
        }

        return null;
    }

    private static long Padding(long size) => (TarHeader.Length - (size % TarHeader.Length)) % TarHeader.Length;

    private static string? Refusal(char type) => type switch
    {
        '0' or '\0' or '7' => null,
        '1' or '2' => "a link",
        '3' or '4' or '6' => "a device or a pipe",
        'S' => "a sparse file, which is not read; pack it again without",
        _ => "an entry of a kind that is not read",
    };

    private async Task<TarHeader?> HeaderAsync(CancellationToken stop)
    {
        if (!await archive.SkipAsync(Math.Max(0, _next - archive.Passed), stop))
        {
            throw new InvalidDataException("it breaks off inside its last entry");
        }

        int length = await archive.ReadAtLeastAsync(_block, _block.Length, throwOnEndOfStream: false, stop);
        return length == 0 || (length == _block.Length && !_block.AsSpan().ContainsAnyExcept((byte)0)) ? null
            : TarHeader.Read(_block.AsSpan(0, length)) ?? throw new InvalidDataException("one of its headers is damaged or cut off");
    }

    private async Task ExtendAsync(TarHeader header, CancellationToken stop)
    {
        if (header.Size > MostOfExtendedHeader)
        {
            throw new InvalidDataException($"one of its extended headers is longer than {MostOfExtendedHeader} bytes");
        }

        byte[] bytes = new byte[(int)header.Size];
        if (await archive.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop) < bytes.Length
            || !await archive.SkipAsync(Padding(header.Size), stop))
        {
            throw new InvalidDataException("it breaks off inside a header");
        }

        if (header.Type == 'L')
        {
            int end = bytes.AsSpan().IndexOf((byte)0);
            _longName = end < 0 ? bytes : bytes[..end];
            return;
        }

        Records(bytes);
    }

    // "LENGTH KEYWORD=VALUE\n", the length that of the whole record.
    private void Records(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int blank = bytes.IndexOf((byte)' ');
            if (blank is < 1 or > 5 || !int.TryParse(bytes[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= blank + 1 || length > bytes.Length)
            {
                throw new InvalidDataException("one of its extended headers is damaged");
            }

            ReadOnlySpan<byte> record = bytes[(blank + 1)..(length - 1)];
            bytes = bytes[length..];
            int equals = record.IndexOf((byte)'=');
            ReadOnlySpan<byte> key = record[..Math.Max(equals, 0)];
            ReadOnlySpan<byte> value = record[(equals + 1)..];
            if (key.SequenceEqual("path"u8))
            {
                _longName = value.ToArray();
            }
            else if (key.SequenceEqual("size"u8))
            {
                _longSize = long.TryParse(Encoding.ASCII.GetString(value), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                    && size < long.MaxValue / 2 ? size : throw new InvalidDataException("one of its extended headers is damaged");
            }
            else if (key.StartsWith("GNU.sparse"u8))
            {
                _isSparse = true;
            }
        }
    }
}
