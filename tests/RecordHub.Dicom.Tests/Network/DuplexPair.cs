using System.IO.Pipelines;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Two ends of one connection, in memory.</summary>
internal sealed class DuplexPair
{
    public DuplexPair(PipeOptions? options = null)
    {
        Pipe toAcceptor = new(options ?? PipeOptions.Default);
        Pipe toRequestor = new(options ?? PipeOptions.Default);
        Acceptor = new End(toAcceptor.Reader, toRequestor.Writer);
        Requestor = new End(toRequestor.Reader, toAcceptor.Writer);
    }

    public IDuplexPipe Acceptor { get; }

    public IDuplexPipe Requestor { get; }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await Requestor.Output.WriteAsync(bytes);

    public ValueTask CloseRequestorAsync() => Requestor.Output.CompleteAsync();

    /// <summary>Everything that the acceptor sends until it closes.</summary>
    public async Task<byte[]> ReceiveAllAsync()
    {
        using MemoryStream all = new();
        await Requestor.Input.CopyToAsync(all);
        return all.ToArray();
    }

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
