namespace RecordHub.Core.Intake;

/// <summary>Writes bytes that are in memory already.</summary>
public static class BlobWriting
{
    /// <summary>Appends bytes.</summary>
    /// <exception cref="StorageFullException">The store cannot take more.</exception>
    public static async ValueTask WriteAsync(
        this IBlobWriter writer, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writer);
        while (!bytes.IsEmpty)
        {
            Memory<byte> room = writer.GetMemory();
            int count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            await writer.AdvanceAsync(count, cancellationToken).ConfigureAwait(false);
            bytes = bytes[count..];
        }
    }
}
