namespace RecordHub.Cli.Import;

/// <summary>
/// A file of this machine that is read by whoever asks for its bytes: handing a read to another thread, which waits for the
/// disk just the same, takes longer than most reads.
/// </summary>
internal sealed class LocalFile(string path)
    : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.None)
{
    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromResult(Read(buffer.Span));
}
