using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;
using RecordHub.Documents.Types;

namespace RecordHub.Documents.Subjects;

/// <summary>What documents without structure have in common: type from title words, subject from labelled lines.</summary>
internal static class FreeText
{
    private const int MaxTitle = 500;

    // A label at the end of one part has no value in the next.
    private const string Rule = "\n\n----\n\n";

    /// <param name="kind">The format.</param>
    /// <param name="sink">What a person reads of it.</param>
    /// <param name="title">Its title, which may say whose it is though no page does.</param>
    /// <param name="context">Limits and warnings.</param>
    /// <param name="beside">What another form of it says: looked at for whose it is, and for nothing else.</param>
    /// <param name="laidOut">The same text with its gaps: looked at for whose it is.</param>
    public static ExtractedDocument Document(
        DocumentKind kind, TextSink sink, string? title, ReadContext context, string? beside = null, string? laidOut = null)
    {
        string text = sink.ToString();
        string? clean = Clean(title);
        string? code = TitleWords.Find(clean);
        (string Title, string Code)? heading = TitleWords.FindInHead(text);
        DocumentSubject? subject = LabelledSubject.Find(
            string.Join(Rule, new[] { clean, beside, laidOut ?? text }.Where(part => !string.IsNullOrWhiteSpace(part))), context, out bool ambiguous);
        if (ambiguous)
        {
            context.Warn("subject-ambiguous", "labelled lines name more than one patient; none was taken");
        }

        if (sink.Truncated)
        {
            context.Warn("text-cut", "the text is longer than is kept for reading");
        }

        string? loinc = code ?? heading?.Code;
        return new ExtractedDocument
        {
            Kind = kind,
            Text = text,
            Truncated = sink.Truncated,
            // Title fields are often the template's or the file's name; a heading that says the type is worth more.
            Title = code is null && heading is not null ? heading.Value.Title : clean,
            LoincCode = loinc,
            LoincEvidence = loinc is null ? null : TypeEvidence.TitleWords,
            TypeText = heading?.Title,
            Subjects = subject is null ? [] : [subject],
        };
    }

    public static string? Clean(string? words)
    {
        if (words is null)
        {
            return null;
        }

        TextSink sink = new(MaxTitle);
        sink.WriteFlowing(words);
        string clean = sink.ToString();
        return clean.Length == 0 ? null : clean;
    }

    public static IReadOnlyList<string> People(params ReadOnlySpan<string?> names)
    {
        List<string> found = [];
        foreach (string? name in names)
        {
            if (Clean(name) is { } clean && !found.Contains(clean))
            {
                found.Add(clean);
            }
        }

        return found;
    }
}
