using System.Buffers.Binary;

namespace RecordHub.Documents.Archives;

/// <summary>The volume of a disc image that is read: Joliet's when there is one, else the primary one (ECMA-119 §8).</summary>
/// <param name="Root">Its root folder.</param>
/// <param name="BlockLength">Bytes of a logical block.</param>
internal sealed record IsoVolume(IsoRecord Root, int BlockLength, bool IsJoliet)
{
    public const int SectorLength = 2048;
    private const int FirstDescriptor = 16;
    private const int MaxDescriptors = 64;

    /// <summary>Null when there is no volume that can be read.</summary>
    public static async Task<IsoVolume?> ReadAsync(Stream image, CancellationToken cancellationToken)
    {
        IsoVolume? found = null;
        byte[] sector = new byte[SectorLength];
        for (int i = 0; i < MaxDescriptors; i++)
        {
            image.Position = (FirstDescriptor + (long)i) * SectorLength;
            int read = await image.ReadAtLeastAsync(sector, sector.Length, throwOnEndOfStream: false, cancellationToken);
            if (read < sector.Length || !sector.AsSpan(1).StartsWith("CD001"u8) || sector[0] == 255)
            {
                break;
            }

            if (TryRead(sector, out IsoVolume? volume) && volume is not null && (found is null || volume.IsJoliet))
            {
                found = volume;
            }
        }

        return found;
    }

    private static bool TryRead(ReadOnlySpan<byte> sector, out IsoVolume? volume)
    {
        bool joliet = sector[0] == 2 && sector[88] == '%' && sector[89] == '/' && sector[90] is (byte)'@' or (byte)'C' or (byte)'E';
        int block = BinaryPrimitives.ReadUInt16LittleEndian(sector[128..]);
        volume = null;
        if ((sector[0] == 1 || joliet) && block is 512 or 1024 or 2048
            && IsoRecord.TryRead(sector[156..190], joliet, out IsoRecord root, out _) && root.IsFolder)
        {
            volume = new IsoVolume(root, block, joliet);
        }

        return volume is not null;
    }
}
