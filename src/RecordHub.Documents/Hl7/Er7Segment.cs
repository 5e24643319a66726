namespace RecordHub.Documents.Hl7;

/// <summary>One segment, taken apart only where it is asked for. Numbers count from 1 as in the standard.</summary>
internal sealed class Er7Segment
{
    private readonly string _line;
    private readonly Er7Delimiters _delimiters;
    private readonly Er7Escapes _escapes;
    private readonly List<Range> _fields;

    public Er7Segment(string line, Er7Delimiters delimiters, Er7Escapes escapes)
    {
        _line = line;
        _delimiters = delimiters;
        _escapes = escapes;
        Name = line.Length >= 3 ? line[..3] : line;
        _fields = [];
        foreach (Range part in line.AsSpan().Split(delimiters.Field))
        {
            _fields.Add(part);
        }
    }

    public string Name { get; }

    private bool IsHeader => Name is "MSH" or "FHS" or "BHS";

    /// <summary>The field with its delimiters, empty when absent. MSH-1 is the separator itself.</summary>
    public ReadOnlySpan<char> Raw(int field)
    {
        if (IsHeader && field == 1)
        {
            return _line.AsSpan(3, 1);
        }

        int index = IsHeader ? field - 1 : field;
        return index > 0 && index < _fields.Count ? _line.AsSpan()[_fields[index]] : [];
    }

    /// <summary>The repetitions of a field, none when it is empty or the null value <c>""</c>.</summary>
    public IReadOnlyList<Er7Field> Repetitions(int field)
    {
        ReadOnlySpan<char> raw = Raw(field);
        if (raw.IsEmpty || raw.SequenceEqual("\"\""))
        {
            return [];
        }

        List<Er7Field> found = [];
        foreach (Range part in raw.Split(_delimiters.Repetition))
        {
            found.Add(new Er7Field(raw[part].ToString(), _delimiters, _escapes));
        }

        return found;
    }

    public Er7Field First(int field) =>
        Repetitions(field) is [Er7Field first, ..] ? first : new Er7Field(string.Empty, _delimiters, _escapes);

    /// <summary>First repetition, first component, unescaped; null when empty.</summary>
    public string? Text(int field) => First(field).Text(1);

    public override string ToString() => nameof(Er7Segment);
}
