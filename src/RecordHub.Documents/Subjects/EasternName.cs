namespace RecordHub.Documents.Subjects;

/// <summary>Names in Chinese, Japanese and Korean signs: the family name comes first, mostly without a blank.</summary>
internal static class EasternName
{
    private const int MostSigns = 8;

    /// <summary>Family and given name; null when it is no such name. A family name of two signs is told by there being four.</summary>
    public static SubjectName? Find(string name)
    {
        string[] words = name.Split([' ', ',', '・'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 2 || !words.All(word => word.All(IsSign)) || words.Sum(word => word.Length) is < 2 or > MostSigns)
        {
            return null;
        }

        int family = words.Length == 2 ? words[0].Length : words[0].Length > 3 ? 2 : 1;
        string whole = string.Concat(words);
        return new SubjectName { Family = whole[..family], Given = [whole[family..]] };
    }

    // Kana, ideographs, Hangul.
    private static bool IsSign(char c) =>
        c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or '々' or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF');
}
