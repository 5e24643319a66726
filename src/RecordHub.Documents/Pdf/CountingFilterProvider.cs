using System.IO.Compression;
using System.Runtime.InteropServices;
using RecordHub.Documents.Reading;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace RecordHub.Documents.Pdf;

/// <summary>PdfPig's filters, counted: a stream may inflate by as much as a container's member may, and all together by the total.</summary>
internal sealed class CountingFilterProvider(ReadContext context) : IFilterProvider
{
    // The most that one packed byte can become: deflate 258 bytes from 2 bits, LZW 4,096 bytes from 12 bits and more.
    private const int MostPerDeflatedByte = 1032;
    private const int MostPerLzwByte = 1366;
    private readonly IFilterProvider _inner = DefaultFilterProvider.Instance;
    private long _total;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Wrap(_inner.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Wrap(_inner.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Wrap(_inner.GetAllFilters());

    private List<IFilter> Wrap(IReadOnlyList<IFilter> filters) => [.. filters.Select(f => new Counting(f, this))];

    private void Count(int length)
    {
        context.Check();
        _total += length;
        if (length > context.Limits.MaxEntryBytes || _total > context.Limits.MaxInflatedBytes)
        {
            throw TooLarge();
        }
    }

    /// <summary>PdfPig inflates without a limit, so a stream that could be a bomb is inflated into nothing first.</summary>
    private void CheckBeforehand(IFilter filter, Memory<byte> input)
    {
        context.Check();
        long limit = context.Limits.MaxEntryBytes;
        if (filter is LzwFilter && (long)input.Length * MostPerLzwByte > context.Limits.MaxInflatedBytes)
        {
            throw TooLarge();
        }

        if (filter is RunLengthFilter && RunLength(input.Span) > limit)
        {
            throw TooLarge();
        }

        if (filter is not FlateFilter || input.Length < 3 || (long)input.Length * MostPerDeflatedByte <= limit
            || !MemoryMarshal.TryGetArray(input, out ArraySegment<byte> packed) || packed.Array is null)
        {
            return;
        }

        using DeflateStream inflate = new(
            new MemoryStream(packed.Array, packed.Offset + 2, packed.Count - 2, writable: false), CompressionMode.Decompress);
        byte[] block = new byte[81_920];
        long count = 0;
        try
        {
            for (int read = inflate.Read(block); read > 0; read = inflate.Read(block))
            {
                context.Check();
                count += read;
                if (count > limit)
                {
                    throw TooLarge();
                }
            }
        }
        catch (InvalidDataException)
        {
            // Damaged data is PdfPig's to judge; what counts is how much came out of it.
        }
    }

    /// <summary>How long the data becomes (ISO 32000 §7.4.5); chained, four such filters make a gigabyte of two bytes.</summary>
    private static long RunLength(ReadOnlySpan<byte> packed)
    {
        long length = 0;
        for (int at = 0; at < packed.Length && packed[at] != 128;)
        {
            bool copied = packed[at] < 128;
            length += copied ? packed[at] + 1 : 257 - packed[at];
            at += copied ? packed[at] + 2 : 2;
        }

        return length;
    }

    private static DocumentException TooLarge() =>
        DocumentException.TooLarge(DocumentLimit.InflatedBytes, "a stream in the PDF inflates to more than is allowed");

    private sealed class Counting(IFilter inner, CountingFilterProvider owner) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            owner.CheckBeforehand(inner, input);
            Memory<byte> decoded = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            owner.Count(decoded.Length);
            return decoded;
        }
    }
}
