using System.Buffers;

namespace RecordHub.Dicom.DataSet;

/// <summary>A DICOM unique identifier: digits and dots, at most 64 characters (PS3.5 §9.1).</summary>
/// <remarks>
/// <c>default(Uid)</c> is <see cref="None"/>; nothing parsed equals it. Leading zeros in a component are tolerated,
/// because identifiers in the wild have them and must still be kept apart exactly as written.
/// </remarks>
public readonly record struct Uid
{
    private static readonly SearchValues<char> s_allowed = SearchValues.Create("0123456789.");
    private static readonly SearchValues<byte> s_allowedBytes = SearchValues.Create("0123456789."u8);
    private static readonly char[] s_padding = [' ', '\0'];
    private readonly string? _text;

    private Uid(string text) => _text = text;

    /// <summary>The absent identifier; its text is empty.</summary>
    public static Uid None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => _text is null;

    /// <summary>Reads an identifier; trailing NUL and space padding is dropped. False for anything else.</summary>
    public static bool TryParse(string? text, out Uid uid)
    {
        string trimmed = text?.Trim(s_padding) ?? string.Empty;
        bool valid = trimmed.Length is > 0 and <= 64 && !trimmed.AsSpan().ContainsAnyExcept(s_allowed);
        uid = valid ? new Uid(trimmed) : None;
        return valid;
    }

    /// <summary>Whether the first value of VR UI is an identifier, padded or not. Nothing is made of it.</summary>
    public static bool IsUid(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)'\\');
        ReadOnlySpan<byte> trimmed = (end < 0 ? value : value[..end]).Trim(" \0"u8);
        return trimmed.Length is > 0 and <= 64 && !trimmed.ContainsAnyExcept(s_allowedBytes);
    }

    /// <summary>Reads a value of VR UI, padded or not; <see cref="None"/> when it is no identifier.</summary>
    public static Uid Read(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> trimmed = value.Trim(" \0"u8);
        return trimmed.Length <= 64 && TryParse(System.Text.Encoding.Latin1.GetString(trimmed), out Uid uid) ? uid : None;
    }

    /// <summary>Reads an identifier known to be one, such as a constant of the standard.</summary>
    /// <exception cref="FormatException">The text is not a UID.</exception>
    public static Uid Parse(string text) =>
        TryParse(text, out Uid uid) ? uid : throw new FormatException("Not a DICOM UID.");

    /// <inheritdoc />
    public override string ToString() => _text ?? string.Empty;
}
