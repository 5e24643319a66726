namespace RecordHub.Core.Identity.Matching;

/// <summary>Errors that typing makes and by which no two names differ that parents give, not even to twins.</summary>
/// <remarks>
/// Maria and Marina, Lara and Laura, Arno and Aron are two people: short names, and the ends of names, prove nothing. What is left
/// of long ones, such as Christine and Christiane, is in the list of given names.
/// </remarks>
internal static class TypingSlip
{
    private const int LongEnoughToExchange = 6;
    private const int LongEnoughToLeaveOut = 8;

    /// <summary>Two neighbours exchanged, or one letter left out, neither the first letter nor the last.</summary>
    internal static bool Is(string a, string b) => a.Length == b.Length ? IsExchanged(a, b)
        : a.Length > b.Length ? IsLeftOut(a, b) : IsLeftOut(b, a);

    private static bool IsExchanged(string a, string b)
    {
        int at = a.AsSpan().CommonPrefixLength(b);
        return a.Length >= LongEnoughToExchange && at > 0 && at + 2 < a.Length && a[at] == b[at + 1] && a[at + 1] == b[at]
            && a.AsSpan(at + 2).SequenceEqual(b.AsSpan(at + 2));
    }

    private static bool IsLeftOut(string longer, string shorter)
    {
        int at = longer.AsSpan().CommonPrefixLength(shorter);
        return longer.Length >= LongEnoughToLeaveOut && longer.Length == shorter.Length + 1 && at > 0 && at < shorter.Length
            && longer.AsSpan(at + 1).SequenceEqual(shorter.AsSpan(at));
    }
}
