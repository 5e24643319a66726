namespace RecordHub.Core.Intake;

/// <summary>The SHA-256 of some bytes: 64 lower-case hexadecimal digits.</summary>
/// <remarks><c>default</c> is the absent hash; nothing computed equals it.</remarks>
public readonly record struct ContentHash
{
    private readonly string? _hex;

    private ContentHash(string hex) => _hex = hex;

    /// <summary>Whether no hash is held.</summary>
    public bool IsNone => _hex is null;

    /// <summary>Wraps a finished SHA-256 digest of 32 bytes.</summary>
    /// <exception cref="ArgumentException">The digest is not 32 bytes long.</exception>
    public static ContentHash FromDigest(ReadOnlySpan<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, 32, nameof(digest));
        return new ContentHash(Convert.ToHexStringLower(digest));
    }

    /// <summary>Reads 64 hexadecimal digits of either case; false for anything else.</summary>
    public static bool TryParse(string? text, out ContentHash hash)
    {
        bool valid = text is { Length: 64 } && text.All(char.IsAsciiHexDigit);
        hash = valid ? new ContentHash((text ?? string.Empty).ToLowerInvariant()) : default;
        return valid;
    }

    /// <summary>Reads a hash that we wrote ourselves.</summary>
    /// <exception cref="FormatException">The text is not a SHA-256 in hexadecimal.</exception>
    public static ContentHash Parse(string text) =>
        TryParse(text, out ContentHash hash) ? hash : throw new FormatException("Not a SHA-256 in hexadecimal.");

    /// <inheritdoc />
    public override string ToString() => _hex ?? string.Empty;
}
