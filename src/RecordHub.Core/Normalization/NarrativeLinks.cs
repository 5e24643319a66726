using System.Text.RegularExpressions;

namespace RecordHub.Core.Normalization;

/// <summary>
/// What the links and pictures of a narrative lead to (R4 http.html#transaction: links in narratives are replaced as references are).
/// Nothing else of it is touched. Pure.
/// </summary>
internal static partial class NarrativeLinks
{
    // Further ones stay as they are.
    private const int Most = 1000;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>The <c>urn:uuid:</c> addresses in a narrative.</summary>
    public static IEnumerable<string> Of(string div) => div.Contains("urn:uuid:", StringComparison.OrdinalIgnoreCase)
        ? Uuids().Matches(div).Take(Most).Select(match => match.Groups["address"].Value)
        : [];

    /// <summary>The narrative with the places of those that have one; the same when none has.</summary>
    public static string Replace(string div, Func<string, string?> placeOf) => Replace(Uuids(), div, placeOf);

    /// <summary>The narrative with the places of the drafts that it leads to.</summary>
    public static string ReplaceDrafts(string div, Func<string, string?> placeOf) => Replace(Drafts(), div, placeOf);

    private static string Replace(Regex links, string div, Func<string, string?> placeOf) => links.Replace(
        div,
        match =>
        {
            Group address = match.Groups["address"];
            return placeOf(address.Value) is { } place
                ? string.Concat(
                    match.ValueSpan[..(address.Index - match.Index)], place,
                    match.ValueSpan[(address.Index - match.Index + address.Length)..])
                : match.Value;
        },
        Most);

    [GeneratedRegex("""\s(?:href|src)\s{0,8}=\s{0,8}["'](?<address>urn:uuid:[0-9a-f-]{36})["']""", Options)]
    private static partial Regex Uuids();

    [GeneratedRegex("""\s(?:href|src)\s{0,8}=\s{0,8}["'](?<address>urn:recordhub:[0-9A-Za-z.]{1,200})["']""", Options)]
    private static partial Regex Drafts();
}
