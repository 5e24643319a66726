namespace RecordHub.Core.Identity.Matching;

/// <summary>Postcodes and telephone numbers as they are compared.</summary>
internal static class ContactLevels
{
    private const int ZipLength = 5;
    private const int AreaLength = 3;
    private const int SubscriberDigits = 8;
    private const int FewestDigits = 6;

    /// <summary>Capitals and digits; of a nine-digit ZIP code the first five.</summary>
    internal static string Postcode(string text)
    {
        string plain = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return plain.Length == 9 && plain.All(char.IsAsciiDigit) ? plain[..ZipLength] : plain;
    }

    /// <summary>The last eight digits: country and trunk prefixes are written or not. Empty when it is no number.</summary>
    internal static string Phone(string text)
    {
        string digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.Length < FewestDigits ? string.Empty
            : digits.Length <= SubscriberDigits ? digits : digits[^SubscriberDigits..];
    }

    internal static MatchLevel OfPostcodes(IReadOnlyList<string> claimed, IReadOnlyList<string> known) =>
        claimed.Count == 0 || known.Count == 0 ? MatchLevel.Unsaid
        : claimed.Intersect(known).Any() ? MatchLevel.Exact
        : claimed.Any(one => one.Length > AreaLength && known.Any(other =>
            other.StartsWith(one[..AreaLength], StringComparison.Ordinal))) ? MatchLevel.Area
        : MatchLevel.Different;

    internal static MatchLevel OfPhones(IReadOnlyList<string> claimed, IReadOnlyList<string> known) =>
        claimed.Count == 0 || known.Count == 0 ? MatchLevel.Unsaid
        : claimed.Intersect(known).Any() ? MatchLevel.Exact : MatchLevel.Different;
}
