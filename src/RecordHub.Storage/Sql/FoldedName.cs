using RecordHub.Core.Resources;

namespace RecordHub.Storage.Sql;

/// <summary>How a person name (PS3.5 §6.2) is kept for searching: each of its groups by itself, and each of its words.</summary>
internal static class FoldedName
{
    private static readonly char[] s_between = ['^', '=', ' ', ',', '-', '.', '\''];

    /// <summary>The groups, folded, without empty components at their ends, each between two <c>=</c>.</summary>
    internal static string Groups(string name)
    {
        IEnumerable<string> groups = FhirText.Fold(name).Split('=')
            .Select(static group => group.TrimEnd('^', ' ')).Where(static group => group.Length > 0);
        return string.Concat(groups.Select(static group => $"={group}="));
    }

    /// <summary>The words, folded, each between two blanks.</summary>
    internal static string Words(string name) => $" {string.Join(' ', Split(name))} ";

    internal static string[] Split(string name) => FhirText.Fold(name)
        .Split(s_between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
