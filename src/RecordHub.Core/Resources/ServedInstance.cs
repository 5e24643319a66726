using System.Buffers;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Resources;

/// <summary>
/// Gives a stored instance away as a Part 10 file: the data set as it came; the preamble zero, because one can carry an
/// executable; file meta information written where the sender sent none. What is stored is not touched.
/// </summary>
public static class ServedInstance
{
    private const int PreambleBytes = 128;
    private const int Chunk = 128 * 1024;

    /// <summary>Writes the file.</summary>
    public static Task WriteAsync(
        IBlobStore blobs, StoredInstance instance, Stream output, CancellationToken cancellationToken) =>
        WriteAsync(blobs, instance, static () => Task.CompletedTask, output, cancellationToken);

    /// <summary>The same, after something that is only to be begun when the blob is there.</summary>
    public static async Task WriteAsync(
        IBlobStore blobs, StoredInstance instance, Func<Task> begin, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(output);
        await using Stream blob = await blobs.OpenAsync(instance.Blob, 0, cancellationToken);
        (ReadOnlyMemory<byte> head, long from) = await HeadAsync(instance, blob, cancellationToken);
        await begin();
        await output.WriteAsync(head, cancellationToken);
        blob.Position = from;
        await blob.CopyToAsync(output, Chunk, cancellationToken);
    }

    /// <summary>The length of the file that is written.</summary>
    public static async Task<long> LengthAsync(
        IBlobStore blobs, StoredInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(instance);
        await using Stream blob = await blobs.OpenAsync(instance.Blob, 0, cancellationToken);
        (ReadOnlyMemory<byte> head, long from) = await HeadAsync(instance, blob, cancellationToken);
        return head.Length + instance.Length - from;
    }

    private static async Task<(ReadOnlyMemory<byte> Head, long From)> HeadAsync(
        StoredInstance instance, Stream blob, CancellationToken cancellationToken)
    {
        byte[] start = new byte[PreambleBytes + 4];
        int read = await blob.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == start.Length && start.AsSpan(PreambleBytes).SequenceEqual("DICM"u8))
        {
            return (new byte[PreambleBytes], PreambleBytes);
        }

        InstanceFacts facts = instance.Facts;
        ArrayBufferWriter<byte> meta = new(512);
        FileMetaWriter.Write(
            meta, Uid.Parse(facts.SopClassUid), Uid.Parse(facts.SopInstanceUid), Uid.Parse(facts.TransferSyntaxUid));
        return (meta.WrittenMemory, facts.DataSetOffset);
    }
}
