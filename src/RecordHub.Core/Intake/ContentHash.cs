using System.Buffers;
using System.Buffers.Binary;

namespace RecordHub.Core.Intake;

/// <summary>The SHA-256 of some bytes, written as 64 lower-case hexadecimal digits.</summary>
/// <remarks><c>default</c> is the absent hash; nothing computed equals it. In order of the digits.</remarks>
public readonly struct ContentHash : IEquatable<ContentHash>, IComparable<ContentHash>, ISpanFormattable
{
    private const int Length = 32;
    private const int Digits = 2 * Length;

    private readonly byte[]? _digest;

    private ContentHash(byte[] digest) => _digest = digest;

    /// <summary>Whether no hash is held.</summary>
    public bool IsNone => _digest is null;

    /// <summary>The 32 bytes; none of the absent hash.</summary>
    public ReadOnlyMemory<byte> Digest => _digest;

    /// <summary>Keeps a finished SHA-256 digest of 32 bytes.</summary>
    /// <exception cref="ArgumentException">The digest is not 32 bytes long.</exception>
    public static ContentHash FromDigest(ReadOnlySpan<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, Length, nameof(digest));
        return new ContentHash(digest.ToArray());
    }

    /// <summary>Reads 64 hexadecimal digits of either case; false for anything else.</summary>
    public static bool TryParse(string? text, out ContentHash hash)
    {
        byte[] digest = new byte[Length];
        bool valid = text is { Length: Digits }
            && Convert.FromHexString(text, digest, out _, out _) == OperationStatus.Done;
        hash = valid ? new ContentHash(digest) : default;
        return valid;
    }

    /// <summary>Reads a hash that we wrote ourselves.</summary>
    /// <exception cref="FormatException">The text is not a SHA-256 in hexadecimal.</exception>
    public static ContentHash Parse(string text) =>
        TryParse(text, out ContentHash hash) ? hash : throw new FormatException("Not a SHA-256 in hexadecimal.");

    /// <inheritdoc />
    public int CompareTo(ContentHash other) => _digest.AsSpan().SequenceCompareTo(other._digest);

    /// <inheritdoc />
    public bool Equals(ContentHash other) => _digest.AsSpan().SequenceEqual(other._digest);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is ContentHash other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _digest is null ? 0 : BinaryPrimitives.ReadInt32LittleEndian(_digest);

    /// <inheritdoc />
    public override string ToString() => _digest is null ? string.Empty : Convert.ToHexStringLower(_digest);

    /// <inheritdoc />
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc />
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        return _digest is null || Convert.TryToHexStringLower(_digest, destination, out charsWritten);
    }

    /// <summary>Whether they are the same.</summary>
    public static bool operator ==(ContentHash left, ContentHash right) => left.Equals(right);

    /// <summary>Whether they are not the same.</summary>
    public static bool operator !=(ContentHash left, ContentHash right) => !left.Equals(right);

    /// <summary>Whether the one comes before the other.</summary>
    public static bool operator <(ContentHash left, ContentHash right) => left.CompareTo(right) < 0;

    /// <summary>Whether the one comes after the other.</summary>
    public static bool operator >(ContentHash left, ContentHash right) => left.CompareTo(right) > 0;

    /// <summary>Whether the one does not come after the other.</summary>
    public static bool operator <=(ContentHash left, ContentHash right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the one does not come before the other.</summary>
    public static bool operator >=(ContentHash left, ContentHash right) => left.CompareTo(right) >= 0;
}
