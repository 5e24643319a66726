using System.Text;

namespace RecordHub.Documents.Rtf;

/// <summary>Where a group's text goes.</summary>
internal enum RtfDestination
{
    Body,
    Skipped,
    FontTable,
    Info,
    Title,
    Author,
    Created,
    Picture,
}

/// <summary>What a group remembers; it is copied when a group opens and forgotten when it closes.</summary>
internal sealed record RtfGroup
{
    public RtfDestination Destination { get; set; }

    /// <summary>How many characters stand in for one \u (default 1).</summary>
    public int FallbackLength { get; set; } = 1;

    public Encoding? Charset { get; set; }

    /// <summary>Hidden (\v) or deleted (\deleted) text.</summary>
    public bool Hidden { get; set; }

    public bool Deleted { get; set; }

    /// <summary>The font whose entry of the font table is being read.</summary>
    public int Font { get; set; }

    /// <summary>A group that began with \*: unknown destinations are then skipped.</summary>
    public bool Ignorable { get; set; }
}
