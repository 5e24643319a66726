using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The transfer syntaxes between which an instance can be rewritten without a look at its pixels (PS3.5 §10.1).</summary>
public static class UncompressedSyntaxes
{
    private static readonly HashSet<Uid> s_read =
    [
        TransferSyntax.ImplicitLittleEndian.Uid, TransferSyntax.ExplicitLittleEndian.Uid,
        TransferSyntax.ExplicitBigEndian.Uid, TransferSyntax.DeflatedExplicitLittleEndian.Uid,
    ];

    /// <summary>Into which instances are rewritten, the one that keeps more first; the other is the default of DICOM.</summary>
    public static IReadOnlyList<Uid> Written { get; } =
        [TransferSyntax.ExplicitLittleEndian.Uid, TransferSyntax.ImplicitLittleEndian.Uid];

    /// <summary>Whether what is stored so can be rewritten.</summary>
    public static bool CanBeRewritten(Uid stored) => s_read.Contains(stored);
}
