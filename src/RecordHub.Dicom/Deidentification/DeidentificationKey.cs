using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// A secret from which replacements are derived: the same input and key give the same output, in every file, so that
/// references stay whole; without the key nobody finds the way back.
/// </summary>
public sealed class DeidentificationKey
{
    public const int MinimumBytes = 16;
    private const int MaxDays = 3650;
    private readonly byte[] _key;

    private DeidentificationKey(byte[] key) => _key = key;

    /// <summary>A key of its own, that nobody keeps.</summary>
    public static DeidentificationKey Random() => new(RandomNumberGenerator.GetBytes(32));

    /// <exception cref="ArgumentException">The secret is shorter than <see cref="MinimumBytes"/>.</exception>
    public static DeidentificationKey Of(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinimumBytes)
        {
            throw new ArgumentException($"A key has at least {MinimumBytes} bytes.", nameof(secret));
        }

        return new DeidentificationKey(SHA256.HashData(secret));
    }

    /// <summary>The key for one use of a secret, such as one case.</summary>
    public DeidentificationKey For(string purpose) => new(Derive("purpose", purpose));

    /// <summary>A UID in place of another one, derived as from a random UUID (PS3.5 §B.2).</summary>
    internal Uid Map(string uid)
    {
        Span<byte> uuid = Derive("uid", uid).AsSpan(0, 16);
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        UInt128 number = BinaryPrimitives.ReadUInt128BigEndian(uuid);
        return Uid.Parse("2.25." + number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Twelve characters that stand for a patient.</summary>
    internal string Pseudonym(string patient)
    {
        const string digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        byte[] derived = Derive("patient", patient);
        return string.Create(12, derived, (text, bytes) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = digits[bytes[i] & 31];
            }
        });
    }

    /// <summary>By how many days the dates of a patient move into the past: at least one, at most ten years.</summary>
    internal int DaysBack(string patient) =>
        1 + (int)(BinaryPrimitives.ReadUInt32BigEndian(Derive("dates", patient)) % MaxDays);

    private byte[] Derive(string purpose, string text) =>
        HMACSHA256.HashData(_key, System.Text.Encoding.UTF8.GetBytes($"{purpose}\0{text}"));
}
