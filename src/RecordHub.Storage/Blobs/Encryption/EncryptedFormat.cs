using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>
/// An encrypted blob: a magic number, two slots with the blob's own key wrapped, then chunks of 64 KiB, each with its tag.
/// </summary>
/// <remarks>
/// <para>A chunk's nonce holds its number and whether it is the last, so that chunks cannot be cut off, moved or joined
/// unseen (the STREAM construction); the key is the blob's own, so no nonce is ever used twice.</para>
/// <para>There are two slots so that another key can be written without a moment in which neither is whole.</para>
/// </remarks>
internal static class EncryptedFormat
{
    internal const int TagLength = 16;
    internal const int ChunkLength = 64 * 1024;
    internal const int SealedChunkLength = ChunkLength + TagLength;
    internal const int Slots = 2;
    internal const int SlotLength = BlobKey.IdLength + NonceLength + BlobKey.Length + TagLength;
    internal const int HeaderLength = MagicLength + (Slots * SlotLength);

    private const int MagicLength = 8;
    private const int NonceLength = 12;

    private static ReadOnlySpan<byte> Magic => "RHBLOB\u0001\n"u8;

    internal static bool IsEncrypted(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    /// <summary>Where a slot begins in the file.</summary>
    internal static int SlotOffset(int slot) => MagicLength + (slot * SlotLength);

    /// <summary>How long the plain bytes are; null when no encrypted blob has this length.</summary>
    internal static long? PlainLength(long length)
    {
        long body = length - HeaderLength;
        if (body < TagLength)
        {
            return null;
        }

        long whole = Math.DivRem(body, SealedChunkLength, out long rest);
        return rest == 0 ? whole * ChunkLength : rest >= TagLength ? (whole * ChunkLength) + rest - TagLength : null;
    }

    /// <summary>How many chunks plain bytes of this length have; an empty blob has one, which is empty.</summary>
    internal static long Chunks(long plainLength) => Math.Max(1, (plainLength + ChunkLength - 1) / ChunkLength);

    internal static byte[] Header(ReadOnlySpan<byte> blobKey, BlobKey wrapping)
    {
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header);
        for (int slot = 0; slot < Slots; slot++)
        {
            Wrap(blobKey, wrapping, header.AsSpan(SlotOffset(slot), SlotLength));
        }

        return header;
    }

    internal static void Wrap(ReadOnlySpan<byte> blobKey, BlobKey wrapping, Span<byte> slot)
    {
        wrapping.Id.Span.CopyTo(slot);
        Span<byte> nonce = slot.Slice(BlobKey.IdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> wrapped = slot.Slice(BlobKey.IdLength + NonceLength, BlobKey.Length);
        using AesGcm cipher = wrapping.Cipher();
        cipher.Encrypt(nonce, blobKey, wrapped, slot[^TagLength..], Magic);
    }

    /// <summary>The id of the key that a slot is wrapped with.</summary>
    internal static ReadOnlySpan<byte> KeyId(ReadOnlySpan<byte> header, int slot) =>
        header.Slice(SlotOffset(slot), BlobKey.IdLength);

    /// <summary>Opens the first slot that a configured key opens; null when none does.</summary>
    internal static byte[]? Unwrap(ReadOnlySpan<byte> header, KeyRing keys)
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            if (UnwrapSlot(header, slot, keys) is { } opened)
            {
                return opened;
            }
        }

        return null;
    }

    /// <summary>Opens a slot; null when no configured key opens it.</summary>
    internal static byte[]? UnwrapSlot(ReadOnlySpan<byte> header, int slot, KeyRing keys) =>
        keys.Find(KeyId(header, slot)) is { } key ? Unwrap(header.Slice(SlotOffset(slot), SlotLength), key) : null;

    internal static void Seal(AesGcm cipher, long chunk, bool last, ReadOnlySpan<byte> plain, Span<byte> sealedChunk)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Nonce(nonce, chunk, last);
        cipher.Encrypt(nonce, plain, sealedChunk[..plain.Length], sealedChunk.Slice(plain.Length, TagLength));
    }

    /// <exception cref="InvalidDataException">The chunk is not what was written.</exception>
    internal static void Open(AesGcm cipher, long chunk, bool last, ReadOnlySpan<byte> sealedChunk, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Nonce(nonce, chunk, last);
        try
        {
            cipher.Decrypt(nonce, sealedChunk[..^TagLength], sealedChunk[^TagLength..], plain);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidDataException($"Chunk {chunk} of an encrypted blob is not what was written.", exception);
        }
    }

    private static byte[]? Unwrap(ReadOnlySpan<byte> slot, BlobKey key)
    {
        byte[] opened = new byte[BlobKey.Length];
        using AesGcm cipher = key.Cipher();
        try
        {
            cipher.Decrypt(
                slot.Slice(BlobKey.IdLength, NonceLength), slot.Slice(BlobKey.IdLength + NonceLength, BlobKey.Length),
                slot[^TagLength..], opened, Magic);
            return opened;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // Torn while it was rewrapped: the other slot is whole.
        }
    }

    private static void Nonce(Span<byte> nonce, long chunk, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(nonce[7..], checked((uint)chunk));
        nonce[^1] = last ? (byte)1 : (byte)0;
    }
}
