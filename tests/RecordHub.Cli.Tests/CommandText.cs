using System.Text;

namespace RecordHub.Cli.Tests;

/// <summary>The <c>recordhub</c> lines of a document's shell blocks, split as a shell would.</summary>
internal static class CommandText
{
    private const string Developer = "dotnet run -c Release --project src/RecordHub.Cli -- ";

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> CommandsOf(string document)
    {
        List<string> commands = [];
        bool shell = false;
        foreach (string line in File.ReadLines(Path.Combine(Root, document)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                shell = line == "```sh";
            }
            else if (shell && line.StartsWith("recordhub ", StringComparison.Ordinal))
            {
                commands.Add(line["recordhub ".Length..]);
            }
            else if (shell && line.StartsWith(Developer, StringComparison.Ordinal))
            {
                commands.Add(line[Developer.Length..].Split('#')[0].Trim());
            }
        }

        return commands;
    }

    public static string[] Split(string command)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool quoted = false;
        foreach (char c in command + " ")
        {
            if (c == '\'')
            {
                quoted = !quoted;
            }
            else if (c == ' ' && !quoted)
            {
                if (word.Length > 0)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words];
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("RecordHub.sln is in no folder above the tests.");
    }
}
