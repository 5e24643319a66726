namespace RecordHub.Documents.Subjects;

/// <summary>Names with a patronymic, which tells where the family name stands: "Иванова Анна Петровна", "Анна Петровна Иванова".</summary>
internal static class PatronymicName
{
    private static readonly string[] s_endings = ["вич", "ьич", "вна", "чна", "шна"];

    /// <summary>"Family, Given" where the family name comes first; else as it is written.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isFamilyFirst">Whether the label says that it does.</param>
    public static string Ordered(string name, bool isFamilyFirst)
    {
        string[] words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isFirst = words.Length == 3 && !name.Contains(',', StringComparison.Ordinal) && IsPatronymic(words[2]) && !IsPatronymic(words[1]);
        bool isSaid = isFamilyFirst && words.Length is (2 or 3) && !name.Contains(',', StringComparison.Ordinal) && !IsPatronymic(words[1]);
        return isFirst || isSaid ? $"{words[0]}, {string.Join(' ', words[1..])}" : name;
    }

    private static bool IsPatronymic(string word) =>
        word.Length > 5 && Array.Exists(s_endings, ending => word.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
