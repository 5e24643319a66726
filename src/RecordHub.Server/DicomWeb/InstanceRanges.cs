using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.DicomWeb;

/// <summary>
/// In which transfer syntax an instance is given away, as of what a client accepts of <c>application/dicom</c> (PS3.18 §8.7.3,
/// §8.7.4). Reading it is pure.
/// </summary>
/// <param name="ranges">What is accepted and can be had at all, the most wanted first.</param>
internal sealed class InstanceRanges(IReadOnlyList<MediaRange> ranges)
{
    public const string Dicom = "application/dicom";

    private static readonly string s_default = TransferSyntax.ExplicitLittleEndian.Uid.ToString();

    public bool IsEmpty => ranges.Count == 0;

    /// <summary>Whether there is nothing that would have to be refused.</summary>
    public bool TakesAnything => ranges.Any(range => range.TransferSyntax is null or "*");

    /// <summary>What is accepted of one instance, or of several, which are multipart only.</summary>
    public static InstanceRanges Of(IEnumerable<MediaRange> accepted, bool isOne) => new(
        [.. accepted.Where(range => range.Takes(Dicom) && (range.IsMultipart || range.Type == "*/*" || isOne))]);

    /// <summary>The most wanted that can be made of what is stored: the range and the transfer syntax; null when there is none.</summary>
    public (MediaRange Range, string TransferSyntax)? Choose(string stored)
    {
        foreach (MediaRange range in ranges)
        {
            if (In(range, stored) is { } syntax)
            {
                return (range, syntax);
            }
        }

        return null;
    }

    // The default is Explicit VR Little Endian (§8.7.3). Nothing is decompressed here: to who names no transfer syntax, what is
    // compressed goes as it is stored, which its content type says, rather than not at all.
    private static string? In(MediaRange range, string stored)
    {
        bool native = Uid.TryParse(stored, out Uid uid) && UncompressedSyntaxes.CanBeRewritten(uid);
        return range.TransferSyntax switch
        {
            "*" => stored,
            null => native ? s_default : stored,
            { } asked when asked == stored => stored,
            { } asked when native && Uid.TryParse(asked, out Uid wanted) && UncompressedSyntaxes.Written.Contains(wanted) => asked,
            _ => null,
        };
    }
}
