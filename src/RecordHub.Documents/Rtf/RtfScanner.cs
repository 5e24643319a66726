using System.Buffers;

namespace RecordHub.Documents.Rtf;

/// <summary>Cuts RTF into tokens (RTF 1.9.1, "Basic Entities"); never fails, whatever the bytes.</summary>
internal sealed class RtfScanner(ReadOnlyMemory<byte> content)
{
    private static readonly SearchValues<byte> s_ends = SearchValues.Create("{}\\\r\n\0"u8);
    private const int MaxNameLength = 32;
    private const int MaxDigits = 10;
    private int _at;

    public ReadOnlySpan<byte> Slice(RtfToken token) => content.Span.Slice(token.Start, token.Length);

    /// <summary>Raw bytes after \bin, which are not RTF.</summary>
    public void Skip(int count) => _at = (int)Math.Min(content.Length, (long)_at + Math.Max(0, count));

    public RtfToken Next()
    {
        ReadOnlySpan<byte> bytes = content.Span;
        while (_at < bytes.Length && bytes[_at] is (byte)'\r' or (byte)'\n' or 0)
        {
            _at++;
        }

        if (_at >= bytes.Length)
        {
            return new RtfToken(RtfTokenKind.End, bytes.Length, 0, null);
        }

        switch (bytes[_at])
        {
            case (byte)'{':
                return new RtfToken(RtfTokenKind.GroupStart, _at++, 1, null);
            case (byte)'}':
                return new RtfToken(RtfTokenKind.GroupEnd, _at++, 1, null);
            case (byte)'\\' when _at + 1 < bytes.Length:
                return Control(bytes);
            case (byte)'\\':
                _at++;
                return new RtfToken(RtfTokenKind.End, bytes.Length, 0, null);
            default:
                int start = _at;
                int length = bytes[start..].IndexOfAny(s_ends);
                _at = length < 0 ? bytes.Length : start + length;
                return new RtfToken(RtfTokenKind.Text, start, _at - start, null);
        }
    }

    private RtfToken Control(ReadOnlySpan<byte> bytes)
    {
        int start = _at + 1;
        if (!char.IsAsciiLetter((char)bytes[start]))
        {
            _at = start + 1;
            if (bytes[start] == '\'' && start + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[start + 1]) && char.IsAsciiHexDigit((char)bytes[start + 2]))
            {
                _at = start + 3;
                int value = (Convert.ToInt32(((char)bytes[start + 1]).ToString(), 16) << 4)
                    | Convert.ToInt32(((char)bytes[start + 2]).ToString(), 16);
                return new RtfToken(RtfTokenKind.HexByte, start, 3, value);
            }

            return new RtfToken(RtfTokenKind.ControlSymbol, start, 1, null);
        }

        int at = start;
        while (at < bytes.Length && char.IsAsciiLetter((char)bytes[at]) && at - start < MaxNameLength)
        {
            at++;
        }

        int nameLength = at - start;
        int? parameter = Number(bytes, ref at);
        if (at < bytes.Length && bytes[at] == ' ')
        {
            at++;
        }

        _at = at;
        return new RtfToken(RtfTokenKind.ControlWord, start, nameLength, parameter);
    }

    private static int? Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        int begin = at;
        bool negative = at < bytes.Length && bytes[at] == '-';
        at += negative ? 1 : 0;
        long number = 0;
        int digits = 0;
        while (at < bytes.Length && char.IsAsciiDigit((char)bytes[at]) && digits < MaxDigits)
        {
            number = (number * 10) + (bytes[at++] - '0');
            digits++;
        }

        if (digits == 0)
        {
            at = begin;
            return null;
        }

        return (int)Math.Clamp(negative ? -number : number, int.MinValue, int.MaxValue);
    }
}
