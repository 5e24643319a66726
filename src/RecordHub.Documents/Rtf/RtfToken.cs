namespace RecordHub.Documents.Rtf;

internal enum RtfTokenKind
{
    End,
    GroupStart,
    GroupEnd,
    ControlWord,
    ControlSymbol,
    HexByte,
    Text,
}

/// <summary>One token; <see cref="Start"/> and <see cref="Length"/> say where the name or the text lies in the file.</summary>
internal readonly record struct RtfToken(RtfTokenKind Kind, int Start, int Length, int? Parameter);
