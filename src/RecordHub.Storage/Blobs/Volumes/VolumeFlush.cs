namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>Makes what was appended to a volume durable.</summary>
internal sealed record VolumeFlush(Volume Volume, Lazy<VolumeFlusher> Flusher) : IFlush
{
    /// <inheritdoc />
    public void Run()
    {
        try
        {
            Volume.Flush();
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc />
    public async Task RunAsync()
    {
        try
        {
            await Flusher.Value.FlushAsync(Volume).ConfigureAwait(false);
        }
        catch (Exception exception) when (DiskErrors.Translate(exception) is { } known)
        {
            throw known;
        }
    }
}
