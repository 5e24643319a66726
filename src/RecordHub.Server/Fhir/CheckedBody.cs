using RecordHub.Documents.Archives;

namespace RecordHub.Server.Fhir;

/// <summary>
/// Passes a body on to the intake, and ends it with a refusal instead of its end when it is a transaction that asks for
/// what is not carried out, or has what its sender may not send: then nothing of it is kept.
/// </summary>
internal sealed class CheckedBody(Stream inner, TypesTaken? taken) : ForwardStream
{
    private const byte Unknown = 0;

    private JsonMethods? _json;
    private XmlMethods? _xml;
    private byte _first;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            await ShowAsync(buffer[..read], cancellationToken);
        }
        else if (!_ended && buffer.Length > 0)
        {
            _ended = true;
            if ((_xml is null ? _json?.Refusal : await _xml.FinishAsync()) is { } refusal)
            {
                throw refusal.ToException();
            }

            if (taken?.Refusal(_json) is { } forbidden)
            {
                throw forbidden;
            }
        }

        return read;
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_xml is not null)
        {
            await _xml.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async ValueTask ShowAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_first == Unknown)
        {
            // A byte order mark of UTF-8 says nothing; one of UTF-16 is XML's.
            int at = bytes.Span.IndexOfAnyExcept("\uFEFF \t\r\n"u8);
            if (at < 0)
            {
                return;
            }

            _first = bytes.Span[at];
            _json = _first == (byte)'{' ? new JsonMethods() : null;
            _xml = _first is (byte)'<' or 0xFE or 0xFF ? new XmlMethods() : null;
        }

        _json?.Take(bytes.Span);
        if (_xml is not null)
        {
            await _xml.TakeAsync(bytes, cancellationToken);
        }
    }
}
