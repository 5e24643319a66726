using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// What was taken out of an instance: so that the same name, number, date or UID is not left standing in a text element
/// that the table keeps.
/// </summary>
internal sealed class RemovedIdentifiers
{
    private const int MinNamePart = 3;
    private const int MinValue = 5;
    private const int MaxTerms = 4096;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _values = new(StringComparer.OrdinalIgnoreCase);

    public void Add(DicomVr vr, IReadOnlyList<string> values)
    {
        foreach (string value in values)
        {
            if (_names.Count + _values.Count >= MaxTerms)
            {
                return;
            }

            if (vr == DicomVr.PN)
            {
                foreach (string part in value.Split(['^', '=', ' ', ',', '.', '-'], StringSplitOptions.RemoveEmptyEntries))
                {
                    if (part.Length >= MinNamePart && !part.Equals(DummyValue.Text, StringComparison.Ordinal))
                    {
                        _names.Add(part);
                    }
                }
            }
            else if (value.Length >= MinValue && value != DummyValue.Text)
            {
                _values.Add(value);
            }
        }
    }

    /// <summary>Whether the word is part of a name that was taken out.</summary>
    public bool IsNamePart(string word) => _names.Contains(word);

    /// <summary>Whether the text names one of them, as a word of its own.</summary>
    public bool AreIn(string text) =>
        _values.Any(value => Contains(text, value)) || _names.Any(name => Contains(text, name));

    private static bool Contains(string text, string term)
    {
        for (int at = 0; (at = text.IndexOf(term, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + term.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(term[0]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(term[^1])))
            {
                return true;
            }
        }

        return false;
    }
}
