namespace RecordHub.Dicom.DataSet;

/// <summary>How a data set is encoded (PS3.5 §10, Annex A).</summary>
/// <remarks>
/// An identifier that is not known is taken for explicit little endian with encapsulated pixels, which is what every
/// syntax added since 1995 is.
/// </remarks>
public sealed record TransferSyntax
{
    private static readonly Dictionary<string, TransferSyntax> s_known = Known();

    private TransferSyntax(string uid)
    {
        Uid = Uid.Parse(uid);
        IsKnown = true;
    }

    private TransferSyntax(Uid uid) => Uid = uid;

    /// <summary>The default of DICOM, and the encoding of every command set.</summary>
    public static TransferSyntax ImplicitLittleEndian => s_known["1.2.840.10008.1.2"];

    public static TransferSyntax ExplicitLittleEndian => s_known["1.2.840.10008.1.2.1"];

    public static TransferSyntax ExplicitBigEndian => s_known["1.2.840.10008.1.2.2"];

    public static TransferSyntax DeflatedExplicitLittleEndian => s_known["1.2.840.10008.1.2.1.99"];

    public Uid Uid { get; }

    /// <summary>Whether this code knows the syntax; if not, the other members are assumptions.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>Whether elements carry their representation.</summary>
    public bool IsExplicitVr { get; private init; } = true;

    public ByteOrder ByteOrder { get; private init; }

    /// <summary>Whether the whole data set after the file meta information is deflated (PS3.5 §A.5).</summary>
    public bool IsDeflated { get; private init; }

    /// <summary>Whether Pixel Data is a sequence of fragments (PS3.5 §A.4).</summary>
    public bool IsEncapsulated { get; private init; }

    /// <summary>The syntax of an identifier; never fails.</summary>
    public static TransferSyntax Of(Uid uid) =>
        s_known.TryGetValue(uid.ToString(), out TransferSyntax? known) ? known : new(uid) { IsEncapsulated = true };

    /// <inheritdoc />
    public override string ToString() => Uid.ToString();

    private static Dictionary<string, TransferSyntax> Known()
    {
        TransferSyntax[] native =
        [
            new("1.2.840.10008.1.2") { IsExplicitVr = false },
            new("1.2.840.10008.1.20") { IsExplicitVr = false }, // Papyrus 3
            new("1.2.840.113619.5.2") { IsExplicitVr = false }, // General Electric: pixels alone are big endian
            new("1.2.840.10008.1.2.1"),
            new("1.2.840.10008.1.2.2") { ByteOrder = ByteOrder.BigEndian },
            new("1.2.840.10008.1.2.1.99") { IsDeflated = true },
            new("1.2.840.10008.1.2.4.94"), // JPIP: the pixels are elsewhere
            new("1.2.840.10008.1.2.4.95") { IsDeflated = true },
            new("1.2.840.10008.1.2.4.204"),
            new("1.2.840.10008.1.2.4.205") { IsDeflated = true },
            new("1.2.840.10008.1.2.7.1"), // SMPTE ST 2110: the pixels are in a stream beside it
            new("1.2.840.10008.1.2.7.2"),
            new("1.2.840.10008.1.2.7.3"),
        ];
        IEnumerable<TransferSyntax> encapsulated = Dictionary.UidDictionary.TransferSyntaxes
            .Select(entry => entry.Uid.ToString())
            .Except(native.Select(syntax => syntax.Uid.ToString()))
            .Select(uid => new TransferSyntax(uid) { IsEncapsulated = true });
        return native.Concat(encapsulated).ToDictionary(syntax => syntax.Uid.ToString(), StringComparer.Ordinal);
    }
}
