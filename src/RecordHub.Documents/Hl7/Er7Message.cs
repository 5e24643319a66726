namespace RecordHub.Documents.Hl7;

/// <summary>The segments of one message, beginning with MSH.</summary>
internal sealed class Er7Message(IReadOnlyList<Er7Segment> segments, long offset)
{
    public IReadOnlyList<Er7Segment> Segments => segments;

    public Er7Segment Header => segments[0];

    /// <summary>Where its MSH begins in the file.</summary>
    public long Offset => offset;

    public Er7Segment? First(string name) => segments.FirstOrDefault(s => s.Name == name);

    public IEnumerable<Er7Segment> All(string name) => segments.Where(s => s.Name == name);

    /// <summary>MSH-9.1, such as ORU.</summary>
    public string Type => Header.First(9).Text(1)?.ToUpperInvariant() ?? string.Empty;

    public override string ToString() => nameof(Er7Message);
}
