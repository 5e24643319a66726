using System.Buffers;
using System.IO.Compression;
using RecordHub.Dicom.Pixels;

namespace RecordHub.Dicom.Files;

/// <summary>
/// Copies values of an input that were not kept when its header was read, by the offsets that the header has of them; in
/// flat memory. Of a deflated data set those count inflated bytes, which are inflated again.
/// </summary>
internal sealed class DicomValueSource : IAsyncDisposable
{
    private const int BufferLength = 128 * 1024;
    private readonly Stream _input;
    private readonly DicomHeader _header;
    private Stream? _inflated;
    private long _position;

    /// <param name="input">A seekable stream; not disposed.</param>
    /// <param name="header">What was read from it.</param>
    public DicomValueSource(Stream input, DicomHeader header)
    {
        _input = input;
        _header = header;
    }

    /// <param name="offset">First byte of the value.</param>
    /// <param name="length">Bytes of the value.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="pixels">Blanks pixels on the way; null: nothing is changed.</param>
    /// <exception cref="EndOfStreamException">The input has changed since its header was read.</exception>
    public async Task CopyAsync(
        long offset, long length, Stream target, CancellationToken cancellationToken, PixelBlanker? pixels = null)
    {
        Stream stream = _input;
        if (_header.TransferSyntax.IsDeflated)
        {
            stream = await InflateToAsync(offset, cancellationToken);
            _position = offset + length;
        }
        else
        {
            stream.Position = offset;
        }

        await CopyAsync(stream, target, length, pixels, cancellationToken);
    }

    public ValueTask DisposeAsync() => _inflated?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Goes on from where it is; from the beginning for what has gone by.
    private async Task<Stream> InflateToAsync(long offset, CancellationToken cancellationToken)
    {
        if (_inflated is null || offset < _position)
        {
            if (_inflated is not null)
            {
                await _inflated.DisposeAsync();
            }

            bool zlib = _header.Warnings.Any(warning => warning.Tolerance == ReadTolerance.ZlibWrappedDeflate);
            _input.Position = _header.DataSetOffset;
            _inflated = zlib
                ? new ZLibStream(_input, CompressionMode.Decompress, leaveOpen: true)
                : new DeflateStream(_input, CompressionMode.Decompress, leaveOpen: true);
            _position = 0;
        }

        await CopyAsync(_inflated, Stream.Null, offset - _position, pixels: null, cancellationToken);
        return _inflated;
    }

    private static async Task CopyAsync(
        Stream from, Stream to, long length, PixelBlanker? pixels, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (long left = length; left > 0;)
            {
                int count = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (count == 0)
                {
                    throw new EndOfStreamException("The input ends before a value that its header has the place of.");
                }

                pixels?.Apply(buffer.AsSpan(0, count), length - left);
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
