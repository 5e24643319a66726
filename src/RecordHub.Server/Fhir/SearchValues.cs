using System.Text;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Reads the values of search parameters by their kind (R4 search.html §ptypes).</summary>
internal static class SearchValues
{
    /// <summary>The modifier for what has none of the tokens.</summary>
    public const string Not = "not";

    /// <summary>The modifier for references by what they say of their target.</summary>
    public const string Identifier = "identifier";

    /// <summary>The modifier for identifiers by their type.</summary>
    public const string OfType = "of-type";

    private const int MostAlternatives = 1000;

    /// <summary>The alternatives of a value: commas separate them, a backslash takes a character as it is.</summary>
    public static IReadOnlyList<string> Split(string value) => SplitAt(value, ',') is { Count: <= MostAlternatives } parts
        ? parts
        : throw new RefusedException(
            StatusCodes.Status400BadRequest, "too-costly", "A parameter takes 1000 alternatives at most.");

    /// <summary>The parts between a character that no backslash stands before; they keep their backslashes.</summary>
    public static IReadOnlyList<string> SplitAt(string value, char mark)
    {
        List<string> parts = [];
        StringBuilder part = new();
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                // Kept with its backslash: a token's bar is looked for afterwards.
                part.Append(value[i]).Append(value[++i]);
            }
            else if (value[i] == mark)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(value[i]);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    /// <exception cref="RefusedException">The value or the modifier does not fit the kind (400).</exception>
    public static FilterValue Read(IndexKind kind, string name, string? modifier, string value, string serviceBase) =>
        (kind, modifier) switch
        {
            (IndexKind.Token, null or Not) => Token(value),
            (IndexKind.Token, OfType) => Typed(name, value),
            (IndexKind.Number, null) => SearchNumbers.Number(name, value),
            (IndexKind.Quantity, null) => SearchNumbers.Quantity(name, value),
            (IndexKind.Reference, Identifier) => Token(value),
            (IndexKind.Reference, null) => Reference(value, serviceBase),
            (IndexKind.Reference, { } type) when SearchParameterTable.IsResourceType(type) =>
                new FilterValue.Reference(type, Unescape(value)),
            (IndexKind.Date, null) => Date(name, value),
            (IndexKind.String, null) => Text(name, value, TextMatch.StartsWith),
            (IndexKind.String, "exact") => Text(name, value, TextMatch.Exact),
            (IndexKind.String, "contains") => Text(name, value, TextMatch.Contains),
            (IndexKind.Uri, null) => new FilterValue.Uri(Unescape(value)),
            _ => throw Invalid(name, $"The modifier is not offered for a parameter of the kind {kind.ToString().ToLowerInvariant()}."),
        };

    // What folds to nothing would be at the start of, or within, every text.
    private static FilterValue.Text Text(string name, string value, TextMatch match) =>
        FhirText.Fold(Unescape(value)) is { Length: > 0 } folded
            ? new FilterValue.Text(folded, match) { AsWritten = match == TextMatch.Exact ? Unescape(value) : null }
            : throw Invalid(name, "The value holds nothing that could be searched for.");

    // As the index keeps it: the system of the type, then its code with the identifier.
    private static FilterValue.Token Typed(string name, string value) =>
        SplitAt(value, '|') is [{ Length: > 0 } system, { Length: > 0 } code, { Length: > 0 } number]
            ? new FilterValue.Token(Unescape(system), $"{Unescape(code)}|{Unescape(number)}")
            : throw Invalid(
                name, "The modifier :of-type takes the type's system and code and the number, "
                + "as in http://terminology.hl7.org/CodeSystem/v2-0203|MR|12345.");

    /// <summary>A code, with the system before a bar.</summary>
    public static FilterValue.Token Token(string value)
    {
        int bar = Unescaped(value, '|');
        if (bar < 0)
        {
            return new FilterValue.Token(null, Unescape(value));
        }

        string code = Unescape(value[(bar + 1)..]);
        return new FilterValue.Token(Unescape(value[..bar]), code.Length == 0 ? null : code);
    }

    private static FilterValue.Reference Reference(string value, string serviceBase)
    {
        string text = Unescape(value);
        string local = text.StartsWith(serviceBase + "/", StringComparison.Ordinal) ? text[(serviceBase.Length + 1)..] : text;
        string[] parts = local.Split('/');
        return parts.Length >= 2 && SearchParameterTable.IsResourceType(parts[0])
            ? new FilterValue.Reference(parts[0], parts[1])
            : new FilterValue.Reference(null, local);
    }

    private static FilterValue.Date Date(string name, string value)
    {
        (DatePrefix prefix, int length) = Prefix(value);
        return FhirDates.TryRange(value[length..].Replace(' ', '+'), out long low, out long high)
            ? new FilterValue.Date(prefix, low, high)
            : throw Invalid(name, "The value is no date; write it as 2024, 2024-05, 2024-05-17 or ge2024-05-17T08:00:00Z.");
    }

    /// <summary>The prefix that a value begins with, and its length.</summary>
    public static (DatePrefix Prefix, int Length) Prefix(string value) => (value.Length >= 2 ? value[..2] : string.Empty) switch
    {
        "eq" => (DatePrefix.Equal, 2),
        "ne" => (DatePrefix.NotEqual, 2),
        "gt" => (DatePrefix.GreaterThan, 2),
        "lt" => (DatePrefix.LessThan, 2),
        "ge" => (DatePrefix.GreaterOrEqual, 2),
        "le" => (DatePrefix.LessOrEqual, 2),
        "sa" => (DatePrefix.StartsAfter, 2),
        "eb" => (DatePrefix.EndsBefore, 2),
        "ap" => (DatePrefix.Approximately, 2),
        _ => (DatePrefix.Equal, 0),
    };

    private static int Unescaped(string value, char wanted)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == wanted)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The characters that backslashes stand before, without these.</summary>
    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        StringBuilder text = new(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            bool escapes = value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (',' or '|' or '$' or '\\');
            text.Append(value[escapes ? ++i : i]);
        }

        return text.ToString();
    }

    private static RefusedException Invalid(string name, string diagnostics) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics, "http.parameter." + name);
}
