using System.Text.RegularExpressions;
using NUnit.Framework;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>The tables of docs/conformance.md are those of the code.</summary>
internal sealed partial class ConformanceStatementTests
{
    private static readonly string s_file = Path.Combine(Repository(), "docs", "conformance.md");

    [Test]
    public void The_conformance_statement_says_what_the_code_does()
    {
        string written = File.ReadAllText(s_file);
        string expected = Table().Replace(written, Filled);
        if (Environment.GetEnvironmentVariable("RECORDHUB_WRITE_DOCS") == "1")
        {
            File.WriteAllText(s_file, expected);
        }

        Assert.That(File.ReadAllText(s_file), Is.EqualTo(expected), "Write it anew with RECORDHUB_WRITE_DOCS=1.");
    }

    [Test]
    public void Every_table_of_the_code_is_in_the_conformance_statement() => Assert.That(
        Table().Matches(File.ReadAllText(s_file)).Select(match => match.Groups["name"].Value),
        Is.EquivalentTo(ConformanceTables.All.Keys));

    private static string Filled(Match match)
    {
        string name = match.Groups["name"].Value;
        Assert.That(ConformanceTables.All, Contains.Key(name));
        return $"<!-- table {name} -->\n{ConformanceTables.All[name]()}<!-- end -->";
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository was not found.");
    }

    [GeneratedRegex("<!-- table (?<name>[a-z-]+) -->\n.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Table();
}
