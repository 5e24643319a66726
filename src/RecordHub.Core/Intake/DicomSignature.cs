namespace RecordHub.Core.Intake;

/// <summary>DICOM by its first bytes: Part 10 with and without preamble (PS3.10 §7.1), and bare data sets.</summary>
internal static class DicomSignature
{
    private const int PreambleLength = 128;

    // (0002,0002) UI, and the UID of Media Storage Directory Storage (PS3.10 §8.6).
    private static readonly byte[] s_mediaClass = [0x02, 0x00, 0x02, 0x00, (byte)'U', (byte)'I'];

    internal static SniffedContent? Recognise(ReadOnlySpan<byte> head)
    {
        if (HasPrefix(head) || IsFileMeta(head)
            || (head.Length > PreambleLength && (IsFileMeta(head[PreambleLength..])
                || (head.Length > PreambleLength + 4 && IsFileMeta(head[(PreambleLength + 4)..])))))
        {
            return IsDirectory(head)
                ? new SniffedContent(ContentKind.DicomDirectory, "DICOM media directory")
                : new SniffedContent(ContentKind.DicomInstance, "DICOM instance");
        }

        return IsBareDataSet(head) ? new SniffedContent(ContentKind.DicomInstance, "DICOM data set") : null;
    }

    /// <summary>Whether the file says itself that it is DICOM, rather than only looking like it.</summary>
    internal static bool HasPrefix(ReadOnlySpan<byte> head) =>
        head.StartsWith("DICM"u8) || (head.Length >= PreambleLength + 4 && head[PreambleLength..].StartsWith("DICM"u8));

    private static bool IsFileMeta(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 8 && bytes[..4] is [0x02, 0x00, 0x00 or 0x01 or 0x02, 0x00]
        && (bytes.Slice(4, 2).SequenceEqual("UL"u8) || bytes.Slice(4, 2).SequenceEqual("OB"u8)
            || bytes.Slice(4, 2).SequenceEqual("UI"u8) || bytes[4..8] is [0x04, 0x00, 0x00, 0x00]);

    private static bool IsDirectory(ReadOnlySpan<byte> head)
    {
        int place = head[..Math.Min(head.Length, 2048)].IndexOf(s_mediaClass);
        return place >= 0 && head[(place + 8)..].StartsWith("1.2.840.10008.1.3.10"u8);
    }

    // A first element of group 8 with a VR of the standard or a short length; the reader of the header has the last word.
    private static bool IsBareDataSet(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8)
        {
            return false;
        }

        bool little = head[0] == 0x08 && head[1] == 0x00 && head[3] == 0x00;
        bool big = head[0] == 0x00 && head[1] == 0x08 && head[2] == 0x00;
        bool explicitVr = char.IsAsciiLetterUpper((char)head[4]) && char.IsAsciiLetterUpper((char)head[5]);
        return (little && (explicitVr || head[5..8] is [<= 1, 0x00, 0x00])) || (big && explicitVr);
    }
}
