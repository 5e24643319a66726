namespace RecordHub.Storage.Blobs.Volumes;

/// <summary>Makes what was appended to a volume durable.</summary>
internal sealed record VolumeFlush(Volume Volume, Lazy<VolumeFlusher> Flusher) : IFlush
{
    /// <inheritdoc />
    public Task RunAsync() => Flusher.Value.FlushAsync(Volume);
}
