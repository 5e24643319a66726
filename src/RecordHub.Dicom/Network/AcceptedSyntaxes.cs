using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Network;

/// <summary>Which abstract and transfer syntaxes the accepting side takes.</summary>
internal static class AcceptedSyntaxes
{
    private const string StorageRoot = "1.2.840.10008.5.1.4.1.1.";
    private const string TransferSyntaxRoot = "1.2.840.10008.1.2.";

    // RFC 2557 MIME and XML encoding are registered as transfer syntaxes, but are not encodings of a data set.
    private const string NotDataSetRoot = "1.2.840.10008.1.2.6.";

    /// <summary>
    /// A Storage SOP class: of the standard, of a later edition of it, allowed by name, or offered as a storage class
    /// by common extended negotiation (PS3.7 §D.3.3.6).
    /// </summary>
    public static bool IsStorage(Uid sopClass, AcceptorOptions options, CommonExtendedNegotiation? common) =>
        !sopClass.IsNone
        && (IsStandardStorage(sopClass)
            || options.AdditionalAbstractSyntaxes.Contains(sopClass)
            || (common is not null && (common.ServiceClass == WellKnownUids.StorageServiceClass
                || common.RelatedGeneral.Any(IsStandardStorage))));

    /// <summary>A transfer syntax of the standard, of a later edition of it, or allowed by name.</summary>
    public static bool IsTransferSyntax(Uid transferSyntax, AcceptorOptions options)
    {
        string text = transferSyntax.ToString();
        if (text.StartsWith(NotDataSetRoot, StringComparison.Ordinal))
        {
            return false;
        }

        return UidDictionary.TryGet(transferSyntax, out UidEntry? entry) && entry is not null
            ? entry.Type == "Transfer Syntax"
            : text.StartsWith(TransferSyntaxRoot, StringComparison.Ordinal)
                || options.AdditionalTransferSyntaxes.Contains(transferSyntax);
    }

    /// <summary>A transfer syntax in which the data sets of a service are read and written here.</summary>
    public static bool IsServiceTransferSyntax(Uid transferSyntax) =>
        transferSyntax == WellKnownUids.ImplicitVrLittleEndian || transferSyntax == WellKnownUids.ExplicitVrLittleEndian;

    private static bool IsStandardStorage(Uid sopClass) =>
        UidDictionary.TryGet(sopClass, out _)
            ? UidDictionary.IsStorageSopClass(sopClass)
            : sopClass.ToString().StartsWith(StorageRoot, StringComparison.Ordinal);
}
