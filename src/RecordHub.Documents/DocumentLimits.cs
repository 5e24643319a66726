namespace RecordHub.Documents;

/// <summary>What one document may cost. Every number is counted while reading; nothing a file declares is believed.</summary>
public sealed record DocumentLimits
{
    /// <summary>Sizes that fit a second-opinion record on an ordinary machine.</summary>
    public static DocumentLimits Default { get; } = new();

    /// <summary>The most bytes read of one document.</summary>
    public long MaxContentBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of a file that is text itself (plain text, RTF, HTML, CDA, HL7 v2): its readers hold several times as much.</summary>
    public long MaxTextBytes { get; init; } = 32L << 20;

    /// <summary>Text beyond this is cut and <see cref="ExtractedDocument.Truncated"/> is set.</summary>
    public int MaxTextChars { get; init; } = 4_000_000;

    /// <summary>Pages of a PDF whose text is taken; later ones are counted and named in a warning.</summary>
    public int MaxPages { get; init; } = 5_000;

    /// <summary>Nesting of XML elements.</summary>
    public int MaxXmlDepth { get; init; } = 200;

    /// <summary>Nodes of one XML part.</summary>
    public int MaxXmlNodes { get; init; } = 5_000_000;

    /// <summary>Nesting of RTF groups and of HTML elements.</summary>
    public int MaxNesting { get; init; } = 512;

    /// <summary>Bytes of HTML source (its parser holds a tree of it in memory).</summary>
    public int MaxMarkupBytes { get; init; } = 32 << 20;

    /// <summary>Members of the ZIP container that a DOCX or ODT is.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Inflated bytes of one member of a container.</summary>
    public long MaxEntryBytes { get; init; } = 128L << 20;

    /// <summary>Inflated bytes of all members of a container together.</summary>
    public long MaxInflatedBytes { get; init; } = 512L << 20;

    /// <summary>Inflated size over packed size of one member, looked at from the first MiB on.</summary>
    public int MaxInflationRatio { get; init; } = 250;

    /// <summary>Segments of an HL7 v2 file.</summary>
    public int MaxSegments { get; init; } = 500_000;

    /// <summary>Messages of an HL7 v2 batch.</summary>
    public int MaxMessages { get; init; } = 10_000;

    /// <summary>Attachments taken out of one document; later ones are named in a warning.</summary>
    public int MaxAttachments { get; init; } = 500;

    /// <summary>Bytes of all attachments of one document together.</summary>
    public long MaxAttachmentBytes { get; init; } = 128L << 20;

    /// <summary>Observations, coded entries and sections of one document, each.</summary>
    public int MaxEntriesPerList { get; init; } = 100_000;

    /// <summary>How long reading one document may take.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(60);
}
