using System.Buffers;
using System.Security.Cryptography;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Commitment;

/// <summary>Reads a stored copy from its first byte to its last: its digest, and the class that it says.</summary>
internal static class CopyReading
{
    private const int BufferLength = 128 * 1024;

    internal static async Task<InspectedCopy> RunAsync(
        Stream bytes, ContentHash expected, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using DicomHeaderReader header = new();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            bool readable = true;
            int count;
            while ((count = await bytes.ReadAsync(buffer.AsMemory(0, BufferLength), cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, count);
                readable = readable && TryWrite(header, buffer.AsSpan(0, count));
            }

            return ContentHash.FromDigest(hash.GetHashAndReset()) == expected
                ? new InspectedCopy(CopyCondition.Sound, readable ? SopClassOf(header) : null)
                : new InspectedCopy(CopyCondition.Damaged, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryWrite(DicomHeaderReader header, ReadOnlySpan<byte> bytes)
    {
        try
        {
            header.Write(bytes);
            return true;
        }
        catch (DicomFormatException)
        {
            return false;
        }
    }

    private static string? SopClassOf(DicomHeaderReader reader)
    {
        try
        {
            DicomHeader header = reader.Complete();
            Uid sopClass = header.DataSet.GetUid(DicomTags.SOPClassUID);
            sopClass = sopClass.IsNone && header.FileMeta is { } meta
                ? meta.GetUid(DicomTags.MediaStorageSOPClassUID) : sopClass;
            return sopClass.IsNone ? null : sopClass.ToString();
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }
}
