using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using RecordHub.Storage.Blobs.Volumes;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>
/// Wraps the keys of encrypted files with the active key. The bytes of the blobs stay as they are; a service may go on
/// meanwhile, and an interrupted run is simply run again.
/// </summary>
internal sealed class KeyRotation(BlobFolder folder, VolumeFolder volumes, Database database, KeyRing keys)
{
    /// <summary>Goes through all files and volumes; reports after each blob.</summary>
    internal async Task<KeyRotationResult> RunAsync(
        IProgress<KeyRotationResult>? progress, CancellationToken cancellationToken)
    {
        KeyRotationResult result = new(0, 0, 0, 0);
        foreach (string file in folder.Files())
        {
            cancellationToken.ThrowIfCancellationRequested();
            using SafeFileHandle handle = File.OpenHandle(
                file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            result = Count(result, Rewrap(handle, 0));
            progress?.Report(result);
        }

        foreach (Guid volume in volumes.List())
        {
            using SafeFileHandle? handle = volumes.TryOpen(volume, FileAccess.ReadWrite);
            List<VolumeRange> blobs = handle is null ? [] : await database.ReadAsync(
                session => BlobRows.OfVolumeAsync(session, volume), cancellationToken).ConfigureAwait(false);
            foreach (VolumeRange blob in blobs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                result = handle is null ? result : Count(result, Rewrap(handle, blob.Offset));
                progress?.Report(result);
            }
        }

        return result;
    }

    private static KeyRotationResult Count(KeyRotationResult result, Outcome outcome) => outcome switch
    {
        Outcome.Rewrapped => result with { Rewrapped = result.Rewrapped + 1 },
        Outcome.Current => result with { Current = result.Current + 1 },
        Outcome.Plain => result with { Plain = result.Plain + 1 },
        _ => result with { Unopened = result.Unopened + 1 },
    };

    private Outcome Rewrap(SafeFileHandle handle, long offset)
    {
        Span<byte> header = stackalloc byte[EncryptedFormat.HeaderLength];
        int read = RandomAccess.Read(handle, header, offset);
        if (read < header.Length || !EncryptedFormat.IsEncrypted(header))
        {
            return Outcome.Plain;
        }

        if (IsCurrent(header, 0) && IsCurrent(header, 1))
        {
            return Outcome.Current;
        }

        if (EncryptedFormat.Unwrap(header, keys) is not { } blobKey)
        {
            return Outcome.Unopened;
        }

        // The one that opened is written last, after the other is on the disk: one of the two is whole at any moment.
        int opened = EncryptedFormat.UnwrapSlot(header, 0, keys) is null ? 1 : 0;
        Span<byte> wrapped = stackalloc byte[EncryptedFormat.SlotLength];
        foreach (int slot in new[] { 1 - opened, opened })
        {
            EncryptedFormat.Wrap(blobKey, keys.Active, wrapped);
            RandomAccess.Write(handle, wrapped, offset + EncryptedFormat.SlotOffset(slot));
            RandomAccess.FlushToDisk(handle);
        }

        CryptographicOperations.ZeroMemory(blobKey);
        return Outcome.Rewrapped;
    }

    private bool IsCurrent(ReadOnlySpan<byte> header, int slot) =>
        EncryptedFormat.KeyId(header, slot).SequenceEqual(keys.Active.Id.Span);

    private enum Outcome
    {
        Rewrapped,
        Current,
        Plain,
        Unopened,
    }
}
