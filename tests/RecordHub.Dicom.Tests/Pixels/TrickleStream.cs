namespace RecordHub.Dicom.Tests.Pixels;

/// <summary>Gives a few bytes at a time, so that every kind of piece is met.</summary>
internal sealed class TrickleStream(byte[] bytes, int seed) : MemoryStream(bytes)
{
    private readonly Random _random = new(seed);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, _random.Next(1, 40))], cancellationToken);
}
