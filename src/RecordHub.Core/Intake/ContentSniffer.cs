namespace RecordHub.Core.Intake;

/// <summary>Tells what a file is by its first bytes; its name and declared type break ties.</summary>
public static class ContentSniffer
{
    /// <summary>The most bytes of the head that are looked at.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>What the file is. Never fails: bytes that nothing here reads are <see cref="ContentKind.Unknown"/>.</summary>
    public static SniffedContent Recognise(ReadOnlySpan<byte> head, string? fileName, string? mediaType) =>
        throw new NotImplementedException();
}
