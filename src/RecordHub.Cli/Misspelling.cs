using System.CommandLine;
using System.CommandLine.Parsing;

namespace RecordHub.Cli;

/// <summary>What is not understood on a command line, and what was probably meant.</summary>
internal static class Misspelling
{
    private const int MostEdits = 2;

    /// <summary>The first mistake in a sentence; null when there is none.</summary>
    public static string? Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (OptionIn(parsed) is { } option)
        {
            return $"'{option}' is no option here.{Meant(option, OptionsOf(parsed.CommandResult))}";
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        if (parsed.UnmatchedTokens is [var first, ..])
        {
            return $"'{first}' is not understood.{Meant(first, command.Subcommands.Select(static one => one.Name))}";
        }

        // With subcommands and no action of its own: one of them has to be named.
        return command.Action is null && command.Subcommands.Count > 0
            ? $"A command is missing: {string.Join(", ", command.Subcommands.Select(static one => one.Name))}."
            : parsed.Errors[0].Message;
    }

    // An option that nobody knows is taken for an argument where there is one. What there is such a file of is meant as one,
    // and so is what comes after '--'.
    private static string? OptionIn(ParseResult parsed)
    {
        HashSet<Token> after = new(
            parsed.Tokens.SkipWhile(static token => token.Type != TokenType.DoubleDash), ReferenceEqualityComparer.Instance);
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens)
            .Where(token => token.Value is ['-', not (>= '0' and <= '9'), ..] && !after.Contains(token) && !Path.Exists(token.Value))
            .Select(static token => token.Value)
            .FirstOrDefault() ?? parsed.UnmatchedTokens.FirstOrDefault(static token => token is ['-', _, ..]);
    }

    private static IEnumerable<string> OptionsOf(CommandResult innermost)
    {
        for (SymbolResult? result = innermost; result is not null; result = result.Parent)
        {
            foreach (Option option in (result as CommandResult)?.Command.Options ?? [])
            {
                if (result == innermost || option.Recursive)
                {
                    yield return option.Name;
                }
            }
        }
    }

    private static string Meant(string word, IEnumerable<string> known) =>
        known.Select(one => (Word: one, Edits: Edits(word, one)))
            .Where(one => one.Edits <= Math.Min(MostEdits, one.Word.TrimStart('-').Length / 2)
                || (word.TrimStart('-').Length > 1 && one.Word.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(static one => one.Edits)
            .Select(static one => one.Word)
            .FirstOrDefault() is { } near ? $" Did you mean {near}?" : string.Empty;

    // The least number of letters to change, add or leave out.
    private static int Edits(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int changed = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
