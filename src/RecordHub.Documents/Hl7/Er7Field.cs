namespace RecordHub.Documents.Hl7;

/// <summary>One repetition of a field.</summary>
internal sealed class Er7Field(string raw, Er7Delimiters delimiters, Er7Escapes escapes)
{
    public string Raw => raw;

    public bool IsEmpty => raw.Length == 0 || raw == "\"\"";

    public int Components => raw.AsSpan().Count(delimiters.Component) + 1;

    /// <summary>A component's first subcomponent, unescaped and trimmed; null when empty.</summary>
    public string? Text(int component, int subcomponent = 1)
    {
        ReadOnlySpan<char> part = Part(raw, delimiters.Component, component);
        return Clean(Part(part, delimiters.Subcomponent, subcomponent));
    }

    /// <summary>A component with its subcomponents still in it and nothing unescaped (for data such as base64).</summary>
    public ReadOnlySpan<char> RawComponent(int component) => Part(raw, delimiters.Component, component);

    /// <summary>Everything from a component on.</summary>
    public ReadOnlySpan<char> RawFrom(int component)
    {
        ReadOnlySpan<char> rest = raw;
        for (int i = 1; i < component; i++)
        {
            int at = rest.IndexOf(delimiters.Component);
            if (at < 0)
            {
                return [];
            }

            rest = rest[(at + 1)..];
        }

        return rest;
    }

    /// <summary>The whole repetition as formatted text, delimiters kept as they are.</summary>
    public string AllText() => IsEmpty ? string.Empty : escapes.Unescape(raw);

    public string Unescape(ReadOnlySpan<char> text) => escapes.Unescape(text);

    public override string ToString() => nameof(Er7Field);

    private string? Clean(ReadOnlySpan<char> part)
    {
        string text = escapes.Unescape(part).Trim();
        return text.Length == 0 || text == "\"\"" ? null : text;
    }

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> text, char separator, int number)
    {
        int current = 1;
        foreach (Range part in text.Split(separator))
        {
            if (current++ == number)
            {
                return text[part];
            }
        }

        return [];
    }
}
