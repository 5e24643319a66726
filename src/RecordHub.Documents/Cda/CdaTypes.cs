using System.Xml.Linq;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Cda;

/// <summary>HL7 v3 data types of CDA R2 as neutral values.</summary>
internal static class CdaTypes
{
    /// <summary>CD, CE: when the code itself is a null flavor, a translation stands in, then the original text.</summary>
    public static DocumentCode? Code(XElement? element, IReadOnlyDictionary<string, string> narrative)
    {
        if (element is null)
        {
            return null;
        }

        string? original = OriginalText(element, narrative);
        XElement? coded = element.Stated("code") is not null
            ? element
            : element.Children("translation").FirstOrDefault(t => t.Stated("code") is not null);
        if (coded is null)
        {
            string? words = element.Stated("displayName") ?? original;
            return words is null ? null : new DocumentCode(null, null, words);
        }

        return new DocumentCode(
            coded.Stated("codeSystem") ?? coded.Stated("codeSystemName"),
            coded.Stated("code"),
            coded.Stated("displayName") ?? element.Stated("displayName") ?? original);
    }

    /// <summary>originalText, or what its reference points to in the section's narrative (CDA R2 §4.3.5.1).</summary>
    public static string? OriginalText(XElement element, IReadOnlyDictionary<string, string> narrative)
    {
        XElement? original = element.Child("originalText") ?? (element.Name.LocalName is "text" or "originalText" ? element : null);
        return Referenced(original, narrative) ?? original.Words();
    }

    public static string? Referenced(XElement? element, IReadOnlyDictionary<string, string> narrative) =>
        element.Child("reference").Stated("value") is ['#', .. string id] && narrative.TryGetValue(id, out string? text)
            ? text
            : null;

    public static DocumentDate? Time(XElement? element) =>
        StandardTime.Parse(
            element.Stated("value") ?? element.Child("low").Stated("value")
            ?? element.Child("center").Stated("value") ?? element.Child("high").Stated("value"));

    public static DocumentDate? EndTime(XElement? element) => StandardTime.Parse(element.Child("high").Stated("value"));

    public static SubjectIdentifier? Identifier(XElement id)
    {
        string? root = id.Stated("root");
        string? extension = id.Stated("extension");
        if (id.IsNull() || (root ?? extension) is null)
        {
            return null;
        }

        if (extension is null)
        {
            return new SubjectIdentifier(null, root ?? string.Empty);
        }

        bool universal = root is not null && (root.Contains('.', StringComparison.Ordinal) || root.Length == 36);
        return new SubjectIdentifier(root ?? id.Stated("assigningAuthorityName"), extension, root == "2.16.840.1.113883.4.1" ? "SS" : null)
        {
            IssuerUniversalId = universal ? root : null,
        };
    }

    public static IEnumerable<SubjectName> Names(XElement? person)
    {
        foreach (XElement name in person.Children("name").Where(n => !n.IsNull()))
        {
            List<XElement> families = [.. name.Children("family").Where(f => !f.IsNull() && f.Words() is not null)];
            List<string> given = [.. name.Children("given").Where(g => !g.IsNull() && !Qualifies(g, "CL")).Select(g => g.Words()).OfType<string>()];
            List<XElement> current = families.Count > 1 ? [.. families.Where(f => !Qualifies(f, "BR"))] : families;
            if (families.Count == 0 && given.Count == 0)
            {
                if (name.Words() is { } text)
                {
                    yield return new SubjectName { Text = text, Use = name.Stated("use") };
                }

                continue;
            }

            SubjectName main = new()
            {
                Family = Join(current.Count > 0 ? current : families),
                Given = given,
                Prefix = Join(name.Children("prefix")),
                Suffix = Join(name.Children("suffix")),
                Use = name.Stated("use"),
            };
            yield return main;

            // A birth name beside the current one is another name of the same person.
            if (current.Count > 0 && current.Count < families.Count)
            {
                yield return main with { Family = Join(families.Where(f => Qualifies(f, "BR"))), Use = "BR" };
            }

            foreach (string call in name.Children("given").Where(g => Qualifies(g, "CL")).Select(g => g.Words()).OfType<string>())
            {
                yield return main with { Given = [call], Use = "CL" };
            }
        }
    }

    public static string? Person(XElement? assigned)
    {
        SubjectName? name = Names(assigned.Child("assignedPerson") ?? assigned.Child("relatedPerson")).FirstOrDefault();
        if (name is null)
        {
            return null;
        }

        string shown = name.Text ?? string.Join(
            ' ', new[] { name.Prefix, string.Join(' ', name.Given), name.Family, name.Suffix }.Where(p => !string.IsNullOrEmpty(p)));
        return shown.Length > 0 ? shown : null;
    }

    /// <summary>AdministrativeGender (HL7 v3): F, M, UN.</summary>
    public static SubjectSex? Sex(XElement? element) => element switch
    {
        null => null,
        _ => element.Stated("code")?.ToUpperInvariant() switch
        {
            "F" => SubjectSex.Female,
            "M" => SubjectSex.Male,
            "UN" or "O" or "OTH" => SubjectSex.Other,
            _ => SubjectSex.Unknown,
        },
    };

    private static bool Qualifies(XElement part, string qualifier) =>
        part.Stated("qualifier")?.Split(' ').Contains(qualifier) == true;

    private static string? Join(IEnumerable<XElement> parts)
    {
        string joined = string.Join(' ', parts.Where(p => !p.IsNull()).Select(p => p.Words()).OfType<string>());
        return joined.Length > 0 ? joined : null;
    }
}
